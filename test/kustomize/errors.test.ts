import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { objectsOf, Workspace } from "./support.ts";

const config = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: conf}\n";

/** A transformer of kustomize's own that sets labels. */
const labels = (values: string): string =>
  `apiVersion: builtin\nkind: LabelTransformer\nmetadata: {name: by}\nlabels: ${values}\nfieldSpecs: [{path: metadata/labels, create: true}]\n`;

describe("mistakes", () => {
  const cases: readonly (readonly [title: string, fixture: string, errorClass: string, message: RegExp])[] = [
    [
      "a missing file",
      "resources: [«at»absent.yaml«/»]",
      "missing-file",
      /lstat absent\.yaml: no such file or directory/,
    ],
    [
      "a missing file of a generator",
      "configMapGenerator: [{name: a, files: [«at»absent.txt«/»]}]",
      "missing-file",
      /absent\.txt/,
    ],
    [
      "a folder without a kustomization",
      `resources: [«at»plain«/»]\n#- /plain/a.yaml\n${config}`,
      "not-a-kustomization",
      /unable to find one of/,
    ],
    ["a kustomization that lists itself", `resources: [«at».«/»]`, "cycle", /cycle detected/],
    [
      "kustomizations that list each other",
      "resources: [a]\n#- /a/kustomization.yaml\nresources: [../b]\n#- /b/kustomization.yaml\nresources: [«at»../a«/»]",
      "cycle",
      /cycle detected/,
    ],
    ["a folder outside the workspace", "resources: [«at»../elsewhere«/»]", "restriction", /outside of the workspace/],
    [
      "a file above the folder",
      `resources: [a]\n#- /conf.yaml\n${config}#- /a/kustomization.yaml\nresources: [«at»../conf.yaml«/»]`,
      "restriction",
      /is not in or below/,
    ],
    ["a remote base", "resources:\n  - «at»https://github.com/org/repo//path?ref=v1«/»", "remote", /not loaded/],
    ["a Helm chart", "helmCharts: [«at»{name: chart}«/»]", "helm", /must specify --enable-helm/],
    [
      "a plugin",
      "generators: [gen.yaml]\n#- /gen.yaml\n«at»apiVersion: example.com/v1\nkind: Maker\nmetadata: {name: a}\n«/»",
      "plugin",
      /unable to load external plugin 'Maker'/,
    ],
    ["an empty kustomization", "«at»# nothing\n«/»", "empty-kustomization", /kustomization\.yaml is empty/],
    ["an unknown field", "resource«at»s: []\n«/»resource: [a]", "invalid-kustomization", /unknown field "resource"/],
    ["a wrong type", "namePrefix: «at»[a]«/»", "invalid-kustomization", /cannot unmarshal array into Go struct field/],
    [
      "one id twice",
      `resources: [a.yaml, b.yaml]\n#- /a.yaml\n${config}#- /b.yaml\n«at»${config}«/»`,
      "conflict",
      /already registered id: ConfigMap\.v1/,
    ],
    [
      "an object without a name",
      "resources: [a.yaml]\n#- /a.yaml\napiVersion: v1\nkind: ConfigMap\n",
      "invalid-yaml",
      /missing metadata\.name/,
    ],
    [
      "an invalid regular expression",
      `resources: [a.yaml]\npatches: [{target: {name: «at»"("«/»}, patch: '[{"op": "remove", "path": "/data"}]'}]\n#- /a.yaml\n${config}`,
      "other",
      /error parsing regexp/,
    ],
    [
      "a patch for nothing",
      `patches:\n  - patch: |-\n      apiVersion: v1\n      kind: Secret\n      metadata: {name: absent}\nresources: [a.yaml]\n#- /a.yaml\n${config}`,
      "target-not-found",
      /no matches for Id Secret\.v1/,
    ],
    [
      "a failing test of a JSON patch",
      `resources: [a.yaml]\npatches:\n  - target: {kind: ConfigMap}\n    patch: |-\n      - «at»op: test\n        path: /kind\n        value: Pod«/»\n#- /a.yaml\n${config}`,
      "patch-fails",
      /testing value \/kind failed/,
    ],
    [
      "a validator that changes something",
      `resources: [a.yaml]\nvalidators: [plugin.yaml]\n#- /a.yaml\n${config}#- /plugin.yaml\n«at»${labels("{team: shop}")}«/»`,
      "other",
      /validator shouldn't modify the resource map/,
    ],
  ];
  for (const [title, fixture, errorClass, message] of cases) {
    test(title, () => {
      const workspace = new Workspace(`#- /kustomization.yaml\n${fixture}`);
      const error = workspace.fail("");
      assert.equal(error.class, errorClass, error.message);
      assert.match(error.message, message);
      assert.ok(error.at !== undefined, "the error has a place");
      if (fixture.includes("«at»") && title !== "an unknown field") {
        const { file, span } = workspace.range("at");
        assert.equal(error.at.file, file);
        assert.ok(
          error.at.span.start >= span.start - 2 && error.at.span.end <= span.end + 2,
          `${JSON.stringify(error.at)} in ${JSON.stringify(span)}`,
        );
      }
    });
  }

  test("the first missing file is named", () => {
    assert.equal(new Workspace("#- /a/kustomization.yaml\nresources: [../b/../c]").fail("a").missing, "c");
  });

  test("a folder that does not exist is a missing file", () => {
    assert.equal(new Workspace(`#- /a.yaml\n${config}`).fail("absent").class, "missing-file");
  });
});

describe("tolerant rendering", () => {
  const workspace = new Workspace(`
#- /kustomization.yaml
resources: [conf.yaml, «missing»absent.yaml«/», «remote»https://github.com/org/repo//path«/»]
namePrefix: p-
patches:
  - target: {name: nothing}
    patch: '[{"op": "remove", "path": "/data"}]'
#- /conf.yaml
${config}`);

  test("goes on without what is missing and says so", () => {
    const rendering = workspace.build("", { tolerant: true });
    assert.deepEqual(objectsOf(rendering), [{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "p-conf" } }]);
    assert.deepEqual(
      rendering.errors.map((error) => [error.class, error.at]),
      [
        ["missing-file", workspace.range("missing")],
        ["remote", workspace.range("remote")],
      ],
    );
    assert.deepEqual(
      rendering.open.map(({ kind, subject, at }) => [kind, subject, at]),
      [["remote", "https://github.com/org/repo//path", workspace.range("remote")]],
    );
    assert.deepEqual(
      rendering.problems.map(({ code }) => code),
      ["no-patch-target"],
    );
  });

  test("every missing source of a generator is told, and what is there is kept", () => {
    const generator = new Workspace(`
#- /kustomization.yaml
configMapGenerator:
  - name: conf
    files: [«first»absent.txt«/», there.txt]
    envs: [«second»absent.env«/»]
    options: {disableNameSuffixHash: true}
#- /there.txt
text`);
    const { errors, objects } = generator.build("", { tolerant: true });
    assert.deepEqual(
      errors.map((error) => error.at),
      [generator.range("second"), generator.range("first")],
    );
    assert.deepEqual(
      objects.map(({ object }) => object["data"]),
      [{ "there.txt": "text" }],
    );
  });

  test("two objects with one id: the second is at fault, and the others stay", () => {
    const twice = new Workspace(`
#- /kustomization.yaml
resources: [a.yaml, b.yaml]
#- /a.yaml
${config}
#- /b.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: «second»conf«/»
---
apiVersion: v1
kind: ConfigMap
metadata: {name: other}
`);
    const { errors, objects } = twice.build("", { tolerant: true });
    assert.deepEqual(
      errors.map((error) => [error.class, error.at]),
      [["conflict", twice.range("second")]],
    );
    assert.equal(objects.length, 2);
  });

  test("tells every file that it asked for, also missing ones", () => {
    const { inputs } = workspace.build("", { tolerant: true });
    for (const path of ["kustomization.yaml", "conf.yaml", "absent.yaml"]) assert.ok(inputs.includes(path), path);
  });
});

test("a validator may say that it was there", () => {
  const fixture = `#- /kustomization.yaml\nresources: [a.yaml]\nvalidators: [plugin.yaml]\n#- /a.yaml\n${config}#- /plugin.yaml\n${labels("{validated-by: me}")}`;
  const [object] = objectsOf(new Workspace(fixture).build(""));
  assert.deepEqual(object?.["metadata"], { name: "conf", labels: { "validated-by": "me" } });
});
