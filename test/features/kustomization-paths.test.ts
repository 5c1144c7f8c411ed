import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits } from "../../server/src/yaml/edit.ts";
import { editsOf } from "../../server/src/features/code-actions/edits.ts";
import { pathCompletionsAt } from "../../server/src/features/kustomization-paths/complete.ts";
import { relativePath } from "../../server/src/features/kustomization-paths/relative.ts";
import { changesForMoves } from "../../server/src/features/kustomization-paths/rename-files.ts";
import type { FileMove } from "../../server/src/features/kustomization-paths/rename-files.ts";
import { cursorOf } from "../support/fixture.ts";
import { TestWorkspace } from "../support/workspace.ts";
import { checkDefinition } from "./check.ts";

const configMap = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";

function choices(kustomization: string): readonly string[] {
  const workspace = new TestWorkspace(
    `#- /app/kustomization.yaml\n${kustomization}#- /app/web.yaml\n${configMap}#- /app/deep/more.yaml\n${configMap}#- /app/own/kustomization.yaml\nresources: [x.yaml]\n#- /app/own/x.yaml\n${configMap}#- /base/kustomization.yaml\nresources: []\n#- /part/kustomization.yaml\napiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n#- /user/kustomization.yaml\nresources: [../app]\n`,
  );
  const { path, offset } = cursorOf(workspace.fixture);
  const found = pathCompletionsAt(workspace.context(path), offset, workspace.environments.index);
  return [...found].sort((a, b) => (a.sortText < b.sortText ? -1 : 1)).map(({ newText }) => newText);
}

/** A kustomization's text after files have moved. */
function afterMoves(file: string, text: string, ...moves: readonly FileMove[]): string {
  const workspace = new TestWorkspace(`#- ${file}\n${text}`);
  const read = workspace.readOf(file);
  assert.ok(read !== undefined);
  const edits = editsOf(changesForMoves(file, read, moves), () => read) ?? [];
  return edits.reduce((changed, each) => applyEdits(changed, each.edits), read.text);
}

describe("paths of kustomizations", () => {
  test("resources may be files below and folders with a kustomization; what is named already comes last", () => {
    assert.deepEqual(choices("resources:\n  - web.yaml\n  - «|»\n"), ["../base", "deep/more.yaml", "own", "web.yaml"]);
  });

  test("patches are files, components are folders", () => {
    assert.deepEqual(choices("patches:\n  - path: d«|»\n"), ["deep/more.yaml"]);
    assert.deepEqual(choices("components:\n  - ../«|»\n"), ["../part"]);
  });

  test("a path is completed in every notation, half-typed ones included", () => {
    const files = ["deep/more.yaml", "web.yaml"];
    const cases: readonly (readonly [text: string, wanted: readonly string[]])[] = [
      ["resources: [«|»]\n", ["../base", ...files.slice(0, 1), "own", ...files.slice(1)]],
      ["resources: [../base, we«|»\n", ["web.yaml"]],
      ['components: ["../pa«|»"]\n', ["../part"]],
      ["components: ['../«|»\n", ["../part"]],
      ["bases:\n  -«|»\n", [" ../base", " own"]],
      ["resources:\n  - base«|»\n", ["../base"]],
      ["resources:\n  - ./we«|»\n", ["web.yaml"]],
      ["patches:\n  - path:«|»\n", files.map((file) => ` ${file}`)],
      ["patches: [{path: «|»}]\n", files],
      ["patchesJson6902:\n  - {path: '«|»'}\n", files],
      ["patchesStrategicMerge:\n  - «|»\n", files],
      ["configMapGenerator:\n  - name: a\n    files: [key=we«|»]\n", ["web.yaml"]],
      ["secretGenerator:\n  - envs:\n      - «|»\n", files],
      ["secretGenerator:\n  - env: «|»\n", files],
      ["replacements: [{path: «|»}]\n", files],
      ["openapi: {path: «|»}\n", files],
      ["openapi:\n  path: w«|»\n", ["web.yaml"]],
      ["crds: [«|»]\n", files],
      ["configurations:\n  - «|»\n", files],
      ["transformers: [«|»]\n", ["../base", "deep/more.yaml", "own", "web.yaml"]],
      ["helmCharts:\n  - valuesFile: «|»\n", files],
      ["helmCharts:\n  - additionalValuesFiles: [«|»]\n", files],
    ];
    for (const [text, wanted] of cases) assert.deepEqual(choices(text), wanted, text);
  });

  test("what stands behind the cursor is replaced, too, and the key of a generator stays", () => {
    const after = (text: string): string => {
      const workspace = new TestWorkspace(`#- /app/kustomization.yaml\n${text}#- /app/web.yaml\n${configMap}`);
      const { path, offset } = cursorOf(workspace.fixture);
      const [first] = pathCompletionsAt(workspace.context(path), offset, workspace.environments.index);
      const plain = text.replace("«|»", "");
      return first === undefined
        ? plain
        : plain.slice(0, first.span.start) + first.newText + plain.slice(first.span.end);
    };
    assert.equal(after("resources:\n  - w«|»ob.yml # it\n"), "resources:\n  - web.yaml # it\n");
    assert.equal(after('resources: ["./w«|»eb"]\n'), 'resources: ["./web.yaml"]\n');
    assert.equal(after("configMapGenerator: [{files: [k=w«|»]}]\n"), "configMapGenerator: [{files: [k=web.yaml]}]\n");
    assert.equal(after("resources:\n  -«|»\n"), "resources:\n  - web.yaml\n");
  });

  test("other fields hold no paths", () => {
    assert.deepEqual(choices("namePrefix: «|»\n"), []);
    assert.deepEqual(choices("resources: «|»\n"), []);
    assert.deepEqual(choices("configMapGenerator: [{name: a, literals: [A=«|»]}]\n"), []);
    assert.deepEqual(choices("patches: [{target: {name: w«|»}}]\n"), []);
    assert.deepEqual(choices("labels:\n  - pairs:\n      app: «|»\n"), []);
  });

  test("a path leads to the file, or to the kustomization of the folder", () => {
    checkDefinition(`#- /app/kustomization.yaml\nresources: [w«|»eb.yaml]\n#- /app/web.yaml\n«target»«/»${configMap}`);
    checkDefinition(
      `#- /app/kustomization.yaml\nresources: [../ba«|»se]\n#- /base/kustomization.yaml\n«target»«/»resources: []\n`,
    );
  });

  test("what a generator reads is led to, too, whatever its name", () => {
    checkDefinition(
      "#- /app/kustomization.yaml\nconfigMapGenerator: [{name: a, files: [key=c«|»onfig]}]\n#- /app/config\n«target»«/»a=b\n",
    );
  });

  test("paths follow files and folders that move", () => {
    const text = "resources:\n  - web.yaml # first\n  - ../base\npatches: [{path: 'web.yaml'}]\n";
    assert.equal(
      afterMoves("/app/kustomization.yaml", text, { from: "/app/web.yaml", to: "/app/parts/site.yaml" }),
      "resources:\n  - parts/site.yaml # first\n  - ../base\npatches: [{path: 'parts/site.yaml'}]\n",
    );
    assert.equal(
      afterMoves("/app/kustomization.yaml", text, { from: "/app", to: "/apps/shop" }),
      "resources:\n  - web.yaml # first\n  - ../../base\npatches: [{path: 'web.yaml'}]\n",
    );
  });

  test("relative paths", () => {
    assert.equal(relativePath("a/b", "a/b/c"), "c");
    assert.equal(relativePath("a/b", "a"), "..");
    assert.equal(relativePath("a/b", "c/d"), "../../c/d");
    assert.equal(relativePath("", "c"), "c");
    assert.equal(relativePath("a", "a"), ".");
  });
});
