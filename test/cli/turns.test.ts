import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { newQueue, Turns } from "../../server/src/cli/turns.ts";

/** What two threads get that ask in turn. */
function taken(weights: readonly number[]): readonly (readonly number[])[] {
  const queue = newQueue();
  const threads = [new Turns(weights, 2, queue), new Turns(weights, 2, queue)].map((turns) => turns[Symbol.iterator]());
  const places: number[][] = threads.map(() => []);
  for (let isAnyLeft = true; isAnyLeft;) {
    isAnyLeft = false;
    for (const [thread, turns] of threads.entries()) {
      const next = turns.next();
      if (next.done === true) continue;
      isAnyLeft = true;
      places[thread]!.push(next.value);
    }
  }
  return places;
}

function alike(count: number): readonly number[] {
  return Array.from({ length: count }, () => 1);
}

describe("the turns of threads", () => {
  for (const count of [0, 1, 2, 7, 1000]) {
    test(`gives each of ${count} places to one thread, ascending`, () => {
      const places = taken(alike(count));
      assert.deepEqual(
        places.flat().sort((a, b) => a - b),
        Array.from({ length: count }, (_, place) => place),
      );
      for (const each of places)
        assert.deepEqual(
          each,
          each.toSorted((a, b) => a - b),
        );
    });
  }

  test("gives both threads work", () => {
    const [first, second] = taken(alike(1000));
    assert.ok(first!.length > 300 && second!.length > 300, `${first!.length} and ${second!.length}`);
  });

  test("keeps neighbours together", () => {
    const [first] = taken(alike(1000));
    assert.deepEqual(
      first!.slice(0, 125),
      Array.from({ length: 125 }, (_, place) => place),
    );
  });

  test("counts the work, not the places", () => {
    const [first, second] = taken([8000, ...alike(1000)]);
    assert.deepEqual(first!.slice(0, 2), [0, 126]);
    assert.deepEqual(second!.slice(0, 2), [1, 2]);
  });
});
