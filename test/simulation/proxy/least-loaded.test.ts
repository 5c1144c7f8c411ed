import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { LeastLoaded } from "../../../server/src/simulation/proxy/least-loaded.ts";

/** What the kernel's loops do: the first of those whose overhead for their weight is least, compared crosswise. */
function scan(weights: readonly number[], overheads: readonly number[]): number {
  let least = -1;
  for (const [index, weight] of weights.entries()) {
    if (weight === 0) continue;
    if (least < 0 || overheads[least]! * weight > overheads[index]! * weights[least]!) least = index;
  }
  return least;
}

test("the tournament's winner is the one that the kernel's scan finds, whatever opens, closes and is forgotten", () => {
  const change = fc.record({ at: fc.nat(1000), what: fc.constantFrom("open", "open", "close", "forget") });
  const overhead = fc.constantFrom(
    { active: 256, inactive: 1, idle: 0, busy: 0 },
    { active: 1, inactive: 0, idle: 1, busy: 1 },
    { active: 1, inactive: 0, idle: 0, busy: 1 },
  );
  const weights = fc.array(fc.oneof(fc.constantFrom(0, 1, 1, 1), fc.nat(7)), { maxLength: 40 });
  const play = fc.property(weights, overhead, fc.array(change, { maxLength: 200 }), (weights, per, changes) => {
    const loads = new LeastLoaded(Int32Array.from(weights), per);
    const [active, inactive] = [weights.map(() => 0), weights.map(() => 0)];
    for (const { at, what } of weights.length === 0 ? [] : changes) {
      const endpoint = at % weights.length;
      const [opens, lingers] = what === "open" ? [1, 0] : what === "close" ? [-1, 1] : [0, -1];
      if (active[endpoint]! + opens < 0 || inactive[endpoint]! + lingers < 0) continue;
      loads.change(endpoint, opens, lingers);
      active[endpoint]! += opens;
      inactive[endpoint]! += lingers;
      const own = active.map((count) => (count === 0 ? per.idle : per.busy));
      const overheads = own.map((of, index) => of + active[index]! * per.active + inactive[index]! * per.inactive);
      assert.equal(loads.least, scan(weights, overheads));
    }
    assert.deepEqual([...loads.active], active);
  });
  fc.assert(play, { seed: 20261121, numRuns: 300 });
});
