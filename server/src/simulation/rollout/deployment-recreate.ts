import { judgeProgress } from "./deployment-progress.ts";
import { removeOldHistory } from "./deployment-rolling.ts";
import { desiredReplicas, sumOf } from "./deployment-state.ts";
import type { DeploymentSync } from "./deployment-sync.ts";
import type { ReplicaSet } from "./deployment-state.ts";

/** A pod of the Deployment, as far as Recreate looks at it: ending ones are still there. */
export interface OwnedPods {
  /** Pods of a set that are neither Failed nor Succeeded. */
  readonly unfinished: (set: ReplicaSet) => number;
}

/**
 * All old pods go, and only when none is left, not even an ending one, the new ones come.
 * Imitates kube-controller-manager, pkg/controller/deployment/recreate.go, rolloutRecreate, v1.36.
 */
export function rollOutRecreate(sync: DeploymentSync, pods: OwnedPods): void {
  sync.syncNewSet({ create: false });
  if (!removeOldPods(sync) && !oldPodsRunning(sync.oldSets, pods)) {
    sync.syncNewSet({ create: true });
    const replicas = desiredReplicas(sync.deployment);
    if (sync.newSet !== undefined) {
      sync.resize(sync.newSet, replicas, { because: "old-pods-gone", data: { replicas } });
    }
    removeOldHistory(sync);
  }
  judgeProgress(sync);
}

function removeOldPods(sync: DeploymentSync): boolean {
  const { activeOldSets } = sync;
  for (const set of activeOldSets) {
    sync.resize(set, 0, { because: "recreate", data: { replicas: set.replicas } });
  }
  return activeOldSets.length > 0;
}

/** Imitates kube-controller-manager, pkg/controller/deployment/recreate.go, oldPodsRunning, v1.36. */
export function oldPodsRunning(oldSets: readonly ReplicaSet[], pods: OwnedPods): boolean {
  return sumOf(oldSets, (set) => set.status.replicas) > 0 || oldSets.some((set) => pods.unfinished(set) > 0);
}
