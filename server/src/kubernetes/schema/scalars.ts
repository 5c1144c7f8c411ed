import { isArray, isObject, type JsonValue } from "../../base/json.ts";
import { quote, trimSpace } from "../go-text.ts";
import { parseQuantity } from "../quantity.ts";

/** Why a value is no quantity, in the words of the API server; `undefined` when it is one (apimachinery, pkg/api/resource/quantity.go, UnmarshalJSON, v1.36). */
export function quantityProblem(value: JsonValue): string | undefined {
  if (typeof value === "string") return parseQuantity(trimSpace(value)).error;
  if (typeof value === "number" || typeof value === "bigint") return parseQuantity(value.toString()).error;
  return parseQuantity(isArray(value) || isObject(value) ? "{}" : String(value)).error;
}

const timePattern = /^(\d{4})-(\d\d)-(\d\d)T(\d{1,2}):(\d\d):(\d\d)([.,]\d+)?(Z|[+-]\d\d:\d\d)$/;
const zonePattern = /^(?:Z|[+-]\d\d:\d\d)/;
const timeParts = [
  { layout: "2006", pattern: /^\d{4}/ },
  { layout: "-", pattern: /^-/ },
  { layout: "01", pattern: /^\d\d/ },
  { layout: "-", pattern: /^-/ },
  { layout: "02", pattern: /^\d\d/ },
  { layout: "T", pattern: /^T/ },
  { layout: "15", pattern: /^\d{1,2}/ },
  { layout: ":", pattern: /^:/ },
  { layout: "04", pattern: /^\d\d/ },
  { layout: ":", pattern: /^:/ },
  { layout: "05", pattern: /^\d\d(?:[.,]\d+)?/ },
] as const;

/** Why a text is no RFC 3339 time, in the words of Go's time.Parse (apimachinery, meta/v1/time.go and micro_time.go, v1.36). */
export function timeProblem(text: string, withMicroseconds: boolean): string | undefined {
  const layout = withMicroseconds ? "2006-01-02T15:04:05.000000Z07:00" : "2006-01-02T15:04:05Z07:00";
  const match = timePattern.exec(text);
  const prefix = `parsing time ${quote(text)}`;
  if (match === null) {
    const [rest, part] = firstMismatch(text);
    const zone = part === "Z07:00" ? zonePattern.exec(rest)?.[0] : undefined;
    if (zone !== undefined) return `${prefix}: extra text: ${quote(rest.slice(zone.length))}`;
    return `${prefix} as ${quote(layout)}: cannot parse ${quote(rest)} as ${quote(part)}`;
  }
  const [, year = "", month = "", day = "", hour = "", minute = "", second = "", fraction = "", zone = ""] = match;
  if (withMicroseconds && fraction.length !== 7) {
    const [rest, part] = fraction.length < 7 ? [fraction + zone, ".000000"] : [fraction.slice(7) + zone, "Z07:00"];
    return `${prefix} as ${quote(layout)}: cannot parse ${quote(rest)} as ${quote(part)}`;
  }
  if (Number(month) < 1 || Number(month) > 12) return `${prefix}: month out of range`;
  if (Number(hour) > 23) return `${prefix}: hour out of range`;
  if (Number(minute) > 59) return `${prefix}: minute out of range`;
  if (Number(second) > 59) return `${prefix}: second out of range`;
  return Number(day) < 1 || Number(day) > daysOf(Number(year), Number(month))
    ? `${prefix}: day out of range`
    : undefined;
}

function firstMismatch(text: string): readonly [string, string] {
  let rest = text;
  for (const part of timeParts) {
    const match = part.pattern.exec(rest);
    if (match === null) return [rest, part.layout];
    rest = rest.slice(match[0].length);
  }
  return [rest, "Z07:00"];
}

function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
