import type { Outcome } from "../../base/outcome.ts";
import { failure, success } from "../../base/outcome.ts";
import { groupPods, requestsOf } from "./pod-groups.ts";
import type { PodGroups } from "./pod-groups.ts";
import type { MetricsSource, Sample, Samples } from "./samples.ts";

/** How far from the target a ratio may be without anything happening. */
export interface Tolerances {
  readonly scaleUp: number;
  readonly scaleDown: number;
}

export interface Calculation {
  readonly source: MetricsSource;
  readonly tolerances: Tolerances;
  /** Seconds. */
  readonly now: number;
  /** The scale's spec.replicas and status.replicas. */
  readonly specReplicas: number;
  readonly statusReplicas: number;
}

export interface Proposal {
  readonly replicas: number;
  /** Per pod in thousandths, or the whole where the target is a whole value. */
  readonly usage: bigint;
  /** Percent of the request. */
  readonly utilization?: number;
}

const noSamples = "did not receive metrics for targeted pods (pods might be unready)";
const noPods = "no pods returned by selector while calculating replica count";

/** A target in percent of the requests (replica_calculator.go, GetResourceReplicas, v1.36). */
export function replicasForUtilization(
  { source, tolerances, now, specReplicas }: Calculation,
  resource: string,
  container: string | undefined,
  target: number,
): Outcome<Proposal> {
  const samples = source.resource(resource, container);
  if (samples === undefined) return noResourceMetrics(resource);
  if (source.pods.length === 0) return failure(noPods);
  const groups = groupPods(source.pods, samples, resource, now);
  if (groups.samples.size === 0) return failure(noSamples);
  const requests = requestsOf(source.pods, resource, container);
  if (requests.error !== undefined) return requests;
  const first = utilizationRatio(groups.samples, requests.value, target);
  if (first.error !== undefined) return first;
  const { ratio, utilization, usage } = first.value;
  const fill: Fill = {
    lower: (pod) => Math.trunc(((requests.value.get(pod) ?? 0) * Math.max(100, target)) / 100),
    ratio: (counted) => {
      const again = utilizationRatio(counted, requests.value, target);
      return again.error === undefined ? again.value.ratio : ratio;
    },
  };
  return success({ replicas: replicasFor(groups, ratio, fill, tolerances, specReplicas), usage, utilization });
}

/** A target per pod (replica_calculator.go, calcPlainMetricReplicas, v1.36); `resource` is undefined for pods metrics. */
export function replicasForAverage(
  { source, tolerances, now, specReplicas }: Calculation,
  samples: Samples,
  resource: string | undefined,
  target: number,
): Outcome<Proposal> {
  if (source.pods.length === 0) return failure(noPods);
  const groups = groupPods(source.pods, samples, resource, now);
  if (groups.samples.size === 0) return failure(noSamples);
  const usage = average(groups.samples);
  const fill: Fill = {
    lower: () => target,
    ratio: (counted) => Number(average(counted)) / target,
  };
  return success({ replicas: replicasFor(groups, Number(usage) / target, fill, tolerances, specReplicas), usage });
}

/** A resource's samples, or what the controller says without any. */
export function resourceSamples(
  { source }: Calculation,
  resource: string,
  container: string | undefined,
): Outcome<Samples> {
  const samples = source.resource(resource, container);
  return samples === undefined ? noResourceMetrics(resource) : success(samples);
}

function noResourceMetrics(resource: string): Outcome<never> {
  return failure(`unable to get metrics for resource ${resource}: no metrics returned from resource metrics API`);
}

/** One value for all pods together (replica_calculator.go, getUsageRatioReplicaCount, v1.36). */
export function replicasForValue(
  { source, tolerances, specReplicas }: Calculation,
  usage: bigint,
  target: number,
): Outcome<Proposal> {
  const ratio = Number(usage) / target;
  if (specReplicas === 0) return success({ replicas: toInt32(Math.ceil(ratio)), usage });
  if (isWithin(ratio, tolerances)) return success({ replicas: specReplicas, usage });
  if (source.pods.length === 0) return failure(`unable to calculate ready pods: ${noPods}`);
  const ready = source.pods.filter((pod) => pod.phase === "Running" && pod.ready === "True").length;
  return success({ replicas: toInt32(Math.min(Math.ceil(ratio * ready), maxInt32)), usage });
}

/** One value, shared by the pods that there are, in whole pods (replica_calculator.go, GetExternalPerPodMetricReplicas, v1.36). */
export function replicasForShare({ tolerances, statusReplicas }: Calculation, usage: bigint, target: number): Share {
  const value = Number(usage);
  const pods = isWithin(value / (target * statusReplicas), tolerances) ? statusReplicas : Math.ceil(value / target);
  // Shared by no pods: the controller's own division by zero has no meaning either.
  return { pods, usage: statusReplicas === 0 ? 0n : BigInt(Math.ceil(value / statusReplicas)) };
}

export interface Share {
  /** As a float, before it is made an int32. */
  readonly pods: number;
  readonly usage: bigint;
}

interface Fill {
  /** What a pod without a sample is assumed to use when scaling down. */
  readonly lower: (pod: string) => number;
  readonly ratio: (samples: Samples) => number;
}

/** Pods without a sample, and unready ones, are assumed to hold the scaling back: if that turns its direction nothing happens. */
function replicasFor(groups: PodGroups, ratio: number, fill: Fill, tolerances: Tolerances, current: number): number {
  const { readyCount, unready, missing, samples } = groups;
  const fillsUnready = unready.length > 0 && ratio > 1;
  if (!fillsUnready && missing.length === 0) {
    return isWithin(ratio, tolerances) ? current : toInt32(Math.ceil(ratio * readyCount));
  }
  const assumed = (milli: number): Sample => ({ milli, timestamp: 0, window: 0 });
  for (const pod of missing) {
    if (ratio < 1) samples.set(pod, assumed(fill.lower(pod)));
    else if (ratio > 1) samples.set(pod, assumed(0));
  }
  if (fillsUnready) for (const pod of unready) samples.set(pod, assumed(0));
  const next = fill.ratio(samples);
  if (isWithin(next, tolerances) || (ratio < 1 && next > 1) || (ratio > 1 && next < 1)) return current;
  const replicas = toInt32(Math.ceil(next * samples.size));
  const turns = (next < 1 && replicas > current) || (next > 1 && replicas < current);
  return turns ? current : replicas;
}

function isWithin(ratio: number, { scaleUp, scaleDown }: Tolerances): boolean {
  return 1 - scaleDown <= ratio && ratio <= 1 + scaleUp;
}

interface Utilization {
  readonly ratio: number;
  readonly utilization: number;
  readonly usage: bigint;
}

/** In whole percent, truncated; samples of unknown pods do not count (metrics/utilization.go, GetResourceUtilizationRatio, v1.36). */
function utilizationRatio(
  samples: Samples,
  requests: ReadonlyMap<string, number>,
  target: number,
): Outcome<Utilization> {
  const known = [...samples].filter(([pod]) => requests.has(pod));
  const used = sumOf(known.map(([, sample]) => sample.milli));
  const requested = sumOf(known.map(([pod]) => requests.get(pod) ?? 0));
  if (requested === 0n) return failure("no metrics returned matched known pods");
  const percent = BigInt.asIntN(64, used * 100n) / requested;
  const utilization = Number(BigInt.asIntN(32, percent));
  return success({ ratio: utilization / target, utilization, usage: used / BigInt(known.length) });
}

function average(samples: Samples): bigint {
  return sumOf([...samples.values()].map(({ milli }) => milli)) / BigInt(samples.size);
}

/** Bytes in thousandths pass 2^53 in large sets; the controller counts in int64. */
function sumOf(values: readonly number[]): bigint {
  return BigInt.asIntN(
    64,
    values.reduce((sum, value) => sum + BigInt(Math.trunc(value)), 0n),
  );
}

export const maxInt32 = 0x7fffffff;
const minInt32 = -0x80000000;

/** A float as Go makes it an int32 on amd64: one that does not fit becomes the smallest. */
export function toInt32(value: number): number {
  return value >= minInt32 && value <= maxInt32 ? value : minInt32;
}
