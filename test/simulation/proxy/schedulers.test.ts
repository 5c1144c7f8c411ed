import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { seededRandom } from "../../../server/src/base/random.ts";
import { hsiphash, maglevTable } from "../../../server/src/simulation/proxy/maglev.ts";
import { numgenExpression } from "../../../server/src/simulation/proxy/probabilities.ts";
import type { Scheduler } from "../../../server/src/simulation/proxy/schedulers.ts";
import { bucketTable, hashBucket, schedulerPicker } from "../../../server/src/simulation/proxy/schedulers.ts";

function picks(scheduler: Scheduler, weights: readonly number[], count: number): readonly number[] {
  const targets = weights.map((weight, index) => ({ address: 0x0af40001 + index, port: 8080, weight }));
  const picker = schedulerPicker(scheduler, targets, 0x0a60000a, seededRandom(1));
  return Array.from({ length: count }, () => {
    const chosen = picker.pick(0x0af40005);
    picker.connections?.change(chosen, 1, 0);
    return chosen;
  });
}

describe("IPVS schedulers", () => {
  test("rr skips an endpoint of weight 0", () => assert.deepEqual(picks("rr", [1, 0, 1], 4), [0, 2, 0, 2]));
  test("wrr interleaves by weight", () => assert.deepEqual(picks("wrr", [4, 3, 2], 9), [0, 0, 1, 0, 1, 2, 0, 1, 2]));
  test("wrr with all weights 0 finds none", () => assert.deepEqual(picks("wrr", [0, 0], 2), [-1, -1]));
  test("lc ignores weights, the first wins ties", () => assert.deepEqual(picks("lc", [3, 1], 4), [0, 1, 0, 1]));
  test("wlc respects them", () => assert.deepEqual(picks("wlc", [3, 1], 8), [0, 1, 0, 0, 0, 1, 0, 0]));
  test("sed looks at the delay that one more would have", () =>
    assert.deepEqual(picks("sed", [3, 1], 5), [0, 0, 0, 1, 0]));
  test("nq fills idle endpoints first", () => assert.deepEqual(picks("nq", [3, 1], 5), [0, 1, 0, 0, 0]));
  test("lblc stays until it is overloaded", () => assert.deepEqual(picks("lblc", [1, 1], 5), [0, 0, 1, 1, 1]));
  test("sh gives one client one endpoint", () => assert.equal(new Set(picks("sh", [1, 1, 1], 20)).size, 1));

  test("an endpoint that leaves the table makes room in lc", () => {
    const picker = schedulerPicker(
      "lc",
      [
        { address: 1, port: 1, weight: 1 },
        { address: 2, port: 1, weight: 1 },
      ],
      0,
      seededRandom(1),
    );
    picker.connections?.change(picker.pick(0), 1, 0);
    picker.connections?.change(0, -1, 1);
    assert.equal(picker.pick(0), 1);
    picker.connections?.change(0, 0, -1);
    assert.equal(picker.pick(0), 0);
  });
});

describe("tables", () => {
  test("buckets go round by weight", () => {
    const table = bucketTable([
      { address: 1, port: 1, weight: 2 },
      { address: 2, port: 1, weight: 1 },
    ]);
    assert.deepEqual([...table.slice(0, 6)], [0, 0, 1, 0, 0, 1]);
    assert.equal(table.length, 256);
  });

  test("a bucket is the top byte of the golden-ratio product", () => {
    assert.equal(hashBucket(1), 0x61);
    assert.equal(hashBucket(2), 0xc3);
    assert.equal(hashBucket(0), 0);
  });

  test("the hash is the kernel's: a vector of its own self-test", () => {
    assert.equal(hsiphash(0x03020100, 0x0706050403020100n, 0x0f0e0d0c0b0a0908n), 0x88d38328);
  });

  test("Maglev's table is full and even", () => {
    const table = maglevTable([0, 1, 2, 3].map((index) => ({ address: 0x0af40001 + index, port: 8080 })));
    const counts = [0, 1, 2, 3].map((index) => table.filter((chosen) => chosen === index).length);
    assert.equal(
      counts.reduce((sum, count) => sum + count, 0),
      4093,
    );
    assert.ok(Math.max(...counts) - Math.min(...counts) <= 1, counts.join());
  });

  test("an endpoint that goes moves few places of Maglev's table", () => {
    const endpoints = Array.from({ length: 10 }, (_, index) => ({ address: 0x0af40001 + index, port: 8080 }));
    const [before, after] = [maglevTable(endpoints), maglevTable(endpoints.slice(0, 9))];
    const moved = before.filter((chosen, index) => chosen !== 9 && chosen !== after[index]).length;
    assert.ok(moved < 4093 / 5, `${moved} places moved`);
  });
});

test("nftables' expression numbers the endpoints", () => {
  assert.equal(
    numgenExpression(["10.0.0.1 . 80", "10.0.0.2 . 80"], false),
    "numgen random mod 2 map { 0 : 10.0.0.1 . 80 , 1 : 10.0.0.2 . 80 }",
  );
});
