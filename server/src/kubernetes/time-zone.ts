import { civilDate, daysSinceEpoch, millisecondsPerDay, weekday } from "./time.ts";
import type { CivilDate } from "./time.ts";

/** What a clock on the wall shows. */
export interface LocalTime extends CivilDate {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** 0 for Sunday. */
  readonly weekday: number;
}

/** Offsets change at full quarters of an hour. */
const bucket = 900_000;

/** The clocks of one time zone, as Go's package `time` reads and sets them. Times are epoch milliseconds. */
export class TimeZone {
  readonly #format: Intl.DateTimeFormat;
  readonly #offsets = new Map<number, number>();

  private constructor(format: Intl.DateTimeFormat) {
    this.#format = format;
  }

  /** The zone of an IANA name in its exact spelling; `undefined` for anything else (Go, time.LoadLocation). */
  static load(name: string): TimeZone | undefined {
    if (!/^[A-Z][A-Za-z0-9_+/-]*$/.test(name)) return undefined;
    try {
      const format = new Intl.DateTimeFormat("en-US", { timeZone: name, timeZoneName: "longOffset" });
      return isSpelledExactly(name, format.resolvedOptions().timeZone) ? new TimeZone(format) : undefined;
    } catch {
      // The constructor throws for names that it does not know.
      return undefined;
    }
  }

  local(time: number): LocalTime {
    const shifted = time + this.#offset(time);
    const days = Math.floor(shifted / millisecondsPerDay);
    const seconds = Math.floor((shifted - days * millisecondsPerDay) / 1000);
    return {
      ...civilDate(days),
      hour: Math.floor(seconds / 3600),
      minute: Math.floor(seconds / 60) % 60,
      second: seconds % 60,
      weekday: weekday(days),
    };
  }

  /**
   * The time at which clocks show midnight of a date and so many milliseconds after it. Dates run on beyond months; for times that are skipped or repeated
   * the choice is Go's (time/time.go, Date): the offset that holds at the time which the first guess leads to.
   */
  at(date: CivilDate, sinceMidnight: number): number {
    const wall = daysSinceEpoch(date) * millisecondsPerDay + sinceMidnight;
    const guess = this.#offset(wall);
    return guess === 0 ? wall : wall - this.#offset(wall - guess);
  }

  #offset(time: number): number {
    const key = Math.floor(time / bucket);
    const known = this.#offsets.get(key);
    if (known !== undefined) return known;
    const offset = parseOffset(this.#format.formatToParts(key * bucket));
    this.#offsets.set(key, offset);
    return offset;
  }
}

function parseOffset(parts: readonly Intl.DateTimeFormatPart[]): number {
  const text = parts.find(({ type }) => type === "timeZoneName")?.value ?? "GMT";
  const [, sign, hours = "0", minutes = "0", seconds = "0"] =
    /^GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(text) ?? [];
  const offset = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
  return sign === "-" ? -offset : offset;
}

/** `Intl` ignores case, the names of files that Go reads do not. Aliases are resolved to other names, so those are judged by their shape. */
function isSpelledExactly(name: string, resolved: string): boolean {
  if (name.toLowerCase() === resolved.toLowerCase()) return name === resolved;
  const lowerCaseWords = new Set(["au", "de", "es", "of"]);
  return name
    .split(/[/_-]/)
    .every((word) => lowerCaseWords.has(word) || (/^[A-Z0-9+]/.test(word) && !/^[A-Z]{5,}$/.test(word)) || word === "");
}
