import { isDeepStrictEqual } from "node:util";

import { isArray, isObject, textAt } from "../../../server/src/base/json.ts";
import type { JsonObject, JsonValue } from "../../../server/src/base/json.ts";
import type { ConformanceRunner, RunContext } from "../runner.ts";
import type { Answer, FunctionAnswers } from "./functions/answer.ts";
import { cronAnswers } from "./functions/cron.ts";
import { defaultsAnswers } from "./functions/defaults.ts";
import { dnsAnswers } from "./functions/dns.ts";
import { intOrPercentAnswers } from "./functions/int-or-percent.ts";
import { nameAnswers } from "./functions/names.ts";
import { podAnswers } from "./functions/pods.ts";
import { quantityAnswers } from "./functions/quantity.ts";
import { selectorAnswers } from "./functions/selector.ts";

const files = [
  "environment-variables",
  "expansion",
  "resolv-conf",
  "quantity",
  "int-or-percent",
  "selector",
  "names",
  "cron",
  "rollout-status",
  "pod-deletion-order",
  "pod-status",
  "taints-affinity",
  "find-port",
  "defaults",
  "generated",
] as const;

const answers: FunctionAnswers = {
  ...cronAnswers,
  ...defaultsAnswers,
  ...dnsAnswers,
  ...intOrPercentAnswers,
  ...nameAnswers,
  ...podAnswers,
  ...quantityAnswers,
  ...selectorAnswers,
};

/** Every recorded call of a function: `functions` counts all of them, `functions/FILE` those of a file, `functions-messages` the errors whose text is Go's, too. */
export const runner: ConformanceRunner = {
  folder: "functions",
  run(context) {
    for (const file of files) {
      for (const line of context.lines(`functions/${file}.jsonl`) ?? []) runCase(context, file, line as JsonObject);
    }
  },
};

function runCase(context: RunContext, file: string, recorded: JsonObject): void {
  const id = textAt(recorded, "id") ?? "";
  const name = textAt(recorded, "function") ?? "";
  const input = isObject(recorded["in"]) ? recorded["in"] : {};
  const found = answers[name]?.(input) ?? { error: `no answer for ${name}` };
  const agreed = agrees(recorded, found) && answers[name] !== undefined;
  const result = { id, agreed, wanted: { out: recorded["out"], error: recorded["error"] }, found };
  context.report("functions", result);
  context.report(`functions/${file}`, result);
  if (typeof recorded["error"] === "string") {
    const sameText = found.error === recorded["error"];
    context.report("functions-messages", { id, agreed: sameText, wanted: recorded["error"], found: found.error });
  }
}

function agrees(recorded: JsonObject, found: Answer): boolean {
  if ((recorded["error"] !== undefined) !== (found.error !== undefined)) return false;
  if (recorded["out"] === undefined) return recorded["error"] !== undefined;
  const withoutStatus = recorded["function"] === "scheme.Default";
  const plain = (value: JsonValue | undefined): unknown =>
    comparable(withoutStatus && isObject(value) ? { ...value, status: null } : value);
  return isDeepStrictEqual(plain(recorded["out"]), plain(found.out));
}

/** Lists that are null or empty are the same, and so are absent and null fields, and decimals with and without trailing zeros. */
function comparable(value: JsonValue | undefined): unknown {
  if (value === undefined || value === null || (isArray(value) && value.length === 0)) return null;
  if (isArray(value)) return value.map(comparable);
  if (!isObject(value)) return value;
  const result: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(value)) {
    const plain = key === "decimal" && typeof entry === "string" ? plainDecimal(entry) : comparable(entry);
    if (plain !== null) result[key] = plain;
  }
  return result;
}

function plainDecimal(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
