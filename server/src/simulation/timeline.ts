import type { WorkloadId } from "./scenario.ts";

/** What happened: plain JSON, equal for equal scenarios on every machine. */
export interface Timeline {
  readonly version: 1;
  readonly fenceposts: Fenceposts;
  readonly events: readonly TimelineEvent[];
  /** One per controller step, and with traffic one per second; several may share a moment. Empty in a summary. */
  readonly frames: readonly Frame[];
  readonly summary: Summary;
}

/** The bounds of the focused workload's rollout, as numbers of pods, after its last change. */
export interface Fenceposts {
  readonly replicas: number;
  readonly maxSurge: number;
  readonly maxUnavailable: number;
  /** replicas + maxSurge: what the controller allows, ending pods not counted. */
  readonly maxPods: number;
  /** replicas - maxUnavailable. */
  readonly minAvailable: number;
}

/** One event as `kubectl describe` shows it, and why it happened. */
export interface TimelineEvent {
  readonly atMs: number;
  /** `Deployment/web`, `ReplicaSet/web-<new>`. */
  readonly object: string;
  readonly type: "Normal" | "Warning";
  readonly reason: string;
  readonly message: string;
  readonly because?: Because;
  /** The numbers (and names) behind `because`. */
  readonly data?: Readonly<Record<string, number | string>>;
  /** The frame that shows the event's effect. */
  readonly frame: number;
}

/** Why a controller did a step, or can do none. The texts belong to who shows them. */
export type Because =
  | "new-replica-set" // the template changed: a new set is created; data: replicas, maxPods, total
  | "limited-by-max-surge" // fewer were added than wanted; data: wanted, allowed, maxPods, total, maxSurge
  | "limited-by-min-available" // fewer were removed than wanted; data: available, minAvailable, removed
  | "scaled-to-desired" // the rest fits; data: replicas
  | "removed-unhealthy" // old pods that were not available go first; data: removed, unavailableNew, minAvailable
  | "removed-old" // everything old that is left may go; data: available, minAvailable, removed
  | "recreate" // Recreate removes all old pods first; data: replicas
  | "old-pods-gone" // Recreate: nothing old is left; data: replicas
  | "scaled-by-user" // spec.replicas changed; data: from, to
  | "scaled-proportionally" // spec.replicas changed during a rollout; data: from, to, maxPods
  | "scaled-by-autoscaler" // data: from, to, metric
  | "new-replica-set-saturated" // the new set has everything: old ones go; data: replicas
  | "history-limit" // an old set was deleted; data: limit
  | "ordered-create" // StatefulSet: the next ordinal; data: ordinal
  | "ordered-delete" // StatefulSet: scaled down from the highest ordinal; data: ordinal
  | "updated-from-the-top" // StatefulSet: the highest ordinal of another revision; data: ordinal, partition, unavailable, maxUnavailable
  | "pod-finished" // a failed or succeeded pod is replaced; data: ordinal
  | "replaced-missing" // a pod is missing and made anew; data: count
  | "one-per-node" // DaemonSet: a node without its pod, or with one too many; data: node
  | "unavailable-first" // DaemonSet: a pod that serves nobody is replaced whatever the limit; data: node
  | "within-max-unavailable" // DaemonSet; data: unavailable, maxUnavailable
  | "within-max-surge" // DaemonSet; data: surging, maxSurge
  | "new-pod-available" // DaemonSet with surge: the new pod took over; data: node
  | "evicted" // a drain; data: node, pod
  | "eviction-refused" // data: budget, desiredHealthy, currentHealthy
  | "killed" // data: pod
  | "deadline" // data: seconds
  | "paused" // what waits for a resume
  | "pods-never-ready" // stalled: data: pods, available, minAvailable
  | "waiting-for-pod" // stalled StatefulSet: data: ordinal
  | "waiting-for-delete" // OnDelete: someone must delete the old pods; data: pods
  | "partition" // stays by intention: data: partition, updated
  | "budget-blocks-drain" // data: budget, pods
  | "no-node" // a pod that no node takes; data: pods
  | "too-large" // more pods than are simulated one by one; data: replicas, limit
  | "time-limit"; // `until` was reached; data: untilMs

/** The state after one controller step. */
export interface Frame {
  readonly atMs: number;
  /** ReplicaSets; for StatefulSets and DaemonSets one row per revision. Sets without pods and replicas are left out, save the newest. */
  readonly replicaSets: readonly ReplicaSetRow[];
  readonly pods: readonly PodRow[];
  /** Of the focused workload. */
  readonly conditions: readonly ConditionRow[];
  /** The line that `kubectl rollout status` would print now. */
  readonly rolloutStatus: string;
  /** Since the beginning; absent without traffic. */
  readonly requests?: RequestCounts;
  /** Of the focused workload, where an autoscaler is simulated. */
  readonly autoscaler?: AutoscalerRow;
}

export interface ReplicaSetRow {
  readonly workload: WorkloadId;
  readonly name: string;
  readonly revision: number;
  readonly role: "new" | "old";
  /** spec.replicas; for a revision of a StatefulSet or DaemonSet: its pods. */
  readonly replicas: number;
  readonly ready: number;
  readonly available: number;
  readonly terminating: number;
}

export interface PodRow {
  readonly name: string;
  readonly workload: WorkloadId;
  readonly revision: number;
  readonly phase: "Pending" | "Running" | "Succeeded" | "Failed";
  readonly ready: boolean;
  readonly available: boolean;
  readonly terminating: boolean;
  /** null: not scheduled. */
  readonly node: string | null;
  readonly createdAtMs: number;
  /** StatefulSet pods. */
  readonly ordinal?: number;
}

export interface ConditionRow {
  readonly type: string;
  readonly status: "True" | "False" | "Unknown";
  readonly reason: string;
  readonly message: string;
}

export interface RequestCounts {
  readonly sent: number;
  readonly ok: number;
  /** Nobody listened, or there was no endpoint. */
  readonly refused: number;
  /** The connection broke before the answer. */
  readonly reset: number;
  /** Answered by the newest revision. */
  readonly byNew: number;
  /** Answered by any other. */
  readonly byOld: number;
  /** Answered, per pod. */
  readonly byPod: Readonly<Record<string, number>>;
}

export interface AutoscalerRow {
  readonly desired: number;
  /** The demand of `load` now, in milli-units. */
  readonly loadMilli: number;
}

export interface Summary {
  readonly outcome: Outcome;
  /** Why it ended so; absent when complete. */
  readonly because?: Because;
  readonly data?: Readonly<Record<string, number | string>>;
  /** What the API server said (`rejected`). */
  readonly messages?: readonly string[];
  /** From the first action until the rollout was complete, or until nothing happened any more. */
  readonly durationMs: number;
  /** The fewest available pods of the focused workload since the first action. */
  readonly minAvailable: number;
  /** The most pods at once, ending ones not counted. */
  readonly maxPods: number;
  /** The most pods at once, ending ones included: what quota and nodes must hold. */
  readonly maxPhysicalPods: number;
  readonly failedRequests: number;
  /** Controller steps. */
  readonly steps: number;
  /** What was left out, e.g. frames of a rollout that is too large. */
  readonly notice?: "summary-only";
}

/** `stalled`: nothing will ever change; `deadline-exceeded`: the progress deadline passed and the rollout is not complete; `rejected`: the API server refuses the object. */
export type Outcome = "complete" | "stalled" | "deadline-exceeded" | "rejected";
