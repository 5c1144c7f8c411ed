import * as l10n from "@vscode/l10n";
import { at, textAt } from "../../base/json.ts";
import { checkSchedule, checkTimeZone, cronJobSchedule, nextTimes } from "../../kubernetes/cron.ts";
import type { Schedule } from "../../kubernetes/cron.ts";
import { TimeZone } from "../../kubernetes/time-zone.ts";
import type { LocalTime } from "../../kubernetes/time-zone.ts";
import { durationText } from "../spell-out.ts";
import type { HoverRequest } from "./hover.ts";
import { bullets, code, escaped, paragraphs } from "../markdown.ts";

const shownRuns = 5;

/** Hovers on a CronJob's schedule and time zone: its next runs by the clocks of that zone. */
export function cronHover({ subject, context }: HoverRequest): string | undefined {
  const { resource, path } = subject;
  const isSchedule = path[0] === "spec" && path.length === 2 && (path[1] === "schedule" || path[1] === "timeZone");
  if (resource.group !== "batch" || resource.kind !== "CronJob" || !isSchedule) return undefined;
  const written = textAt(resource.object, "spec", "schedule");
  if (written === undefined) return undefined;
  const timeZone = textAt(resource.object, "spec", "timeZone");
  const refused = [...checkSchedule(written), ...(timeZone === undefined ? [] : checkTimeZone(timeZone))];
  const schedule = cronJobSchedule(written, timeZone);
  if (refused.length > 0 || schedule.error !== undefined) return undefined;
  return paragraphs(
    at(resource.object, "spec", "suspend") === true ? l10n.t("Suspended: no run starts.") : undefined,
    runs(schedule.value, timeZone, context.now),
  );
}

function runs(schedule: Schedule, timeZone: string | undefined, now: number): string | undefined {
  if (schedule.type === "interval")
    return l10n.t("Every {0}, counted from the last run.", durationText(schedule.milliseconds / 1000));
  const zoneName = timeZone ?? (schedule.zone === "" || schedule.zone === "Local" ? "UTC" : schedule.zone);
  const zone = TimeZone.load(zoneName) ?? TimeZone.load("UTC");
  const times = nextTimes(schedule, now, shownRuns);
  if (times.length === 0) return l10n.t("It never runs within the next five years.");
  const lines = times.map((time) => (zone === undefined ? "" : clockText(zone.local(time))));
  return paragraphs(
    timeZone === undefined && zoneName === "UTC"
      ? l10n.t("Next runs by the clock of the controller manager, which is mostly UTC:")
      : l10n.t("Next runs in {0}:", code(zoneName)),
    bullets(lines),
  );
}

/** `Sun 2026-11-22 03:00`. */
function clockText({ year, month, day, hour, minute, weekday }: LocalTime): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const names = [
    l10n.t("Sun"),
    l10n.t("Mon"),
    l10n.t("Tue"),
    l10n.t("Wed"),
    l10n.t("Thu"),
    l10n.t("Fri"),
    l10n.t("Sat"),
  ];
  return `${escaped(names[weekday] ?? "")} ${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`;
}
