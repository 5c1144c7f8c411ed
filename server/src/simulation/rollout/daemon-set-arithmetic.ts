import { at, objectAt, textAt } from "../../base/json.ts";
import type { JsonObject } from "../../base/json.ts";
import { success } from "../../base/outcome.ts";
import type { Outcome } from "../../base/outcome.ts";
import { scaledValue } from "../../kubernetes/int-or-percent.ts";

/** Nodes that may run an old and a new pod at once, rounded up (kube-controller-manager, pkg/controller/daemon/util/daemonset_util.go, SurgeCount, v1.36). */
export function surgeCount(daemonSet: JsonObject, nodes: number): Outcome<number> {
  return rollingUpdateCount(daemonSet, "maxSurge", nodes);
}

/** Nodes that may be without an available pod, rounded up, unlike a Deployment's (daemonset_util.go, UnavailableCount, v1.36). */
export function unavailableCount(daemonSet: JsonObject, nodes: number): Outcome<number> {
  return rollingUpdateCount(daemonSet, "maxUnavailable", nodes);
}

function rollingUpdateCount(
  daemonSet: JsonObject,
  field: "maxSurge" | "maxUnavailable",
  nodes: number,
): Outcome<number> {
  const strategy = objectAt(daemonSet, "spec", "updateStrategy");
  const rollingUpdate = objectAt(strategy, "rollingUpdate");
  if (textAt(strategy, "type") !== "RollingUpdate" || rollingUpdate === undefined) return success(0);
  return scaledValue(at(rollingUpdate, field), nodes, { roundUp: true });
}
