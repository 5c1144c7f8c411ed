import type { JsonObject } from "../../base/json.ts";
import type { ConditionRow, Fenceposts, ReplicaSetRow } from "../timeline.ts";
import type { WorkloadId } from "../scenario.ts";
import type { Pod, PodGroup } from "./pods.ts";

/** A workload of the simulated cluster, with the controllers that look after it. */
export interface Workload {
  readonly id: WorkloadId;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** `spec.replicas`; for a DaemonSet its nodes. */
  readonly desired: number;
  /** One sync of each of its controllers; whether anything changed. */
  sync(): boolean;
  /** Replaces the object's metadata and spec. */
  apply(object: JsonObject): void;
  scale(replicas: number): void;
  /** Goes back to an earlier revision, as `kubectl rollout undo` does; 0: the one before. */
  undo(toRevision: number): void;
  /** The object as the API server would show it now. */
  object(): JsonObject;
  /** Gives that object of now at any later time: it costs nothing where nobody asks. */
  snapshot(): () => JsonObject;
  rows(): readonly ReplicaSetRow[];
  groups(): readonly PodGroup[];
  /** The number of a pod's revision, and whether it is the newest one. */
  revisionOf(pod: Pod): number;
  isNew(pod: Pod): boolean;
  conditions(): readonly ConditionRow[];
  fenceposts(): Fenceposts;
  readonly state: WorkloadState;
}

/** Where a rollout stands. */
export interface WorkloadState {
  readonly isComplete: boolean;
  readonly deadlineExceeded: boolean;
  readonly isPaused: boolean;
}
