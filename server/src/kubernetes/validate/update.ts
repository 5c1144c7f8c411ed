import type { JsonObject, JsonPath, JsonValue } from "../../base/json.ts";
import { at, canonicalJson, isObject, objectAt, textAt } from "../../base/json.ts";
import { jsonText } from "../field-error-text.ts";
import { groupOf } from "../pod-template.ts";

/** A change for which the API server refuses the update of an object. */
export interface UpdateRefusal {
  /** As the API server prints it. */
  readonly field: string;
  readonly path: JsonPath;
  /** The API server's words after the field. */
  readonly message: string;
}

/**
 * The changes between two definitions of one object that the API server would refuse (kube-apiserver, the update validation of pkg/apis and the
 * strategies of pkg/registry, v1.36). Both objects are after defaulting. What has to be deleted and made anew is named here; everything else may change.
 */
export function refusalsOfUpdate(before: JsonObject, after: JsonObject): readonly UpdateRefusal[] {
  const rules = rulesOf(before);
  return rules.flatMap((rule) => rule(before, after));
}

type UpdateRule = (before: JsonObject, after: JsonObject) => readonly UpdateRefusal[];

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
const claimFields = ["resources", "volumeAttributesClassName"];

const rules: Readonly<Record<string, readonly UpdateRule[]>> = {
  "apps/Deployment": [immutable("spec", "selector")],
  "apps/DaemonSet": [immutable("spec", "selector")],
  "apps/ReplicaSet": [immutable("spec", "selector")],
  "apps/StatefulSet": [
    onlyMayChange(
      statefulSetFields,
      `updates to statefulset spec for fields other than ${listed(statefulSetFields)} are forbidden`,
    ),
  ],
  "batch/Job": jobFields.map((field) => immutable("spec", field)),
  "/PersistentVolumeClaim": [
    onlyMayChange(
      claimFields,
      "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims",
    ),
  ],
  "/Service": [setOnce("clusterIP", "spec.clusterIPs[0]"), setOnce("loadBalancerClass", "spec.loadBalancerClass")],
  "/ConfigMap": [frozen("data", "binaryData")],
  "/Secret": [frozen("data"), immutable("type")],
  "/PersistentVolume": [immutable("spec", "volumeMode")],
  "storage.k8s.io/StorageClass": [
    immutable("provisioner"),
    immutable("parameters"),
    immutable("volumeBindingMode"),
    immutable("reclaimPolicy"),
  ],
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

/** All of `spec` but these fields must stay. */
function onlyMayChange(fields: readonly string[], words: string): UpdateRule {
  return (before, after) => {
    const [old, fresh] = [objectAt(before, "spec") ?? {}, objectAt(after, "spec") ?? {}];
    const changed = [...new Set([...Object.keys(old), ...Object.keys(fresh)])].find(
      (field) => !fields.includes(field) && !isSame(old[field], fresh[field]),
    );
    return changed === undefined ? [] : [{ field: "spec", path: ["spec", changed], message: `Forbidden: ${words}` }];
  };
}

/** A field of a Service's spec that may be given a value once. */
function setOnce(field: string, printed: string): UpdateRule {
  return (before, after) => {
    const [old, fresh] = [textAt(before, "spec", field) ?? "", textAt(after, "spec", field) ?? ""];
    const isAlias = [before, after].some((service) => textAt(service, "spec", "type") === "ExternalName");
    if (isAlias || old === "" || fresh === "" || old === fresh) return [];
    return [
      {
        field: printed,
        path: ["spec", field],
        message: `Invalid value: ${JSON.stringify(fresh)}: may not change once set`,
      },
    ];
  };
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

/** Absent, null and empty values are the same for the API server's comparison. */
function isSame(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  return canonicalJson(normal(a)) === canonicalJson(normal(b));
}

function normal(value: JsonValue | undefined): JsonValue {
  if (value === undefined || (isObject(value) && Object.keys(value).length === 0)) return null;
  return value;
}

function listed(fields: readonly string[]): string {
  const quoted = fields.map((field) => `'${field}'`);
  return `${quoted.slice(0, -1).join(", ")} and ${quoted.at(-1) ?? ""}`;
}
