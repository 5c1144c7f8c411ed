import { at, canonicalJson, isArray, isObject, numberAt, objectAt, textAt, textMapAt } from "../../base/json.ts";
import type { JsonObject, JsonValue } from "../../base/json.ts";
import { maxSurge } from "./deployment-arithmetic.ts";

/** Annotations that the deployment controller keeps on ReplicaSets (and the revision on the Deployment). */
export const annotation = {
  revision: "deployment.kubernetes.io/revision",
  revisionHistory: "deployment.kubernetes.io/revision-history",
  desiredReplicas: "deployment.kubernetes.io/desired-replicas",
  maxReplicas: "deployment.kubernetes.io/max-replicas",
  rollbackTo: "deprecated.deployment.rollback.to",
  lastApplied: "kubectl.kubernetes.io/last-applied-configuration",
} as const;

export const maxInt32 = 0x7fffffff;

/** A Deployment as the controller sees it. Times are milliseconds of the simulation. */
export interface Deployment {
  readonly namespace: string;
  readonly name: string;
  /** Grows with each change of `spec`. */
  readonly generation: number;
  readonly deleted: boolean;
  readonly annotations: Readonly<Record<string, string>>;
  /** The API object's spec, after defaulting. */
  readonly spec: JsonObject;
  /** Equal for equal templates: see `templateKey`. */
  readonly templateKey: string;
  readonly status: DeploymentStatus;
}

export interface DeploymentStatus extends ReplicaCounts {
  readonly observedGeneration: number;
  readonly updatedReplicas: number;
  readonly unavailableReplicas: number;
  readonly conditions: readonly Condition[];
}

export interface Condition {
  readonly type: string;
  readonly status: "True" | "False" | "Unknown";
  readonly reason: string;
  readonly message: string;
  readonly lastUpdateTime: number;
  readonly lastTransitionTime: number;
}

/** What a ReplicaSet's status tells: its pods that are not terminating, and those that are. */
export interface ReplicaCounts {
  readonly replicas: number;
  readonly readyReplicas: number;
  readonly availableReplicas: number;
  /** Absent where it is not known. */
  readonly terminatingReplicas?: number | undefined;
}

export interface ReplicaSet {
  readonly name: string;
  /** Order of creation: a time or any number that grows. */
  readonly createdAt: number;
  readonly deleted: boolean;
  /** Whether its controller has seen the newest spec. */
  readonly observed: boolean;
  readonly annotations: Readonly<Record<string, string>>;
  readonly template: JsonObject;
  readonly templateKey: string;
  /** `spec.replicas`. */
  readonly replicas: number;
  readonly minReadySeconds: number;
  readonly status: ReplicaCounts;
}

export const noReplicas: ReplicaCounts = {
  replicas: 0,
  readyReplicas: 0,
  availableReplicas: 0,
  terminatingReplicas: 0,
};

/** A Deployment that no controller has seen yet. */
export function newDeployment(object: JsonObject): Deployment {
  const spec = specOf(object);
  return {
    namespace: textAt(object, "metadata", "namespace") ?? "default",
    name: textAt(object, "metadata", "name") ?? "",
    generation: 1,
    deleted: false,
    annotations: textMapAt(object, "metadata", "annotations"),
    spec,
    templateKey: templateKey(objectAt(spec, "template") ?? {}),
    status: { ...noReplicas, observedGeneration: 0, updatedReplicas: 0, unavailableReplicas: 0, conditions: [] },
  };
}

/** The Deployment with another spec: a new generation, unless nothing differs. */
export function withSpec(deployment: Deployment, spec: JsonObject): Deployment {
  if (canonicalJson(spec) === canonicalJson(deployment.spec)) return deployment;
  const key = templateKey(objectAt(spec, "template") ?? {});
  return { ...deployment, generation: deployment.generation + 1, spec, templateKey: key };
}

const countFields = ["replicas", "minReadySeconds", "revisionHistoryLimit", "progressDeadlineSeconds"];

/** The object's spec; an empty one where it is none. Counts that are no whole numbers from 0 count as absent. */
export function specOf(object: JsonObject): JsonObject {
  const spec = objectAt(object, "spec") ?? {};
  const isUsable = ([key, value]: readonly [string, JsonValue]): boolean =>
    !countFields.includes(key) || isCount(value);
  return Object.entries(spec).every(isUsable) ? spec : Object.fromEntries(Object.entries(spec).filter(isUsable));
}

/** A whole number that fits an int32 and is not negative. */
export function isCount(value: JsonValue | undefined): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= maxInt32;
}

/** `spec.replicas`; an absent one is 1, as the API server's default. */
export function desiredReplicas(deployment: Deployment): number {
  return numberAt(deployment.spec, "replicas") ?? 1;
}

export function templateOf(deployment: Deployment): JsonObject {
  return objectAt(deployment.spec, "template") ?? {};
}

export function isPaused(deployment: Deployment): boolean {
  return at(deployment.spec, "paused") === true;
}

/** The progress deadline in seconds; `undefined` where there is none (deployment_util.go, HasProgressDeadline, v1.36). */
export function progressDeadline(deployment: Deployment): number | undefined {
  const seconds = numberAt(deployment.spec, "progressDeadlineSeconds");
  return seconds === maxInt32 ? undefined : seconds;
}

/** What the arithmetic of rollouts looks at. */
export function arithmeticView(deployment: Deployment): JsonObject {
  return { spec: deployment.spec, status: { replicas: deployment.status.replicas } };
}

/** The most pods that may exist, ending ones not counted. */
export function maxPods(deployment: Deployment): number {
  return desiredReplicas(deployment) + maxSurge(arithmeticView(deployment));
}

export function isActive(set: ReplicaSet): boolean {
  return set.replicas > 0;
}

export function sumOf(sets: readonly ReplicaSet[], count: (set: ReplicaSet) => number): number {
  let sum = 0;
  for (const set of sets) sum += count(set);
  return sum;
}

/** Oldest first (pkg/controller/controller_utils.go, ReplicaSetsByCreationTimestamp, v1.36). */
export function byCreation(a: ReplicaSet, b: ReplicaSet): number {
  return a.createdAt - b.createdAt || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

/**
 * Whether two pod templates are equal but for the label `pod-template-hash`; an absent list or map equals an empty one.
 * Imitates kube-controller-manager, pkg/controller/deployment/util/deployment_util.go, EqualIgnoreHash, v1.36.
 */
export function templatesEqual(a: JsonObject, b: JsonObject): boolean {
  return a === b || templateKey(a) === templateKey(b);
}

const emptyMapsAreAbsent: ReadonlySet<string> = new Set([
  "labels",
  "annotations",
  "nodeSelector",
  "matchLabels",
  "requests",
  "limits",
  "overhead",
]);

/** A text that is equal for templates that `templatesEqual` takes for equal. */
export function templateKey(template: JsonObject): string {
  const metadata = at(template, "metadata");
  const labels = at(template, "metadata", "labels");
  if (!isObject(metadata) || !isObject(labels)) return canonicalJson(withoutEmpty(template));
  const { ["pod-template-hash"]: hash, ...rest } = labels;
  return hash === undefined
    ? canonicalJson(withoutEmpty(template))
    : canonicalJson(withoutEmpty({ ...template, metadata: { ...metadata, labels: rest } }));
}

function withoutEmpty(value: JsonValue): JsonValue {
  if (isArray(value)) return value.map(withoutEmpty);
  if (!isObject(value)) return value;
  const kept: Record<string, JsonValue> = {};
  for (const [key, entry] of Object.entries(value)) {
    const empty =
      entry === null ||
      (isArray(entry) && entry.length === 0) ||
      (emptyMapsAreAbsent.has(key) && isObject(entry) && Object.values(entry).every((inner) => inner === null));
    if (!empty) kept[key] = withoutEmpty(entry);
  }
  return kept;
}
