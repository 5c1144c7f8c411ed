import { replicaSetProportion } from "./deployment-arithmetic.ts";
import { countStatus } from "./deployment-progress.ts";
import { cutHistory } from "./deployment-rolling.ts";
import { at, isObject, textAt } from "../../base/json.ts";
import { annotation, arithmeticView, byCreation, desiredReplicas, isActive, maxPods } from "./deployment-state.ts";
import type { Deployment, ReplicaSet } from "./deployment-state.ts";
import { annotatedDesiredReplicas } from "./deployment-sync.ts";
import type { DeploymentSync } from "./deployment-sync.ts";
import type { Reason } from "./events.ts";

/**
 * Whether spec.replicas changed since the sets were sized: then sizes are set right before any rollout goes on.
 * Imitates kube-controller-manager, pkg/controller/deployment/sync.go, isScalingEvent, v1.36.
 */
export function isScalingEvent(deployment: Deployment, sets: readonly ReplicaSet[]): boolean {
  const desired = desiredReplicas(deployment);
  return sets.some((set) => isActive(set) && (annotatedDesiredReplicas(set) ?? desired) !== desired);
}

/**
 * Scales a paused Deployment, or one whose size changed; no set is created.
 * Imitates kube-controller-manager, pkg/controller/deployment/sync.go, sync, v1.36.
 */
export function syncSize(sync: DeploymentSync, options: { readonly paused: boolean }): void {
  sync.syncNewSet({ create: false });
  scale(sync);
  if (options.paused && sync.deployment.annotations[annotation.rollbackTo] === undefined) cutHistory(sync);
  countStatus(sync);
}

/** Imitates kube-controller-manager, pkg/controller/deployment/sync.go, scale, v1.36. */
export function scale(sync: DeploymentSync): void {
  const { deployment, newSet } = sync;
  const desired = desiredReplicas(deployment);
  const single = activeOrLatest(sync);
  if (single !== undefined) {
    sync.resize(single, desired, { because: "scaled-by-user", data: { from: single.replicas, to: desired } });
  } else if (newSet !== undefined && isSaturated(newSet, desired)) {
    const reason: Reason = { because: "new-replica-set-saturated", data: { replicas: desired } };
    for (const set of sync.activeOldSets) sync.resize(set, 0, reason);
  } else if (textAt(deployment.spec, "strategy", "type") === "RollingUpdate") {
    scaleProportionally(sync);
  }
}

/** The only active set; of several none; without any the new one, or the newest (deployment_util.go, FindActiveOrLatest, v1.36). */
function activeOrLatest(sync: DeploymentSync): ReplicaSet | undefined {
  const active = sync.sets.filter(isActive);
  if (active.length > 1) return undefined;
  return active[0] ?? sync.newSet ?? sync.oldSets.at(-1);
}

/** Whether a set has all pods that the Deployment wants, available ones (deployment_util.go, IsSaturated, v1.36). */
function isSaturated(set: ReplicaSet, desired: number): boolean {
  return (
    set.replicas === desired && annotatedDesiredReplicas(set) === desired && set.status.availableReplicas === desired
  );
}

/** Every active set keeps its share, and what rounding leaves goes to the largest. */
function scaleProportionally(sync: DeploymentSync): void {
  const { deployment } = sync;
  const desired = desiredReplicas(deployment);
  const allowed = desired > 0 ? maxPods(deployment) : 0;
  const active = sync.sets.filter(isActive);
  const toAdd = allowed - active.reduce((sum, set) => sum + set.replicas, 0);
  const ordered = active.toSorted(toAdd > 0 ? byLargestNewest : byLargestOldest);
  const sizes = new Map<string, number>();
  let added = 0;
  for (const set of ordered) {
    const size = { replicas: set.replicas, maxReplicas: set.annotations[annotation.maxReplicas] };
    const change = replicaSetProportion(size, arithmeticView(deployment), toAdd, added);
    sizes.set(set.name, set.replicas + change);
    added += change;
  }
  for (const [index, set] of ordered.entries()) {
    const leftover = index === 0 && toAdd !== 0 ? toAdd - added : 0;
    const size = Math.max(0, (sizes.get(set.name) ?? set.replicas) + leftover);
    const data = { from: set.replicas, to: size, maxPods: allowed };
    sync.resizeAndAnnotate(set, size, { because: "scaled-proportionally", data });
  }
}

/** pkg/controller/controller_utils.go, ReplicaSetsBySizeNewer, v1.36. */
function byLargestNewest(a: ReplicaSet, b: ReplicaSet): number {
  return b.replicas - a.replicas || byCreation(b, a);
}

/** pkg/controller/controller_utils.go, ReplicaSetsBySizeOlder, v1.36. */
function byLargestOldest(a: ReplicaSet, b: ReplicaSet): number {
  return b.replicas - a.replicas || byCreation(a, b);
}

/** Whether a label selector selects everything: the controller refuses to act on such a Deployment. */
export function selectsEverything(deployment: Deployment): boolean {
  const selector = at(deployment.spec, "selector");
  return isObject(selector) && Object.keys(selector).length === 0;
}
