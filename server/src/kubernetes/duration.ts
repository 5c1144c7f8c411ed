import { failure, success } from "../base/outcome.ts";
import type { Outcome } from "../base/outcome.ts";
import { encodeUtf8 } from "../base/utf8.ts";

const limit = 2n ** 63n;

const units: ReadonlyMap<string, bigint> = new Map([
  ["ns", 1n],
  ["us", 1_000n],
  ["µs", 1_000n],
  ["μs", 1_000n],
  ["ms", 1_000_000n],
  ["s", 1_000_000_000n],
  ["m", 60_000_000_000n],
  ["h", 3_600_000_000_000n],
]);

/** A duration such as `1h30m` in nanoseconds. Imitates Go, time/format.go, ParseDuration; errors are its texts. */
export function parseDuration(text: string): Outcome<bigint> {
  const invalid = failure(`time: invalid duration ${quoteBytes(text)}`);
  const unsigned = text.replace(/^[+-]/, "");
  if (unsigned === "0") return success(0n);
  if (unsigned === "") return invalid;
  let total = 0n;
  let rest = unsigned;
  while (rest !== "") {
    const [number = "", whole = "", fraction = ""] = /^([0-9]*)(?:\.([0-9]*))?/.exec(rest) ?? [];
    if (whole === "" && fraction === "") return invalid;
    rest = rest.slice(number.length);
    const [name = ""] = /^[^0-9.]*/.exec(rest) ?? [];
    if (name === "") return failure(`time: missing unit in duration ${quoteBytes(text)}`);
    const unit = units.get(name);
    if (unit === undefined) return failure(`time: unknown unit ${quoteBytes(name)} in duration ${quoteBytes(text)}`);
    rest = rest.slice(name.length);
    total += BigInt(whole) * unit + fractionOf(fraction, unit);
    if (total > limit) return invalid;
  }
  if (text.startsWith("-")) return success(-total);
  return total === limit ? invalid : success(total);
}

/** The share of a unit that the digits behind a point stand for; digits beyond nanoseconds are dropped. */
function fractionOf(digits: string, unit: bigint): bigint {
  const kept = digits.slice(0, 18);
  return kept === "" ? 0n : (BigInt(kept) * unit) / 10n ** BigInt(kept.length);
}

/** Go, time/format.go, quote: other than the verb %q it writes the bytes of everything that is not printable ASCII in hexadecimal digits. */
function quoteBytes(text: string): string {
  const bytes = (characters: string): string =>
    Array.from(encodeUtf8(characters), (byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("");
  return `"${text.replace(/["\\]/g, "\\$&").replace(/[^ -\x7f]+/g, bytes)}"`;
}
