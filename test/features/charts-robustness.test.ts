import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { templateCompletionsAt } from "../../server/src/features/charts/completion.ts";
import { templateContext } from "../../server/src/features/charts/context.ts";
import type { ChartTexts } from "../../server/src/features/charts/context.ts";
import { templateHoverAt } from "../../server/src/features/charts/hover.ts";
import { templateDefinitionAt, templateOccurrencesAt } from "../../server/src/features/charts/navigation.ts";
import { templateRenameRefusal } from "../../server/src/features/charts/rename.ts";
import { templateSymbolsOf } from "../../server/src/features/charts/symbols.ts";
import { maskActions } from "../../server/src/yaml/template.ts";
import { TestWorkspace } from "../support/workspace.ts";
import { chart, files } from "./chart-fixture.ts";

describe("half-typed templates", () => {
  const source = files["templates/deployment.yaml"]! + files["templates/_helpers.tpl"]!;

  test("every text keeps its length and its lines when it is masked", () => {
    fc.assert(
      fc.property(mutations(source), (odd) => {
        const masked = maskActions(odd);
        assert.equal(masked.length, odd.length);
        assert.ok(!masked.includes("{{") || odd.includes("\uE000"));
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  test("every feature answers", () => {
    fc.assert(
      fc.property(mutations(source), fc.nat(), (odd, at) => {
        const workspace = new TestWorkspace(`${chart()}#- /shop/templates/odd.yaml\n${odd}`);
        const file = "/shop/templates/odd.yaml";
        const context = templateContext(workspace.context(file), workspace.environments.templateOf(file)!);
        const offset = at % (context.read.text.length + 1);
        const textOf: ChartTexts = (each) => workspace.readOf(each);
        templateDefinitionAt(context, offset, textOf);
        templateOccurrencesAt(context, offset, textOf);
        templateCompletionsAt(context, offset, textOf);
        templateHoverAt(context, offset, textOf, () => undefined);
        templateRenameRefusal(context, offset);
        for (const { span } of templateSymbolsOf(context))
          assert.ok(span.start <= span.end && span.end <= context.read.text.length);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});

/** The text with pieces cut out, doubled or put in, as half-typed texts have them. */
function mutations(source: string): fc.Arbitrary<string> {
  const piece = fc.constantFrom(
    "{{",
    "}}",
    "{{-",
    "-}}",
    '"',
    "`",
    "'",
    "/*",
    "*/",
    "\n",
    "---\n",
    ": ",
    "- ",
    "|",
    "#",
    "",
  );
  const edit = fc.tuple(fc.nat(source.length), fc.nat(20), piece);
  return fc
    .array(edit, { minLength: 1, maxLength: 6 })
    .map((edits) => edits.reduce((odd, [at, length, put]) => odd.slice(0, at) + put + odd.slice(at + length), source));
}
