import type { ReplicaCounts, ReplicaSet } from "./deployment-state.ts";

/** The pods of one set, counted: ending ones apart. */
export interface PodCounts {
  readonly active: number;
  readonly ready: number;
  readonly available: number;
  readonly terminating: number;
}

/** What one sync does: so many pods are made or removed. */
export interface ReplicaSetOutput {
  readonly create: number;
  readonly remove: number;
  readonly status: ReplicaCounts;
}

/** The most pods that one sync creates or deletes. */
const burstReplicas = 500;

/**
 * One sync of the replica set controller.
 * Imitates kube-controller-manager, pkg/controller/replicaset/replica_set.go, syncReplicaSet and manageReplicas, v1.36.
 */
export function reconcileReplicaSet(set: ReplicaSet, pods: PodCounts): ReplicaSetOutput {
  const missing = set.deleted ? 0 : set.replicas - pods.active;
  return {
    create: Math.min(burstReplicas, Math.max(0, missing)),
    remove: Math.min(burstReplicas, Math.max(0, -missing)),
    status: {
      replicas: pods.active,
      readyReplicas: pods.ready,
      availableReplicas: pods.available,
      terminatingReplicas: pods.terminating,
    },
  };
}
