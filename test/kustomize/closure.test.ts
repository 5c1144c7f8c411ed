import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ParseCache } from "../../server/src/kustomize/cache.ts";
import { closure, readKustomization } from "../../server/src/kustomize/closure.ts";
import { render } from "../../server/src/kustomize/render.ts";
import type { Closure, KustomizeFiles } from "../../server/src/kustomize/types.ts";
import { Workspace } from "./support.ts";

function closureIn(folder: string, files: KustomizeFiles): Closure {
  return closure(folder, (each) => readKustomization(each, files));
}

const workspace = new Workspace(`
#- /base/kustomization.yml
resources: [app.yaml]
secretGenerator:
  - name: keys
    files: [tls.crt=certificates/tls.crt, «gone»absent.key«/»]
    env: secret.env
openapi: {path: schema.json}
#- /base/app.yaml
kind: Service
#- /base/certificates/tls.crt
pem
#- /base/secret.env
A=1
#- /base/schema.json
{}
#- /overlay/kustomization.yaml
namespace: prod
resources:
  - «base»../base«/»
  - «remote»github.com/org/repo«/»
  - ../../outside
components: [../parts]
patches:
  - path: patch.yaml
  - patch: '[]'
patchesStrategicMerge:
  - |-
    apiVersion: v1
    kind: Service
    metadata: {name: a}
helmCharts: [{name: chart, valuesFile: values.yaml}]
#- /overlay/patch.yaml
kind: Service
#- /overlay/values.yaml
a: 1
#- /parts/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
resources: [../overlay]
#- /broken/kustomization.yaml
unknown: 1
resources: [../base, 5]
`);

describe("readKustomization", () => {
  test("lists what is named, with its place and what is found there", () => {
    const summary = readKustomization("overlay", workspace);
    assert.equal(summary?.namespace, "prod");
    assert.deepEqual(
      summary.references.map(({ field, text, kind, path }) => [field, text, kind, path]),
      [
        ["resources", "../base", "folder", "base"],
        ["resources", "github.com/org/repo", "remote", undefined],
        ["resources", "../../outside", "outside", undefined],
        ["components", "../parts", "folder", "parts"],
        ["patches.path", "patch.yaml", "file", "overlay/patch.yaml"],
        ["helmCharts.valuesFile", "values.yaml", "file", "overlay/values.yaml"],
      ],
    );
    assert.deepEqual(summary.references[0]?.at, workspace.range("base"));
  });

  test("keys of generators do not belong to the path", () => {
    const references = readKustomization("base", workspace)?.references ?? [];
    assert.deepEqual(
      references.map(({ field, path, kind }) => [field, path, kind]),
      [
        ["resources", "base/app.yaml", "file"],
        ["secretGenerator.files", "base/certificates/tls.crt", "file"],
        ["secretGenerator.files", "base/absent.key", "missing"],
        ["secretGenerator.env", "base/secret.env", "file"],
        ["openapi.path", "base/schema.json", "file"],
      ],
    );
  });

  test("a kustomization with mistakes still names its files", () => {
    const summary = readKustomization("broken", workspace);
    assert.equal(summary?.error?.class, "invalid-kustomization");
    assert.deepEqual(
      summary.references.map(({ path }) => path),
      ["base", "broken/5"],
    );
  });

  test("a folder without one has none", () => {
    assert.equal(readKustomization("base/certificates", workspace), undefined);
  });
});

describe("closure", () => {
  test("collects the files of all folders, once, and what cannot be known", () => {
    const found = closureIn("overlay", workspace);
    assert.deepEqual(found.folders, ["overlay", "base", "parts"]);
    assert.deepEqual(found.files, [
      "base/app.yaml",
      "base/certificates/tls.crt",
      "base/kustomization.yml",
      "base/schema.json",
      "base/secret.env",
      "overlay/kustomization.yaml",
      "overlay/patch.yaml",
      "overlay/values.yaml",
      "parts/kustomization.yaml",
    ]);
    assert.deepEqual(
      found.missing.map(({ text }) => text),
      ["../../outside", "absent.key"],
    );
    assert.deepEqual(
      found.open.map(({ kind, subject }) => [kind, subject]),
      [
        ["helm", "chart"],
        ["remote", "github.com/org/repo"],
      ],
    );
  });
});

describe("cache", () => {
  test("500 overlays of one base parse it once", () => {
    const overlays = Array.from(
      { length: 500 },
      (_, index) => `#- /o${String(index)}/kustomization.yaml\nresources: [../base]\nnamePrefix: p${String(index)}-\n`,
    );
    const many = new Workspace(
      `#- /base/kustomization.yaml\nresources: [app.yaml]\n#- /base/app.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: conf}\n${overlays.join("")}`,
    );
    const cache = new ParseCache();
    const nodes = cache.objects("base/app.yaml", many.text("base/app.yaml") ?? "");
    for (let index = 0; index < 500; index++) {
      const [object] = many.build(`o${String(index)}`, { cache }).objects;
      assert.deepEqual(object?.object["metadata"], { name: `p${String(index)}-conf` });
    }
    assert.equal(cache.objects("base/app.yaml", many.text("base/app.yaml") ?? ""), nodes, "the same nodes, unchanged");
    assert.notEqual(cache.objects("base/app.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: a}"), nodes);
  });

  test("what was not used for the longest time makes room", () => {
    const text = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`;
    const cache = new ParseCache(text("a").length * 2);
    const first = cache.objects("a", text("a"));
    const second = cache.objects("b", text("b"));
    assert.equal(cache.objects("a", text("a")), first);
    cache.objects("c", text("c"));
    assert.equal(cache.objects("a", text("a")), first, "used lately");
    assert.notEqual(cache.objects("b", text("b")), second, "made room");
    cache.delete("b");
    assert.equal(cache.objects("a", text("a")), first);
  });
});

describe("links", () => {
  const texts: Readonly<Record<string, string>> = {
    "a/kustomization.yaml": "resources: [link]\n",
    "b/kustomization.yaml": "resources: [link]\n",
    "base/kustomization.yaml": "resources: [pod.yaml]\n",
    "base/pod.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\n",
  };
  /** `a/link` leads to `a` itself, `b/link` to `base`. */
  const realPath = (path: string): string => path.replace(/^a(\/link)+/, "a").replace(/^b\/link/, "base");
  const files: KustomizeFiles = {
    text: (path) => texts[realPath(path)],
    isFolder: (path) => Object.keys(texts).some((each) => each.startsWith(`${realPath(path)}/`)),
    realPath,
  };

  test("in a circle are a cycle", () => {
    assert.equal(render("a", files).error?.class, "cycle");
    assert.deepEqual(closureIn("a", files).folders, ["a"]);
  });

  test("to a base are that base", () => {
    assert.deepEqual(closureIn("b", files).folders, ["b", "base"]);
    const result = render("b", files);
    assert.equal(result.error, undefined);
    assert.deepEqual(
      result.objects.map((object) => object.origin(["kind"])?.file),
      ["base/pod.yaml"],
    );
  });
});
