import { at, objectAt, textAt } from "../../base/json.ts";
import type { JsonObject } from "../../base/json.ts";
import { success } from "../../base/outcome.ts";
import type { Outcome } from "../../base/outcome.ts";
import { scaledValue } from "../../kubernetes/int-or-percent.ts";

/**
 * Nodes that may run an old and a new pod at once, rounded up.
 * Imitates kube-controller-manager, pkg/controller/daemon/util/daemonset_util.go, SurgeCount, v1.36.
 */
export function surgeCount(daemonSet: JsonObject, nodes: number): Outcome<number> {
  const rollingUpdate = rollingUpdateOf(daemonSet);
  return rollingUpdate === undefined
    ? success(0)
    : scaledValue(at(rollingUpdate, "maxSurge") ?? 0, nodes, { roundUp: true });
}

/**
 * Nodes that may be without an available pod, rounded up, unlike a Deployment's; unlike `maxSurge` the field must be there.
 * Imitates kube-controller-manager, pkg/controller/daemon/util/daemonset_util.go, UnavailableCount, v1.36.
 */
export function unavailableCount(daemonSet: JsonObject, nodes: number): Outcome<number> {
  const rollingUpdate = rollingUpdateOf(daemonSet);
  return rollingUpdate === undefined
    ? success(0)
    : scaledValue(at(rollingUpdate, "maxUnavailable"), nodes, { roundUp: true });
}

function rollingUpdateOf(daemonSet: JsonObject): JsonObject | undefined {
  const strategy = objectAt(daemonSet, "spec", "updateStrategy");
  return textAt(strategy, "type") === "RollingUpdate" ? objectAt(strategy, "rollingUpdate") : undefined;
}
