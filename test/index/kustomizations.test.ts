import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Environments } from "../../server/src/index/environments.ts";
import type { Index } from "../../server/src/index/index.ts";
import { kustomizationsOf } from "../../server/src/index/kustomizations.ts";
import type { KustomizationGraph, KustomizeEngine } from "../../server/src/index/kustomizations.ts";
import { podLabelKey, workloadsKey } from "../../server/src/index/keys.ts";
import { folderOf, isKustomizationFile } from "../../server/src/index/place.ts";
import { resourcesWithin } from "../../server/src/index/queries.ts";
import type { Environment, Place } from "../../server/src/index/types.ts";
import { closure, readKustomization } from "../../server/src/kustomize/closure.ts";
import { render } from "../../server/src/kustomize/render.ts";
import type { KustomizationSummary, KustomizeFiles } from "../../server/src/kustomize/types.ts";
import { deployment, indexOf, manifest } from "./workspace.ts";

type Files = Readonly<Record<string, string>>;

const shop: Files = {
  "base/kustomization.yaml": "resources: [web.yaml]\nconfigMapGenerator: [{name: settings, literals: [a=b]}]\n",
  "base/web.yaml":
    "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    metadata:\n      labels:\n        app: web\n",
  "prod/kustomization.yaml":
    "namespace: live\nnamePrefix: p-\nresources: [../base]\npatches: [{path: more.yaml}]\nlabels: [{includeTemplates: true, pairs: {env: live}}]\n",
  "prod/more.yaml": manifest("apps/v1", "Deployment", { name: "web" }, { spec: { replicas: 5 } }),
  "dev/kustomization.yaml": "resources: [../base]\n",
  "dev/old_patch.yaml": manifest("apps/v1", "Deployment", { name: "web" }, { spec: {} }),
  "dev/aside.yaml": deployment("aside", { app: "aside" }),
};

/** The engine over files in memory, counting what it renders. */
function engineOf(files: Files, rendered: string[] = []): KustomizeEngine {
  const source: KustomizeFiles = {
    text: (path) => files[path],
    isFolder: (path) => Object.keys(files).some((file) => path === "" || file.startsWith(`${path}/`)),
  };
  const summary = (folder: string): KustomizationSummary | undefined => readKustomization(folder, source);
  return {
    summary,
    closure: (folder) => closure(folder, summary),
    render: (folder) => {
      rendered.push(folder);
      return render(folder, source, { tolerant: true });
    },
    idOf: (path) => `ws/${path}`,
  };
}

function withPrefix(files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`ws/${path}`, text]));
}

function foldersOf(files: Files): readonly string[] {
  return Object.keys(files)
    .filter(isKustomizationFile)
    .map((file) => folderOf(file).slice(0, -1));
}

function graphOf(files: Files, index: Index = indexOf(withPrefix(files))): KustomizationGraph {
  return kustomizationsOf({ engine: engineOf(files), index, folders: foldersOf(files) });
}

function namesOf(environment: Environment): readonly string[] {
  return environment.resources().map(({ kind, namespace, name }) => `${kind} ${namespace ?? ""}/${name}`);
}

describe("kustomizations", () => {
  test("those that no other uses are environments, with what they render", () => {
    const index = indexOf(withPrefix(shop));
    const environments = new Environments(index, { kustomizations: graphOf(shop, index) });
    assert.deepEqual(
      environments.all().map(({ name }) => name),
      ["ws/prod", "ws/dev", "ws/dev"],
    );
    const [prod, dev] = environments.all();
    assert.match(
      namesOf(prod!).join(),
      /^Deployment live\/p-web,ConfigMap live\/p-settings-\w+$|^ConfigMap live\/p-settings-\w+,Deployment live\/p-web$/,
    );
    assert.deepEqual(environments.of("ws/base/web.yaml"), [prod, dev]);
    assert.deepEqual(
      prod?.posting(podLabelKey("env", "live")).map(({ name }) => name),
      ["p-web"],
    );
    assert.equal(environments.of("ws/dev/aside.yaml")[0]?.kind, "folder");
  });

  test("places are those of the sources", () => {
    const environment = graphOf(shop).root("prod")?.environment();
    const web = environment?.posting(workloadsKey)[0];
    const textOf = (place: Place | undefined): string =>
      place === undefined ? "" : `${place.file} ${withPrefix(shop)[place.file]?.slice(place.start, place.end) ?? ""}`;
    assert.equal(web?.file, "ws/base/web.yaml");
    assert.equal(textOf(web.place), "ws/base/web.yaml web");
    assert.deepEqual([web.document.start, web.document.end], [0, shop["base/web.yaml"]?.length]);
    assert.equal(textOf(web.origin(["spec", "replicas"])), "ws/prod/more.yaml 5");
    assert.equal(textOf(web.origin(["spec", "template", "metadata", "labels", "app"])), "ws/base/web.yaml web");
    assert.equal(textOf(web.origin(["spec", "template", "metadata", "labels", "app"], "key")), "ws/base/web.yaml app");
    assert.equal(
      textOf(web.origin(["spec", "template", "metadata", "labels", "app"], "entry")),
      "ws/base/web.yaml app: web",
    );
    assert.equal(
      textOf(web.origin(["spec", "template", "metadata", "labels", "env"])),
      "ws/prod/kustomization.yaml live",
    );
    assert.equal(web.origin(["spec", "nowhere"]), undefined);
    assert.deepEqual(
      resourcesWithin(environment!, web.document).map(({ name }) => name),
      ["p-web"],
    );
  });

  test("patches are only parts, also those that nothing names any more", () => {
    assert.deepEqual([...graphOf(shop).partial].sort(), ["ws/dev/old_patch.yaml", "ws/prod/more.yaml"]);
  });

  test("what can't be seen or built makes the environment open", () => {
    const cases: readonly (readonly [string, string])[] = [
      ["resources: [../base, https://example.com/remote.git]\n", "remote-base"],
      ["resources: [../base, gone.yaml]\n", "build-fails"],
      ["resources: [../base]\nhelmCharts: [{name: chart}]\n", "helm-chart"],
    ];
    for (const [text, code] of cases) {
      const files = { ...shop, "dev/kustomization.yaml": text };
      const environment = graphOf(files).root("dev")?.environment();
      assert.ok(environment !== undefined);
      assert.ok(
        environment.open.some((reason) => reason.code === code),
        `${text} ${JSON.stringify(environment.open)}`,
      );
      assert.ok(namesOf(environment).includes("Deployment default/web"), text);
    }
    assert.deepEqual(graphOf(shop).root("dev")?.environment().open, []);
  });

  test("a circle is one environment, with the files as they stand", () => {
    const files = {
      "a/kustomization.yaml": "resources: [../b, web.yaml]\n",
      "b/kustomization.yaml": "resources: [../a]\n",
      "a/web.yaml": deployment("web", { app: "web" }),
    };
    const { roots } = graphOf(files);
    assert.deepEqual(
      roots.map(({ folder }) => folder),
      ["ws/a/"],
    );
    assert.ok(roots[0]?.environment().open.some(({ code }) => code === "build-fails"));
  });
});

describe("after a change", () => {
  const change = (path: string, text: string, isPathSetChanged = false) => {
    const rendered: string[] = [];
    const before = kustomizationsOf({
      engine: engineOf(shop),
      index: indexOf(withPrefix(shop)),
      folders: foldersOf(shop),
    });
    for (const root of before.roots) root.environment().resources();
    const files = { ...shop, [path]: text };
    const inputs = { engine: engineOf(files, rendered), index: indexOf(withPrefix(files)), folders: foldersOf(files) };
    const after = kustomizationsOf(inputs, before, { files: new Set([path]), isPathSetChanged });
    const names = after.roots.map((root) => namesOf(root.environment()));
    assert.deepEqual(
      names,
      graphOf(files).roots.map((root) => namesOf(root.environment())),
    );
    return rendered;
  };

  test("only what it reaches is rendered again", () => {
    assert.deepEqual(change("dev/aside.yaml", deployment("other", { app: "other" })), []);
    assert.deepEqual(
      change("prod/more.yaml", manifest("apps/v1", "Deployment", { name: "web" }, { spec: { replicas: 6 } })),
      ["prod"],
    );
    assert.deepEqual(change("base/web.yaml", deployment("web2", { app: "web" })), ["prod", "dev"]);
    assert.deepEqual(change("dev/kustomization.yaml", "resources: [../base, aside.yaml]\n"), ["dev"]);
    assert.deepEqual(change("dev/kustomization.yaml", "resources: [../prod]\n"), ["dev"]);
    assert.deepEqual(change("new/kustomization.yaml", "resources: [../dev]\n", true), ["prod", "new"]);
    const spec = { source: { path: "dev" }, destination: { namespace: "team" } };
    assert.deepEqual(change("app.yaml", manifest("argoproj.io/v1alpha1", "Application", { name: "shop" }, { spec })), [
      "dev",
    ]);
  });
});

describe("folders that a controller applies", () => {
  const flux = (path: string): string =>
    manifest("kustomize.toolkit.fluxcd.io/v1", "Kustomization", { name: "shop" }, { spec: { path } });
  const application = (spec: object): string =>
    manifest("argoproj.io/v1alpha1", "Application", { name: "shop" }, { spec });
  const environmentOf = (folder: string, extra: Files): Environment =>
    graphOf({ ...shop, ...extra })
      .roots.find((root) => root.folder === `ws/${folder}/`)!
      .environment();
  const placesIn = (environment: Environment): readonly (readonly [string, string | null])[] =>
    environment.resources().map(({ kind, namespace }) => [kind, namespace]);
  const rootsWith = (extra: Files): readonly string[] =>
    graphOf({ ...shop, ...extra })
      .roots.map(({ folder }) => folder)
      .sort();

  test("are environments by themselves, even where another kustomization uses them", () => {
    assert.deepEqual(rootsWith({}), ["ws/dev/", "ws/prod/"]);
    assert.deepEqual(rootsWith({ "clusters/live/shop.yaml": flux("./base") }), ["ws/base/", "ws/dev/", "ws/prod/"]);
    assert.deepEqual(rootsWith({ "app.yaml": application({ source: { path: "base" } }) }), [
      "ws/base/",
      "ws/dev/",
      "ws/prod/",
    ]);
    assert.deepEqual(rootsWith({ "app.yaml": application({ sources: [{ path: "base/" }, { chart: "redis" }] }) }), [
      "ws/base/",
      "ws/dev/",
      "ws/prod/",
    ]);
  });

  test("are looked for from the folders above the file, and are no mistake where there is none", () => {
    assert.deepEqual(rootsWith({ "clusters/shop.yaml": flux("./elsewhere") }), ["ws/dev/", "ws/prod/"]);
    assert.deepEqual(
      rootsWith({
        "clusters/shop.yaml": manifest("argoproj.io/v1alpha1", "Application", { name: "a" }, { spec: null }),
      }),
      ["ws/dev/", "ws/prod/"],
    );
  });

  test("Argo CD's destination is the namespace of what names none", () => {
    const extra = { "app.yaml": application({ source: { path: "dev" }, destination: { namespace: "team" } }) };
    const dev = environmentOf("dev", extra);
    assert.deepEqual(
      [dev.namespace, placesIn(dev)],
      [
        "team",
        [
          ["ConfigMap", "team"],
          ["Deployment", "team"],
        ],
      ],
    );
    const source = { path: "prod" };
    const prod = environmentOf("prod", { "app.yaml": application({ source, destination: { namespace: "team" } }) });
    assert.deepEqual(placesIn(prod), [
      ["ConfigMap", "live"],
      ["Deployment", "live"],
    ]);
  });

  test("Flux's target namespace, and that of Argo CD's kustomize options, take the place of others", () => {
    const target = { spec: { path: "./prod", targetNamespace: "team" } };
    for (const extra of [
      manifest("kustomize.toolkit.fluxcd.io/v1", "Kustomization", { name: "shop" }, target),
      application({ sources: [{ path: "prod", kustomize: { namespace: "team" } }], destination: { namespace: "x" } }),
    ]) {
      assert.deepEqual(placesIn(environmentOf("prod", { "shop.yaml": extra })), [
        ["ConfigMap", "team"],
        ["Deployment", "team"],
      ]);
    }
  });

  test("a namespace counts where all controllers of a folder agree, and where it is one", () => {
    const to = (namespace: unknown): string => application({ source: { path: "dev" }, destination: { namespace } });
    const namespaceWith = (...namespaces: readonly unknown[]): string =>
      environmentOf("dev", Object.fromEntries(namespaces.map((each, index) => [`app-${index}.yaml`, to(each)])))
        .namespace;
    assert.equal(namespaceWith("team", "team"), "team");
    assert.equal(namespaceWith("team", "other"), "default");
    for (const odd of ["", "${NAMESPACE}", "Upper", 5, null, ["team"]]) assert.equal(namespaceWith(odd), "default");
  });

  test("what a controller changes besides makes the environment open", () => {
    const spec = { path: "./dev", patches: [{ patch: "[]" }], namePrefix: "" };
    const flux = manifest("kustomize.toolkit.fluxcd.io/v1", "Kustomization", { name: "shop" }, { spec });
    assert.deepEqual(
      environmentOf("dev", { "shop.yaml": flux }).open.map(({ code, subject }) => [code, subject]),
      [["applier", "Kustomization shop: spec.patches"]],
    );
    const source = { path: "dev", kustomize: { commonLabels: { a: "b" } } };
    assert.deepEqual(
      environmentOf("dev", { "shop.yaml": application({ source }) }).open.map(({ subject }) => subject),
      ["Application shop: spec.source.kustomize.commonLabels"],
    );
  });
});
