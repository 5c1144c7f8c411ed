import type { JsonObject } from "../../base/json.ts";
import { numberAt, textAt } from "../../base/json.ts";
import type { RevisionTally } from "./revision-tally.ts";

export interface StatefulSetStatus {
  readonly observedGeneration: number;
  /** All pods that exist, ending ones included; so are the ready and available ones. */
  readonly replicas: number;
  readonly readyReplicas: number;
  readonly availableReplicas: number;
  /** Pods of the current and of the update revision that are not ending. */
  readonly currentReplicas: number;
  readonly updatedReplicas: number;
  readonly currentRevision: string;
  readonly updateRevision: string;
}

export const newStatefulSetStatus: StatefulSetStatus = {
  observedGeneration: 0,
  replicas: 0,
  readyReplicas: 0,
  availableReplicas: 0,
  currentReplicas: 0,
  updatedReplicas: 0,
  currentRevision: "",
  updateRevision: "",
};

/** Counts the pods (kube-controller-manager, pkg/controller/statefulset/stateful_set_control.go, computeReplicaStatus, v1.36). */
export function countPods(
  tally: RevisionTally,
  revisions: Pick<StatefulSetStatus, "currentRevision" | "updateRevision" | "observedGeneration">,
): StatefulSetStatus {
  const { currentRevision, updateRevision, observedGeneration } = revisions;
  return {
    observedGeneration,
    currentRevision,
    updateRevision,
    replicas: tally.total,
    readyReplicas: tally.ready,
    availableReplicas: tally.available,
    currentReplicas: tally.of(currentRevision).replicas,
    updatedReplicas: tally.of(updateRevision).replicas,
  };
}

/**
 * Once every pod is updated and ready, the update revision becomes the current one.
 * Imitates kube-controller-manager, pkg/controller/statefulset/stateful_set_utils.go, completeRollingUpdate, v1.36.
 */
export function completeRollingUpdate(spec: JsonObject, status: StatefulSetStatus): StatefulSetStatus {
  const replicas = numberAt(spec, "replicas") ?? 1;
  const complete =
    textAt(spec, "updateStrategy", "type") === "RollingUpdate" &&
    status.updatedReplicas === replicas &&
    status.readyReplicas === replicas &&
    status.replicas === replicas;
  if (!complete) return status;
  return { ...status, currentReplicas: status.updatedReplicas, currentRevision: status.updateRevision };
}
