import { checkDns1123Label } from "../names.ts";
import { quantityText } from "../quantity.ts";
import type { Field } from "./field.ts";
import { checkPathSegment, plainMetadata, validateMetadata } from "./metadata.ts";
import { checkContainerResourceName, quantityOf } from "./resources.ts";

const maxStabilization = 3600;
const maxPeriod = 1800;
const sourceTypes = ["ContainerResource", "External", "Object", "Pods", "Resource"];
/** In the order in which the sources are looked at; of several, only the first is validated. */
const sources: readonly (readonly [string, string, (source: Field) => void])[] = [
  ["Object", "object", validateObjectSource],
  ["External", "external", validateExternalSource],
  ["Pods", "pods", validatePodsSource],
  ["Resource", "resource", validateResourceSource],
  ["ContainerResource", "containerResource", validateContainerResourceSource],
];

/** pkg/apis/autoscaling/validation/validation.go, ValidateHorizontalPodAutoscaler, v1.36. */
export function validateAutoscaler(autoscaler: Field): void {
  const spec = autoscaler.get("spec");
  validateMetadata(autoscaler.get("metadata"), plainMetadata);
  validateReplicas(spec);
  validateTargetReference(spec.get("scaleTargetRef"));
  const metrics = spec.get("metrics");
  for (const metric of metrics.items()) validateMetric(metric);
  const external = metrics.items().some((metric) => ["Object", "External"].includes(metric.get("type").text));
  validateScalingToZero(spec, external);
  for (const name of ["scaleUp", "scaleDown"]) {
    const rules = spec.at("behavior", name);
    if (rules.isSet) validateScalingRules(rules);
  }
}

/** autoscaling/v1: its one metric, a CPU utilization, is a field of the spec. */
export function validateAutoscalerV1(autoscaler: Field): void {
  const spec = autoscaler.get("spec");
  validateMetadata(autoscaler.get("metadata"), plainMetadata);
  validateReplicas(spec);
  validateTargetReference(spec.get("scaleTargetRef"));
  validateScalingToZero(spec, false);
  const utilization = spec.get("targetCPUUtilizationPercentage");
  if (utilization.isSet && utilization.int < 1) {
    utilization
      .as("metrics[0].resource.target.averageUtilization")
      .coded("autoscaling/metric")
      .invalid("must be greater than 0");
  }
}

function validateReplicas(spec: Field): void {
  const [min, max] = [
    spec.get("minReplicas").coded("autoscaling/replicas"),
    spec.get("maxReplicas").coded("autoscaling/replicas"),
  ];
  const lowest = min.isSet ? min.int : 1;
  if (lowest < 1) min.invalid("must be greater than or equal to 1");
  if (max.int === 0) max.required("must be set and greater than 0");
  else if (max.int < 0) max.invalid("must be greater than or equal to 1");
  if (max.int < lowest) max.invalid("must be greater than or equal to `minReplicas`", max.int);
}

function validateScalingToZero(spec: Field, hasExternalMetric: boolean): void {
  const min = spec.get("minReplicas");
  if (!min.isSet || min.int !== 0 || hasExternalMetric) return;
  spec
    .get("metrics")
    .coded("autoscaling/metric")
    .forbidden("must specify at least one Object or External metric to support scaling to zero replicas");
}

function validateReference(reference: Field): void {
  for (const name of ["kind", "name"]) reference.get(name).checkRequired(checkPathSegment);
}

function validateTargetReference(reference: Field): void {
  validateReference(reference);
  const apiVersion = reference.get("apiVersion");
  const problem = groupVersionProblem(apiVersion.text);
  if (problem !== undefined) apiVersion.invalid(problem, apiVersion.text);
}

/** apimachinery, pkg/runtime/schema/group_version.go, ParseGroupVersion, v1.36, and ValidateAPIVersion: a group is needed. */
function groupVersionProblem(apiVersion: string): string | undefined {
  const slashes = apiVersion.split("/").length - 1;
  if (slashes > 1) return `unexpected GroupVersion string: ${apiVersion}`;
  return slashes === 0 || apiVersion.startsWith("/") ? "apiVersion must specify API group" : undefined;
}

function validateMetric(metric: Field): void {
  const type = metric.get("type").coded("autoscaling/metric");
  if (type.text === "") type.required("must specify a metric source type");
  if (!sourceTypes.includes(type.text)) type.notSupported(sourceTypes, type.text);
  const present = sources.filter(([, name]) => metric.get(name).isSet);
  const [first] = present;
  if (first !== undefined) first[2](metric.get(first[1]));
  const expected = sources.find(([name]) => name === type.text)?.[1];
  if (expected === undefined) type.notSupported(sourceTypes, type.text);
  else if (!metric.get(expected).isSet)
    metric.get(expected).coded("autoscaling/metric").required("must populate information for the given metric source");
  if (present.length === 1) return;
  for (const [, name] of present) {
    if (name !== expected)
      metric.get(name).coded("autoscaling/metric").forbidden("must populate the given metric source only");
  }
}

function validateObjectSource(source: Field): void {
  validateReference(source.get("describedObject"));
  const apiVersion = source.at("describedObject", "apiVersion");
  if (apiVersion.text.split("/").length > 2) apiVersion.invalid(`unexpected GroupVersion string: ${apiVersion.text}`);
  const target = validateSource(source);
  if (!target.get("value").isSet && !target.get("averageValue").isSet) {
    target.get("averageValue").coded("autoscaling/metric").required("must set either a target value or averageValue");
  }
}

function validateExternalSource(source: Field): void {
  const target = validateSource(source);
  const [value, average] = [
    target.get("value").coded("autoscaling/metric"),
    target.get("averageValue").coded("autoscaling/metric"),
  ];
  if (!value.isSet && !average.isSet) average.required("must set either a target value for metric or a per-pod target");
  if (value.isSet && average.isSet) value.forbidden("may not set both a target value for metric and a per-pod target");
}

function validatePodsSource(source: Field): void {
  const average = validateSource(source).get("averageValue").coded("autoscaling/metric");
  if (!average.isSet) average.required("must specify a positive target averageValue");
}

function validateSource(source: Field): Field {
  const name = source.at("metric", "name").coded("autoscaling/metric");
  if (name.needed("must specify a metric name")) name.check(checkPathSegment);
  validateTarget(source.get("target"));
  return source.get("target");
}

function validateResourceSource(source: Field): void {
  source.get("name").coded("autoscaling/metric").needed("must specify a resource name");
  validateResourceTarget(source.get("target"));
}

function validateContainerResourceSource(source: Field): void {
  const [name, container] = [
    source.get("name").coded("autoscaling/metric"),
    source.get("container").coded("autoscaling/metric"),
  ];
  if (name.needed("must specify a resource name")) name.check(checkContainerResourceName);
  if (container.needed("must specify a container")) container.check(checkDns1123Label);
  validateResourceTarget(source.get("target"));
}

function validateResourceTarget(target: Field): void {
  validateTarget(target);
  const [utilization, average] = [target.get("averageUtilization"), target.get("averageValue")].map((field) =>
    field.coded("autoscaling/metric"),
  );
  if (utilization?.isSet === false && average?.isSet === false)
    utilization.required("must set either a target raw value or a target utilization");
  if (utilization?.isSet === true && average?.isSet === true)
    average.forbidden("may not set both a target raw value and a target utilization");
}

function validateTarget(target: Field): void {
  const [type, utilization] = [
    target.get("type").coded("autoscaling/metric"),
    target.get("averageUtilization").coded("autoscaling/metric"),
  ];
  type.needed("must specify a metric target type");
  if (!["Utilization", "Value", "AverageValue"].includes(type.text))
    type.invalid("must be either Utilization, Value, or AverageValue", type.text);
  for (const name of ["value", "averageValue"]) {
    const amount = target.get(name).coded("autoscaling/metric");
    const quantity = quantityOf(amount);
    if (quantity !== undefined && quantity.unscaled <= 0n) amount.invalid("must be positive", quantityText(quantity));
  }
  if (utilization.isSet && utilization.int < 1) utilization.invalid("must be greater than 0");
}

function validateScalingRules(rules: Field): void {
  const [window, tolerance] = [rules.get("stabilizationWindowSeconds"), rules.get("tolerance")];
  if (window.int < 0) window.invalid("must be greater than or equal to zero");
  if (window.int > maxStabilization) window.invalid(`must be less than or equal to ${maxStabilization}`);
  rules.get("selectPolicy").oneOfIfSet(["Disabled", "Max", "Min"]);
  const policies = rules.get("policies");
  // Absent policies are the default ones; an empty list stays empty.
  if (policies.isSet) policies.needed("must specify at least one Policy");
  for (const policy of policies.items()) validateScalingPolicy(policy);
  const quantity = quantityOf(tolerance);
  if (quantity !== undefined && quantity.unscaled < 0n)
    tolerance.invalid("must be greater than or equal to 0", quantityText(quantity));
}

function validateScalingPolicy(policy: Field): void {
  const [value, period] = [policy.get("value"), policy.get("periodSeconds")];
  policy.get("type").oneOf(["Percent", "Pods"]);
  if (value.int <= 0) value.invalid("must be greater than zero", value.int);
  if (period.int <= 0) period.invalid("must be greater than zero", period.int);
  if (period.int > maxPeriod) period.invalid(`must be less than or equal to ${maxPeriod}`);
}
