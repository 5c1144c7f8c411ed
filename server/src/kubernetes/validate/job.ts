import { textMapAt } from "../../base/json.ts";
import { checkSchedule, checkTimeZone } from "../cron.ts";
import { byteLength } from "../go-text.ts";
import { checkDns1123Label } from "../names.ts";
import { checkDomainPrefixedPath } from "../qualified-names.ts";
import { matchesSelector, selectorOf } from "../selector.ts";
import { checkIndexes } from "./completion-indexes.ts";
import type { Field } from "./field.ts";
import { countedMetadata, validateLabelSelector, validateMetadata } from "./metadata.ts";
import { validatePodTemplate } from "./pod.ts";
import { validateFailurePolicy } from "./pod-failure-policy.ts";
import { labelledAsTemplate, reportMismatch, warnAboutName } from "./workloads.ts";

const maxParallelism = 100_000;
const manyCompletions = 100_000;
const limitForManyCompletions = 10_000;
const uidLabels = ["batch.kubernetes.io/controller-uid", "controller-uid"];
const nameLabels = ["batch.kubernetes.io/job-name", "job-name"];

/** pkg/apis/batch/validation/validation.go, ValidateJob, v1.36. */
export function validateJob(job: Field): void {
  const [metadata, spec] = [job.get("metadata"), job.get("spec")];
  validateMetadata(labelledAsTemplate(metadata, spec.get("template")), countedMetadata);
  validateOwnSelector(job);
  validateJobSpec(withDefaults(spec));
  validateIndexedHostName(metadata.get("name"), spec);
  warnAboutName(job);
}

/** A UID that no manifest can know: what names another one differs from it. */
const anyUid = "\u0000";

/** The API server adds labels and a selector of its own, unless manualSelector says no (validation.go, validateGeneratedSelector; registry/batch/job/strategy.go, generateSelector). */
function validateOwnSelector(job: Field): void {
  const [spec, template, name] = [job.get("spec"), job.at("spec", "template"), job.at("metadata", "name").text];
  const selector = spec.get("selector");
  const written = textMapAt(template.value, "metadata", "labels");
  if (spec.get("manualSelector").flag) {
    if (selector.isSet) validateLabelSelector(selector);
    else selector.coded("workload/missing-selector").required();
    const parsed = selectorOf(selector.value);
    if (parsed.error === undefined && !matchesSelector(parsed.value, written)) reportMismatch(template);
    return;
  }
  const generated = Object.fromEntries([
    ...nameLabels.map((label) => [label, name]),
    ...uidLabels.map((label) => [label, anyUid]),
  ]) as Record<string, string>;
  validateGeneratedLabels(template, written, generated);
  validateLabelSelector(selector);
  const parsed = selectorOf(selector.value);
  if (!selector.isSet || parsed.error !== undefined) return;
  if (!matchesSelector(parsed.value, generated)) selector.invalid("`selector` not auto-generated");
  if (!matchesSelector(parsed.value, { ...generated, ...written })) reportMismatch(template);
}

function validateGeneratedLabels(
  template: Field,
  written: Readonly<Record<string, string>>,
  generated: Readonly<Record<string, string>>,
): void {
  for (const [label, value] of Object.entries(generated)) {
    const own = written[label];
    const shown = value === anyUid ? "…" : value;
    if (own !== undefined && own !== value)
      template
        .at("metadata", "labels")
        .key(label)
        .invalid(`must be '${shown}'`, { ...written });
  }
}

/** Pods of an Indexed Job are called `name-index`. */
function validateIndexedHostName(name: Field, spec: Field): void {
  const completions = spec.get("completions").int;
  if (spec.get("completionMode").text !== "Indexed" || completions <= 0) return;
  const hostname = `${name.text}-${completions - 1}`;
  if (checkDns1123Label(hostname).length > 0)
    name.invalid(`will not able to create pod with invalid DNS label: ${hostname}`, name.text);
}

/** validation.go, validateJobSpec, v1.36. */
function validateJobSpec(spec: Field): void {
  const counts = [
    "parallelism",
    "completions",
    "activeDeadlineSeconds",
    "backoffLimit",
    "ttlSecondsAfterFinished",
    "backoffLimitPerIndex",
    "maxFailedIndexes",
  ];
  for (const name of counts) spec.get(name).nonNegative();
  const [perIndex, failed, managedBy] = [
    spec.get("backoffLimitPerIndex"),
    spec.get("maxFailedIndexes"),
    spec.get("managedBy"),
  ];
  if (failed.isSet && !perIndex.isSet) perIndex.required("when maxFailedIndexes is specified");
  if (managedBy.isSet) {
    managedBy.checkName(checkDomainPrefixedPath);
    managedBy.mostBytes(63);
  }
  validateCompletionMode(spec);
  if (spec.get("podFailurePolicy").isSet) validateFailurePolicy(spec);
  validateSuccessPolicy(spec);
  const replacement = spec.get("podReplacementPolicy");
  replacement.oneOfIfSet(spec.get("podFailurePolicy").isSet ? ["Failed"] : ["Failed", "TerminatingOrFailed"]);
  validatePodTemplate(spec.get("template"));
  validateJobRestartPolicy(spec);
  warnAboutCompletions(spec);
}

function validateCompletionMode(spec: Field): void {
  const mode = spec.get("completionMode").or("NonIndexed");
  if (!spec.get("completionMode").isSet || mode.oneOf(["NonIndexed", "Indexed"])) {
    if (mode.text === "Indexed") validateIndexed(spec);
    else
      for (const name of ["backoffLimitPerIndex", "maxFailedIndexes"])
        if (spec.get(name).isSet) spec.get(name).invalid("requires indexed completion mode");
  }
}

function validateIndexed(spec: Field): void {
  const [parallelism, failed] = [spec.get("parallelism"), spec.get("maxFailedIndexes")];
  const completions = completionsOf(spec);
  if (completions === undefined) spec.get("completions").required("when completion mode is Indexed");
  const atMost = (field: Field, limit: number, when: string): void => {
    if (field.int > limit) field.invalid(`must be less than or equal to ${limit}${when}`);
  };
  atMost(parallelism, maxParallelism, " when completion mode is Indexed");
  if (completions !== undefined && failed.int > completions)
    failed.invalid("must be less than or equal to completions");
  atMost(failed, maxParallelism, "");
  if ((completions ?? 0) <= manyCompletions || !spec.get("backoffLimitPerIndex").isSet) return;
  if (!failed.isSet) failed.required(`must be specified when completions is above ${manyCompletions}`);
  const when = ` when completions are above ${manyCompletions} and used with backoff limit per index`;
  atMost(parallelism, limitForManyCompletions, when);
  atMost(failed, limitForManyCompletions, when);
}

/** Without parallelism, a Job's completions are 1; the template of a CronJob has no such default (pkg/apis/batch/v1/defaults.go, SetDefaults_Job, v1.36). */
function withDefaults(spec: Field): Field {
  const isDefaulted = !spec.get("completions").isSet && !spec.get("parallelism").isSet;
  return isDefaulted ? spec.withIn("completions", 1) : spec;
}

function completionsOf(spec: Field): number | undefined {
  const completions = spec.get("completions");
  return completions.isSet ? completions.int : undefined;
}

function validateSuccessPolicy(spec: Field): void {
  const policy = spec.get("successPolicy");
  if (!policy.isSet) return;
  if (spec.get("completionMode").text !== "Indexed") {
    policy.invalid("requires indexed completion mode");
    return;
  }
  const rules = policy.get("rules");
  rules.needed("at least one rules must be specified when the successPolicy is specified");
  rules.mostItems(20);
  for (const rule of rules.items()) validateSuccessRule(rule, completionsOf(spec) ?? 0);
}

function validateSuccessRule(rule: Field, completions: number): void {
  const [count, indexes] = [rule.get("succeededCount"), rule.get("succeededIndexes")];
  if (!count.isSet && !indexes.isSet)
    rule.required("at least one of succeededCount or succeededIndexes must be specified");
  const parsed = checkIndexes(indexes.text, completions);
  if (indexes.isSet) {
    if (byteLength(indexes.text) > 65536) indexes.tooLong(65536);
    if (parsed.error !== undefined) indexes.invalid(`error parsing succeededIndexes: ${parsed.error}`);
  }
  if (!count.isSet) return;
  count.nonNegative();
  if (count.int > completions)
    count.invalid(`must be less than or equal to ${completions} (the number of specified completions)`);
  const total = parsed.value ?? 0;
  if (!indexes.isSet || count.int <= total) return;
  count.invalid(
    `must be less than or equal to ${total} (the number of indexes in the specified succeededIndexes field)`,
  );
}

function validateJobRestartPolicy(spec: Field): void {
  const policy = spec.at("template", "spec", "restartPolicy").coded("workload/restart-policy");
  if (policy.text === "" || policy.text === "Always") policy.required('valid values: "OnFailure", "Never"');
  else if (!policy.oneOf(["OnFailure", "Never"])) return;
  else if (spec.get("podFailurePolicy").isSet && policy.text !== "Never")
    policy.invalid('only "Never" is supported when podFailurePolicy is specified');
}

/** pkg/api/job/warnings.go, WarningsForJobSpec, v1.36. */
function warnAboutCompletions(spec: Field): void {
  if (spec.get("completionMode").text !== "Indexed") return;
  if (spec.get("completions").int <= manyCompletions || spec.get("parallelism").int <= limitForManyCompletions) return;
  const text =
    "In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, Kubernetes might not be able to track completedIndexes when a big number of indexes fail";
  spec.warn(`${spec.name}: ${text}`);
}

/** validation.go, ValidateCronJobCreate, v1.36. */
export function validateCronJob(cronJob: Field): void {
  const [metadata, spec] = [cronJob.get("metadata"), cronJob.get("spec")];
  validateMetadata(metadata, countedMetadata);
  const schedule = spec.get("schedule");
  if (schedule.needed()) schedule.check(checkSchedule);
  for (const name of ["startingDeadlineSeconds", "successfulJobsHistoryLimit", "failedJobsHistoryLimit"])
    spec.get(name).nonNegative();
  spec.get("timeZone").checkIfSet(checkTimeZone);
  spec.get("concurrencyPolicy").or("Allow").oneOf(["Allow", "Forbid", "Replace"]);
  const job = spec.at("jobTemplate", "spec");
  validateJobSpec(job);
  if (job.get("selector").isSet) job.get("selector").invalid("`selector` will be auto-generated");
  if (job.get("manualSelector").flag) job.get("manualSelector").notSupported(["nil", "false"]);
  const name = metadata.get("name");
  if (byteLength(name.text) > 52) name.coded("metadata/invalid-name").invalid("must be no more than 52 characters");
  warnAboutName(cronJob);
}
