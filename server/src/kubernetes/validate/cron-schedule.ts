import { atoi, quote } from "../go-text.ts";

interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly names: readonly string[];
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const allBounds: readonly Bounds[] = [
  { min: 0, max: 59, names: [] },
  { min: 0, max: 23, names: [] },
  { min: 1, max: 31, names: [] },
  { min: 1, max: 12, names: months },
  { min: 0, max: 6, names: days },
];
const descriptors: ReadonlySet<string> = new Set([
  "@yearly",
  "@annually",
  "@monthly",
  "@weekly",
  "@daily",
  "@midnight",
  "@hourly",
]);

/** What is wrong with a CronJob's schedule (github.com/robfig/cron v3.0.1, parser.go, ParseStandard, as kube-apiserver v1.36 uses it); the first problem is enough. */
export function checkSchedule(schedule: string): readonly string[] {
  const problem = problemOf(schedule);
  return problem === undefined ? [] : [problem];
}

function problemOf(schedule: string): string | undefined {
  if (schedule === "") return "empty spec string";
  const zoned = /^(?:TZ|CRON_TZ)=/.test(schedule);
  const space = schedule.indexOf(" ");
  if (zoned && space < 0) return "invalid schedule format: runtime error: slice bounds out of range [:-1]";
  const zone = zoned ? schedule.slice(schedule.indexOf("=") + 1, space) : "UTC";
  const zoneProblem = zone === "" ? undefined : checkLocation(zone);
  if (zoneProblem !== undefined) return `provided bad location ${zone}: ${zoneProblem}`;
  const rest = zoned ? schedule.slice(space).trim() : schedule;
  if (rest.startsWith("@")) return descriptorProblem(rest);
  const fields = rest.split(/\s+/).filter((field) => field !== "");
  if (fields.length !== allBounds.length)
    return `expected exactly 5 fields, found ${fields.length}: [${fields.join(" ")}]`;
  for (const [index, bounds] of allBounds.entries()) {
    const problem = fieldProblem(fields[index] ?? "", bounds);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function descriptorProblem(text: string): string | undefined {
  if (descriptors.has(text)) return undefined;
  if (!text.startsWith("@every ")) return `unrecognized descriptor: ${text}`;
  const duration = text.slice("@every ".length);
  if (/^[-+]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.test(duration)) return undefined;
  return `failed to parse duration ${text}: time: invalid duration ${quote(duration)}`;
}

function fieldProblem(field: string, bounds: Bounds): string | undefined {
  for (const range of field.split(",")) {
    const problem = range === "" ? undefined : rangeProblem(range, bounds);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** A number, range or star, with or without a step (parser.go, getRange). */
function rangeProblem(text: string, bounds: Bounds): string | undefined {
  const [range = "", step, ...slashes] = text.split("/");
  const [low = "", high, ...hyphens] = range.split("-");
  const star = low === "*" || low === "?";
  const start = star ? bounds.min : numberOf(low, bounds);
  if (typeof start === "string") return start;
  if (!star && hyphens.length > 0) return `too many hyphens: ${text}`;
  let end = star ? bounds.max : high === undefined ? start : numberOf(high, bounds);
  if (typeof end === "string") return end;
  if (slashes.length > 0) return `too many slashes: ${text}`;
  const every = step === undefined ? 1 : plainNumber(step);
  if (typeof every === "string") return every;
  if (step !== undefined && high === undefined) end = bounds.max;
  if (start < bounds.min) return `beginning of range (${start}) below minimum (${bounds.min}): ${text}`;
  if (end > bounds.max) return `end of range (${end}) above maximum (${bounds.max}): ${text}`;
  if (start > end) return `beginning of range (${start}) beyond end of range (${end}): ${text}`;
  return every === 0 ? `step of range should be a positive number: ${text}` : undefined;
}

function numberOf(text: string, { names, min }: Bounds): number | string {
  const index = names.indexOf(text.toLowerCase());
  return index < 0 ? plainNumber(text) : index + min;
}

/** A number, or what is wrong with the text. */
function plainNumber(text: string): number | string {
  const parsed = atoi(text);
  if (parsed.error !== undefined) return `failed to parse int from ${text}: ${parsed.error}`;
  return parsed.value < 0n ? `negative number (${parsed.value.toString()}) not allowed: ${text}` : Number(parsed.value);
}

/** What is wrong with a CronJob's time zone (pkg/apis/batch/validation/validation.go, validateTimeZone, v1.36). */
export function checkTimeZone(zone: string): readonly string[] {
  if (zone === "") return ["timeZone must be nil or non-empty string"];
  const odd = zone
    .split("/")
    .some((part) => part === "." || part === ".." || part.startsWith("-") || !/^[A-Za-z.\-_0-9+]{1,14}$/.test(part));
  if (odd) return [`unknown time zone ${zone}`];
  const local = zone.toLowerCase() === "local";
  const explicit = local
    ? ["timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones"]
    : [];
  const problem = zone === "Local" ? undefined : checkLocation(zone);
  return problem === undefined ? explicit : [...explicit, problem];
}

/** Whether the time zone data has a zone of this name, whose case matters to Go (time.LoadLocation). */
function checkLocation(zone: string): string | undefined {
  const known = zone === "UTC" || canonicalZone(zone) !== undefined;
  return known ? undefined : `unknown time zone ${zone}`;
}

function canonicalZone(zone: string): string | undefined {
  if (/^[+-]/.test(zone)) return undefined;
  try {
    const resolved = new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
    const differsInCase = resolved !== zone && resolved.toLowerCase() === zone.toLowerCase();
    const lowerCase = zone === zone.toLowerCase();
    return differsInCase || lowerCase ? undefined : resolved;
  } catch {
    return undefined;
  }
}
