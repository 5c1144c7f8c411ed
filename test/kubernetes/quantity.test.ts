import assert from "node:assert/strict";
import { describe, test } from "node:test";

import fc from "fast-check";

import * as quantity from "../../server/src/kubernetes/quantity.ts";
import type { Quantity } from "../../server/src/kubernetes/quantity.ts";

const seed = { seed: 20_261_121 };

function parsed(text: string): Quantity {
  const { value, error } = quantity.parseQuantity(text);
  assert.ok(value !== undefined, `${text}: ${error ?? ""}`);
  return value;
}

describe("a quantity", () => {
  test("is written with the largest suffix that loses nothing", () => {
    const forms = [
      ["1.5Gi", "1536Mi"],
      ["0.1", "100m"],
      ["1000m", "1"],
      ["1.1Ki", "1126400m"],
      ["100e1", "1e3"],
      ["1023Ki", "1023Ki"],
      ["74000E", "74"],
    ];
    for (const [text = "", canonical] of forms) assert.equal(quantity.canonicalQuantity(parsed(text)), canonical, text);
  });

  test("keeps a spelling that is nearly canonical, and no other", () => {
    assert.equal(quantity.quantityText(parsed("+1")), "+1");
    assert.equal(quantity.quantityText(parsed("007")), "007");
    assert.equal(quantity.quantityText(parsed("1000Mi")), "1000Mi");
    assert.equal(quantity.quantityText(parsed("1000")), "1k");
  });

  test("is refused with Go's words", () => {
    assert.match(quantity.parseQuantity("1 Gi").error ?? "", /^quantities must match the regular expression/);
    assert.equal(quantity.parseQuantity("1K").error, "unable to parse quantity's suffix");
    assert.equal(quantity.parseQuantity("1ki").error, "unable to parse quantity's suffix");
    assert.notEqual(quantity.parseQuantity("").error, undefined);
  });

  test("rounds digits below a billionth away from zero", () => {
    assert.equal(quantity.canonicalQuantity(parsed("0.0000000001")), "1n");
    assert.equal(quantity.canonicalQuantity(parsed("-1e-100")), "-1e-9");
  });

  test("stops at the largest int64 with binary suffixes alone", () => {
    assert.equal(quantity.quantityDecimal(parsed("100Ei")), "9223372036854775807");
    assert.equal(quantity.quantityDecimal(parsed("100E")), "100000000000000000000");
  });

  test("counts whole units and thousandths rounded up", () => {
    assert.equal(quantity.quantityValue(parsed("1500m")), 2n);
    assert.equal(quantity.quantityMilliValue(parsed("100u")), 1n);
    assert.equal(quantity.canonicalQuantity(quantity.roundUpToMilli(parsed("100u"))), "1m");
  });

  test("with an enormous exponent is read, compared and added without being written out", () => {
    const huge = parsed("1234567890123456789012e2000000000");
    const one = parsed("1");
    assert.equal(quantity.compareQuantities(huge, one), 1);
    assert.equal(quantity.compareQuantities(one, parsed("-1e2000000000")), 1);
    assert.equal(quantity.addQuantities(one, huge).exponent, 2_000_000_000);
    assert.equal(quantity.quantityDecimal(parsed("3e2000000000")), "3e2000000000");
    assert.equal(quantity.quantityValue(huge), 0n);
  });

  test("has a canonical form that reads back as the same amount", () => {
    const texts = fc.tuple(
      fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }),
      fc.constantFrom("", "n", "u", "m", "k", "M", "G", "Ki", "Mi", "Gi", "e3", "E-2"),
    );
    fc.assert(
      fc.property(texts, ([digits, suffix]) => {
        const original = parsed(digits.toString() + suffix);
        const canonical = quantity.canonicalQuantity(original);
        // From 10^21 on a suffix is lost; this is Kubernetes' own doing.
        fc.pre(quantity.quantityDecimal(original).length < 21);
        const again = parsed(canonical);
        assert.equal(quantity.compareQuantities(original, again), 0);
        assert.equal(quantity.canonicalQuantity(again), canonical);
      }),
      seed,
    );
  });

  test("compares like numbers, and adds like them", () => {
    const amounts = fc.integer({ min: -100_000, max: 100_000 });
    fc.assert(
      fc.property(amounts, amounts, (a, b) => {
        const [left, right] = [parsed(`${a}m`), parsed(`${b}m`)];
        assert.equal(quantity.compareQuantities(left, right), Math.sign(a - b));
        assert.equal(quantity.quantityMilliValue(quantity.addQuantities(left, right)), BigInt(a + b));
      }),
      seed,
    );
  });
});
