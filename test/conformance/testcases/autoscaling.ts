import { isDeepStrictEqual } from "node:util";
import { arrayAt, at, isObject, numberAt, objectAt, textAt } from "../../../server/src/base/json.ts";
import type { JsonObject, JsonValue } from "../../../server/src/base/json.ts";
import { withDefaults } from "../../../server/src/kubernetes/defaults/with-defaults.ts";
import { stabilized, stabilizedWithBehavior, withinPolicies, withinRules } from "../../../server/src/simulation/autoscaling/rates.ts";
import type { Recommendation, ScaleEvent } from "../../../server/src/simulation/autoscaling/rates.ts";
import { budgetStatus } from "../../../server/src/simulation/disruption/budget.ts";
import { daemonSetLimits } from "../../../server/src/simulation/rollout/daemon-set.ts";
import { parentAndOrdinal, statefulSetMaxUnavailable } from "../../../server/src/simulation/rollout/stateful-set.ts";
import type { CaseOutcome, TestcaseRow, Topics } from "../testcase.ts";

export const topics: Topics = {
  "sts-max-unavailable": answers((inputs) => ({
    maxUnavailable: statefulSetMaxUnavailable(at(inputs, "maxUnavailable"), numberAt(inputs, "replicas") ?? 0),
  })),
  "sts-pod-name": answers((inputs) => {
    const found = parentAndOrdinal(textAt(inputs, "pod") ?? "");
    return { parent: found?.parent ?? "", ordinal: found?.ordinal ?? -1 };
  }),
  "ds-limits": answers((inputs) => {
    const nodes = numberAt(inputs, "nodes") ?? 0;
    const rollingUpdate = { maxSurge: at(inputs, "maxSurge") ?? 0, maxUnavailable: at(inputs, "maxUnavailable") ?? 0 };
    return { ...daemonSetLimits({ updateStrategy: { type: "RollingUpdate", rollingUpdate } }, nodes), desiredNodes: nodes };
  }),
  "hpa-limits": answers((inputs) => ({ ...withinRules(limitsOf(inputs)) })),
  "hpa-behavior": answers(behaviorAnswer),
  "hpa-stabilize": answers((inputs) => {
    const window = numberAt(inputs, "windowDownSeconds") ?? 0;
    const { replicas, log } = stabilized(recommendationsOf(inputs), numberAt(inputs, "desired") ?? 0, window, now);
    return { replicas, logLength: log.length };
  }),
  "hpa-stabilize-behavior": answers((inputs, expected) => {
    const { current, desired } = limitsOf(inputs);
    const windows = { up: numberAt(inputs, "windowUpSeconds") ?? 0, down: numberAt(inputs, "windowDownSeconds") ?? 0 };
    const { replicas, log } = stabilizedWithBehavior(recommendationsOf(inputs), current, desired, windows, now);
    return "logValues" in expected ? { replicas, logValues: log.map((entry) => entry.replicas) } : { replicas };
  }),
  pdb: answers(budgetAnswer),
};

const now = 1_000_000;

function limitsOf(inputs: JsonObject): { readonly current: number; readonly desired: number; readonly min: number; readonly max: number } {
  const field = (name: string): number => numberAt(inputs, name) ?? 0;
  return { current: field("current"), desired: field("desired"), min: field("min"), max: field("max") };
}

/** Absent rules are the API server's defaults; a row that asks for a bound alone wants far more, or far less. */
function behaviorAnswer(inputs: JsonObject, expected: JsonObject): JsonObject {
  const behavior = behaviorOf(inputs);
  const events = { up: eventsOf(inputs, "scaleUpEvents"), down: eventsOf(inputs, "scaleDownEvents") };
  const limits = limitsOf(inputs);
  const bound = (desired: number): number =>
    withinPolicies({ ...limits, desired, min: 0, max: 0x7fffffff }, behavior, events, now).replicas;
  if ("upLimit" in expected) return { upLimit: bound(0x7fffffff) };
  if ("downLimit" in expected) return { downLimit: bound(0) };
  return { ...withinPolicies(limits, behavior, events, now) };
}

function behaviorOf(inputs: JsonObject): JsonObject {
  const written = Object.fromEntries(
    ["scaleUp", "scaleDown"].flatMap((rules) => {
      const value = objectAt(inputs, rules);
      return value === undefined ? [] : [[rules, value]];
    }),
  );
  const spec = { maxReplicas: 1, scaleTargetRef: { kind: "Deployment", name: "web" }, behavior: written };
  const object = { apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", metadata: { name: "web" }, spec };
  return objectAt(withDefaults(object), "spec", "behavior") ?? {};
}

function eventsOf(inputs: JsonObject, field: string): readonly ScaleEvent[] {
  return arrayAt(inputs, field).map((event) => ({
    change: numberAt(event, "change") ?? 0,
    at: now - (numberAt(event, "secondsAgo") ?? 0),
    outdated: false,
  }));
}

function recommendationsOf(inputs: JsonObject): readonly Recommendation[] {
  return arrayAt(inputs, "recommendations").map((entry) => ({
    replicas: numberAt(entry, "value") ?? 0,
    at: now - (numberAt(entry, "minutesAgo") ?? 0) * 60,
  }));
}

/** Of the controllers only those count that own a pod: without any the budget does not know them. */
function budgetAnswer(inputs: JsonObject, expected: JsonObject): JsonObject {
  const managed = numberAt(inputs, "healthyManagedPods") ?? 0;
  const unmanaged = numberAt(inputs, "healthyUnmanagedPods") ?? 0;
  const healthy = managed + unmanaged;
  const controllers = arrayAt(inputs, "controllers");
  const scales = managed === 0 ? [] : controllers.flatMap((controller) => numberAt(controller, "replicas") ?? []);
  const { condition, ...status } = budgetStatus(objectAt(inputs, "budget") ?? {}, {
    matching: healthy + (numberAt(inputs, "unreadyUnmanagedPods") ?? 0),
    healthy,
    scales,
    unknownController: managed > 0 && controllers.length > scales.length,
  });
  const event = eventOf(inputs, condition.reason, unmanaged);
  return Object.fromEntries(Object.keys(expected).map((key) => [key, key === "event" ? event : (at({ ...status }, key) ?? null)]));
}

function eventOf(inputs: JsonObject, reason: string, unmanaged: number): JsonValue {
  if (reason === "SyncFailed") return "CalculateExpectedPodCountFailed";
  return unmanaged > 0 && !Number.isInteger(at(inputs, "budget", "minAvailable")) ? "UnmanagedPods" : null;
}

function answers(answer: (inputs: JsonObject, expected: JsonObject) => JsonObject): (row: TestcaseRow) => CaseOutcome {
  return (row) => {
    const [inputs, expected] = [row.inputs as JsonValue, row.expected as JsonValue];
    const found = answer(isObject(inputs) ? inputs : {}, isObject(expected) ? expected : {});
    return { agreed: isDeepStrictEqual(found, row.expected), found };
  };
}
