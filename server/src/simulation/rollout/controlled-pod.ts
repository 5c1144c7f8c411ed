/** A pod as its controller sees it. */
export interface ControlledPod {
  readonly name: string;
  /** Grows with creation. */
  readonly uid: number;
  readonly ordinal: number;
  /** The name of its controller revision, or of its ReplicaSet. */
  readonly revision: string;
  /** `undefined`: no node takes it. */
  readonly node: string | undefined;
  readonly phase: "Pending" | "Running" | "Succeeded" | "Failed";
  readonly ready: boolean;
  /** Ready for minReadySeconds. */
  readonly available: boolean;
  /** Since when it is terminating. */
  readonly deletedAt: number | undefined;
}

export function isTerminating(pod: ControlledPod): boolean {
  return pod.deletedAt !== undefined;
}

/** Failed or Succeeded: it will never run again. */
export function isFinished(pod: ControlledPod): boolean {
  return pod.phase === "Failed" || pod.phase === "Succeeded";
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
