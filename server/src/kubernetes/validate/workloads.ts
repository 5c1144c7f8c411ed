import { textMapAt, type JsonObject } from "../../base/json.ts";
import { checkDns1123Label } from "../names.ts";
import { isEverything, matchesSelector, selectorFromSet, selectorOf } from "../selector.ts";
import type { Field } from "./field.ts";
import { countedMetadata, validateLabelSelector, validateMetadata } from "./metadata.ts";
import { numberOf, validateAtMost100Percent, validateIntOrPercent } from "./numbers.ts";
import { validatePodTemplate } from "./pod.ts";

/** pkg/apis/apps/validation/validation.go, ValidateDeployment, v1.36. */
export function validateDeployment(deployment: Field): void {
  const spec = deployment.get("spec");
  validateMetadata(deployment.get("metadata"), countedMetadata);
  spec.get("replicas").nonNegative();
  validateSelectorAndTemplate(spec);
  validateDeploymentStrategy(spec.get("strategy"));
  for (const name of ["minReadySeconds", "revisionHistoryLimit", "progressDeadlineSeconds"])
    spec.get(name).nonNegative();
  const deadline = spec.get("progressDeadlineSeconds").coded("workload/update-strategy");
  const seconds = deadline.isSet ? deadline.int : 600;
  if (seconds <= spec.get("minReadySeconds").int) deadline.invalid("must be greater than minReadySeconds", seconds);
  warnAboutName(deployment);
}

/** pkg/apis/apps/validation/validation.go, ValidateReplicaSet, v1.36. */
export function validateReplicaSet(replicaSet: Field): void {
  const spec = replicaSet.get("spec");
  validateMetadata(replicaSet.get("metadata"), countedMetadata);
  for (const name of ["replicas", "minReadySeconds"]) spec.get(name).nonNegative();
  validateSelectorAndTemplate(spec);
  warnAboutName(replicaSet);
}

/** The names of pods start with the workload's. */
export function warnAboutName(workload: Field): void {
  const name = workload.at("metadata", "name");
  const messages = checkDns1123Label(name.text);
  const usage =
    "this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended";
  if (name.text !== "" && messages.length > 0) name.warn(`metadata.name: ${usage}: [${messages.join(" ")}]`);
}

/** The selector of a Deployment, ReplicaSet, StatefulSet or DaemonSet itself. `kind` stands in the text, where a ReplicaSet is a deployment, too. */
export function validateSelector(selector: Field, kind: string): void {
  const coded = selector.coded("workload/missing-selector");
  if (!selector.isSet) {
    if (kind !== "daemonset") coded.required();
    return;
  }
  validateLabelSelector(selector);
  if (selector.get("matchLabels").size + selector.get("matchExpressions").size === 0)
    coded.invalid(`empty selector is invalid for ${kind}`, {});
}

function validateSelectorAndTemplate(spec: Field): void {
  const selector = spec.get("selector");
  validateSelector(selector, "deployment");
  const parsed = selectorOf(selector.value);
  if (parsed.error !== undefined) {
    selector.invalid("invalid label selector");
    return;
  }
  const template = spec.get("template");
  if (selector.isSet) validateTemplateLabels(template, selector);
  else if (!selector.isSet) reportMismatch(template);
  validatePodTemplate(template);
  validateAlwaysRestarted(template, "ReplicaSet");
}

/** Whether the template's labels satisfy the selector; one that selects everything or can't be read is no matter of this rule. */
export function validateTemplateLabels(template: Field, selector: Field): void {
  const parsed = selectorOf(selector.value).value;
  if (parsed === undefined || isEverything(parsed)) return;
  if (!matchesSelector(parsed, textMapAt(template.value, "metadata", "labels"))) reportMismatch(template);
}

/** Says that the template's labels are not those that the selector asks for. */
export function reportMismatch(template: Field): void {
  const labels = template.at("metadata", "labels").coded("workload/selector-mismatch");
  labels.invalid(
    "`selector` does not match template `labels`",
    labels.isSet ? sortedMap(textMapAt(labels.value)) : undefined,
  );
}

/** A map in the order in which Go prints it. */
function sortedMap(map: Readonly<Record<string, string>>): JsonObject {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The Pods of all workloads but Jobs run for ever: ValidatePodTemplateSpecForReplicaSet, v1.36. */
export function validateAlwaysRestarted(template: Field, kind: string): void {
  const spec = template.get("spec");
  spec.get("restartPolicy").coded("workload/restart-policy").or("Always").oneOf(["Always"]);
  spec
    .get("activeDeadlineSeconds")
    .coded("workload/restart-policy")
    .forbiddenIfSet(`activeDeadlineSeconds in ${kind} is not Supported`);
}

/** validation.go, ValidateDeploymentStrategy, v1.36. */
function validateDeploymentStrategy(strategy: Field): void {
  const coded = strategy.coded("workload/update-strategy");
  const rollingUpdate = strategy.get("rollingUpdate").coded("workload/update-strategy");
  switch (strategy.get("type").or("RollingUpdate").text) {
    case "Recreate":
      rollingUpdate.forbiddenIfSet("may not be specified when strategy `type` is 'Recreate'");
      break;
    case "RollingUpdate":
      validateRollingUpdate(rollingUpdate);
      break;
    default:
      coded.notSupported(["Recreate", "RollingUpdate"], {
        Type: strategy.get("type").text,
        RollingUpdate: rollingUpdate.value ?? null,
      });
  }
}

/** What is not set is 25%. */
function validateRollingUpdate(rollingUpdate: Field): void {
  const [unavailable, surge] = ["maxUnavailable", "maxSurge"].map((name) => {
    const field = rollingUpdate.get(name).coded("workload/update-strategy");
    return field.isSet ? field : field.with("25%");
  });
  if (unavailable === undefined || surge === undefined) return;
  validateIntOrPercent(unavailable);
  validateIntOrPercent(surge);
  if (numberOf(unavailable) === 0 && numberOf(surge) === 0) unavailable.invalid("may not be 0 when `maxSurge` is 0");
  validateAtMost100Percent(unavailable);
}

/** pkg/apis/core/validation/validation.go, ValidateReplicationController, v1.36; an absent selector is the template's labels. */
export function validateReplicationController(controller: Field): void {
  const spec = controller.get("spec");
  const metadata = labelledAsTemplate(controller.get("metadata"), spec.get("template"));
  validateMetadata(metadata, { ...countedMetadata, ignoresGenerateName: true });
  for (const name of ["minReadySeconds", "replicas"]) spec.get(name).nonNegative();
  const template = spec.get("template");
  const labels = textMapAt(template.value, "metadata", "labels");
  const selector = spec.get("selector").size === 0 ? labels : textMapAt(spec.value, "selector");
  if (Object.keys(selector).length === 0) spec.get("selector").coded("workload/missing-selector").required();
  if (template.isSet) {
    if (!matchesSelector(selectorFromSet(selector), labels)) reportMismatch(template);
    validatePodTemplate(template);
    validateAlwaysRestarted(template, "ReplicationController");
  } else {
    template.required();
  }
  warnAboutName(controller);
}

/** Without labels of its own the object takes those of its template (pkg/apis/core/v1/defaults.go, SetDefaults_ReplicationController, and batch/v1, SetDefaults_Job, v1.36). */
export function labelledAsTemplate(metadata: Field, template: Field): Field {
  return metadata.get("labels").size > 0
    ? metadata
    : metadata.withIn("labels", template.at("metadata", "labels").value);
}

/** pkg/apis/apps/validation/validation.go, ValidateDaemonSet, v1.36. */
export function validateDaemonSet(daemonSet: Field): void {
  const [spec, template] = [daemonSet.at("spec"), daemonSet.at("spec", "template")];
  validateMetadata(daemonSet.get("metadata"), countedMetadata);
  const selector = spec.get("selector");
  const parsed = selectorOf(selector.value);
  if (parsed.error === undefined && !matchesSelector(parsed.value, textMapAt(template.value, "metadata", "labels")))
    reportMismatch(template);
  validateSelector(selector, "daemonset");
  validatePodTemplate(template);
  validateAlwaysRestarted(template, "DaemonSet");
  for (const name of ["minReadySeconds", "revisionHistoryLimit"]) spec.get(name).nonNegative();
  validateDaemonSetStrategy(spec.get("updateStrategy"));
}

function validateDaemonSetStrategy(strategy: Field): void {
  const type = strategy.get("type").or("RollingUpdate").text;
  if (type === "OnDelete") return;
  const rollingUpdate = strategy.get("rollingUpdate");
  if (type !== "RollingUpdate") {
    const printed = { Type: type, RollingUpdate: rollingUpdate.value ?? null };
    strategy.coded("workload/update-strategy").notSupported(["RollingUpdate", "OnDelete"], printed);
    return;
  }
  const [unavailable, surge] = [rollingUpdate.get("maxUnavailable"), rollingUpdate.get("maxSurge")].map((field) =>
    field.coded("workload/update-strategy"),
  );
  if (unavailable === undefined || surge === undefined) return;
  const effective = unavailable.isSet ? unavailable : unavailable.with(1);
  for (const field of [effective, surge]) validateIntOrPercent(field);
  for (const field of [effective, surge]) validateAtMost100Percent(field);
  const [hasUnavailable, hasSurge] = [numberOf(effective) !== 0, numberOf(surge) !== 0];
  if (hasUnavailable && hasSurge) surge.invalid("may not be set when maxUnavailable is non-zero");
  if (!hasUnavailable && !hasSurge) effective.required("cannot be 0 when maxSurge is 0");
}
