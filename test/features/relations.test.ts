import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checksOf, relationTable, verbs } from "./relation-cells.ts";
import { families } from "./relation-parts.ts";

/**
 * Each family of relations with every verb: the fixture marks what declares the name (`target`) and what names it (`use`).
 * A row of the table of relations that behaves unlike its family has a test of its own.
 */
for (const family of families) {
  describe(family.family, () => {
    const checks = checksOf(family);
    for (const { verb, place, run } of checks) test(`${verb} from ${place}`, run);
    test("every verb is asked", () => {
      assert.deepEqual([...new Set(checks.map(({ verb }) => verb))].sort(), [...verbs].sort());
    });
  });
}

test("relations × verbs", (context) => {
  const table = relationTable();
  assert.doesNotMatch(table, /fails/);
  for (const row of table.split("\n")) context.diagnostic(row);
});
