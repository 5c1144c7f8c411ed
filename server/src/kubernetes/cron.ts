import { failure, success } from "../base/outcome.ts";
import type { Outcome } from "../base/outcome.ts";
import { parseDuration } from "./duration.ts";
import { atoi, fields as fieldsOf, trimSpace } from "./go-text.ts";
import { TimeZone } from "./time-zone.ts";
import type { LocalTime } from "./time-zone.ts";

/** The values that one field of a schedule allows. */
interface Field {
  readonly values: ReadonlySet<number>;
  /** Written with a star (or `?`) of step 1: then day of month and weekday must both match, otherwise either may. */
  readonly star: boolean;
}

/** A schedule by the clock. */
export interface ClockSchedule {
  readonly type: "clock";
  readonly zone: string;
  readonly minutes: Field;
  readonly hours: Field;
  readonly days: Field;
  readonly months: Field;
  readonly weekdays: Field;
}

/** A schedule that counts from the last time, in whole seconds. */
export interface IntervalSchedule {
  readonly type: "interval";
  readonly milliseconds: number;
}

/** When a CronJob runs. */
export type Schedule = ClockSchedule | IntervalSchedule;

interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly names: readonly string[];
}

const monthNames = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const weekdayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** Minute, hour, day of month, month, weekday. Sunday is 0 alone. */
const fieldBounds: readonly Bounds[] = [
  { min: 0, max: 59, names: [] },
  { min: 0, max: 23, names: [] },
  { min: 1, max: 31, names: [] },
  { min: 1, max: 12, names: monthNames },
  { min: 0, max: 6, names: weekdayNames },
];

const descriptors: ReadonlyMap<string, string> = new Map([
  ["@yearly", "0 0 1 1 *"],
  ["@annually", "0 0 1 1 *"],
  ["@monthly", "0 0 1 * *"],
  ["@weekly", "0 0 * * 0"],
  ["@daily", "0 0 * * *"],
  ["@midnight", "0 0 * * *"],
  ["@hourly", "0 * * * *"],
]);

const every = "@every ";
const searchYears = 5;

/**
 * Reads a CronJob's schedule: five fields, a descriptor such as `@daily`, or `@every 1h30m`. A leading `TZ=…` sets the zone, UTC otherwise.
 * Imitates github.com/robfig/cron v3, parser.go, ParseStandard, as kube-controller-manager v1.36 uses it; errors are its texts.
 */
function parseSchedule(text: string): Outcome<Schedule> {
  if (text === "") return failure("empty spec string");
  if (!/^(TZ|CRON_TZ)=/.test(text)) return parseInZone(text, "UTC");
  const space = text.indexOf(" ");
  if (space < 0) return failure("invalid schedule format: runtime error: slice bounds out of range [:-1]");
  const zone = text.slice(text.indexOf("=") + 1, space);
  const problem = locationProblem(zone);
  if (problem !== undefined) return failure(`provided bad location ${zone}: ${problem}`);
  return parseInZone(trimSpace(text.slice(space)), zone);
}

/** What is wrong with a CronJob's schedule, in the API server's words (pkg/apis/batch/validation/validation.go, validateScheduleFormat, v1.36). */
export function checkSchedule(schedule: string): readonly string[] {
  const { error } = parseSchedule(schedule);
  const inSchedule = schedule.includes("TZ")
    ? ["cannot use TZ or CRON_TZ in schedule, use timeZone field instead"]
    : [];
  return error === undefined ? inSchedule : [error, ...inSchedule];
}

/** What is wrong with a CronJob's time zone, in the API server's words (validation.go, validateTimeZone, v1.36). */
export function checkTimeZone(timeZone: string): readonly string[] {
  if (timeZone === "") return ["timeZone must be nil or non-empty string"];
  const isOdd = timeZone
    .split("/")
    .some((part) => part === "." || part === ".." || !/^(?!-)[A-Za-z.\-_0-9+]{1,14}$/.test(part));
  if (isOdd) return [`unknown time zone ${timeZone}`];
  const isLocal = timeZone.toLowerCase() === "local";
  return [
    ...(isLocal ? ["timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones"] : []),
    ...[locationProblem(timeZone)].filter((problem) => problem !== undefined),
  ];
}

/**
 * The schedule that the CronJob controller follows: `timeZone` counts unless it is unknown or the schedule names a zone itself.
 * Imitates kube-controller-manager, pkg/controller/cronjob/cronjob_controllerv2.go, formatSchedule, v1.36.
 */
export function cronJobSchedule(schedule: string, timeZone: string | undefined): Outcome<Schedule> {
  const usesField = timeZone !== undefined && !schedule.includes("TZ") && loadZone(timeZone) !== undefined;
  return parseSchedule(usesField ? `TZ=${timeZone} ${schedule}` : schedule);
}

/** Up to `count` times after `from` at which a schedule fires, fewer where none comes within five years. Times are epoch milliseconds. */
export function nextTimes(schedule: Schedule, from: number, count: number): readonly number[] {
  const times: number[] = [];
  const clock = schedule.type === "clock" ? loadZone(schedule.zone) : undefined;
  let time: number | undefined = from;
  while (times.length < count) {
    if (schedule.type === "interval") time = Math.floor(time / 1000) * 1000 + schedule.milliseconds;
    else time = clock === undefined ? undefined : new Search(schedule, clock, time).run();
    if (time === undefined) break;
    times.push(time);
  }
  return times;
}

/** An empty name is UTC, and repeated slashes count as one, since names are looked up as files. */
function loadZone(name: string): TimeZone | undefined {
  return TimeZone.load(name === "" || name === "Local" ? "UTC" : name.replace(/(?<=.)\/{2,}/g, "/"));
}

/** Folders of the time zone data, which Go tells apart from names that are not there. */
const zoneFolders: ReadonlySet<string> = new Set(
  `Africa America America/Argentina America/Indiana America/Kentucky America/North_Dakota Antarctica Arctic Asia
   Atlantic Australia Brazil Canada Chile Etc Europe Indian Mexico Pacific US`.split(/\s+/),
);

/** Why there is no zone of a name (Go, time/zoneinfo.go, LoadLocation). */
function locationProblem(name: string): string | undefined {
  if (loadZone(name) !== undefined) return undefined;
  if (name.includes("..") || /^[/\\]/.test(name)) return "time: invalid location name";
  return zoneFolders.has(name) ? "is a directory" : `unknown time zone ${name}`;
}

function parseInZone(text: string, zone: string): Outcome<Schedule> {
  if (text.startsWith("@")) return parseDescriptor(text, zone);
  const fields = fieldsOf(text);
  if (fields.length !== 5) return failure(`expected exactly 5 fields, found ${fields.length}: [${fields.join(" ")}]`);
  const parsed = fieldBounds.map((bounds, index) => parseField(fields[index] ?? "", bounds));
  const failed = parsed.find((field) => field.error !== undefined);
  if (failed?.error !== undefined) return failed;
  const nothing: Field = { values: new Set(), star: false };
  const [minutes = nothing, hours = nothing, days = nothing, months = nothing, weekdays = nothing] = parsed.flatMap(
    (field) => field.value ?? [],
  );
  return success({ type: "clock", zone, minutes, hours, days, months, weekdays });
}

function parseDescriptor(text: string, zone: string): Outcome<Schedule> {
  const fields = descriptors.get(text);
  if (fields !== undefined) return parseInZone(fields, zone);
  if (!text.startsWith(every)) return failure(`unrecognized descriptor: ${text}`);
  const duration = parseDuration(text.slice(every.length));
  if (duration.error !== undefined) return failure(`failed to parse duration ${text}: ${duration.error}`);
  const seconds = Math.max(1, Number(duration.value / 1_000_000_000n));
  return success({ type: "interval", milliseconds: seconds * 1000 });
}

/** A list of ranges; empty places in it don't count, so that a lone comma allows nothing. */
function parseField(text: string, bounds: Bounds): Outcome<Field> {
  const values = new Set<number>();
  let star = false;
  for (const range of text.split(",").filter((entry) => entry !== "")) {
    const parsed = parseRange(range, bounds);
    if (parsed.error !== undefined) return parsed;
    const { start, end, step } = parsed.value;
    for (let value = start; value <= end; value += step) values.add(value);
    star ||= parsed.value.star;
  }
  return success({ values, star });
}

interface Range {
  readonly start: number;
  readonly end: number;
  readonly step: number;
  readonly star: boolean;
}

/** `5`, `1-5`, `*`, each with an optional `/step`; `5/2` runs to the end (parser.go, getRange). */
function parseRange(text: string, bounds: Bounds): Outcome<Range> {
  const [range = "", stepText, ...moreSteps] = text.split("/");
  const [low = "", high, ...moreHyphens] = range.split("-");
  const isStar = low === "*" || low === "?";
  const start = isStar ? success(bounds.min) : parseValue(low, bounds);
  if (start.error !== undefined) return start;
  if (!isStar && moreHyphens.length > 0) return failure(`too many hyphens: ${text}`);
  const last = isStar ? success(bounds.max) : high === undefined ? start : parseValue(high, bounds);
  if (last.error !== undefined) return last;
  if (moreSteps.length > 0) return failure(`too many slashes: ${text}`);
  const step = stepText === undefined ? success(1) : parseNumber(stepText);
  if (step.error !== undefined) return step;
  const end = stepText !== undefined && high === undefined ? bounds.max : last.value;
  const found = { start: start.value, end, step: step.value, star: isStar && step.value <= 1 };
  const wrong = rangeError(found, bounds);
  return wrong === undefined ? success(found) : failure(`${wrong}: ${text}`);
}

function rangeError({ start, end, step }: Range, { min, max }: Bounds): string | undefined {
  if (start < min) return `beginning of range (${start}) below minimum (${min})`;
  if (end > max) return `end of range (${end}) above maximum (${max})`;
  if (start > end) return `beginning of range (${start}) beyond end of range (${end})`;
  return step === 0 ? "step of range should be a positive number" : undefined;
}

function parseValue(text: string, { names, min }: Bounds): Outcome<number> {
  const name = names.indexOf(text.toLowerCase());
  return name < 0 ? parseNumber(text) : success(name + min);
}

function parseNumber(text: string): Outcome<number> {
  const parsed = atoi(text);
  if (parsed.error !== undefined) return failure(`failed to parse int from ${text}: ${parsed.error}`);
  if (parsed.value < 0n) return failure(`negative number (${parsed.value.toString()}) not allowed: ${text}`);
  return success(Number(parsed.value));
}

const minute = 60_000;
const hour = 3_600_000;

/**
 * The search for the next time, field by field from the month down. It moves through real time hour by hour, which is why skipped local times are left out
 * and repeated ones fire twice. Imitates github.com/robfig/cron v3, spec.go, SpecSchedule.Next.
 */
class Search {
  readonly #schedule: ClockSchedule;
  readonly #zone: TimeZone;
  readonly #yearLimit: number;
  #time: number;
  /** Once a field was moved all smaller ones stand at their beginning. */
  #moved = false;

  constructor(schedule: ClockSchedule, zone: TimeZone, after: number) {
    this.#schedule = schedule;
    this.#zone = zone;
    this.#time = Math.floor(after / 1000) * 1000 + 1000;
    this.#yearLimit = this.#zone.local(this.#time).year + searchYears;
  }

  run(): number | undefined {
    const { minutes, hours, months } = this.#schedule;
    // A lone comma allows no value; trying every minute of five years would find nothing, slowly.
    if ([minutes, hours, months].some(({ values }) => values.size === 0)) return undefined;
    while (this.#zone.local(this.#time).year <= this.#yearLimit) {
      const wrapped =
        this.#advanceMonth() ||
        this.#advanceDay() ||
        this.#advanceHour() ||
        this.#advanceMinute() ||
        this.#advanceSecond();
      if (!wrapped) return this.#time;
    }
    return undefined;
  }

  /** Each of these moves to a value that the schedule allows; true means that a larger field changed and the search starts over. */
  #advanceMonth(): boolean {
    while (!this.#schedule.months.values.has(this.#local().month)) {
      if (this.#isFirstMove()) this.#time = this.#zone.at({ ...this.#local(), day: 1 }, 0);
      const now = this.#local();
      this.#time = this.#zone.at({ ...now, month: now.month + 1 }, timeOfDay(now));
      if (this.#local().month === 1) return true;
    }
    return false;
  }

  #advanceDay(): boolean {
    while (!this.#dayMatches()) {
      if (this.#isFirstMove()) this.#time = this.#zone.at(this.#local(), 0);
      const now = this.#local();
      this.#time = this.#zone.at({ ...now, day: now.day + 1 }, timeOfDay(now));
      // Where the clock change leaves no midnight this goes to the hour before or after it.
      const shownHour = this.#local().hour;
      if (shownHour !== 0) this.#time += (shownHour > 12 ? 24 - shownHour : -shownHour) * hour;
      if (this.#local().day === 1) return true;
    }
    return false;
  }

  #advanceHour(): boolean {
    while (!this.#schedule.hours.values.has(this.#local().hour)) {
      if (this.#isFirstMove()) {
        const now = this.#local();
        this.#time = this.#zone.at(now, now.hour * hour);
      }
      this.#time += hour;
      if (this.#local().hour === 0) return true;
    }
    return false;
  }

  #advanceMinute(): boolean {
    while (!this.#schedule.minutes.values.has(this.#local().minute)) {
      if (this.#isFirstMove()) this.#time = Math.floor(this.#time / minute) * minute;
      this.#time += minute;
      if (this.#local().minute === 0) return true;
    }
    return false;
  }

  /** Schedules fire at second 0. */
  #advanceSecond(): boolean {
    if (this.#local().second === 0) return false;
    this.#moved = true;
    this.#time = (Math.floor(this.#time / minute) + 1) * minute;
    return true;
  }

  #dayMatches(): boolean {
    const { day, weekday } = this.#local();
    const { days, weekdays } = this.#schedule;
    const dayMatches = days.values.has(day);
    const weekdayMatches = weekdays.values.has(weekday);
    return days.star || weekdays.star ? dayMatches && weekdayMatches : dayMatches || weekdayMatches;
  }

  #isFirstMove(): boolean {
    const isFirst = !this.#moved;
    this.#moved = true;
    return isFirst;
  }

  #local(): LocalTime {
    return this.#zone.local(this.#time);
  }
}

function timeOfDay({ hour: hours, minute: minutes, second }: LocalTime): number {
  return hours * hour + minutes * minute + second * 1000;
}
