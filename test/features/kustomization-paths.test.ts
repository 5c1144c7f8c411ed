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
    `#- /app/kustomization.yaml\n${kustomization}#- /app/web.yaml\n${configMap}#- /app/deep/more.yaml\n${configMap}#- /app/own/kustomization.yaml\nresources: [x.yaml]\n#- /app/own/x.yaml\n${configMap}#- /base/kustomization.yaml\nresources: []\n`,
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
    assert.deepEqual(choices("components:\n  - ../«|»\n"), ["../base"]);
  });

  test("other fields hold no paths", () => {
    assert.deepEqual(choices("namePrefix: «|»\n"), []);
    assert.deepEqual(choices("labels:\n  - pairs:\n      app: «|»\n"), []);
  });

  test("a path leads to the file, or to the kustomization of the folder", () => {
    checkDefinition(`#- /app/kustomization.yaml\nresources: [w«|»eb.yaml]\n#- /app/web.yaml\n«target»«/»${configMap}`);
    checkDefinition(
      `#- /app/kustomization.yaml\nresources: [../ba«|»se]\n#- /base/kustomization.yaml\n«target»«/»resources: []\n`,
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
