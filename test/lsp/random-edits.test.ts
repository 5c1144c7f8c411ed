import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { checkFile } from "../../server/src/features/diagnostics/file.ts";
import { newestKubernetes } from "../../server/src/kubernetes/api-lifecycle.ts";
import { Workspace } from "../../server/src/lsp/workspace.ts";
import { factsOf } from "../../server/src/model/read.ts";
import { deployment, service } from "../index/workspace.ts";

const options = { kubernetesVersion: newestKubernetes, yamlSyntax: true };
const paths = ["a/web.yaml", "a/api.yaml", "b/web.yaml", "top.yaml"];

const pieces = fc.constantFrom(
  deployment("web", { app: "x" }),
  deployment("web", { app: "y" }, { namespace: "shop" }),
  deployment(
    "api",
    { app: "y" },
    { containers: [{ name: "c", image: "i", ports: [{ name: "http", containerPort: 80 }] }] },
  ),
  deployment("web", { app: "x" }, { containers: [{ name: "app", image: "another:1" }] }),
  service("web", { app: "x" }),
  service("api", { app: "y" }, { spec: { ports: [{ port: 80, targetPort: "http" }] } }),
  service("none", { app: "nobody" }),
  "# only a comment\n",
  "not: kubernetes\n",
);

/** What a person does: documents come and go, change places, and a file is opened, closed, or changed on disk. */
const step = fc.record({
  path: fc.constantFrom(...paths),
  action: fc.constantFrom("insert", "remove", "replace", "swap", "close", "disk"),
  at: fc.nat(6),
  piece: pieces,
});

describe("random edits", () => {
  test("leave the same findings and objects as a start from scratch", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const workspace = new Workspace(() => 0);
        workspace.setFolders(["file:///w"]);
        const documents = new Map<string, readonly string[]>();
        const open = new Set<string>();
        for (const [version, { path, action, at, piece }] of steps.entries()) {
          const uri = `file:///w/${path}`;
          const next = edited(documents.get(path) ?? [], action, at, piece);
          documents.set(path, next);
          const text = next.join("---\n");
          if (action === "disk" && !open.has(path))
            workspace.update([{ file: workspace.fileOf(uri), facts: factsOf(text) }]);
          else if (action === "close") {
            if (open.delete(path)) workspace.close(uri, factsOf(text));
          } else {
            open.add(path);
            workspace.open(uri, version, text);
          }
          findingsOf(
            workspace,
            paths.filter((each) => open.has(each)),
          );
        }
        const known = paths.filter((path) => workspace.index.file(workspace.fileOf(`file:///w/${path}`)) !== undefined);
        const scratch = new Workspace(() => 0);
        scratch.setFolders(["file:///w"]);
        for (const path of known) scratch.open(`file:///w/${path}`, 1, (documents.get(path) ?? []).join("---\n"));
        for (const path of known) workspace.open(`file:///w/${path}`, 999, (documents.get(path) ?? []).join("---\n"));
        assert.deepEqual(findingsOf(workspace, known), findingsOf(scratch, known));
        assert.deepEqual(placesOf(workspace), placesOf(scratch));
      }),
      { seed: 11, numRuns: 150 },
    );
  });
});

function edited(documents: readonly string[], action: string, at: number, piece: string): readonly string[] {
  switch (action) {
    case "remove":
      return documents.filter((_, index) => index !== at);
    case "replace":
      return documents.map((document, index) => (index === at ? piece : document));
    case "swap":
      return documents.toReversed();
    case "close":
      return documents;
    default:
      return documents.toSpliced(at, 0, piece);
  }
}

function findingsOf(workspace: Workspace, open: readonly string[]): unknown {
  return open.map((path) => {
    const context = workspace.contextOf(`file:///w/${path}`)!;
    return checkFile(context, workspace.memo, options).map(({ code, message, place, related, severity }) => ({
      code,
      message,
      place,
      severity,
      related,
    }));
  });
}

function placesOf(workspace: Workspace): readonly string[] {
  return workspace.index
    .filesBelow("")
    .flatMap((file) => workspace.index.file(file)!.resources.map((each) => `${file} ${each.place.start} ${each.name}`));
}
