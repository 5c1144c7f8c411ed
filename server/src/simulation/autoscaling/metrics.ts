import { at, numberAt, objectAt, textAt, textMapAt } from "../../base/json.ts";
import type { JsonObject, JsonValue } from "../../base/json.ts";
import type { Outcome } from "../../base/outcome.ts";
import { failure } from "../../base/outcome.ts";
import { canonicalQuantity } from "../../kubernetes/quantity.ts";
import { milliOf } from "./pod-groups.ts";
import {
  maxInt32,
  replicasForAverage,
  replicasForShare,
  replicasForUtilization,
  replicasForValue,
  resourceSamples,
  toInt32,
} from "./replica-calculator.ts";
import type { Calculation, Proposal } from "./replica-calculator.ts";

/** What one metric asks for. */
export interface MetricProposal {
  readonly replicas: number;
  /** How the metric calls itself in events. */
  readonly name: string;
  /** The metric's part of status.currentMetrics. */
  readonly current: MetricCurrent;
}

export interface MetricCurrent {
  readonly value?: string;
  readonly averageValue?: string;
  readonly averageUtilization?: number;
}

export interface MetricFailure {
  /** Of the event and of condition ScalingActive. */
  readonly reason: string;
  readonly message: string;
  /** The same as the error of the whole computation says it. */
  readonly error: string;
}

export type MetricResult = { readonly proposal: MetricProposal } | { readonly failure: MetricFailure };

const maxInt64 = 0x7fffffffffffffffn;

/**
 * What a metric of an autoscaler's spec asks for.
 * Imitates kube-controller-manager, pkg/controller/podautoscaler/horizontal.go, computeReplicasForMetric, v1.36.
 */
export function proposalOf(metric: JsonValue, calculation: Calculation, namespace: string): MetricResult {
  switch (textAt(metric, "type")) {
    case "Resource":
      return resourceProposal(objectAt(metric, "resource") ?? {}, calculation, undefined);
    case "ContainerResource": {
      const source = objectAt(metric, "containerResource") ?? {};
      return resourceProposal(source, calculation, textAt(source, "container") ?? "");
    }
    case "Pods":
      return podsProposal(objectAt(metric, "pods") ?? {}, calculation);
    case "Object":
      return objectProposal(objectAt(metric, "object") ?? {}, calculation, namespace);
    case "External":
      return externalProposal(objectAt(metric, "external") ?? {}, calculation, namespace);
    default: {
      const error = `unknown metric source type "${textAt(metric, "type") ?? ""}"`;
      return failed("InvalidMetricSourceType", error, error);
    }
  }
}

function resourceProposal(source: JsonObject, calculation: Calculation, container: string | undefined): MetricResult {
  const resource = textAt(source, "name") ?? "";
  const average = milliOf(at(source, "target", "averageValue"));
  const result =
    average === undefined
      ? replicasForUtilization(calculation, resource, container, numberAt(source, "target", "averageUtilization") ?? 0)
      : averageOf(resourceSamples(calculation, resource, container), calculation, resource, average);
  if (result.error !== undefined) {
    const message = `failed to get ${resource} ${average === undefined ? "utilization" : "usage"}: ${result.error}`;
    const [reason, what] =
      container === undefined
        ? ["FailedGetResourceMetric", `${resource} resource`]
        : ["FailedGetContainerResourceMetric", `${container} container`];
    return failed(reason, message, `failed to get ${what} metric value: ${message}`);
  }
  const { replicas, usage, utilization } = result.value;
  const averageValue = usageText(usage, resource === "memory");
  if (utilization === undefined) {
    return { proposal: { replicas, name: `${resource} resource`, current: { averageValue } } };
  }
  const kind = container === undefined ? "resource" : "container resource";
  const name = `${resource} ${kind} utilization (percentage of request)`;
  return { proposal: { replicas, name, current: { averageValue, averageUtilization: utilization } } };
}

function averageOf(
  samples: ReturnType<typeof resourceSamples>,
  calculation: Calculation,
  resource: string,
  target: number,
): Outcome<Proposal> {
  return samples.error === undefined ? replicasForAverage(calculation, samples.value, resource, target) : samples;
}

function podsProposal(source: JsonObject, calculation: Calculation): MetricResult {
  const name = textAt(source, "metric", "name") ?? "";
  const target = milliOf(at(source, "target", "averageValue")) ?? 0;
  const samples = calculation.source.podsMetric(name);
  const result =
    samples === undefined
      ? failure(`unable to get metric ${name}: no metrics returned from custom metrics API`)
      : replicasForAverage(calculation, samples, undefined, target);
  if (result.error !== undefined) {
    return failed("FailedGetPodsMetric", result.error, `failed to get pods metric value: ${result.error}`);
  }
  return perPod(result.value, `pods metric ${name}`);
}

function objectProposal(source: JsonObject, calculation: Calculation, namespace: string): MetricResult {
  const name = textAt(source, "metric", "name") ?? "";
  const kind = textAt(source, "describedObject", "kind") ?? "";
  const object = textAt(source, "describedObject", "name") ?? "";
  const isValue = textAt(source, "target", "type") === "Value";
  const usage = calculation.source.objectMetric(name);
  if (usage === undefined) {
    // The controller's own text: its words stand in another order than meant.
    const error = `unable to get metric ${name}: ${kind} on ${namespace} ${object}/${metricMissing}`;
    const inner = isValue ? error : `failed to get ${name} object metric: ${error}`;
    return failed("FailedGetObjectMetric", error, `failed to get object metric value: ${inner}`);
  }
  if (isValue) {
    const result = replicasForValue(calculation, usage, targetOf(source, "value"));
    if (result.error !== undefined) {
      return failed("FailedGetObjectMetric", result.error, `failed to get object metric value: ${result.error}`);
    }
    return wholeValue(result.value, `${kind} metric ${name}`);
  }
  const share = replicasForShare(calculation, usage, targetOf(source, "averageValue"));
  const proposal = { replicas: toInt32(share.pods), usage: share.usage };
  return perPod(proposal, `external metric ${name}(${selectorText(source)})`);
}

const metricMissing = "unable to fetch metrics from custom metrics API: metric not found";

function externalProposal(source: JsonObject, calculation: Calculation, namespace: string): MetricResult {
  const name = textAt(source, "metric", "name") ?? "";
  const selector = selectorText(source);
  const called = `external metric ${name}(${selector})`;
  const isValue = at(source, "target", "averageValue") === undefined;
  const values = calculation.source.externalMetric(name);
  const fail = (error: string): MetricResult => {
    const inner = isValue ? `failed to get external metric ${name}` : `failed to get ${name} external metric`;
    const message = `failed to get ${name} external metric value: ${inner}: ${error}`;
    return failed("FailedGetExternalMetric", error, message);
  };
  if (values === undefined || values.length === 0) {
    const missing = "no metrics returned from external metrics API";
    return fail(`unable to get external metric ${namespace}/${name}/${selector}: ${missing}`);
  }
  if (isValue) {
    const result = replicasForValue(calculation, cappedSum(values), targetOf(source, "value"));
    return result.error === undefined ? wholeValue(result.value, called) : fail(result.error);
  }
  const usage = positiveSum(values);
  const share = replicasForShare(calculation, usage, targetOf(source, "averageValue"));
  const replicas = toInt32(Math.min(share.pods, maxInt32));
  // A sum that does not fit is shown whole, not shared.
  const isFull = Number(usage) >= Number(maxInt64);
  return perPod({ replicas, usage: isFull ? maxInt64 : share.usage }, called);
}

function targetOf(source: JsonObject, field: "value" | "averageValue"): number {
  return milliOf(at(source, "target", field)) ?? 0;
}

/** Of a Value target: what would pass the largest int64 is that (replica_calculator.go, GetExternalMetricReplicas, v1.36). */
function cappedSum(values: readonly bigint[]): bigint {
  let sum = 0n;
  for (const value of values) {
    if (value > 0n && sum > maxInt64 - value) return maxInt64;
    sum = BigInt.asIntN(64, sum + value);
  }
  return sum;
}

/** Of an AverageValue target: a sum below zero is taken for one that did not fit (replica_calculator.go, GetExternalPerPodMetricReplicas, v1.36). */
function positiveSum(values: readonly bigint[]): bigint {
  let sum = 0n;
  for (const value of values) {
    sum = BigInt.asIntN(64, sum + value);
    if (sum < 0n) return maxInt64;
  }
  return sum;
}

function wholeValue({ replicas, usage }: Proposal, name: string): MetricResult {
  return { proposal: { replicas, name, current: { value: usageText(usage, false) } } };
}

function perPod({ replicas, usage }: Proposal, name: string): MetricResult {
  return { proposal: { replicas, name, current: { averageValue: usageText(usage, false) } } };
}

function failed(reason: string, message: string, error: string): MetricResult {
  return { failure: { reason, message, error } };
}

/** Thousandths as a quantity; of memory in powers of two. */
function usageText(milli: bigint, isBinary: boolean): string {
  const format = isBinary ? "BinarySI" : "DecimalSI";
  return canonicalQuantity({ unscaled: milli, exponent: -3, format, storage: "int64" });
}

/** A metric's selector as Go prints it. */
function selectorText(source: JsonObject): string {
  const selector = objectAt(source, "metric", "selector");
  if (selector === undefined) return "nil";
  const labels = Object.entries(textMapAt(selector, "matchLabels")).sort(([a], [b]) => (a < b ? -1 : 1));
  const text = labels.map(([key, value]) => `${key}: ${value},`).join("");
  return `&LabelSelector{MatchLabels:map[string]string{${text}},MatchExpressions:[]LabelSelectorRequirement{},}`;
}
