import { failure, success } from "../base/outcome.ts";
import type { Outcome } from "../base/outcome.ts";
import { trimSpace } from "./go-text.ts";

/** How a quantity was written, and is printed again; empty for one that was null. */
export type QuantityFormat = "DecimalSI" | "BinarySI" | "DecimalExponent" | "";

/** An amount of a resource: `unscaled * 10^exponent`, together with how it was written. */
export interface Quantity {
  readonly unscaled: bigint;
  readonly exponent: number;
  readonly format: QuantityFormat;
  /** The spelling that is printed again as it is; absent where the canonical form is printed. */
  readonly spelling?: string;
  /** Go keeps small quantities in an int64 and others in a decimal of nine places; `value` and `milliValue` round and overflow differently. */
  readonly storage: "int64" | "decimal";
}

interface Scanned {
  readonly negative: boolean;
  /** Without any, the fast path takes the number for 0 and the slow one refuses it. */
  readonly hasDigits: boolean;
  /** Digits before the point without leading zeros, at least "0". */
  readonly numerator: string;
  readonly denominator: string;
  readonly suffix: string;
}

interface Unit {
  readonly base: 2 | 10;
  readonly exponent: number;
  readonly format: QuantityFormat;
}

const formatError = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const suffixError = "unable to parse quantity's suffix";
const numberError = "unable to parse numeric part of quantity";

const decimalSuffixes: ReadonlyMap<string, number> = new Map([
  ["n", -9],
  ["u", -6],
  ["m", -3],
  ["", 0],
  ["k", 3],
  ["M", 6],
  ["G", 9],
  ["T", 12],
  ["P", 15],
  ["E", 18],
]);
const binarySuffixes: ReadonlyMap<string, number> = new Map([
  ["Ki", 10],
  ["Mi", 20],
  ["Gi", 30],
  ["Ti", 40],
  ["Pi", 50],
  ["Ei", 60],
]);

const nano = -9;
const milli = -3;
const maxInt64 = 2n ** 63n - 1n;
/** Decimal places by which amounts are moved to add them: a text such as `1e2000000000` must not be written out. */
const maxAlignment = 1000;
/** Digits that surely fit an int64. */
const int64Digits = 18;
/** Powers of ten that Go multiplies with at once, so that an overflow wraps instead of being noticed. */
const shiftsInOneStep: ReadonlySet<number> = new Set([0, 1, 2, 3, 6, 9]);

/**
 * Reads a quantity such as `500m`, `1.5Gi` or `12e6`. Much odd text is accepted, as by the API server: `.`, `-` and `m` are 0.
 * Imitates apimachinery, pkg/api/resource/quantity.go, ParseQuantity, v1.36; errors are its texts.
 */
export function parseQuantity(text: string): Outcome<Quantity> {
  if (text === "") return failure(formatError);
  if (text === "0") return success({ unscaled: 0n, exponent: 0, format: "DecimalSI", spelling: "0", storage: "int64" });
  const scanned = scan(text);
  if (scanned === undefined) return failure(formatError);
  const unit = unitOf(scanned.suffix);
  if (unit === undefined) return failure(suffixError);
  const small = smallQuantity(text, scanned, unit);
  if (small !== undefined) return success(small);
  return scanned.hasDigits ? success(largeQuantity(scanned, unit)) : failure(numberError);
}

/** A quantity in JSON text: a string (blanks around it are ignored), a number, or null, which is 0 (quantity.go, UnmarshalJSON, v1.36). */
export function quantityFromJson(json: string): Outcome<Quantity> {
  if (json === "null") return success({ unscaled: 0n, exponent: 0, format: "", storage: "int64" });
  const quoted = json.length >= 2 && json.startsWith('"') && json.endsWith('"');
  return parseQuantity(trimSpace(quoted ? json.slice(1, -1) : json));
}

/** The text that the API server stores: the spelling where it is nearly canonical, else the canonical form (quantity.go, String, v1.36). */
export function quantityText(quantity: Quantity): string {
  return quantity.spelling ?? canonicalQuantity(quantity);
}

/** The shortest integer with a suffix that loses nothing: `1.5Gi` is `1536Mi`, `0.1` is `100m` (quantity.go, CanonicalizeBytes, v1.36). */
export function canonicalQuantity(quantity: Quantity): string {
  if (quantity.unscaled === 0n) return "0";
  const bytes = quantity.format === "BinarySI" ? wholeBytes(quantity) : undefined;
  if (bytes !== undefined) return canonicalBinary(bytes);
  return canonicalDecimal(quantity);
}

/** The quantity in whole units, rounded up; beyond 64 bits it overflows as Go's does (quantity.go, Value, v1.36). */
export function quantityValue(quantity: Quantity): bigint {
  return scaledInt64(quantity, 0);
}

/** The quantity in thousandths, rounded up; beyond 64 bits it overflows as Go's does (quantity.go, MilliValue, v1.36). */
export function quantityMilliValue(quantity: Quantity): bigint {
  return scaledInt64(quantity, -3);
}

/** The quantity rounded up (away from zero) to thousandths, the finest that resources are kept in (quantity.go, RoundUp, v1.36). */
export function roundUpToMilli(quantity: Quantity): Quantity {
  const { unscaled, exponent, format, storage } = quantity;
  if (exponent >= milli) return storage === "int64" ? quantity : { unscaled, exponent, format, storage };
  const divisor = power(milli - exponent);
  const rounded = unscaled / divisor + BigInt(sign(unscaled % divisor));
  return { unscaled: rounded, exponent: milli, format, storage };
}

/** The sum, written in the format of `a` unless that is 0 (quantity.go, Add, v1.36). An amount that is out of all proportion swallows the other. */
export function addQuantities(a: Quantity, b: Quantity): Quantity {
  const format = a.unscaled === 0n ? b.format : a.format;
  if (Math.abs(a.exponent - b.exponent) > maxAlignment) return { ...(a.exponent > b.exponent ? a : b), format };
  const exponent = Math.min(a.exponent, b.exponent);
  const unscaled = a.unscaled * power(a.exponent - exponent) + b.unscaled * power(b.exponent - exponent);
  return { unscaled, exponent, format, storage: a.storage };
}

/** -1, 0 or 1 as `a` is less than, equal to or greater than `b`, exactly (quantity.go, Cmp, v1.36). */
export function compareQuantities(a: Quantity, b: Quantity): -1 | 0 | 1 {
  if (sign(a.unscaled) !== sign(b.unscaled)) return sign(a.unscaled) < sign(b.unscaled) ? -1 : 1;
  if (a.unscaled === 0n) return 0;
  // Aligning the exponents writes their difference out in digits, so magnitudes that differ are told apart first.
  const difference = magnitude(a) - magnitude(b);
  if (difference !== 0) return difference > 0 === a.unscaled > 0n ? 1 : -1;
  const exponent = Math.min(a.exponent, b.exponent);
  const left = a.unscaled * power(a.exponent - exponent);
  const right = b.unscaled * power(b.exponent - exponent);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The exact amount in plain decimal digits, without needless zeros; an exponent of more than 1,000 stays one. */
export function quantityDecimal(quantity: Quantity): string {
  const { mantissa, exponent } = withoutTrailingZeros(quantity);
  if (mantissa === 0n) return "0";
  if (exponent > maxAlignment) return `${mantissa.toString()}e${exponent}`;
  if (exponent >= 0) return (mantissa * power(exponent)).toString();
  const digits = (mantissa < 0n ? -mantissa : mantissa).toString().padStart(1 - exponent, "0");
  return `${mantissa < 0n ? "-" : ""}${digits.slice(0, exponent)}.${digits.slice(exponent)}`;
}

/** Splits a text (quantity.go, parseQuantityString). A sign or digits may follow the letters of the suffix, and nothing after them. */
function scan(text: string): Scanned | undefined {
  // The number can be empty, so this always matches; two simple patterns stay linear for texts of any length.
  const match = /^([+-]?)([0-9]*)(?:\.([0-9]*))?/.exec(text);
  const [number = "", signText, digits = "", denominator = ""] = match ?? [];
  const suffix = text.slice(number.length);
  if (!/^[eEinumkKMGTP]*[+-]?[0-9]*$/.test(suffix)) return undefined;
  return {
    negative: signText === "-",
    hasDigits: digits + denominator !== "",
    numerator: digits.replace(/^0+/, "") || "0",
    denominator,
    suffix,
  };
}

function unitOf(suffix: string): Unit | undefined {
  const decimal = decimalSuffixes.get(suffix);
  if (decimal !== undefined) return { base: 10, exponent: decimal, format: "DecimalSI" };
  const binary = binarySuffixes.get(suffix);
  if (binary !== undefined) return { base: 2, exponent: binary, format: "BinarySI" };
  if (!/^[eE][+-]?[0-9]+$/.test(suffix)) return undefined;
  const exponent = BigInt(suffix.slice(1).replace("+", ""));
  if (exponent !== BigInt.asIntN(64, exponent)) return undefined;
  return { base: 10, exponent: Number(BigInt.asIntN(32, exponent)), format: "DecimalExponent" };
}

/** The fast path of ParseQuantity, taken where the digits are few; only here the spelling may survive. */
function smallQuantity(
  text: string,
  { negative, numerator, denominator, suffix }: Scanned,
  unit: Unit,
): Quantity | undefined {
  const digits = numerator + denominator;
  const exponent = (unit.base === 10 ? unit.exponent : 0) - denominator.length;
  if (precisionLeft(numerator, denominator, unit) < 0 || exponent < nano) return undefined;
  const value = BigInt(digits);
  const scaled = unit.base === 2 ? value << BigInt(unit.exponent) : value;
  if (scaled > maxInt64) return undefined;
  const canonical =
    unit.format === "BinarySI"
      ? (value & 7n) !== 0n
      : exponent % 3 === 0 && !digits.endsWith("000") && !digits.startsWith("0");
  const quantity: Quantity = { unscaled: negative ? -scaled : scaled, exponent, format: unit.format, storage: "int64" };
  // Without a number there is nothing to print again, whatever the suffix.
  return canonical && text !== suffix ? { ...quantity, spelling: text } : quantity;
}

function precisionLeft(numerator: string, denominator: string, unit: Unit): number {
  if (unit.base === 10) return int64Digits - numerator.length - denominator.length;
  if (denominator.length > 0) return -1;
  return 15 - numerator.length - Math.trunc((unit.exponent * 3) / 10) - 1;
}

function largeQuantity({ negative, numerator, denominator }: Scanned, unit: Unit): Quantity {
  const digits = BigInt(numerator + denominator);
  const amount =
    unit.base === 10
      ? roundUpToNano(digits, unit.exponent - denominator.length)
      : cappedBinary(roundUpToNano(digits << BigInt(unit.exponent), -denominator.length));
  return {
    unscaled: negative ? -amount.unscaled : amount.unscaled,
    exponent: amount.exponent,
    format: unit.base === 2 && isFraction(amount) ? "DecimalSI" : unit.format,
    storage: "decimal",
  };
}

interface Amount {
  readonly unscaled: bigint;
  readonly exponent: number;
}

/** Digits below 10^-9 round away from zero: who asks for too little still gets something. */
function roundUpToNano(unscaled: bigint, exponent: number): Amount {
  if (exponent >= nano || unscaled === 0n) return { unscaled, exponent };
  const dropped = nano - exponent;
  const divisor = dropped > digitCount(unscaled) ? unscaled + 1n : power(dropped);
  return { unscaled: (unscaled + divisor - 1n) / divisor, exponent: nano };
}

/** Amounts with binary suffixes stop at the largest int64. Their exponents are never positive. */
function cappedBinary(amount: Amount): Amount {
  return amount.unscaled > maxInt64 * power(-amount.exponent) ? { unscaled: maxInt64, exponent: 0 } : amount;
}

/** Whether an amount lies between 0 and 1. */
function isFraction({ unscaled, exponent }: Amount): boolean {
  return unscaled !== 0n && unscaled < power(-exponent);
}

/** The amount as a whole number, `undefined` where it has a fraction or is so small (below 1024) that binary suffixes say nothing. */
function wholeBytes({ unscaled, exponent }: Quantity): bigint | undefined {
  const unit = power(Math.max(0, -exponent));
  const value = unscaled * power(Math.max(0, exponent));
  if (value % unit !== 0n) return undefined;
  const whole = value / unit;
  return whole > -1024n && whole < 1024n ? undefined : whole;
}

function canonicalBinary(bytes: bigint): string {
  const { mantissa, exponent } = withoutFactors1024(bytes);
  return mantissa.toString() + suffixFor(binarySuffixes, exponent * 10);
}

function canonicalDecimal(quantity: Quantity): string {
  let { mantissa, exponent } = withoutTrailingZeros(quantity);
  while (exponent % 3 !== 0) {
    mantissa *= 10n;
    exponent -= 1;
  }
  if (quantity.format === "DecimalExponent") return mantissa.toString() + (exponent === 0 ? "" : `e${exponent}`);
  return mantissa.toString() + suffixFor(decimalSuffixes, exponent);
}

/** The suffix of an exponent, "" for one without: from 10^21 on even the API server loses it. */
function suffixFor(suffixes: ReadonlyMap<string, number>, exponent: number): string {
  for (const [suffix, value] of suffixes) if (value === exponent) return suffix;
  return "";
}

interface Scientific {
  readonly mantissa: bigint;
  readonly exponent: number;
}

function withoutTrailingZeros({ unscaled, exponent }: Quantity): Scientific {
  const digits = unscaled.toString();
  const significant = digits.replace(/0+$/, "");
  if (unscaled === 0n || significant.length === digits.length) return { mantissa: unscaled, exponent };
  return { mantissa: BigInt(significant), exponent: exponent + digits.length - significant.length };
}

function withoutFactors1024(value: bigint): Scientific {
  let mantissa = value;
  let exponent = 0;
  while (mantissa !== 0n && mantissa % 1024n === 0n) {
    mantissa /= 1024n;
    exponent += 1;
  }
  return { mantissa, exponent };
}

function scaledInt64(quantity: Quantity, scale: number): bigint {
  return quantity.storage === "int64" ? scaledFromInt64(quantity, scale) : scaledFromDecimal(quantity, scale);
}

/** amount.go, int64Amount.AsScaledInt64: rounds away from zero. Where the result does not fit, some shifts wrap and all others give 0. */
function scaledFromInt64({ unscaled, exponent }: Quantity, scale: number): bigint {
  const shift = exponent - scale;
  if (shift < 0) {
    const divisor = power(-shift);
    return unscaled / divisor + BigInt(sign(unscaled % divisor));
  }
  if (shift > int64Digits) return 0n;
  const result = unscaled * power(shift);
  const wrapped = BigInt.asIntN(64, result);
  return result === wrapped || shiftsInOneStep.has(shift) ? wrapped : 0n;
}

/** scale_int.go, scaledValue: the decimal is in billionths by now, and any remainder adds one, even a negative one. */
function scaledFromDecimal(quantity: Quantity, scale: number): bigint {
  if (isCapped(quantity)) return BigInt.asIntN(64, quantity.unscaled * power(-scale));
  const shift = quantity.exponent - nano;
  // Ten to the 100th has more than 64 factors of two: nothing is left of it in 64 bits.
  if (quantity.unscaled === 0n || shift > 100) return 0n;
  const billionths = quantity.unscaled * power(shift);
  const divisor = power(scale - nano);
  const small = billionths < maxInt64 ? BigInt.asIntN(64, billionths) : billionths;
  return BigInt.asIntN(64, small / divisor + (small % divisor === 0n ? 0n : 1n));
}

/** The cap of binary suffixes, the one decimal that is kept without places. */
function isCapped({ unscaled, exponent, format }: Quantity): boolean {
  return format === "BinarySI" && exponent === 0 && (unscaled === maxInt64 || unscaled === -maxInt64);
}

function magnitude({ unscaled, exponent }: Quantity): number {
  return digitCount(unscaled) + exponent;
}

function digitCount(value: bigint): number {
  return (value < 0n ? -value : value).toString().length;
}

function power(exponent: number): bigint {
  return 10n ** BigInt(exponent);
}

function sign(value: bigint): -1 | 0 | 1 {
  return value < 0n ? -1 : value > 0n ? 1 : 0;
}
