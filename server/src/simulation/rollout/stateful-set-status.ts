import type { JsonObject } from "../../base/json.ts";
import { numberAt, textAt } from "../../base/json.ts";
import type { ControlledPod } from "./controlled-pod.ts";
import { isTerminating } from "./controlled-pod.ts";

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
  pods: readonly ControlledPod[],
  revisions: Pick<StatefulSetStatus, "currentRevision" | "updateRevision" | "observedGeneration">,
): StatefulSetStatus {
  const { currentRevision, updateRevision, observedGeneration } = revisions;
  let readyReplicas = 0;
  let availableReplicas = 0;
  let currentReplicas = 0;
  let updatedReplicas = 0;
  for (const pod of pods) {
    if (isRunningAndReady(pod)) readyReplicas++;
    if (isRunningAndAvailable(pod)) availableReplicas++;
    if (isTerminating(pod)) continue;
    if (pod.revision === currentRevision) currentReplicas++;
    if (pod.revision === updateRevision) updatedReplicas++;
  }
  const counts = { replicas: pods.length, readyReplicas, availableReplicas, currentReplicas, updatedReplicas };
  return { observedGeneration, currentRevision, updateRevision, ...counts };
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

export function isRunningAndReady(pod: ControlledPod): boolean {
  return pod.phase === "Running" && pod.ready;
}

export function isRunningAndAvailable(pod: ControlledPod): boolean {
  return pod.phase === "Running" && pod.available;
}

/** Not available, or on its way out (stateful_set_utils.go, isUnavailable, v1.36). */
export function isUnavailable(pod: ControlledPod): boolean {
  return !isRunningAndAvailable(pod) || isTerminating(pod);
}
