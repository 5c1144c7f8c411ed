import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { objectOf, originText, Workspace } from "./support.ts";

const shop = `
#- /base/kustomization.yaml
resources: [app.yaml]
configMapGenerator:
  - name: conf
    literals: [«literal»color=blue«/»]
    files: [«entry»app.properties«/»]
    envs: [app.env]
#- /base/app.properties
size=3
#- /base/app.env
# a comment
«env»MODE=fast«/»
#- /base/app.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: «name»web«/»
spec:
  replicas: «replicas»1«/»
  template:
    spec:
      containers:
        - name: main
          image: «image»nginx:1.25«/»
          envFrom: [{configMapRef: {name: «reference»conf«/»}}]
#- /overlay/kustomization.yaml
resources: [../base]
namePrefix: «prefix»p-«/»
namespace: «namespace»prod«/»
images: [{name: nginx, newTag: «tag»"2"«/»}]
commonAnnotations: {note: «note»hello«/»}
patches:
  - target: {kind: Deployment}
    patch: |-
      - op: add
        path: /spec/paused
        value: «paused»true«/»
  - path: patch.yaml
replicas: [{name: web, count: «count»3«/»}]
#- /overlay/patch.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      serviceAccountName: «account»web«/»
`;

describe("origins", () => {
  const workspace = new Workspace(shop);
  const rendering = workspace.build("overlay");
  const deployment = objectOf(rendering, "Deployment");
  const config = objectOf(rendering, "ConfigMap");
  const container = ["spec", "template", "spec", "containers", 0];

  test("a value of a resource comes from its line", () => {
    assert.equal(originText(workspace, deployment, [...container, "name"]), "main");
  });

  test("transformers of the kustomization are the last origin, the line of the base an earlier one", () => {
    assert.deepEqual(deployment.origins(["metadata", "name"]), [workspace.range("prefix"), workspace.range("name")]);
    assert.deepEqual(deployment.origins([...container, "image"]), [workspace.range("tag"), workspace.range("image")]);
    assert.deepEqual(deployment.origins(["spec", "replicas"]), [workspace.range("count"), workspace.range("replicas")]);
    assert.deepEqual(deployment.origin(["metadata", "namespace"]), workspace.range("namespace"));
    assert.deepEqual(deployment.origin(["metadata", "annotations", "note"]), workspace.range("note"));
  });

  test("patches, also those written in place, are found to the character", () => {
    assert.deepEqual(deployment.origin(["spec", "paused"]), workspace.range("paused"));
    assert.deepEqual(deployment.origin(["spec", "template", "spec", "serviceAccountName"]), workspace.range("account"));
  });

  test("what JSON patches replace stays an earlier origin, one behind the other", () => {
    const patch = (replicas: string): string =>
      `patches: [{target: {kind: Deployment}, patch: '[{"op": "replace", "path": "/spec/replicas", "value": ${replicas}}]'}]\n`;
    const chain = new Workspace(
      `#- /base/kustomization.yaml\nresources: [app.yaml]\nnamePrefix: «prefix»a-«/»\n${patch("«second»2«/»")}` +
        "#- /base/app.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: «name»web«/»}\nspec: {replicas: «first»1«/»}\n" +
        `#- /overlay/kustomization.yaml\nresources: [../base]\n${patch("«third»3«/»")}`,
    );
    const patched = objectOf(chain.build("overlay"), "Deployment");
    assert.deepEqual(
      patched.origins(["spec", "replicas"]),
      ["third", "second", "first"].map((name) => chain.range(name)),
    );
    assert.deepEqual(patched.origins(["metadata", "name"]), [chain.range("prefix"), chain.range("name")]);
  });

  test("generated data come from their literals, lines and files", () => {
    assert.deepEqual(config.origin(["data", "color"]), workspace.range("literal"));
    assert.deepEqual(config.origin(["data", "MODE"]), workspace.range("env"));
    assert.equal(config.origin(["data", "app.properties"])?.file, "base/app.properties");
  });

  test("a reference that follows a renamed object keeps its own place", () => {
    const path = [...container, "envFrom", 0, "configMapRef", "name"];
    assert.match(String((config.object["metadata"] as { name?: string }).name), /^p-conf-[a-z0-9]{10}$/);
    assert.deepEqual(deployment.origin(path), workspace.range("reference"));
  });

  test("a path that leads nowhere has none", () => {
    assert.equal(deployment.origin(["spec", "absent", 0]), undefined);
    assert.deepEqual(deployment.origins(["spec", "absent"]), []);
  });

  test("every scalar of a real overlay has an origin", () => {
    const missing: string[] = [];
    const visit = (value: unknown, path: readonly (string | number)[]): void => {
      if (Array.isArray(value)) value.forEach((item, index) => visit(item, [...path, index]));
      else if (typeof value === "object" && value !== null)
        for (const [key, entry] of Object.entries(value)) visit(entry, [...path, key]);
      else if (deployment.origin(path) === undefined) missing.push(path.join("."));
    };
    visit(deployment.object, []);
    assert.deepEqual(missing, []);
  });
});
