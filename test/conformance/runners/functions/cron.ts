import { textAt } from "../../../../server/src/base/json.ts";
import type { JsonObject } from "../../../../server/src/base/json.ts";
import { checkSchedule, checkTimeZone, cronJobSchedule, nextTimes } from "../../../../server/src/kubernetes/cron.ts";
import { invalidValueText } from "../../../../server/src/kubernetes/field-error-text.ts";
import { formatTimestamp, parseTimestamp } from "../../../../server/src/kubernetes/time.ts";
import type { Answer, FunctionAnswers } from "./answer.ts";

const recordedTimes = 5;

export const cronAnswers: FunctionAnswers = {
  "cronjob.Schedule.Next": nextAnswer,
};

function nextAnswer(input: JsonObject): Answer {
  const schedule = textAt(input, "schedule") ?? "";
  const timeZone = textAt(input, "timeZone");
  const messages = messagesOf(schedule, timeZone);
  const parsed = cronJobSchedule(schedule, timeZone);
  if (parsed.error !== undefined) return { out: { messages }, error: parsed.error };
  const next = nextTimes(parsed.value, parseTimestamp(textAt(input, "from")) ?? 0, recordedTimes).map(formatTimestamp);
  return { out: { messages, next } };
}

function messagesOf(schedule: string, timeZone: string | undefined): string[] {
  const ofSchedule = checkSchedule(schedule).map((detail) => invalidValueText("spec.schedule", schedule, detail));
  const ofTimeZone = timeZone === undefined ? [] : checkTimeZone(timeZone);
  return [
    ...(schedule === "" ? ["spec.schedule: Required value"] : ofSchedule),
    ...ofTimeZone.map((detail) => invalidValueText("spec.timeZone", timeZone ?? "", detail)),
  ];
}
