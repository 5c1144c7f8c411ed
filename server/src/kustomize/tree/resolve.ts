import { resolvePlain as resolveYaml11, resolveScalar } from "../../yaml/resolve.ts";
import { binaryTag, boolTag, floatTag, intTag, mergeTag, nullTag, stringTag, timestampTag } from "./node.ts";

export type ScalarValue = string | number | bigint | boolean | null;

export interface ResolvedScalar {
  readonly tag: string;
  readonly value: ScalarValue;
}

/**
 * What an unquoted text means: mostly YAML 1.2, with the octals and binaries of 1.1.
 * go.yaml.in/yaml/v3, resolve.go, resolve, v3.0.5.
 */
export function resolvePlain(text: string): ResolvedScalar {
  const first = text.charAt(0);
  const found = "~<nNtTfF".includes(first)
    ? word(text)
    : "-+.0123456789".includes(first)
      ? (specialFloat(text) ?? timestamp(text) ?? number(text))
      : undefined;
  return found ?? { tag: stringTag, value: text };
}

/** A text under an explicit tag; `undefined` where the two contradict. */
export function resolveTagged(tag: string, text: string): ResolvedScalar | undefined {
  if (tag === stringTag || !resolvableTags.has(tag)) return { tag, value: text };
  if (tag === binaryTag) {
    const { value, problem } = resolveScalar(text, "tag:yaml.org,2002:binary");
    return problem === undefined && typeof value === "string" ? { tag, value } : undefined;
  }
  const plain = resolvePlain(text);
  if (plain.tag === tag) return plain;
  return tag === floatTag && plain.tag === intTag ? { tag, value: Number(plain.value) } : undefined;
}

const resolvableTags: ReadonlySet<string> = new Set([
  stringTag,
  boolTag,
  intTag,
  floatTag,
  nullTag,
  timestampTag,
  binaryTag,
]);

/** The words that are no strings, the empty one among them. */
function word(text: string): ResolvedScalar | undefined {
  switch (text) {
    case "true":
    case "True":
    case "TRUE":
      return { tag: boolTag, value: true };
    case "false":
    case "False":
    case "FALSE":
      return { tag: boolTag, value: false };
    case "":
    case "~":
    case "null":
    case "Null":
    case "NULL":
      return { tag: nullTag, value: null };
    case "<<":
      return { tag: mergeTag, value: "<<" };
    default:
      return undefined;
  }
}

function specialFloat(text: string): ResolvedScalar | undefined {
  if (/^\.(nan|NaN|NAN)$/.test(text)) return { tag: floatTag, value: NaN };
  if (/^[-+]?\.(inf|Inf|INF)$/.test(text)) return { tag: floatTag, value: text.startsWith("-") ? -Infinity : Infinity };
  return undefined;
}

/** Numbers are those of YAML 1.1 as go-yaml reads it: decimal, `0x`, `0b`, `0o` and a leading zero for octals. */
function number(text: string): ResolvedScalar | undefined {
  const value = resolveYaml11(text);
  if (typeof value === "bigint") return { tag: intTag, value };
  if (typeof value !== "number") return undefined;
  const isInteger = Number.isSafeInteger(value) && integerPattern.test(text.replaceAll("_", ""));
  return { tag: isInteger ? intTag : floatTag, value };
}

const integerPattern = /^[-+]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/;

/** Whether a reader of YAML 1.1 takes the unquoted text for something else than a string. kyaml, yaml/compatibility.go, IsValueNonString, v0.21.2. */
export function isYaml11NonString(text: string): boolean {
  return text !== "" && !text.includes("\n") && typeof resolveYaml11(text) !== "string";
}

const timestampPattern =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:([Tt ])(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?(Z|[-+]\d{2}:\d{2})?)?$/;

/** Dates become texts in the notation of RFC 3339, as Go prints its times in JSON. */
function timestamp(text: string): ResolvedScalar | undefined {
  const match = timestampPattern.exec(text);
  if (match === null) return undefined;
  const [, year = "", month = "", day = "", separator, hour = "0", minute = "0", second = "0", fraction = "", zone] =
    match;
  if (separator !== undefined && (separator === " ") !== (zone === undefined)) return undefined;
  if (
    !isDay(Number(year), Number(month), Number(day)) ||
    Number(hour) > 23 ||
    Number(minute) > 59 ||
    Number(second) > 59
  )
    return undefined;
  const pad = (digits: string): string => digits.padStart(2, "0");
  const nanoseconds = fraction.slice(0, 9).replace(/0+$/, "");
  const time = `${pad(hour)}:${pad(minute)}:${pad(second)}${nanoseconds === "" ? "" : `.${nanoseconds}`}`;
  const offset = zone === undefined || /^[-+]00:00$/.test(zone) ? "Z" : zone;
  return { tag: timestampTag, value: `${year}-${pad(month)}-${pad(day)}T${time}${offset}` };
}

function isDay(year: number, month: number, day: number): boolean {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return days !== undefined && day >= 1 && day <= days;
}
