import { at, numberAt, objectAt, textAt } from "../../base/json.ts";
import type { JsonObject, JsonValue } from "../../base/json.ts";
import { failure, success } from "../../base/outcome.ts";
import type { Outcome } from "../../base/outcome.ts";
import { parseUint } from "../../kubernetes/go-text.ts";
import { scaledValue } from "../../kubernetes/int-or-percent.ts";

/** How many pods a rolling update may have above, and miss below, the desired number. */
export interface Fenceposts {
  readonly surge: number;
  readonly unavailable: number;
}

/** What the scaling of a Deployment looks at in one ReplicaSet. */
export interface ReplicaSetSize {
  /** `spec.replicas`. */
  readonly replicas: number;
  /** The annotation `deployment.kubernetes.io/max-replicas` as written, absent where it is. */
  readonly maxReplicas?: string | undefined;
}

/**
 * Both fields resolved against the desired number of pods; both being zero would block the rollout, so then one pod may be unavailable.
 * Imitates kube-controller-manager, pkg/controller/deployment/util/deployment_util.go, ResolveFenceposts, v1.36.
 */
export function resolveFenceposts(
  maxSurge: JsonValue | undefined,
  maxUnavailable: JsonValue | undefined,
  desired: number,
): Outcome<Fenceposts> {
  const surge = scaledValue(maxSurge ?? 0, desired, { roundUp: true });
  if (surge.error !== undefined) return surge;
  const unavailable = scaledValue(maxUnavailable ?? 0, desired, { roundUp: false });
  if (unavailable.error !== undefined) return unavailable;
  if (surge.value === 0 && unavailable.value === 0) return success({ surge: 0, unavailable: 1 });
  return success({ surge: surge.value | 0, unavailable: unavailable.value | 0 });
}

/** Pods allowed above the desired number, 0 unless the strategy is RollingUpdate (deployment_util.go, MaxSurge, v1.36). */
export function maxSurge(deployment: JsonObject): number {
  return isRollingUpdate(deployment) ? fencepostsOf(deployment).surge : 0;
}

/** Pods that may be missing, never more than are desired; 0 unless the strategy is RollingUpdate (deployment_util.go, MaxUnavailable, v1.36). */
export function maxUnavailable(deployment: JsonObject): number {
  const replicas = desiredReplicas(deployment);
  if (!isRollingUpdate(deployment) || replicas === 0) return 0;
  return Math.min(fencepostsOf(deployment).unavailable, replicas);
}

/** Pods that must stay available during a rolling update, 0 for other strategies (deployment_util.go, MinAvailable, v1.36). */
export function minAvailable(deployment: JsonObject): number {
  return isRollingUpdate(deployment) ? desiredReplicas(deployment) - maxUnavailable(deployment) : 0;
}

/**
 * The size of the new ReplicaSet: as much as the surge leaves room for, judged by `spec.replicas` of all ReplicaSets (the new one included), not by pods.
 * Imitates kube-controller-manager, pkg/controller/deployment/util/deployment_util.go, NewRSNewReplicas, v1.36.
 */
export function newReplicaSetReplicas(
  deployment: JsonObject,
  totalReplicas: number,
  newReplicas: number,
): Outcome<number> {
  const replicas = desiredReplicas(deployment);
  const type = textAt(deployment, "spec", "strategy", "type") ?? "";
  if (type === "Recreate") return success(replicas);
  if (type !== "RollingUpdate") return failure(`deployment type ${type} isn't supported`);
  const surge = scaledValue(at(deployment, "spec", "strategy", "rollingUpdate", "maxSurge"), replicas, {
    roundUp: true,
  });
  if (surge.error !== undefined) return surge;
  const room = ((replicas + surge.value) | 0) - totalReplicas;
  return success(room <= 0 ? newReplicas : newReplicas + Math.min(room, replicas - newReplicas));
}

/**
 * The change of one ReplicaSet when a Deployment is scaled in the middle of a rollout: its share, limited by what is left to hand out.
 * Imitates kube-controller-manager, pkg/controller/deployment/util/deployment_util.go, GetReplicaSetProportion, v1.36.
 */
export function replicaSetProportion(
  replicaSet: ReplicaSetSize,
  deployment: JsonObject,
  replicasToAdd: number,
  replicasAdded: number,
): number {
  if (replicaSet.replicas === 0 || replicasToAdd === 0 || replicasToAdd === replicasAdded) return 0;
  const fraction = replicaSetFraction(replicaSet, deployment);
  const allowed = replicasToAdd - replicasAdded;
  return replicasToAdd > 0 ? Math.min(fraction, allowed) : Math.max(fraction, allowed);
}

/** The signed change that keeps a ReplicaSet's share of all pods, halves rounded away from zero (deployment_util.go, getReplicaSetFraction, v1.36). */
export function replicaSetFraction(replicaSet: ReplicaSetSize, deployment: JsonObject): number {
  const replicas = desiredReplicas(deployment);
  if (replicas === 0) return -replicaSet.replicas;
  const annotated = replicaCountAnnotation(replicaSet.maxReplicas);
  const before = annotated?.value || (numberAt(deployment, "status", "replicas") ?? 0);
  if (before === 0) return 0;
  // The product is an int32 in Go and wraps for huge sizes.
  const size = Math.imul(replicaSet.replicas, replicas + maxSurge(deployment)) / before;
  const rounded = Math.trunc(size < 0 ? size - 0.5 : size + 0.5);
  return (rounded - replicaSet.replicas) | 0;
}

/**
 * A replica count kept in an annotation: a non-negative int32, `undefined` without the annotation.
 * Imitates kube-controller-manager, pkg/controller/deployment/util/deployment_util.go, getNonNegativeInt32FromAnnotationVerbose, v1.36.
 */
export function replicaCountAnnotation(text: string | undefined): Outcome<number> | undefined {
  if (text === undefined) return undefined;
  const parsed = parseUint(text, 32);
  if (parsed.error !== undefined) return parsed;
  if (parsed.value > 0x7fffffffn) return failure(`value ${text} is out of range (higher than 2147483647)`);
  return success(Number(parsed.value));
}

/** Of each spec once: a rollout asks for them at every step. */
const knownFenceposts = new WeakMap<object, Fenceposts>();

function fencepostsOf(deployment: JsonObject): Fenceposts {
  const key = objectAt(deployment, "spec") ?? deployment;
  const known = knownFenceposts.get(key);
  if (known !== undefined) return known;
  const rollingUpdate = at(deployment, "spec", "strategy", "rollingUpdate");
  const resolved = resolveFenceposts(
    at(rollingUpdate, "maxSurge"),
    at(rollingUpdate, "maxUnavailable"),
    desiredReplicas(deployment),
  );
  // The controller ignores the error here and counts both as 0.
  const fenceposts = resolved.error === undefined ? resolved.value : { surge: 0, unavailable: 0 };
  knownFenceposts.set(key, fenceposts);
  return fenceposts;
}

function isRollingUpdate(deployment: JsonObject): boolean {
  return textAt(deployment, "spec", "strategy", "type") === "RollingUpdate";
}

/** `spec.replicas`; an absent one is 1, as the API server's default. */
function desiredReplicas(deployment: JsonObject): number {
  return numberAt(deployment, "spec", "replicas") ?? 1;
}
