import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { at } from "../../server/src/base/json.ts";
import type { JsonPath, JsonValue } from "../../server/src/base/json.ts";
import { buildNotesOf } from "../../server/src/index/environment.ts";
import { workloadsKey } from "../../server/src/index/keys.ts";
import type { Environment } from "../../server/src/index/types.ts";
import { application, flux, graphOf, namesOf, shop, withPrefix } from "./kustomize.ts";
import type { Files } from "./kustomize.ts";
import { deployment, manifest } from "./workspace.ts";

const environmentOf = (folder: string, extra: Files): Environment =>
  graphOf({ ...shop, ...extra })
    .root(folder)!
    .environment();

const openIn = (folder: string, extra: Files): readonly (readonly [string, string])[] =>
  environmentOf(folder, extra).open.map(({ code, subject }) => [code, subject]);

/** The value in the only workload, and the text that gave it. */
const valueIn = (folder: string, extra: Files, ...path: JsonPath): readonly [JsonValue | undefined, string] => {
  const web = environmentOf(folder, extra).posting(workloadsKey)[0]!;
  const place = web.origin(path);
  const text = place === undefined ? "" : withPrefix({ ...shop, ...extra })[place.file]!.slice(place.start, place.end);
  return [at(web.object, ...path), `${place?.file ?? ""}: ${text}`];
};

const replicas = ["spec", "replicas"] as const;

/** What people write: patches as blocks of text, longer than what is kept of a text that nobody looks at. */
const apps = `apiVersion: v1
kind: ConfigMap
metadata:
  name: before
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
spec:
  path: ./dev
  targetNamespace: team # everything of the team
  namePrefix: live-
  nameSuffix: "-1"
  commonMetadata:
    labels:
      owner: team
  components:
    - ../many
  patches:
    - patch: |
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: all
          annotations:
            note: "${"long ".repeat(100)}"
        spec:
          replicas: 7
      target:
        kind: Deployment
    - patch: |
        - op: add
          path: /spec/paused
          value: true
      target:
        kind: Deployment
        name: web
`;

const many: Files = {
  "many/kustomization.yaml":
    "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [more.yaml]\nlabels: [{pairs: {size: large}}]\n",
  "many/more.yaml": manifest("v1", "ConfigMap", { name: "more" }),
};

describe("what Flux writes into a kustomization", () => {
  const files = { ...many, "clusters/apps.yaml": apps };

  test("is built as if it stood there", () => {
    const dev = environmentOf("dev", files);
    assert.deepEqual(dev.open, []);
    assert.deepEqual(
      namesOf(dev).map((name) => name.replace(/-1-\w{10}$/, "-1-HASH")),
      ["ConfigMap team/live-more-1", "ConfigMap team/live-settings-1-HASH", "Deployment team/live-web-1"],
    );
    const [web] = dev.posting(workloadsKey);
    assert.deepEqual(at(web!.object, "metadata", "labels"), { owner: "team", size: "large" });
    assert.deepEqual(at(web!.object, "spec", "template", "metadata", "labels"), { app: "web" });
    assert.equal(at(web!.object, "spec", "paused"), true);
  });

  test("has its places in Flux's object", () => {
    assert.deepEqual(valueIn("dev", files, ...replicas), [7, "ws/clusters/apps.yaml: 7"]);
    assert.deepEqual(valueIn("dev", files, "metadata", "namespace"), ["team", "ws/clusters/apps.yaml: team"]);
    assert.deepEqual(valueIn("dev", files, "metadata", "labels", "owner"), ["team", "ws/clusters/apps.yaml: team"]);
  });

  test("makes a component a part of the environment, and no root of its own", () => {
    const graph = graphOf({ ...shop, ...files });
    assert.deepEqual(
      graph.roots.map(({ folder }) => folder),
      ["ws/prod/", "ws/dev/"],
    );
    assert.ok(graph.root("dev")!.files.includes("ws/many/more.yaml"));
  });

  test("reaches a folder without a kustomization, too", () => {
    const spec = { namePrefix: "live-", images: [{ name: "app", newTag: "2" }] };
    const plain = { "apps/web.yaml": deployment("web", { app: "web" }), "live.yaml": flux("./apps", spec) };
    const [root] = graphOf(plain).roots;
    assert.deepEqual(namesOf(root!.environment()), ["Deployment default/live-web"]);
    assert.equal(
      at(root!.environment().resources()[0]?.object, "spec", "template", "spec", "containers", 0, "image"),
      "app:2",
    );
  });

  test("replaces images of the same name, and leaves others alone", () => {
    const dev = "resources: [../base]\nimages: [{name: a, newTag: old}, {name: b, newTag: kept}]\n";
    const containers = [
      { name: "one", image: "a" },
      { name: "two", image: "b" },
    ];
    const extra = {
      "base/web.yaml": deployment("web", { app: "web" }, { containers }),
      "dev/kustomization.yaml": dev,
      "live.yaml": flux("dev", { images: [{ name: "a", newName: "registry.example/a", newTag: "new" }] }),
    };
    const imageOf = (index: number) =>
      valueIn("dev", extra, "spec", "template", "spec", "containers", index, "image")[0];
    assert.deepEqual([imageOf(0), imageOf(1)], ["registry.example/a:new", "b:kept"]);
  });

  test("is left out and makes the environment open where other software fills it in, or where it can't be told", () => {
    const open = (spec: object) => openIn("dev", { ...many, "live.yaml": flux("dev", spec) });
    assert.deepEqual(open({ namePrefix: "${env}-" }), [["placeholder", "spec.namePrefix"]]);
    assert.deepEqual(
      valueIn("dev", { "live.yaml": flux("dev", { namePrefix: "${env}-" }) }, "metadata", "name")[0],
      "web",
    );
    assert.deepEqual(open({ components: ["../many"], ignoreMissingComponents: true }), [
      ["applier", "Kustomization shop: spec.components"],
    ]);
    assert.deepEqual(open({ patchesJson6902: [{ patch: [] }], namePrefix: "" }), [
      ["applier", "Kustomization shop: spec.patchesJson6902"],
    ]);
  });

  test("is no certain mistake where it can't be built", () => {
    const dev = environmentOf("dev", { "live.yaml": flux("dev", { patches: [{ patch: "{", target: {} }] }) });
    assert.deepEqual(
      dev.open.map(({ code }) => code),
      ["build-fails"],
    );
    assert.deepEqual(buildNotesOf(dev), []);
    assert.ok(namesOf(dev).includes("Deployment default/web"));
  });

  test("counts where all controllers that name the folder write it", () => {
    const patches = (replicas: number) => [
      {
        patch: JSON.stringify([{ op: "add", path: "/spec/replicas", value: replicas }]),
        target: { kind: "Deployment" },
      },
    ];
    const both = (first: number, second: number): Files => ({
      "one.yaml": flux("dev", { patches: patches(first), targetNamespace: "team" }, "one"),
      "two.yaml": flux("dev", { patches: patches(second) }, "two"),
    });
    assert.deepEqual([openIn("dev", both(2, 2)), valueIn("dev", both(2, 2), ...replicas)[0]], [[], 2]);
    assert.deepEqual(openIn("dev", both(2, 3)), [
      ["applier", "Kustomization one: spec.patches"],
      ["applier", "Kustomization two: spec.patches"],
    ]);
  });

  test("may lie anywhere: Flux builds without load restrictions", () => {
    const outside = { "dev/kustomization.yaml": "resources: [../base/web.yaml]\n" };
    const codes = (extra: Files): readonly string[] =>
      buildNotesOf(environmentOf("dev", extra)).map(({ code }) => code);
    assert.deepEqual(codes(outside), ["restriction"]);
    assert.deepEqual(codes({ ...outside, "app.yaml": application({ source: { path: "dev" } }) }), ["restriction"]);
    assert.deepEqual(codes({ ...outside, "live.yaml": flux("dev") }), []);
  });
});

describe("what Argo CD writes into a kustomization", () => {
  const argo = (kustomize: object): Files => ({
    ...many,
    "app.yaml": application({ sources: [{ path: "dev", kustomize }], destination: { namespace: "team" } }),
  });

  test("is built as if it stood there", () => {
    const patch = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 4}\n";
    const extra = argo({ namePrefix: "a-", nameSuffix: "-z", components: ["../many"], patches: [{ patch }] });
    const dev = environmentOf("dev", extra);
    assert.deepEqual(dev.open, []);
    assert.ok(namesOf(dev).includes("ConfigMap team/a-more-z"));
    assert.equal(valueIn("dev", extra, ...replicas)[0], 4);
  });

  test("makes the environment open where kustomize edits it in, and components may be missing", () => {
    assert.deepEqual(
      openIn("dev", argo({ commonLabels: { a: "b" }, components: ["../many"], ignoreMissingComponents: true })),
      [
        ["applier", "Application shop: spec.sources.0.kustomize.commonLabels"],
        ["applier", "Application shop: spec.sources.0.kustomize.components"],
      ],
    );
  });
});
