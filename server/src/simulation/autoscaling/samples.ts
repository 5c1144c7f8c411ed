import type { JsonObject } from "../../base/json.ts";

/** A pod as the autoscaler sees it. Times are seconds. */
export interface ScaledPod {
  readonly name: string;
  readonly phase: string;
  readonly deleting: boolean;
  /** Status of the Ready condition; `undefined` without one. */
  readonly ready: string | undefined;
  readonly readySince: number;
  readonly startTime: number | undefined;
  /** The pod's spec: containers, initContainers and resources. */
  readonly spec: JsonObject;
}

/** What one pod used, in thousandths of the resource's or metric's unit. */
export interface Sample {
  readonly milli: number;
  readonly timestamp: number;
  readonly window: number;
}

/** By pod; pods that do not exist may have samples too. */
export type Samples = ReadonlyMap<string, Sample>;

/** What the metrics APIs answer now. */
export interface MetricsSource {
  /** All pods that the scale's selector matches. */
  readonly pods: readonly ScaledPod[];
  /** `undefined`: the API has no samples at all. `container`: of this container alone. */
  readonly resource: (resource: string, container: string | undefined) => Samples | undefined;
  readonly podsMetric: (name: string) => Samples | undefined;
  /** In thousandths. */
  readonly objectMetric: (name: string) => bigint | undefined;
  /** All values of a metric, in thousandths. */
  readonly externalMetric: (name: string) => readonly bigint[] | undefined;
}
