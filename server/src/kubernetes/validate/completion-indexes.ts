import { failure, success, type Outcome } from "../../base/outcome.ts";
import { atoi, quote } from "../go-text.ts";

/** The number of indexes in a text such as `0,2-5` (pkg/apis/batch/validation/validation.go, validateIndexesFormat, v1.36). */
export function checkIndexes(text: string, completions: number): Outcome<number> {
  let total = 0;
  let last: number | undefined;
  for (const part of text === "" ? [] : text.split(",")) {
    const interval = parseInterval(part, completions);
    if (interval.error !== undefined) return interval;
    const [from, to] = interval.value;
    if (last !== undefined && last >= from) return failure(`non-increasing order, previous: ${last}, current: ${from}`);
    total += to - from + 1;
    last = to;
  }
  return success(total);
}

/** validation.go, parseIndexInterval. */
function parseInterval(text: string, completions: number): Outcome<readonly [number, number]> {
  const parts = text.split("-");
  if (parts.length > 2)
    return failure(
      `the fragment ${quote(text)} violates the requirement that an index interval can have at most two parts separated by '-'`,
    );
  const [first = "", second] = parts;
  const from = atoi(first);
  if (from.error !== undefined) return failure(`cannot convert string to integer for index: ${quote(first)}`);
  if (Number(from.value) >= completions) return failure(`too large index: ${quote(first)}`);
  if (second === undefined) return success([Number(from.value), Number(from.value)]);
  const to = atoi(second);
  if (to.error !== undefined) return failure(`cannot convert string to integer for index: ${quote(second)}`);
  if (Number(to.value) >= completions) return failure(`too large index: ${quote(second)}`);
  if (from.value >= to.value)
    return failure(`non-increasing order, previous: ${from.value.toString()}, current: ${to.value.toString()}`);
  return success([Number(from.value), Number(to.value)]);
}
