import { maxUnavailable } from "./deployment-arithmetic.ts";
import { newReplicaSetReplicas } from "./deployment-arithmetic.ts";
import { isComplete, judgeProgress } from "./deployment-progress.ts";
import { setsBeyondHistory } from "./deployment-revisions.ts";
import { arithmeticView, desiredReplicas, maxPods, sumOf } from "./deployment-state.ts";
import type { DeploymentSync } from "./deployment-sync.ts";

/**
 * One step of a rolling update: the new set up, or the old sets down, never both by the same look at the sets.
 * Imitates kube-controller-manager, pkg/controller/deployment/rolling.go, rolloutRolling, v1.36.
 */
export function rollOutRolling(sync: DeploymentSync): void {
  sync.syncNewSet({ create: true });
  if (!resizeNewSet(sync) && !shrinkOldSets(sync)) removeOldHistory(sync);
  judgeProgress(sync);
}

/** Up as far as maxSurge leaves room, or down to the desired size (rolling.go, reconcileNewReplicaSet, v1.36). */
export function resizeNewSet(sync: DeploymentSync): boolean {
  const { newSet, deployment, total } = sync;
  const desired = desiredReplicas(deployment);
  if (newSet === undefined || newSet.replicas === desired) return false;
  if (newSet.replicas > desired) {
    const data = { replicas: desired };
    return sync.resize(newSet, desired, { because: "scaled-to-desired", data });
  }
  const wanted = newReplicaSetReplicas(arithmeticView(deployment), total, newSet.replicas);
  if (wanted.error !== undefined) return false;
  const most = maxPods(deployment);
  const data = { replicas: desired, wanted: desired - newSet.replicas, allowed: most - total, maxPods: most, total };
  const because = wanted.value < desired ? "limited-by-max-surge" : "scaled-to-desired";
  return sync.resize(newSet, wanted.value, { because, data });
}

/** Removes unhealthy old pods first, then as many as availability allows (rolling.go, reconcileOldReplicaSets, v1.36). */
export function shrinkOldSets(sync: DeploymentSync): boolean {
  const { newSet } = sync;
  if (sync.activeOldSets.length === 0) return false;
  const unavailableNew = newSet === undefined ? 0 : newSet.replicas - newSet.status.availableReplicas;
  const removable = sync.total - minimumAvailable(sync) - unavailableNew;
  if (removable <= 0) return false;
  const cleaned = cleanUpUnhealthy(sync, removable, unavailableNew);
  const removed = shrinkByAvailability(sync);
  return cleaned + removed > 0;
}

/** Old pods that are not available go whatever the availability is, the oldest set's first (rolling.go, cleanupUnhealthyReplicas, v1.36). */
export function cleanUpUnhealthy(sync: DeploymentSync, most: number, unavailableNew: number): number {
  const minAvailable = minimumAvailable(sync);
  let cleaned = 0;
  for (const set of sync.activeOldSets) {
    if (cleaned >= most) break;
    const unhealthy = set.replicas - set.status.availableReplicas;
    const removed = Math.min(most - cleaned, unhealthy);
    if (removed <= 0) continue;
    const data = { removed, unavailableNew, minAvailable };
    sync.resize(set, set.replicas - removed, { because: "removed-unhealthy", data });
    cleaned += removed;
  }
  return cleaned;
}

/** What is available beyond the minimum may go, the oldest set's first (rolling.go, scaleDownOldReplicaSetsForRollingUpdate, v1.36). */
export function shrinkByAvailability(sync: DeploymentSync): number {
  const minAvailable = minimumAvailable(sync);
  const { available } = sync;
  const old = sumOf(sync.activeOldSets, (set) => set.replicas);
  const budget = available - minAvailable;
  const because = budget < old ? "limited-by-min-available" : "removed-old";
  let removed = 0;
  for (const set of sync.activeOldSets) {
    const part = Math.min(set.replicas, budget - removed);
    if (part <= 0) break;
    const data = { available, minAvailable, removed: part, old };
    sync.resize(set, set.replicas - part, { because, data });
    removed += part;
  }
  return removed;
}

/** Once a rollout is complete, by the status as it was stored, the history is cut to its limit. */
export function removeOldHistory(sync: DeploymentSync): void {
  const { deployment } = sync;
  if (isComplete(deployment, deployment.status)) cutHistory(sync);
}

export function cutHistory(sync: DeploymentSync): void {
  for (const set of setsBeyondHistory(sync.deployment, sync.oldSets)) sync.remove(set);
}

function minimumAvailable(sync: DeploymentSync): number {
  return desiredReplicas(sync.deployment) - maxUnavailable(arithmeticView(sync.deployment));
}
