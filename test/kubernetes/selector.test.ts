import assert from "node:assert/strict";
import { describe, test } from "node:test";

import fc from "fast-check";

import { parseSelector } from "../../server/src/kubernetes/parse-selector.ts";
import * as selector from "../../server/src/kubernetes/selector.ts";
import type { Requirement, Selector } from "../../server/src/kubernetes/selector.ts";

const seed = { seed: 20_261_121 };

function parsed(text: string): Selector {
  const { value, error } = parseSelector(text);
  assert.ok(value !== undefined, `${text}: ${error ?? ""}`);
  return value;
}

describe("a selector", () => {
  test("that is absent matches nothing, an empty one everything", () => {
    assert.equal(selector.matchesSelector(selector.selectorOf(undefined).value ?? selector.everything, {}), false);
    assert.equal(selector.matchesSelector(selector.selectorOf({}).value ?? selector.nothing, { a: "1" }), true);
    assert.equal(selector.isEverything(selector.networkPolicySelector({ spec: {} }).value ?? selector.nothing), true);
  });

  test("of a Service that is empty, or of type ExternalName, leaves its endpoints to others", () => {
    assert.equal(selector.serviceSelector({ spec: { selector: {} } }), undefined);
    assert.equal(selector.serviceSelector({ spec: { type: "ExternalName", selector: { a: "1" } } }), undefined);
    assert.equal(selector.serviceSelector({ spec: { selector: { a: "1", b: 2 } } }), selector.nothing);
    const query = selector.serviceSelector({ spec: { selector: { a: "1" } } });
    assert.ok(query !== undefined && selector.matchesSelector(query, { a: "1", b: "2" }));
  });

  test("lets missing keys pass where it excludes values", () => {
    for (const text of ["a!=1", "a notin (1)", "!a"]) assert.ok(selector.matchesSelector(parsed(text), {}), text);
    for (const text of ["a=1", "a in (1)", "a", "a>1"]) assert.ok(!selector.matchesSelector(parsed(text), {}), text);
  });

  test("compares numbers as integers", () => {
    assert.ok(selector.matchesSelector(parsed("cores>9"), { cores: "10" }));
    assert.ok(!selector.matchesSelector(parsed("cores>9"), { cores: "ten" }));
  });

  test("is never fooled by inherited properties", () => {
    assert.ok(!selector.matchesSelector(parsed("toString"), {}));
    assert.ok(!selector.matchesSelector(parsed("constructor"), { a: "1" }));
  });

  test("takes empty values where kubectl does", () => {
    assert.equal(selector.selectorText(parsed("b in (x,,a),a=")), "a=,b in (,a,x)");
    assert.equal(selector.selectorText(parsed("a in ()")), "a in ()");
    assert.equal(parseSelector("a=1,").error, "found '', expected: identifier after ','");
    assert.equal(parseSelector("a not in (1)").error?.startsWith("unable to parse requirement: found 'not'"), true);
  });

  test("explains each requirement", () => {
    const query = selector.selectorFromSet({ app: "web", tier: "front" });
    const results = selector.explainSelector(query, { app: "web", tier: "back" });
    assert.deepEqual(
      results.map(({ requirement, matches, actual }) => [requirement.key, matches, actual]),
      [
        ["app", true, "web"],
        ["tier", false, "back"],
      ],
    );
  });

  test("reports every mistake of an expression at once", () => {
    const { error } = selector.selectorOf({ matchExpressions: [{ key: "a b", operator: "Exists", values: ["-"] }] });
    assert.match(error ?? "", /^\[key: Invalid value: "a b".*, values: Invalid value: \["-"\].*, values\[0\]\[a b\]/);
  });
});

describe("every selector", () => {
  const key = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/).filter((text) => text !== "in" && text !== "notin");
  const value = fc.stringMatching(/^[a-z0-9]{0,5}$/);
  const requirement: fc.Arbitrary<Requirement> = fc.oneof(
    fc.record({
      key,
      operator: fc.constantFrom("in" as const, "notin" as const),
      values: fc.uniqueArray(value, { minLength: 1, maxLength: 4 }),
    }),
    fc.record({ key, operator: fc.constantFrom("=" as const, "==" as const, "!=" as const), values: fc.tuple(value) }),
    fc.record({ key, operator: fc.constantFrom("exists" as const, "!" as const), values: fc.constant([]) }),
  );
  const query = fc
    .array(requirement, { maxLength: 5 })
    .map((requirements) => ({ nothing: false, requirements: selector.sortedByKey(requirements) }));

  test("reads back from its text", () => {
    fc.assert(
      fc.property(query, (original) => {
        const text = selector.selectorText(original);
        assert.equal(selector.selectorText(parsed(text)), text);
      }),
      seed,
    );
  });

  test("matches exactly where each requirement does, however it was read", () => {
    const labels = fc.dictionary(key, value, { maxKeys: 4 });
    fc.assert(
      fc.property(query, labels, (original, set) => {
        const verdict = selector.matchesSelector(original, set);
        assert.equal(selector.matchesSelector(parsed(selector.selectorText(original)), set), verdict);
        assert.equal(
          selector.explainSelector(original, set).every(({ matches }) => matches),
          verdict,
        );
      }),
      seed,
    );
  });

  test("or any other text is read or refused, never more", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", "1", "=", "!", "(", ")", ",", " ", "in", ">", "\0") }),
        (text) => {
          const { value: found, error } = parseSelector(text);
          assert.equal(found === undefined, error !== undefined);
        },
      ),
      { ...seed, numRuns: 2000 },
    );
  });
});
