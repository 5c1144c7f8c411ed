import type { JsonObject, JsonValue } from "../../base/json.ts";
import { arrayAt, at, isObject, objectAt, textAt } from "../../base/json.ts";
import { jsonText } from "../field-error-text.ts";
import { groupOf } from "../pod-template.ts";
import { isSame, without, type UpdateRefusal, type UpdateRule } from "./update-comparison.ts";
import { refusalsOfPodUpdate } from "./update-pod.ts";
import { refusalsOfServiceUpdate } from "./update-service.ts";

/**
 * The changes between two definitions of one object that the API server would refuse (kube-apiserver, the update validation of pkg/apis and the
 * strategies of pkg/registry, v1.36). Both objects are after defaulting. What has to be deleted and made anew is named here; everything else may change.
 */
export function refusalsOfUpdate(before: JsonObject, after: JsonObject): readonly UpdateRefusal[] {
  const rules = rulesOf(before);
  return rules.flatMap((rule) => rule(before, after));
}

function rulesOf(object: JsonObject): readonly UpdateRule[] {
  const key = `${groupOf(textAt(object, "apiVersion") ?? "")}/${textAt(object, "kind") ?? ""}`;
  return Object.hasOwn(rules, key) ? (rules[key] ?? []) : [];
}

const statefulSetFields = [
  "replicas",
  "ordinals",
  "template",
  "updateStrategy",
  "revisionHistoryLimit",
  "persistentVolumeClaimRetentionPolicy",
  "minReadySeconds",
];
const jobFields = [
  "selector",
  "completionMode",
  "podFailurePolicy",
  "backoffLimitPerIndex",
  "managedBy",
  "successPolicy",
  "template",
];

const rules: Readonly<Record<string, readonly UpdateRule[]>> = {
  "apps/Deployment": [immutable("spec", "selector")],
  "apps/DaemonSet": [immutable("spec", "selector")],
  "apps/ReplicaSet": [immutable("spec", "selector")],
  "/Pod": [refusalsOfPodUpdate],
  "apps/StatefulSet": [
    onlyMayChange(
      statefulSetFields,
      `updates to statefulset spec for fields other than ${listed(statefulSetFields)} are forbidden`,
      withoutKindsOfClaims,
    ),
  ],
  "batch/Job": jobFields.map((field) => immutable("spec", field)),
  "/PersistentVolumeClaim": [
    onlyMayChange(
      ["volumeAttributesClassName"],
      "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims",
      comparableClaim,
    ),
  ],
  "/Service": [refusalsOfServiceUpdate],
  "/ResourceQuota": [immutableSet("spec", "scopes")],
  "/ConfigMap": [frozen("data", "binaryData")],
  "/Secret": [frozen("data"), immutable("type")],
  "/PersistentVolume": [refusalsOfVolumeUpdate, immutable("spec", "volumeMode")],
  "storage.k8s.io/CSIDriver": [
    printedAs("spec.attachedRequired", immutable("spec", "attachRequired")),
    immutable("spec", "volumeLifecycleModes"),
  ],
  "storage.k8s.io/VolumeAttributesClass": [immutable("driverName"), immutable("parameters")],
  "storage.k8s.io/StorageClass": [
    immutable("provisioner"),
    immutable("parameters"),
    immutable("volumeBindingMode"),
    immutable("reclaimPolicy"),
  ],
  "node.k8s.io/RuntimeClass": [immutable("handler")],
  "scheduling.k8s.io/PriorityClass": [immutable("value"), immutable("preemptionPolicy")],
  "networking.k8s.io/IngressClass": [immutable("spec", "controller")],
  "discovery.k8s.io/EndpointSlice": [immutable("addressType")],
  "rbac.authorization.k8s.io/RoleBinding": [immutable("roleRef")],
  "rbac.authorization.k8s.io/ClusterRoleBinding": [immutable("roleRef")],
};

/** `spec.selector: Invalid value: {…}: field is immutable`. */
function immutable(...path: readonly string[]): UpdateRule {
  return (before, after) => {
    const value = at(after, ...path);
    if (isSame(at(before, ...path), value)) return [];
    return [{ field: path.join("."), path, message: `Invalid value: ${jsonText(value ?? null)}: field is immutable` }];
  };
}

/** The API server has a name of its own for the field. */
function printedAs(field: string, rule: UpdateRule): UpdateRule {
  return (before, after) => rule(before, after).map((refusal) => ({ ...refusal, field }));
}

/** A list in which order and repetition say nothing. */
function immutableSet(...path: readonly string[]): UpdateRule {
  const sorted = (object: JsonObject): readonly JsonValue[] => [...new Set(arrayAt(object, ...path))].sort();
  return (before, after) => (isSame(sorted(before), sorted(after)) ? [] : immutable(...path)(before, after));
}

/** All of `spec` but these fields must stay; `comparable` brings the spec before and that after into the form that is compared. */
function onlyMayChange(
  fields: readonly string[],
  words: string,
  comparable: (spec: JsonObject, before: JsonObject) => JsonObject,
): UpdateRule {
  return (before, after) => {
    const written = objectAt(before, "spec") ?? {};
    const [old, fresh] = [comparable(written, written), comparable(objectAt(after, "spec") ?? {}, written)];
    const changed = [...new Set([...Object.keys(old), ...Object.keys(fresh)])].find(
      (field) => !fields.includes(field) && !isSame(old[field], fresh[field]),
    );
    return changed === undefined ? [] : [{ field: "spec", path: ["spec", changed], message: `Forbidden: ${words}` }];
  };
}

/** The claims of a StatefulSet are stored as objects that have no apiVersion and kind of their own. */
function withoutKindsOfClaims(spec: JsonObject): JsonObject {
  const claims = arrayAt(spec, "volumeClaimTemplates").map((claim) =>
    isObject(claim) ? without(claim, "apiVersion", "kind") : claim,
  );
  return { ...spec, volumeClaimTemplates: claims };
}

/**
 * What may be added to a claim: a volume and a class, once. How much it requests may change when it is bound, which no manifest tells
 * (validation.go, ValidatePersistentVolumeClaimUpdate, v1.36).
 */
function comparableClaim(spec: JsonObject, before: JsonObject): JsonObject {
  const resources = objectAt(spec, "resources") ?? {};
  const requests = without(objectAt(resources, "requests") ?? {}, "storage");
  const once = ["volumeName", "storageClassName"].filter((field) => before[field] === undefined);
  // Sources are normalised in ways of their own, and a claim is rarely changed in them alone.
  return { ...without(spec, ...once, "dataSource", "dataSourceRef"), resources: { ...resources, requests } };
}

const volumeFields: ReadonlySet<string> = new Set([
  "accessModes",
  "capacity",
  "claimRef",
  "mountOptions",
  "nodeAffinity",
  "persistentVolumeReclaimPolicy",
  "storageClassName",
  "volumeAttributesClassName",
  "volumeMode",
]);

/** pkg/apis/core/validation/validation.go, ValidatePersistentVolumeUpdate, v1.36. */
function refusalsOfVolumeUpdate(before: JsonObject, after: JsonObject): readonly UpdateRefusal[] {
  const [old, fresh] = [objectAt(before, "spec") ?? {}, objectAt(after, "spec") ?? {}];
  const source = [...new Set([...Object.keys(old), ...Object.keys(fresh)])].find(
    (field) => !volumeFields.has(field) && !isSame(old[field], fresh[field]),
  );
  const field = "spec.persistentvolumesource";
  const message = `Forbidden: ${field} is immutable after creation`;
  return [
    ...(source === undefined ? [] : [{ field, path: ["spec", source], message }]),
    ...(old["nodeAffinity"] === undefined ? [] : immutable("spec", "nodeAffinity")(before, after)),
  ];
}

/** Data of a ConfigMap or Secret that says `immutable: true`. */
function frozen(...fields: readonly string[]): UpdateRule {
  return (before, after) => {
    if (at(before, "immutable") !== true) return [];
    const changed = fields.filter((field) => !isSame(at(before, field), at(after, field)));
    const thawed = at(after, "immutable") === true ? [] : ["immutable"];
    return [...thawed, ...changed].map((field) => ({
      field,
      path: [field],
      message: "Forbidden: field is immutable when `immutable` is set",
    }));
  };
}

function listed(fields: readonly string[]): string {
  const quoted = fields.map((field) => `'${field}'`);
  return `${quoted.slice(0, -1).join(", ")} and ${quoted.at(-1) ?? ""}`;
}
