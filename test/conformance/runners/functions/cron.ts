import { textAt } from "../../../../server/src/base/json.ts";
import type { JsonObject } from "../../../../server/src/base/json.ts";
import { checkSchedule, cronJobSchedule, nextTimes } from "../../../../server/src/kubernetes/cron.ts";
import { formatTimestamp, parseTimestamp } from "../../../../server/src/kubernetes/time.ts";
import type { Answer, FunctionAnswers } from "./answer.ts";

const recordedTimes = 5;

export const cronAnswers: FunctionAnswers = {
  "cronjob.Schedule.Next": nextAnswer,
};

function nextAnswer(input: JsonObject): Answer {
  const schedule = textAt(input, "schedule") ?? "";
  const timeZone = textAt(input, "timeZone");
  const messages = [...checkSchedule(schedule, timeZone)];
  const parsed = cronJobSchedule(schedule, timeZone);
  if (parsed.error !== undefined) return { out: { messages }, error: parsed.error };
  const next = nextTimes(parsed.value, parseTimestamp(textAt(input, "from")) ?? 0, recordedTimes).map(formatTimestamp);
  return { out: { messages, next } };
}
