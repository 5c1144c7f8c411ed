import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { actionsAt } from "../../server/src/features/code-actions/code-actions.ts";
import { editsOf } from "../../server/src/features/code-actions/edits.ts";
import { lensesOf } from "../../server/src/features/code-lens/code-lens.ts";
import { foldsOf } from "../../server/src/features/folding/folding.ts";
import { hoverAt } from "../../server/src/features/hover/hover.ts";
import { inlayHintsOf } from "../../server/src/features/inlay-hints/inlay-hints.ts";
import { selectionRangesAt } from "../../server/src/features/selection-ranges/selection-ranges.ts";
import { semanticTokensOf } from "../../server/src/features/semantic-tokens/semantic-tokens.ts";
import { documentSymbolsOf } from "../../server/src/features/symbols/symbols.ts";
import { TestWorkspace } from "../support/workspace.ts";

const examples = join(import.meta.dirname, "../../examples");
const manifests = readdirSync(examples, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".yaml") && !path.includes("yaml-limit"))
  .sort()
  .map((path) => ({ path, text: readFileSync(join(examples, path), "utf8") }));

/** Asks for everything at one place of a text; whatever is answered must lie inside of it. */
function askAll(text: string, offset: number): void {
  const workspace = new TestWorkspace(`#- /a.yaml\n${text}`);
  const context = workspace.context("/a.yaml");
  const { length } = context.read.text;
  const whole = { start: 0, end: length };
  const spans = [
    hoverAt(context, offset, () => "link")?.span ?? whole,
    ...selectionRangesAt(context.read, offset),
    ...semanticTokensOf(context, whole).map(({ span }) => span),
    ...documentSymbolsOf(context).map(({ span }) => span),
    ...inlayHintsOf(context, whole).map((hint) => ({ start: hint.offset, end: hint.offset })),
    ...lensesOf(context).map(({ place }) => place),
  ];
  for (const { start, end } of spans)
    assert.ok(start >= 0 && start <= end && end <= length, `${start}-${end}\n${text}`);
  foldsOf(context.read);
  const actions = actionsAt(context, workspace.findings("/a.yaml"), { start: offset, end: offset });
  for (const { fixes } of actions) for (const { changes } of fixes) editsOf(changes, (file) => workspace.readOf(file));
}

describe("half-typed and odd manifests", () => {
  test("every feature answers at the end of texts that break off anywhere", () => {
    for (const [index, { text }] of manifests.entries())
      for (let end = index % 53; end < text.length; end += 53) askAll(text.slice(0, end), end);
  });

  test("lines may end in other ways", () => {
    for (const { text } of manifests) askAll(text.replaceAll("\n", "\r\n"), text.length >> 1);
  });

  test("every feature answers where values are of other types than they should be", () => {
    for (const [index, { text }] of manifests.entries()) {
      const lines = text.split("\n");
      for (const odd of ["null", "[1, {a: b}]", "{a: {b: c}}", "-1.5", '"\\uFFFF"', "*gone", "|"]) {
        for (let line = index % 13; line < lines.length; line += 13) {
          const changed = lines.map((each, at) => (at === line ? each.replace(/: .*$/, `: ${odd}`) : each)).join("\n");
          askAll(changed, lines.slice(0, line).join("\n").length + 3);
        }
      }
    }
  });
});
