import type { JsonValue } from "../../base/json.ts";
import { checkDns1123Label } from "../names.ts";
import type { Field } from "./field.ts";
import {
  clusterMetadata,
  countedClusterMetadata,
  plainMetadata,
  validateLabels,
  validateMetadata,
} from "./metadata.ts";
import { validatePodTemplate } from "./pod.ts";
import { validateOverhead } from "./resources.ts";
import { validateTolerations } from "./scheduling.ts";

const highestPriority = 1000000000;
const systemPriorities: ReadonlyMap<string, number> = new Map([
  ["system-node-critical", 2000001000],
  ["system-cluster-critical", 2000000000],
]);

/** pkg/apis/scheduling/validation/validation.go, ValidatePriorityClass, v1.36. */
export function validatePriorityClass(priorityClass: Field): void {
  const [name, value, preemption] = [
    priorityClass.at("metadata", "name"),
    priorityClass.get("value"),
    priorityClass.get("preemptionPolicy"),
  ];
  validateMetadata(priorityClass.get("metadata"), countedClusterMetadata);
  if (name.text.startsWith("system-")) validateSystemPriority(name, value, priorityClass.get("globalDefault"));
  else if (value.int > highestPriority)
    value.forbidden(`maximum allowed value of a user defined priority is ${highestPriority}`);
  if (preemption.isSet && preemption.needed()) preemption.oneOf(["PreemptLowerPriority", "Never"]);
}

function validateSystemPriority(name: Field, value: Field, globalDefault: Field): void {
  const known = systemPriorities.get(name.text);
  const start = "priority class names with 'system-' prefix are reserved for system use only. error:";
  if (known === undefined) name.forbidden(`${start} ${name.text} is not a known system priority class`);
  else if (value.int !== known) name.forbidden(`${start} value of ${name.text} PriorityClass must be ${known}`);
  else if (globalDefault.flag) name.forbidden(`${start} globalDefault of ${name.text} PriorityClass must be false`);
}

/** pkg/apis/node/validation/validation.go, ValidateRuntimeClass, v1.36. */
export function validateRuntimeClass(runtimeClass: Field): void {
  validateMetadata(runtimeClass.get("metadata"), { ...clusterMetadata, checksFinalizers: false });
  runtimeClass.get("handler").checkRequired(checkDns1123Label);
  const overhead = runtimeClass.get("overhead");
  if (overhead.isSet) validateOverhead(overhead.get("podFixed"), overhead);
  const [selector, tolerations] = [
    runtimeClass.at("scheduling", "nodeSelector"),
    runtimeClass.at("scheduling", "tolerations"),
  ];
  validateLabels(selector);
  validateTolerations(tolerations);
  const seen = new Set<string>();
  for (const toleration of tolerations.items()) {
    const key = JSON.stringify(["key", "operator", "value", "effect"].map((name) => toleration.get(name).text));
    if (seen.has(key)) toleration.duplicate(printedToleration(toleration));
    seen.add(key);
  }
}

function printedToleration(toleration: Field): JsonValue {
  const [key, operator, value, effect] = ["key", "operator", "value", "effect"].map(
    (name) => toleration.get(name).text,
  );
  const seconds = toleration.get("tolerationSeconds");
  return {
    Key: key ?? "",
    Operator: operator ?? "",
    Value: value ?? "",
    Effect: effect ?? "",
    TolerationSeconds: seconds.isSet ? seconds.int : null,
  };
}

/** pkg/apis/coordination/validation/validation.go, ValidateLease, v1.36; the strategy is behind a feature gate and dropped. */
export function validateLease(lease: Field): void {
  const spec = lease.get("spec");
  validateMetadata(lease.get("metadata"), { ...plainMetadata, checksFinalizers: false });
  const [duration, transitions] = [spec.get("leaseDurationSeconds"), spec.get("leaseTransitions")];
  if (duration.isSet && duration.int <= 0) duration.invalid("must be greater than 0");
  if (transitions.int < 0) transitions.invalid("must be greater than or equal to 0");
}

/** pkg/apis/core/validation/validation.go, ValidatePodTemplate, v1.36. */
export function validatePodTemplateObject(object: Field): void {
  validateMetadata(object.get("metadata"), { ...plainMetadata, setsGeneration: true });
  validatePodTemplate(object.get("template"));
}
