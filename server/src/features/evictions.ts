import { objectAt } from "../base/json.ts";
import type { Environment, Resource } from "../index/types.ts";
import { workloadsSelectedBy } from "../resolve/selected-by.ts";
import { budgetStatus } from "../simulation/disruption/budget.ts";

/** How many pods may be evicted while all are healthy; `undefined` where their number is not known or there are none. */
export function evictionsOf(
  environment: Environment,
  budget: Resource,
): { readonly allowed: number; readonly pods: number } | undefined {
  const spec = objectAt(budget.object, "spec");
  const sizes = workloadsSelectedBy(environment, budget).map(({ replicas }) => replicas);
  const scales = sizes.filter((size) => size !== undefined);
  const pods = scales.reduce((sum, size) => sum + size, 0);
  if (spec === undefined || scales.length < sizes.length || pods === 0) return undefined;
  const { disruptionsAllowed, condition } = budgetStatus(spec, { matching: pods, healthy: pods, scales });
  return condition.reason === "SyncFailed" ? undefined : { allowed: disruptionsAllowed, pods };
}
