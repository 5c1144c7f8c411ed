import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { JsonPath } from "../../server/src/base/json.ts";
import { ParseCache } from "../../server/src/kustomize/cache.ts";
import type { RenderedObject } from "../../server/src/kustomize/types.ts";
import { definitionHead, objectOf, Workspace } from "./support.ts";

const schema: JsonPath = ["spec", "versions", 0, "schema", "openAPIV3Schema"];

const plain = `${definitionHead}  - name: v1
    schema:
      openAPIV3Schema:
        description: A ship.
        type: object
    served: true
    storage: true
`;

/** The one definition, rendered from files whose schemas may stay closed. */
function rendered(text: string, kustomization = "", files = ""): RenderedObject {
  const { workspace, folder } = workspaceWith(text, kustomization, files);
  const cache = new ParseCache(undefined, () => true);
  return objectOf(workspace.build(folder, { cache }), "CustomResourceDefinition");
}

function workspaceWith(text: string, kustomization: string, files: string): { workspace: Workspace; folder: string } {
  const fixture = `#- /app/kustomization.yaml\nresources: [ships.yaml]\n${kustomization}\n${files}#- /app/ships.yaml\n`;
  return { workspace: new Workspace(`${fixture}${text}`), folder: "app" };
}

describe("schemas of definitions", () => {
  const closable: Readonly<Record<string, string>> = {
    "two versions": `${plain}  - name: v2
    schema:
      openAPIV3Schema:
        properties:
          spec: {type: object}

          # What is known of it
          status:
            description: |
              openAPIV3Schema:
                not a schema
            type: object
        type: object
    served: true
    storage: false
    subresources: {status: {}}
`,
    "lines end with CR and LF": plain.replaceAll("\n", "\r\n"),
    "less indented comments": plain.replace("        type: object", "  # comment\n        type: object"),
    "something behind it": `${plain}status: {acceptedNames: {kind: Ship, plural: ships}, conditions: [], storedVersions: [v1]}\n`,
    "another document behind it": `${plain}---\napiVersion: v1\nkind: Service\nmetadata: {name: web}\n`,
    "without a final line feed": plain.trimEnd(),
  };
  const others: Readonly<Record<string, string>> = {
    "indented less than it should": plain.replace("A ship.", "'A\nship.'"),
    "in one line": plain.replace(/openAPIV3Schema:[^]*?served/, "openAPIV3Schema: {type: object}\n    served"),
    empty: plain.replace(/openAPIV3Schema:[^]*?served/, "openAPIV3Schema:\n    served"),
    "with an anchor that is used elsewhere": plain
      .replace("description: A ship.", "description: &text A ship.")
      .replace("storage: true", "storage: true\n    deprecationWarning: *text"),
    "the word in an annotation": plain.replace(
      "  name: ships.docks.example",
      "  name: ships.docks.example\n  annotations:\n    last: |\n      openAPIV3Schema:\n        type: object",
    ),
    "no version": `${definitionHead}  - name: v1\n`,
  };
  for (const [name, text] of Object.entries({ ...closable, ...others })) {
    test(`${name}: the same object and the same origins as if they were read at once`, () => {
      const { workspace, folder } = workspaceWith(text, "commonLabels: {fleet: a}", "");
      const read = objectOf(workspace.build(folder), "CustomResourceDefinition");
      const object = rendered(text, "commonLabels: {fleet: a}");
      assert.equal(object.isClosed(schema), Object.hasOwn(closable, name));
      assert.deepEqual(JSON.stringify(object.object), JSON.stringify(read.object));
      assert.deepEqual(object.origin(["spec"]), read.origin(["spec"]));
      assert.deepEqual([...object.scalars()], [...read.scalars()]);
    });
  }

  test("stay closed where kustomize changes other things", () => {
    const object = rendered(plain, "namespace: harbour\ncommonAnnotations: {fleet: a}\nimages: [{name: a, newTag: b}]");
    assert.ok(object.isClosed(schema));
    assert.ok(!object.isClosed(["spec"]));
  });

  test("are read for a patch that looks into them", () => {
    const patch = `patches:
- target: {kind: CustomResourceDefinition}
  patch: |
    - {op: replace, path: /spec/versions/0/schema/openAPIV3Schema/description, value: A boat.}
`;
    const object = rendered(plain, patch);
    assert.ok(!object.isClosed(schema));
    assert.match(JSON.stringify(object.object), /"openAPIV3Schema":{"description":"A boat.","type":"object"}/);
  });

  test("are read for a patch that merges into them", () => {
    const patch = `patches:
- patch: |
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata: {name: ships.docks.example}
    spec: {preserveUnknownFields: false}
`;
    const [closed, read] = [true, false].map((accepted) => {
      const { workspace, folder } = workspaceWith(plain, patch, "");
      return workspace.build(folder, { cache: new ParseCache(undefined, () => accepted) }).objects[0]!.object;
    });
    assert.deepEqual(JSON.stringify(closed), JSON.stringify(read));
  });

  test("are read in one overlay and stay closed in the next", () => {
    const workspace = new Workspace(`#- /one/kustomization.yaml
resources: [../base]
patches:
- target: {kind: CustomResourceDefinition}
  patch: "- {op: remove, path: /spec/versions/0/schema/openAPIV3Schema/description}"
#- /two/kustomization.yaml
resources: [../base]
#- /base/kustomization.yaml
resources: [ships.yaml]
#- /base/ships.yaml
${plain}`);
    const cache = new ParseCache(undefined, () => true);
    const [one, two] = ["one", "two"].map((folder) =>
      objectOf(workspace.build(folder, { cache }), "CustomResourceDefinition"),
    );
    assert.doesNotMatch(JSON.stringify(one!.object), /A ship/);
    assert.ok(two!.isClosed(schema));
    assert.match(JSON.stringify(two!.object), /A ship/);
  });
});
