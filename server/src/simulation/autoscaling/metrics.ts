import { at, numberAt, objectAt, textAt, textMapAt } from "../../base/json.ts";
import type { JsonObject, JsonValue } from "../../base/json.ts";
import type { Outcome } from "../../base/outcome.ts";
import { failure, success } from "../../base/outcome.ts";
import { canonicalQuantity } from "../../kubernetes/quantity.ts";
import { milliOf } from "./pod-groups.ts";
import {
  replicasForAverage,
  replicasForShare,
  replicasForUtilization,
  replicasForValue,
  resourceSamples,
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
  const { replicas, usage } = result.value;
  return { proposal: { replicas, name: `pods metric ${name}`, current: { averageValue: usageText(usage, false) } } };
}

function objectProposal(source: JsonObject, calculation: Calculation, namespace: string): MetricResult {
  const name = textAt(source, "metric", "name") ?? "";
  const kind = textAt(source, "describedObject", "kind") ?? "";
  const object = textAt(source, "describedObject", "name") ?? "";
  const isValue = textAt(source, "target", "type") === "Value";
  const usage = calculation.source.objectMetric(name);
  const missing = "unable to fetch metrics from custom metrics API: metric not found";
  // The controller's own text: its words stand in another order than meant.
  const read =
    usage === undefined
      ? failure(`unable to get metric ${name}: ${kind} on ${namespace} ${object}/${missing}`)
      : success(usage);
  const result = wholeOrShare(source, calculation, read, isValue);
  if (result.error !== undefined) {
    const inner = isValue ? result.error : `failed to get ${name} object metric: ${result.error}`;
    return failed("FailedGetObjectMetric", result.error, `failed to get object metric value: ${inner}`);
  }
  const called = isValue ? `${kind} metric ${name}` : `external metric ${name}(${selectorText(source)})`;
  return wholeResult(result.value, called, isValue);
}

function externalProposal(source: JsonObject, calculation: Calculation, namespace: string): MetricResult {
  const name = textAt(source, "metric", "name") ?? "";
  const selector = selectorText(source);
  const isValue = at(source, "target", "averageValue") === undefined;
  const values = calculation.source.externalMetric(name);
  const missing = `unable to get external metric ${namespace}/${name}/${selector}: no metrics returned from external metrics API`;
  const read = values === undefined || values.length === 0 ? failure(missing) : success(sumOf(values));
  const result = wholeOrShare(source, calculation, read, isValue);
  if (result.error !== undefined) {
    const inner = isValue ? `failed to get external metric ${name}` : `failed to get ${name} external metric`;
    const error = `failed to get ${name} external metric value: ${inner}: ${result.error}`;
    return failed("FailedGetExternalMetric", result.error, error);
  }
  const found = wholeResult(result.value, `external metric ${name}(${selector})`, isValue);
  return read.error === undefined && read.value >= Number(maxInt64) ? saturated(found, isValue) : found;
}

/** A sum that does not fit is shown as the largest number, even where a share of it is asked for. */
function saturated(result: MetricResult, isValue: boolean): MetricResult {
  if ("failure" in result) return result;
  const largest = `${maxInt64.toString()}m`;
  return { proposal: { ...result.proposal, current: isValue ? { value: largest } : { averageValue: largest } } };
}

function wholeOrShare(
  source: JsonObject,
  calculation: Calculation,
  usage: Outcome<number>,
  isValue: boolean,
): Outcome<Proposal> {
  if (usage.error !== undefined) return usage;
  const target = milliOf(at(source, "target", isValue ? "value" : "averageValue")) ?? 0;
  return isValue
    ? replicasForValue(calculation, usage.value, target)
    : success(replicasForShare(calculation, usage.value, target));
}

function wholeResult({ replicas, usage }: Proposal, name: string, isValue: boolean): MetricResult {
  const text = usageText(usage, false);
  return { proposal: { replicas, name, current: isValue ? { value: text } : { averageValue: text } } };
}

function failed(reason: string, message: string, error: string): MetricResult {
  return { failure: { reason, message, error } };
}

/** Thousandths as a quantity; of memory in powers of two. */
function usageText(milli: number, isBinary: boolean): string {
  // Shared by no pods: the controller's own division by zero has no meaning either.
  if (!Number.isFinite(milli)) return "0";
  const format = isBinary ? "BinarySI" : "DecimalSI";
  return canonicalQuantity({ unscaled: BigInt(Math.trunc(milli)), exponent: -3, format, storage: "int64" });
}

function sumOf(values: readonly bigint[]): number {
  const sum = values.reduce((total, value) => total + value, 0n);
  return Number(sum > maxInt64 ? maxInt64 : sum);
}

/** A metric's selector as Go prints it. */
function selectorText(source: JsonObject): string {
  const selector = objectAt(source, "metric", "selector");
  if (selector === undefined) return "nil";
  const labels = Object.entries(textMapAt(selector, "matchLabels")).sort(([a], [b]) => (a < b ? -1 : 1));
  const text = labels.map(([key, value]) => `${key}: ${value},`).join("");
  return `&LabelSelector{MatchLabels:map[string]string{${text}},MatchExpressions:[]LabelSelectorRequirement{},}`;
}
