import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { JsonValue } from "../../server/src/base/json.ts";
import { canonicalJson, isSameJson } from "../../server/src/base/json.ts";

const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<JsonValue>;

test("values are the same JSON exactly where their canonical texts are", () => {
  fc.assert(
    fc.property(json, json, (left, right) => {
      assert.equal(isSameJson(left, right), canonicalJson(left) === canonicalJson(right));
      assert.equal(isSameJson(left, structuredClone(left)), true);
    }),
  );
});

test("the order of keys says nothing, a missing key does", () => {
  assert.equal(isSameJson({ a: 1, b: [{ c: 2n }] }, { b: [{ c: 2n }], a: 1 }), true);
  assert.equal(isSameJson({ a: null }, { b: null }), false);
  assert.equal(isSameJson(["a"], { 0: "a" }), false);
  assert.equal(isSameJson(undefined, null), false);
});
