import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Environments } from "../../server/src/index/environments.ts";
import { appliersOf, buildNotesOf } from "../../server/src/index/environment.ts";
import { kustomizationsOf } from "../../server/src/index/kustomizations.ts";
import type { Environment } from "../../server/src/index/types.ts";
import { application, engineOf, flux, foldersOf, graphOf, namesOf, shop, withPrefix } from "./kustomize.ts";
import type { Files } from "./kustomize.ts";
import { deployment, indexOf, manifest, service } from "./workspace.ts";

describe("folders that a controller applies", () => {
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
    for (const extra of [
      flux("./prod", { targetNamespace: "team" }),
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
});

const cluster: Files = {
  "apps/web.yaml": deployment("web", { app: "web" }),
  "apps/back/api.yml": deployment("api", { app: "api" }),
  "apps/back/values.yaml": "replicas: 2\n",
  "apps/back/legacy.json": deployment("legacy", { app: "legacy" }),
  "apps/shop/kustomization.yaml": "namePrefix: live-\nresources: [cart.yaml]\n",
  "apps/shop/cart.yaml": deployment("cart", { app: "cart" }),
  "apps/shop/unused.yaml": deployment("unused", { app: "unused" }),
};

const environmentsOf = (files: Files): Environments => {
  const index = indexOf(withPrefix(files));
  return new Environments(index, { kustomizations: graphOf(files, index) });
};

const environmentIn = (files: Files, file: string): Environment => environmentsOf(files).of(`ws/${file}`)[0]!;

describe("a folder without a kustomization that Flux applies", () => {
  const files = { ...cluster, "clusters/live/apps.yaml": flux("./apps", { targetNamespace: "team" }) };

  test("is a kustomization of all manifests in it and below; what has a kustomization is named as that", () => {
    const environment = environmentIn(files, "apps/web.yaml");
    assert.deepEqual([environment.name, environment.kind, environment.namespace], ["ws/apps", "kustomization", "team"]);
    assert.deepEqual(namesOf(environment), ["Deployment team/api", "Deployment team/live-cart", "Deployment team/web"]);
    assert.deepEqual(environment.files(), [
      "ws/apps/back/api.yml",
      "ws/apps/shop/cart.yaml",
      "ws/apps/shop/kustomization.yaml",
      "ws/apps/web.yaml",
    ]);
    assert.deepEqual(environment.open, []);
    assert.deepEqual(
      appliersOf(environment).map(({ subject, place }) => [
        subject,
        withPrefix(files)[place.file]?.slice(place.start, place.end),
      ]),
      [["Kustomization shop", '"./apps"']],
    );
  });

  test("is its files as they stand where nothing is added and none of them has a kustomization", () => {
    const plain = {
      "apps/back/api.yml": deployment("api", { app: "api" }),
      "apps/web.yaml": deployment("web", { app: "web" }),
      "clusters/live/apps.yaml": flux("./apps"),
    };
    const environment = environmentIn(plain, "apps/web.yaml");
    assert.deepEqual([environment.kind, environment.open], ["directory", []]);
    assert.deepEqual(namesOf(environment), ["Deployment default/api", "Deployment default/web"]);
    assert.deepEqual(appliersOf(environment).length, 1);
    const template = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ name }}\n";
    const reasonsWith = (more: Files): readonly string[] =>
      environmentIn({ ...plain, ...more }, "apps/web.yaml").open.map(({ code }) => code);
    assert.deepEqual(reasonsWith({ "apps/pod.yaml": template }), ["template"]);
    assert.deepEqual(reasonsWith({ "apps/again.yaml": deployment("web", { app: "web" }) }), ["build-fails"]);
    assert.deepEqual(reasonsWith({ "clusters/live/apps.yaml": flux("./apps", { namePrefix: "live-" }) }), []);
  });

  test("takes the place of the environments of its files, and leaves those of others alone", () => {
    const found = environmentsOf(files);
    const [whole] = found.of("ws/apps/web.yaml");
    assert.deepEqual(found.of("ws/apps/shop/cart.yaml"), [whole]);
    assert.deepEqual(
      ["apps/back/legacy.json", "apps/shop/unused.yaml", "clusters/live/apps.yaml"].map(
        (file) => found.of(`ws/${file}`)[0]?.kind,
      ),
      ["folder", "folder", "folder"],
    );
  });

  test("is open for what the repository may leave out, in which no mistake is certain", () => {
    const twice = { ...files, "apps/back/again.yaml": deployment("web", { app: "web" }) };
    const environment = environmentIn(twice, "apps/web.yaml");
    assert.deepEqual(
      environment.open.map(({ code }) => code),
      ["build-fails"],
    );
    assert.deepEqual(buildNotesOf(environment), []);
    const template = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ name }}\n";
    assert.deepEqual(
      environmentIn({ ...files, "apps/pod.yaml": template }, "apps/web.yaml").open.map(({ code }) => code),
      ["template"],
    );
  });

  test("is none where the path leads nowhere, to the top, to nothing but other files, or to several folders", () => {
    for (const extra of [
      { "clusters/apps.yaml": flux("./nowhere") },
      { "clusters/apps.yaml": flux("./") },
      { "clusters/apps.yaml": flux("./values"), "values/web.yaml": "replicas: 1\n" },
      { "clusters/apps.yaml": flux("./apps"), "clusters/apps/web.yaml": deployment("other", { app: "other" }) },
    ])
      assert.equal(environmentIn({ ...cluster, ...extra }, "apps/web.yaml").kind, "folder", JSON.stringify(extra));
  });

  test("is kept as it is until a file becomes a manifest or ceases to be one", () => {
    const after = (path: string, text: string): readonly [readonly string[], readonly string[]] => {
      const rendered: string[] = [];
      const before = graphOf(files);
      for (const root of before.roots) root.environment().resources();
      const changed = { ...files, [path]: text };
      const inputs = {
        engine: engineOf(changed, rendered),
        index: indexOf(withPrefix(changed)),
        folders: foldersOf(changed),
      };
      const graph = kustomizationsOf(inputs, before, { files: new Set([path]), isPathSetChanged: false });
      const names = graph.roots.flatMap((root) => namesOf(root.environment()));
      assert.deepEqual(
        names,
        graphOf(changed).roots.flatMap((root) => namesOf(root.environment())),
      );
      return [rendered, names.map((name) => name.split("/")[1]!)];
    };
    const [all, without] = [
      ["api", "live-cart", "web"],
      ["api", "live-cart"],
    ];
    assert.deepEqual(after("apps/back/values.yaml", "replicas: 3\n"), [[], all]);
    assert.deepEqual(after("apps/shop/unused.yaml", deployment("u", { app: "u" })), [[], all]);
    assert.deepEqual(after("apps/shop/cart.yaml", deployment("bag", { app: "bag" }))[0], ["apps"]);
    assert.deepEqual(after("apps/web.yaml", "replicas: 1\n"), [["apps"], without]);
    assert.deepEqual(after("apps/back/values.yaml", service("api", { app: "api" }))[1], [...all, "api"].sort());
  });
});

describe("a folder without a kustomization that Argo CD applies", () => {
  const plain = {
    "apps/web.yaml": deployment("web", { app: "web" }),
    "apps/job.json": deployment("job", { app: "job" }),
    "apps/values.yaml": "replicas: 2\n",
    "apps/back/api.yml": deployment("api", { app: "api" }),
    "apps/back/test/api.yaml": deployment("test", { app: "test" }),
  };
  const apply = (directory: unknown, more: object = {}): Files => {
    const source = { path: "apps", ...(directory === undefined ? {} : { directory }), ...more };
    return { ...plain, "app.yaml": application({ source, destination: { namespace: "team" } }) };
  };
  const namesWith = (directory: unknown, more: object = {}): readonly string[] =>
    namesOf(environmentIn(apply(directory, more), "apps/web.yaml"));

  test("is an environment of its files, and of those below where it says so", () => {
    const environment = environmentIn(apply(undefined), "apps/web.yaml");
    assert.deepEqual(
      [environment.name, environment.kind, environment.namespace, environment.wider()],
      ["ws/apps", "directory", "team", undefined],
    );
    assert.deepEqual(namesOf(environment), ["Deployment team/job", "Deployment team/web"]);
    assert.deepEqual(
      appliersOf(environment).map(({ subject }) => subject),
      ["Application shop"],
    );
    assert.equal(environmentIn(apply(undefined), "apps/back/api.yml").kind, "folder");
    assert.deepEqual(
      namesWith({ recurse: true }).map((name) => name.split("/")[1]),
      ["job", "web", "api", "test"],
    );
  });

  test("takes what its patterns include, and not what they exclude", () => {
    const kept = (patterns: object): readonly (string | undefined)[] =>
      namesWith({ recurse: true, ...patterns }).map((name) => name.split("/")[1]);
    assert.deepEqual(kept({ include: "*.yaml" }), ["web", "test"]);
    assert.deepEqual(kept({ include: "{web,job}.*" }), ["job", "web"]);
    assert.deepEqual(kept({ exclude: "back/*" }), ["job", "web"]);
    assert.deepEqual(kept({ include: "*.y[a-m]?l", exclude: "*/test/*" }), ["web"]);
    assert.deepEqual(
      kept({ exclude: "**/[!t]*.y*ml" }),
      ["job", "web", "api", "test"].filter((name) => name !== "api" && name !== "test"),
    );
  });

  test("is none where tools make its objects, where a pattern is none, and where Applications take different files", () => {
    const isFolder = (files: Files): boolean => environmentIn(files, "apps/web.yaml").kind === "folder";
    assert.ok(isFolder(apply({ include: "[" })));
    assert.ok(isFolder(apply({ jsonnet: { libs: ["lib"] } })));
    assert.ok(isFolder(apply(undefined, { plugin: { name: "cue" } })));
    assert.ok(isFolder({ ...apply(undefined), "apps/Chart.yaml": "name: apps\nversion: 1.0.0\n" }));
    assert.ok(isFolder({ ...apply(undefined), "apps/.argocd-source.yaml": "directory: {recurse: true}\n" }));
    assert.ok(isFolder({ ...apply({ recurse: true }), "apps/back/kustomization.yaml": "resources: [api.yml]\n" }));
    const other = application({ source: { path: "apps", directory: { recurse: true } } }, "other");
    assert.ok(isFolder({ ...apply(undefined), "other.yaml": other }));
    assert.ok(!isFolder({ ...apply({ recurse: true }), "other.yaml": other }));
  });
});
