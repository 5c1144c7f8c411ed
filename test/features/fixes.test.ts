import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { editsOf } from "../../server/src/features/code-actions/edits.ts";
import { codes } from "../../server/src/features/diagnostics/codes.ts";
import { applyEdits } from "../../server/src/yaml/edit.ts";
import { TestWorkspace } from "../support/workspace.ts";

const mistakes = join(import.meta.dirname, "../../examples/mistakes");

/** Mistakes whose way out only a person knows, each with the reason. */
const withoutFix: Readonly<Record<string, string>> = {
  "api/deprecated-version": "another kind takes the place of Endpoints",
  "api/required": "what is missing follows from nothing",
  "api/too-long": "what to leave out?",
  "api/too-many": "what to leave out?",
  "autoscaling/metric": "none of the types is near what is written",
  "ingress/backend": "any Service may be meant",
  "ingress/missing-rules": "any host and path may be meant",
  "metadata/missing-name": "any name may be meant",
  "pod/container-port": "any port may be meant",
  "pod/no-containers": "any image may be meant",
  "pod/probe": "any question may be meant",
  "schema/lost-indentation": "how deep the lines stood is lost",
  "service/external-name": "any host may be meant",
  "service/external-name-address": "a Service without selector needs ports that are not written",
  "service/port": "any port may be meant",
  "yaml/conflict-markers": "both sides may be meant",
  "yaml/limit": "what to leave out?",
  "yaml/lost-content": "what stands there may be meant as a document, or as a note",
  "yaml/syntax": "what is meant can't be read",
  "yaml/unreadable-value": "what is meant can't be read",
};

describe("fixes", () => {
  for (const { code } of codes) {
    if (code.startsWith("kustomize/") || code.startsWith("rollout/")) continue;
    const folder = code.replace("/", "-");
    test(`${code}: each way out ends the mistake, and keeps the comments`, () => {
      const text = readFileSync(join(mistakes, folder, "manifest.yaml"), "utf8");
      const workspace = new TestWorkspace(`#- /a.yaml\n${text}`);
      const before = workspace.findings("/a.yaml").filter((finding) => finding.code === code);
      const fixes = before.flatMap((finding) => finding.fixes);
      assert.equal(fixes.length === 0, Object.hasOwn(withoutFix, code), `${fixes.length} fixes`);
      for (const fix of fixes) {
        const edits = editsOf(fix.changes, (file) => workspace.readOf(file));
        assert.ok(edits !== undefined && edits.length > 0, fix.title);
        const after = edits.reduce((current, each) => applyEdits(current, each.edits), text);
        const left = new TestWorkspace(`#- /a.yaml\n${after}`).findings("/a.yaml").filter((each) => each.code === code);
        assert.ok(
          left.length < before.length,
          `${fix.title}\n${after}\n${left.map(({ message }) => message).join("\n")}`,
        );
        const comments = (manifest: string): unknown => manifest.match(/#(?! drydock-disable).*/g);
        assert.deepEqual(comments(after), comments(text), fix.title);
      }
    });
  }
});
