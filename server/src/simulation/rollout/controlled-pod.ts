/** A pod as its controller sees it. */
export interface ControlledPod {
  readonly name: string;
  /** Grows with creation. */
  readonly uid: number;
  readonly ordinal: number;
  /** The name of its controller revision, or of its ReplicaSet. */
  readonly revision: string;
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
