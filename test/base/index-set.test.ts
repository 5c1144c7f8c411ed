import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { IndexSet } from "../../server/src/base/index-set.ts";

const changes = fc.array(fc.tuple(fc.oneof(fc.nat(70), fc.nat(40_000)), fc.boolean()), { maxLength: 60 });

test("an index set has what was put in, in both orders", () => {
  fc.assert(
    fc.property(changes, fc.nat(40_100), (entries, from) => {
      const set = new IndexSet();
      const expected = new Set<number>();
      for (const [index, isIn] of entries) {
        set.put(index, isIn);
        if (isIn) expected.add(index);
        else expected.delete(index);
      }
      const sorted = [...expected].sort((a, b) => a - b);
      assert.equal(set.size, sorted.length);
      assert.deepEqual([...set], sorted);
      assert.deepEqual([...set.descending()], sorted.toReversed());
      assert.equal(set.highest, sorted.at(-1) ?? -1);
      assert.equal(set.next(from), sorted.find((index) => index >= from) ?? -1);
      assert.equal(set.has(from), expected.has(from));
    }),
    { seed: 20261121, numRuns: 300 },
  );
});
