import { decodeUtf8 } from "./decode.ts";
import type { YamlScalar } from "./node.ts";
import type { YamlProblemCode } from "./problem.ts";

type ScalarValue = YamlScalar["value"];

/** The value of plain text: YAML 1.1 without sexagesimals, timestamps stay texts. go-yaml v2, resolve.go, resolve, v2.4.3. */
export function resolvePlain(source: string): ScalarValue {
  const first = source.charCodeAt(0);
  if (isNumberStart(first)) return named.has(source) ? named.get(source)! : resolveNumber(source, first === 46);
  if (source.length > 5) return source;
  const value = named.get(source);
  return value === undefined ? source : value;
}

const named: ReadonlyMap<string, ScalarValue> = new Map<string, ScalarValue>([
  ...["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"].map((word) => [word, true] as const),
  ...["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"].map((word) => [word, false] as const),
  ...["", "~", "null", "Null", "NULL"].map((word) => [word, null] as const),
  ...[".nan", ".NaN", ".NAN"].map((word) => [word, Number.NaN] as const),
  ...[".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"].map((word) => [word, Infinity] as const),
  ...["-.inf", "-.Inf", "-.INF"].map((word) => [word, -Infinity] as const),
]);

function isNumberStart(code: number): boolean {
  return (code >= 48 && code <= 57) || code === 43 || code === 45 || code === 46;
}

function resolveNumber(source: string, startsWithDot: boolean): ScalarValue {
  if (startsWithDot) return pointFloat(source) ?? source;
  const digits = source.includes("_") ? source.replaceAll("_", "") : source;
  return resolveInteger(digits) ?? resolveFloat(digits) ?? source;
}

/** Go's strconv.ParseInt and ParseUint with base 0: 64 bits, `0x`, `0o`, `0b` and a leading `0` choose the base. */
function resolveInteger(digits: string): number | bigint | undefined {
  const match = /^([+-]?)(?:0[xX]([0-9a-fA-F]+)|0[oO]?([0-7]+)|0[bB]([01]+)|(0|[1-9][0-9]*))$/.exec(digits);
  if (match === null) return undefined;
  const [, sign, hexadecimal, octal, binary, decimal] = match;
  if (decimal !== undefined && decimal.length <= 15) return withSign(Number(decimal), sign);
  const magnitude = BigInt(
    decimal ??
      (hexadecimal !== undefined ? `0x${hexadecimal}` : octal !== undefined ? `0o${octal}` : `0b${binary ?? "0"}`),
  );
  if (magnitude > (sign === "" ? maxUint64 : sign === "-" ? maxInt64 + 1n : maxInt64)) return undefined;
  if (magnitude <= BigInt(Number.MAX_SAFE_INTEGER)) return withSign(Number(magnitude), sign);
  return sign === "-" ? -magnitude : magnitude;
}

export const maxInt64 = 2n ** 63n - 1n;
const maxUint64 = 2n ** 64n - 1n;

function withSign(magnitude: number, sign: string | undefined): number {
  return sign === "-" && magnitude !== 0 ? -magnitude : magnitude;
}

function resolveFloat(digits: string): number | undefined {
  if (!/^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/.test(digits)) return undefined;
  return finite(Number(digits));
}

/** Text that starts with a dot is read by Go's strconv.ParseFloat as it stands: `_` may only separate digits. */
function pointFloat(source: string): number | undefined {
  const matches = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/.test(source);
  return matches ? finite(Number(source.replaceAll("_", ""))) : undefined;
}

/** A number beyond the largest float64 stays text. */
function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

export interface ResolvedScalar {
  readonly value: ScalarValue;
  readonly problem?: YamlProblemCode;
}

const coreTag = "tag:yaml.org,2002:";

/** The value of a scalar with a tag in its long form, `""` for none. go-yaml v2, resolve.go, resolve, v2.4.3. */
export function resolveScalar(text: string, tag: string): ResolvedScalar {
  switch (tag) {
    case "":
      return { value: resolvePlain(text) };
    case `${coreTag}binary`:
      return decodeBase64(text);
    case `${coreTag}float`:
    case `${coreTag}int`:
    case `${coreTag}bool`:
    case `${coreTag}null`:
    case `${coreTag}timestamp`:
      return resolveAs(text, tag.slice(coreTag.length));
    default:
      return { value: text };
  }
}

function resolveAs(text: string, type: string): ResolvedScalar {
  const value = resolvePlain(text);
  const isInteger = typeof value === "bigint" || (typeof value === "number" && isIntegerText(text));
  const fits = {
    float: typeof value === "number" || (typeof value === "bigint" && value <= maxInt64),
    int: isInteger,
    bool: typeof value === "boolean",
    null: value === null,
    timestamp: timestamp.test(text),
  }[type];
  if (fits !== true) return { value: text, problem: "bad-tagged-value" };
  if (type === "timestamp") return { value: text };
  return { value: type === "float" ? Number(value) : value };
}

const timestamp =
  /^\d{4}-(0?[1-9]|1[0-2])-(0?[1-9]|[12]\d|3[01])([Tt]\d{1,2}:\d{1,2}:\d{1,2}(\.\d+)?(Z|[+-]\d{2}:\d{2})| \d{1,2}:\d{1,2}:\d{1,2}(\.\d+)?)?$/;

/** Whether plain text is an integer rather than a float: `1e3` is none. */
export function isIntegerText(text: string): boolean {
  return resolveInteger(text.replaceAll("_", "")) !== undefined;
}

/** Go's base64.StdEncoding: padding is required, line breaks are skipped; bytes that are no UTF-8 become U+FFFD in JSON. */
function decodeBase64(text: string): ResolvedScalar {
  const clean = text.replaceAll(/[\r\n]/g, "");
  const valid = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(clean);
  return valid ? { value: decodeUtf8(base64Bytes(clean)) } : { value: text, problem: "bad-base64" };
}

function base64Bytes(text: string): number[] {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const bytes: number[] = [];
  let bits = 0;
  let count = 0;
  for (const letter of text) {
    if (letter === "=") break;
    bits = ((bits << 6) | alphabet.indexOf(letter)) & 0xffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes.push((bits >> count) & 0xff);
    }
  }
  return bytes;
}
