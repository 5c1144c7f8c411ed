import { at } from "../../base/json.ts";
import type { JsonObject } from "../../base/json.ts";
import { parseIntOrPercent, scaledValue } from "../../kubernetes/int-or-percent.ts";

/** The pods of a budget, as its controller counts them. */
export interface BudgetPods {
  /** All that match the selector. */
  readonly matching: number;
  /** Ready, neither ending nor evicted a moment ago. */
  readonly healthy: number;
  /** Sizes of the distinct controllers of these pods: of a ReplicaSet's pods its Deployment's. Pods without a controller have none. */
  readonly scales: readonly number[];
  /** Whether some controller's kind has no size: then nothing can be computed. */
  readonly unknownController?: boolean;
}

export interface BudgetStatus {
  readonly currentHealthy: number;
  readonly desiredHealthy: number;
  readonly expectedPods: number;
  readonly disruptionsAllowed: number;
  readonly condition: { readonly status: "True" | "False"; readonly reason: string };
}

/**
 * How many pods may be evicted now; percentages round up, both ways.
 * Imitates kube-controller-manager, pkg/controller/disruption/disruption.go, trySync, getExpectedPodCount and updatePdbStatus, v1.36.
 */
export function budgetStatus(spec: JsonObject, pods: BudgetPods): BudgetStatus {
  const expected = expectedPods(spec, pods);
  if (expected === undefined) return failed;
  const { expectedPods: count, desiredHealthy } = expected;
  const spare = pods.healthy - desiredHealthy;
  const disruptionsAllowed = count <= 0 || spare <= 0 ? 0 : spare;
  return {
    currentHealthy: pods.healthy,
    desiredHealthy,
    expectedPods: count,
    disruptionsAllowed,
    condition:
      disruptionsAllowed > 0
        ? { status: "True", reason: "SufficientPods" }
        : { status: "False", reason: "InsufficientPods" },
  };
}

const failed: BudgetStatus = {
  currentHealthy: 0,
  desiredHealthy: 0,
  expectedPods: 0,
  disruptionsAllowed: 0,
  condition: { status: "False", reason: "SyncFailed" },
};

function expectedPods(
  spec: JsonObject,
  pods: BudgetPods,
): { readonly expectedPods: number; readonly desiredHealthy: number } | undefined {
  const maxUnavailable = at(spec, "maxUnavailable");
  const minAvailable = at(spec, "minAvailable");
  const total = pods.scales.reduce((sum, scale) => sum + scale, 0);
  if (maxUnavailable !== undefined && maxUnavailable !== null) {
    const missing = scaledValue(maxUnavailable, total, { roundUp: true });
    if (pods.unknownController === true || missing.error !== undefined) return undefined;
    return { expectedPods: total, desiredHealthy: Math.max(0, total - missing.value) };
  }
  if (minAvailable === undefined || minAvailable === null) return { expectedPods: 0, desiredHealthy: 0 };
  const parsed = parseIntOrPercent(minAvailable);
  if (parsed.error !== undefined) return undefined;
  if (!parsed.value.isPercent) return { expectedPods: pods.matching, desiredHealthy: parsed.value.number };
  const needed = scaledValue(minAvailable, total, { roundUp: true });
  if (pods.unknownController === true || needed.error !== undefined) return undefined;
  return { expectedPods: total, desiredHealthy: needed.value };
}

/** The pod that is to be evicted. */
export interface EvictionTarget {
  readonly phase: "Pending" | "Running" | "Succeeded" | "Failed";
  readonly ready: boolean;
  readonly terminating: boolean;
}

export interface BudgetForEviction {
  readonly name: string;
  readonly spec: JsonObject;
  readonly status: BudgetStatus;
}

/** The API server's answer to an eviction; `uses`: it takes one of the budget's disruptions. */
export type EvictionAnswer =
  | { readonly code: 201; readonly uses: BudgetForEviction | undefined }
  | {
      readonly code: 429 | 500;
      readonly message: string;
      readonly cause?: string;
      readonly budget?: BudgetForEviction;
    };

/**
 * Whether a pod may be evicted: by its budget, unless the pod does not count or the budget does not care.
 * Imitates kube-apiserver, pkg/registry/core/pod/storage/eviction.go, Create and checkAndDecrement, v1.36.
 */
export function answerEviction(pod: EvictionTarget, budgets: readonly BudgetForEviction[]): EvictionAnswer {
  if (pod.phase !== "Running" || pod.terminating) return { code: 201, uses: undefined };
  const [budget] = budgets;
  if (budget === undefined) return { code: 201, uses: undefined };
  if (budgets.length > 1) {
    const message = "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.";
    return { code: 500, message };
  }
  if (!pod.ready && ignoresUnready(budget)) return { code: 201, uses: undefined };
  if (budget.status.disruptionsAllowed > 0) return { code: 201, uses: budget };
  return refusal(budget);
}

function ignoresUnready({ spec, status }: BudgetForEviction): boolean {
  if (at(spec, "unhealthyPodEvictionPolicy") === "AlwaysAllow") return true;
  return status.currentHealthy >= status.desiredHealthy && status.desiredHealthy > 0;
}

function refusal(budget: BudgetForEviction): EvictionAnswer {
  const { name, status } = budget;
  const { desiredHealthy, currentHealthy } = status;
  const message = "Cannot evict pod as it would violate the pod's disruption budget.";
  const cause =
    desiredHealthy >= currentHealthy
      ? `The disruption budget ${name} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`
      : `The disruption budget ${name} does not allow evicting pods currently`;
  return { code: 429, message, cause, budget };
}
