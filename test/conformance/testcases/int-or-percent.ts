import { isDeepStrictEqual } from "node:util";

import { at, numberAt, textAt } from "../../../server/src/base/json.ts";
import type { JsonObject, JsonValue } from "../../../server/src/base/json.ts";
import { intOrTextOf, parseIntOrPercent, scaledValue } from "../../../server/src/kubernetes/int-or-percent.ts";
import * as deployments from "../../../server/src/simulation/rollout/deployment-arithmetic.ts";
import type { CaseOutcome, TestcaseRow, Topics } from "../testcase.ts";

/** IntOrString and the arithmetic of a Deployment's strategy. */
export const topics: Topics = {
  "intstr-json": answers((inputs) => {
    const value = at(JSON.parse(textAt(inputs, "json") ?? "null") as JsonValue, "val") ?? null;
    return { type: typeof value === "number" ? "int" : "string", value };
  }),
  "intstr-parse": answers((inputs) => {
    const value = intOrTextOf(textAt(inputs, "text") ?? "");
    return { type: typeof value === "number" ? "int" : "string", value };
  }),
  "intstr-percent": answers((inputs) => {
    const { value, error } = parseIntOrPercent(at(inputs, "value") ?? null);
    return { error: error !== undefined, number: value?.number ?? 0, isPercent: value?.isPercent ?? false };
  }),
  "intstr-scaled": answers((inputs) => {
    const roundUp = at(inputs, "roundUp") === true;
    const { value, error } = scaledValue(at(inputs, "value"), numberAt(inputs, "total") ?? 0, { roundUp });
    return { error: error !== undefined, scaled: value ?? 0 };
  }),
  fenceposts: answers((inputs) => {
    const desired = numberAt(inputs, "desired") ?? 0;
    const { value, error } = deployments.resolveFenceposts(at(inputs, "maxSurge"), at(inputs, "maxUnavailable"), desired);
    return { surge: value?.surge ?? 0, unavailable: value?.unavailable ?? 0, error: error !== undefined };
  }),
  "new-rs-replicas": answers((inputs) => {
    const total = numberAt(inputs, "totalSpecOfAllRSs") ?? 0;
    const found = deployments.newReplicaSetReplicas(deployment(inputs), total, numberAt(inputs, "newSpec") ?? 0);
    return { newSpec: found.value ?? null };
  }),
  "max-unavailable": answers((inputs) => ({ maxUnavailable: deployments.maxUnavailable(deployment(inputs)) })),
  "min-available": answers((inputs) => ({ minAvailable: deployments.minAvailable(deployment(inputs)) })),
  "rs-fraction": answers((inputs) => {
    const size = { replicas: numberAt(inputs, "rsSpec") ?? 0, maxReplicas: textAt(inputs, "max-replicas") };
    return { fraction: deployments.replicaSetFraction(size, deployment(inputs)) };
  }),
  "annotation-int": annotationOutcome,
};

/** Compares all that a row expects. */
function answers(answer: (inputs: JsonObject) => JsonObject): (row: TestcaseRow) => CaseOutcome {
  return (row) => {
    const found = answer(row.inputs as JsonObject);
    return { agreed: isDeepStrictEqual({ ...found, ...(row.expected as JsonObject) }, found), found };
  };
}

function annotationOutcome(row: TestcaseRow): CaseOutcome {
  const parsed = deployments.replicaCountAnnotation(textAt(row.inputs as JsonObject, "annotation"));
  const found = { value: parsed?.value ?? 0, valid: parsed?.value !== undefined, error: parsed?.error };
  const { value, valid, errorContains } = row.expected as { value: number; valid: boolean; errorContains: string | null };
  const sameError = errorContains === null ? found.error === undefined : found.error?.includes(errorContains) === true;
  return { agreed: found.value === value && found.valid === valid && sameError, found };
}

function deployment(inputs: JsonObject): JsonObject {
  return {
    spec: {
      replicas: at(inputs, "replicas") ?? null,
      strategy: {
        type: textAt(inputs, "strategy") ?? "RollingUpdate",
        rollingUpdate: { maxSurge: at(inputs, "maxSurge") ?? null, maxUnavailable: at(inputs, "maxUnavailable") ?? null },
      },
    },
    status: { replicas: at(inputs, "statusReplicas") ?? 0 },
  };
}
