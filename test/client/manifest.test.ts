import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isManifest } from "../../client/src/manifest.ts";

type Document = Parameters<typeof isManifest>[0];

function document(text: string, { languageId = "yaml", scheme = "file", path = "/a.yaml" } = {}): Document {
  return { languageId, uri: { scheme, path }, getText: () => text } as unknown as Document;
}

const service = "apiVersion: v1\nkind: Service\n";

describe("the cheap look at a text", () => {
  test("knows manifests in every notation", () => {
    for (const text of [
      service,
      `# comment\n---\n${service}`,
      '{"apiVersion": "v1", "kind": "Service"}',
      '{\n  "kind": "List",\n  "apiVersion": "v1"\n}',
      "{apiVersion: v1, kind: Service}",
      "apiVersion : v1\r\nkind : Service\r\n",
      "items:\n  - apiVersion: v1\n    kind: Service\n".replace("- apiVersion", "  apiVersion"),
    ]) {
      assert.ok(isManifest(document(text)), text);
    }
  });

  test("leaves other texts alone", () => {
    for (const text of ["", "apiVersion: v1\n", "services:\n  web:\n    image: nginx\n", "say: apiVersion is kind\n"]) {
      assert.ok(!isManifest(document(text)), text);
    }
  });

  test("takes a kustomization by its name", () => {
    assert.ok(isManifest(document("resources: []\n", { path: "/base/kustomization.yaml" })));
    assert.ok(!isManifest(document("resources: []\n", { path: "/base/resources.yaml" })));
  });

  test("looks only at its languages and at what is edited", () => {
    assert.ok(isManifest(document(service, { languageId: "helm" })));
    assert.ok(isManifest(document(service, { scheme: "untitled" })));
    assert.ok(!isManifest(document(service, { languageId: "markdown" })));
    assert.ok(!isManifest(document(service, { scheme: "git" })));
    assert.ok(!isManifest(document(service, { scheme: "output" })));
  });
});
