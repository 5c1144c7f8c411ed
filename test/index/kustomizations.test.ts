import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Environments } from "../../server/src/index/environments.ts";
import { kustomizationsOf } from "../../server/src/index/kustomizations.ts";
import { podLabelKey, workloadsKey } from "../../server/src/index/keys.ts";
import { resourcesWithin } from "../../server/src/index/queries.ts";
import type { Place } from "../../server/src/index/types.ts";
import { engineOf, foldersOf, graphOf, namesOf, shop, withPrefix } from "./kustomize.ts";
import { deployment, indexOf, manifest } from "./workspace.ts";

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
