import { objectAt, textAt } from "../../base/json.ts";
import type { JsonObject } from "../../base/json.ts";
import { changed, fillAbsent, fillEmpty, inEach, inField, inStruct, isZero, when, withoutEmptyMaps } from "./change.ts";
import type { Change } from "./change.ts";
import { podTemplate } from "./pod.ts";
import { persistentVolumeClaim } from "./volume.ts";

const template: Change = inStruct("template", podTemplate);

/** An update strategy, whose numbers are filled in for rolling updates alone. */
function strategy(field: "strategy" | "updateStrategy", rollingUpdate: JsonObject): Change {
  const isRolling = (object: JsonObject): boolean => textAt(object, "type") === "RollingUpdate";
  return inStruct(
    field,
    fillEmpty({ type: "RollingUpdate" }),
    when(isRolling, inStruct("rollingUpdate", fillAbsent(rollingUpdate))),
  );
}

/** pkg/apis/apps/v1/defaults.go, SetDefaults_Deployment, v1.36. */
export const deployment: Change = inStruct(
  "spec",
  fillAbsent({ replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 }),
  strategy("strategy", { maxUnavailable: "25%", maxSurge: "25%" }),
  template,
);

/** pkg/apis/apps/v1/defaults.go, SetDefaults_ReplicaSet, v1.36. */
export const replicaSet: Change = inStruct("spec", fillAbsent({ replicas: 1 }), template);

/** Other than elsewhere, a written `type: RollingUpdate` alone gets no numbers. */
function rollingUpdateOfStatefulSet(updateStrategy: JsonObject): JsonObject {
  const hasType = !isZero(updateStrategy["type"]);
  const isRolling = !hasType || updateStrategy["type"] === "RollingUpdate";
  const numbers = (hasType ? inField : inStruct)("rollingUpdate", fillAbsent({ partition: 0 }));
  return changed(updateStrategy, fillEmpty({ type: "RollingUpdate" }), ...(isRolling ? [numbers] : []));
}

/** pkg/apis/apps/v1/defaults.go, SetDefaults_StatefulSet, v1.36. */
export const statefulSet: Change = inStruct(
  "spec",
  fillAbsent({ replicas: 1, revisionHistoryLimit: 10 }),
  fillEmpty({ podManagementPolicy: "OrderedReady" }),
  fillEmpty({ serviceName: "" }),
  inStruct("updateStrategy", rollingUpdateOfStatefulSet),
  inStruct("persistentVolumeClaimRetentionPolicy", fillEmpty({ whenDeleted: "Retain", whenScaled: "Retain" })),
  inEach("volumeClaimTemplates", persistentVolumeClaim),
  template,
);

/** pkg/apis/apps/v1/defaults.go, SetDefaults_DaemonSet, v1.36. */
export const daemonSet: Change = inStruct(
  "spec",
  fillAbsent({ revisionHistoryLimit: 10 }),
  strategy("updateStrategy", { maxUnavailable: 1, maxSurge: 0 }),
  template,
);

/** The template's labels serve as selector and labels where there are none (pkg/apis/core/v1/defaults.go, SetDefaults_ReplicationController, v1.36). */
export const replicationController: Change = (object) => {
  const labels = objectAt(object, "spec", "template", "metadata", "labels");
  const selector = labels === undefined ? [] : [orElse("selector", labels)];
  const spec = inStruct(
    "spec",
    withoutEmptyMaps("selector"),
    fillAbsent({ replicas: 1 }),
    ...selector,
    inField("template", podTemplate),
  );
  return changed(object, labelledLike(labels), spec);
};

/** Labels from the template for an object without any: Jobs and ReplicationControllers. */
export function labelledLike(labels: JsonObject | undefined): Change {
  return labels === undefined ? (object) => object : inStruct("metadata", orElse("labels", labels));
}

function orElse(field: string, map: JsonObject): Change {
  return (object) => (Object.keys(objectAt(object, field) ?? {}).length > 0 ? object : { ...object, [field]: map });
}
