import { numberAt, objectAt } from "../../base/json.ts";
import type { JsonObject } from "../../base/json.ts";
import { changed, fillAbsent, fillEmpty, inEach, inField, inStruct, when } from "./change.ts";
import type { Change } from "./change.ts";
import { podTemplate } from "./pod.ts";
import { labelledLike } from "./workloads.ts";

const maxInt32 = 2_147_483_647;

/** pkg/apis/batch/v1/defaults.go, SetDefaults_Job, v1.36. */
export const job: Change = (object) =>
  changed(
    object,
    labelledLike(objectAt(object, "spec", "template", "metadata", "labels")),
    inStruct("spec", jobSpec, inStruct("template", podTemplate)),
  );

function jobSpec(spec: JsonObject): JsonObject {
  const isPerIndex = numberAt(spec, "backoffLimitPerIndex") !== undefined;
  const hasPolicy = objectAt(spec, "podFailurePolicy") !== undefined;
  return changed(
    spec,
    when((job) => numberAt(job, "parallelism") === undefined, fillAbsent({ completions: 1 })),
    fillAbsent({
      parallelism: 1,
      backoffLimit: isPerIndex ? maxInt32 : 6,
      completionMode: "NonIndexed",
      suspend: false,
      manualSelector: false,
      podReplacementPolicy: hasPolicy ? "Failed" : "TerminatingOrFailed",
    }),
    inField("podFailurePolicy", inEach("rules", inEach("onPodConditions", fillEmpty({ status: "True" })))),
  );
}

/** A CronJob's Jobs get their own defaults when they are created (pkg/apis/batch/v1/defaults.go, SetDefaults_CronJob, v1.36). */
export const cronJob: Change = inStruct(
  "spec",
  fillEmpty({ concurrencyPolicy: "Allow" }),
  fillAbsent({ suspend: false, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1 }),
  inStruct("jobTemplate", inStruct("metadata"), inStruct("spec", inStruct("template", podTemplate))),
);
