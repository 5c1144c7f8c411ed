import type { JsonObject, JsonValue } from "../../../../server/src/base/json.ts";
import type { Outcome } from "../../../../server/src/base/outcome.ts";

/** What a function gave: a result, an error, or both where the recorded one gives both. */
export interface Answer {
  readonly out?: JsonValue | undefined;
  readonly error?: string | undefined;
}

/** The engine's functions under the names of the recorded ones, each taking the recorded parameters. */
export type FunctionAnswers = Readonly<Record<string, (input: JsonObject) => Answer>>;

export function answerOf<Value>(outcome: Outcome<Value>, out: (value: Value) => JsonValue): Answer {
  return outcome.error === undefined ? { out: out(outcome.value) } : { error: outcome.error };
}
