/** Times as the API writes them, in epoch milliseconds, computed without a clock or time zone of the machine. */

/** Days without clock changes, as in UTC. */
export const millisecondsPerDay = 86_400_000;

/** A day of the Gregorian calendar; months count from 1. */
export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Reads an RFC 3339 time such as `2026-01-15T12:00:00Z`; `undefined` for anything else. */
export function parseTimestamp(text: string | undefined): number | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)$/.exec(text ?? "");
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = "0", zone = "Z"] = match;
  const days = daysSinceEpoch({ year: Number(year), month: Number(month), day: Number(day) });
  const seconds = Number(hour) * 3600 + Number(minute) * 60 + Number(second) + Number(`0${fraction}`);
  return days * millisecondsPerDay + Math.round(seconds * 1000) - zoneOffset(zone);
}

/** The same as text, in UTC with whole seconds. */
export function formatTimestamp(milliseconds: number): string {
  const days = Math.floor(milliseconds / millisecondsPerDay);
  const { year, month, day } = civilDate(days);
  const seconds = Math.floor((milliseconds - days * millisecondsPerDay) / 1000);
  const time = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(twoDigits).join(":");
  return `${year.toString().padStart(4, "0")}-${twoDigits(month)}-${twoDigits(day)}T${time}Z`;
}

/** Days from 1970-01-01 to a date; a day or month out of range runs on into the next or previous one. */
export function daysSinceEpoch({ year, month, day }: CivilDate): number {
  // Years are counted from March, so that the leap day is the last one (Howard Hinnant, chrono-compatible date algorithms).
  const monthsFromZero = year * 12 + (month - 1);
  const wholeYear = Math.floor(monthsFromZero / 12);
  const wholeMonth = monthsFromZero - wholeYear * 12 + 1;
  const marchYear = wholeMonth <= 2 ? wholeYear - 1 : wholeYear;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * ((wholeMonth + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The date of a day counted from 1970-01-01. */
export function civilDate(days: number): CivilDate {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return { year, month, day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1 };
}

/** The weekday of a day counted from 1970-01-01, 0 for Sunday. */
export function weekday(days: number): number {
  return (((days + 4) % 7) + 7) % 7;
}

function zoneOffset(zone: string): number {
  if (zone === "Z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return (zone.startsWith("-") ? -minutes : minutes) * 60_000;
}

function twoDigits(value: number): string {
  return value.toString().padStart(2, "0");
}
