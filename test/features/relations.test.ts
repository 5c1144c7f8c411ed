import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cursorOf, parseFixture, textOf } from "../support/fixture.ts";
import { checkDefinition, checkReferences, checkRename, completed, completionLabels } from "./check.ts";
import { families } from "./relation-parts.ts";

/**
 * Each family of relations with every verb: the fixture marks what declares the name (`target`) and what names it (`use`).
 * A row of the table of relations that behaves unlike its family has a test of its own.
 */
for (const { family, source, name, spell } of families) {
  describe(family, () => {
    const uses = [...source.matchAll(/«use»/g)];
    for (const [number, use] of uses.entries()) {
      const at = use.index + "«use»".length;
      const marked = `${source.slice(0, at)}«|»${source.slice(at)}`;
      test(`definition from use ${number + 1}`, () => {
        checkDefinition(marked);
      });
      test(`references from use ${number + 1}`, () => {
        checkReferences(marked);
      });
      test(`completion of use ${number + 1}`, () => {
        const end = source.indexOf("«/»", at);
        const text = source.slice(at, end);
        const fixture = parseFixture(marked);
        const whole = textOf(fixture, cursorOf(fixture).path);
        const emptied = `${source.slice(0, at)}«|»${source.slice(end)}`;
        const label = completionLabels(emptied).find(
          (each) => each === text || each.endsWith(`'${text}']`) || each.endsWith(`/${text}`),
        );
        assert.ok(label !== undefined, `${text} is not among ${completionLabels(emptied).join(" | ")}`);
        assert.equal(completed(emptied, label), whole);
      });
      if (name !== undefined)
        test(`rename from use ${number + 1}`, () => {
          checkRename(marked, name, spell);
        });
    }
    const targets = [...source.matchAll(/«target»/g)];
    for (const [number, target] of targets.entries()) {
      const at = target.index + "«target»".length;
      const marked = `${source.slice(0, at)}«|»${source.slice(at)}`;
      test(`references from declaration ${number + 1}`, () => {
        checkReferences(marked);
      });
      if (name !== undefined)
        test(`rename from declaration ${number + 1}`, () => {
          checkRename(marked, name, spell);
        });
    }
  });
}
