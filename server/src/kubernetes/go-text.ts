/** How Go reads numbers and quotes texts: the control plane's behaviour and messages depend on it. */

import { failure, success } from "../base/outcome.ts";
import type { Outcome } from "../base/outcome.ts";

const limits = { 32: 2n ** 31n, 64: 2n ** 63n } as const;

/** Go, strconv.Atoi (64 bits): an optional sign and decimal digits, nothing else. Errors are Go's. */
export function atoi(text: string): Outcome<bigint> {
  return parseInteger("Atoi", text, -limits[64], limits[64] - 1n, /^[+-]?[0-9]+$/);
}

/** Go, strconv.ParseInt with base 10 and the given number of bits. */
export function parseInt(text: string, bits: 32 | 64): Outcome<bigint> {
  const limit = limits[bits];
  return parseInteger("ParseInt", text, -limit, limit - 1n, /^[+-]?[0-9]+$/);
}

/** Go, strconv.ParseUint with base 10 and the given number of bits: no sign is allowed. */
export function parseUint(text: string, bits: 32 | 64): Outcome<bigint> {
  return parseInteger("ParseUint", text, 0n, 2n * limits[bits] - 1n, /^[0-9]+$/);
}

function parseInteger(name: string, text: string, min: bigint, max: bigint, form: RegExp): Outcome<bigint> {
  const reason = (why: string): Outcome<bigint> => failure(`strconv.${name}: parsing ${quote(text)}: ${why}`);
  if (!form.test(text)) return reason("invalid syntax");
  const value = BigInt(text.startsWith("+") ? text.slice(1) : text);
  return value < min || value > max ? reason("value out of range") : success(value);
}

/** The length of a text in UTF-8 bytes, as Go's `len` counts it. */
export function byteLength(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** Go, strings.TrimSpace. Of the blanks at both ends JavaScript's `trim` leaves U+0085 and removes U+FEFF, Go does the opposite. */
export function trimSpace(text: string): string {
  const isBlank = (index: number): boolean => /\p{White_Space}/u.test(text.charAt(index));
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(start)) start++;
  while (start < end && isBlank(end - 1)) end--;
  return text.slice(start, end);
}

/** Go, strings.Fields: what stands between blanks. */
export function fields(text: string): readonly string[] {
  return text.split(/\p{White_Space}+/u).filter((field) => field !== "");
}

const shortEscapes: Readonly<Record<string, string>> = {
  "\u0007": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
  "\\": "\\\\",
  '"': '\\"',
};

/** Go, strconv.Quote (the verb %q): double quotes, printable characters as they are, everything else escaped. */
export function quote(text: string): string {
  let quoted = '"';
  for (const character of text)
    quoted += shortEscapes[character] ?? (isPrintable(character) ? character : escape(character));
  return quoted + '"';
}

/** Go, unicode.IsPrint: letters, marks, numbers, punctuation, symbols, and of the spaces only U+0020. */
function isPrintable(character: string): boolean {
  return character === " " || /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(character);
}

function escape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20 || code === 0x7f) return `\\x${hexadecimal(code, 2)}`;
  return code < 0x10000 ? `\\u${hexadecimal(code, 4)}` : `\\U${hexadecimal(code, 8)}`;
}

function hexadecimal(code: number, digits: number): string {
  return code.toString(16).padStart(digits, "0");
}
