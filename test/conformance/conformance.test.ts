import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { parseGaps } from "./support/gaps.ts";
import { parseExact, printExact } from "./support/json.ts";
import { findCorpus, runConformance } from "./support/run.ts";
import { Tally, isFailed, printLine } from "./support/tally.ts";

describe("conformance", () => {
  test("all recordings that the project carries agree, except the known gaps", async () => {
    const lines = await runConformance({ root: import.meta.dirname, only: [], corpus: findCorpus(undefined), testcases: undefined });
    assert.ok(lines.some(({ component, total }) => component === "yaml" && total > 1000));
    const failed = lines.filter(isFailed);
    assert.equal(failed.length, 0, failed.map(printLine).join("\n"));
  });
});

describe("summary", () => {
  const gaps = parseGaps("# comment\nhpa slow known to be slow\nfunctions/quantity q1 rounding\n");

  test("a difference outside the known gaps fails", () => {
    const line = summaryOf("hpa", { id: "other", agreed: false, wanted: 1, found: 2 });
    assert.equal(printLine(line), "hpa: 0 agreed of 1\n  other\n    wanted 1\n    found  2");
    assert.ok(isFailed(line));
  });

  test("a known gap that still differs does not", () => {
    const line = summaryOf("hpa", { id: "slow", agreed: false });
    assert.equal(printLine(line), "hpa: 0 agreed of 1 (1 known gaps)");
    assert.ok(!isFailed(line));
  });

  test("a known gap that agrees fails, so that the list stays short", () => {
    const line = summaryOf("hpa", { id: "slow", agreed: true });
    assert.match(printLine(line), /slow agrees: remove it/);
    assert.ok(isFailed(line));
  });

  test("a gap of one function is one of their total", () => {
    assert.ok(!isFailed(summaryOf("functions", { id: "q1", agreed: false })));
  });

  test("texts of messages are only counted", () => {
    assert.ok(!isFailed(summaryOf("apiserver-messages", { id: "a", agreed: false })));
  });

  test("a gap needs a reason", () => {
    assert.throws(() => parseGaps("hpa slow\n"), /names no reason/);
  });

  function summaryOf(component: string, result: Parameters<Tally["report"]>[1]) {
    const tally = new Tally();
    tally.report(component, result);
    return tally.summaries(gaps)[0]!;
  }
});

describe("exact JSON", () => {
  test("keeps the digits of integers beyond 2^53", () => {
    const text = '{"a":9223372036854775807,"b":[1.5,1e+21,-9007199254740993]}';
    assert.deepEqual(parseExact(text), { a: 9223372036854775807n, b: [1.5, 1e21, -9007199254740993n] });
    assert.equal(printExact(parseExact(text)), text);
  });
});
