import { arrayAt, isObject, numberAt, objectAt, textAt } from "../base/json.ts";
import type { JsonObject } from "../base/json.ts";
import { parseInt, quote } from "./go-text.ts";

/** One line of `kubectl rollout status`: its text (with the line's end), and whether the command ends there. An error ends it with that text. */
export interface RolloutStatus {
  readonly message: string;
  readonly done: boolean;
  readonly error?: string;
}

const revisionAnnotation = "deployment.kubernetes.io/revision";

/** What kubectl says of a Deployment, StatefulSet or DaemonSet by its `kind`; `undefined` for other kinds, which have no rollout. */
export function rolloutStatus(object: JsonObject, revision = 0): RolloutStatus | undefined {
  switch (textAt(object, "kind")) {
    case "Deployment":
      return deploymentRolloutStatus(object, revision);
    case "StatefulSet":
      return statefulSetRolloutStatus(object);
    case "DaemonSet":
      return daemonSetRolloutStatus(object);
    default:
      return undefined;
  }
}

/** Imitates kubectl, pkg/polymorphichelpers/rollout_status.go, DeploymentStatusViewer.Status, v1.36. `revision` 0 stands for whatever runs. */
export function deploymentRolloutStatus(deployment: JsonObject, revision = 0): RolloutStatus {
  const wrongRevision = revision > 0 ? revisionError(deployment, revision) : undefined;
  if (wrongRevision !== undefined) return { message: "", done: false, error: wrongRevision };
  if (!isObserved(deployment)) return waiting("Waiting for deployment spec update to be observed...");
  const name = quote(nameOf(deployment));
  const progressing = arrayAt(deployment, "status", "conditions")
    .filter(isObject)
    .find((condition) => textAt(condition, "type") === "Progressing");
  if (textAt(progressing, "reason") === "ProgressDeadlineExceeded") {
    return { message: "", done: false, error: `deployment ${name} exceeded its progress deadline` };
  }
  const replicas = numberAt(deployment, "spec", "replicas");
  const updated = statusNumber(deployment, "updatedReplicas");
  const total = statusNumber(deployment, "replicas");
  const available = statusNumber(deployment, "availableReplicas");
  const wait = (text: string): RolloutStatus => waiting(`Waiting for deployment ${name} rollout to finish: ${text}...`);
  if (replicas !== undefined && updated < replicas) {
    return wait(`${updated} out of ${replicas} new replicas have been updated`);
  }
  if (total > updated) return wait(`${total - updated} old replicas are pending termination`);
  if (available < updated) return wait(`${available} of ${updated} updated replicas are available`);
  return finished(`deployment ${name} successfully rolled out`);
}

/** Imitates kubectl, pkg/polymorphichelpers/rollout_status.go, DaemonSetStatusViewer.Status, v1.36. */
export function daemonSetRolloutStatus(daemonSet: JsonObject): RolloutStatus {
  const unavailable = unavailableForStrategy(daemonSet);
  if (unavailable !== undefined) return unavailable;
  if (!isObserved(daemonSet)) return waiting("Waiting for daemon set spec update to be observed...");
  const name = quote(nameOf(daemonSet));
  const desired = statusNumber(daemonSet, "desiredNumberScheduled");
  const updated = statusNumber(daemonSet, "updatedNumberScheduled");
  const available = statusNumber(daemonSet, "numberAvailable");
  const wait = (text: string): RolloutStatus => waiting(`Waiting for daemon set ${name} rollout to finish: ${text}...`);
  if (updated < desired) return wait(`${updated} out of ${desired} new pods have been updated`);
  if (available < desired) return wait(`${available} of ${desired} updated pods are available`);
  return finished(`daemon set ${name} successfully rolled out`);
}

/** Imitates kubectl, pkg/polymorphichelpers/rollout_status.go, StatefulSetStatusViewer.Status, v1.36. Every rolling update is "partitioned" after defaulting. */
export function statefulSetRolloutStatus(statefulSet: JsonObject): RolloutStatus {
  const unavailable = unavailableForStrategy(statefulSet);
  if (unavailable !== undefined) return unavailable;
  if (statusNumber(statefulSet, "observedGeneration") === 0 || !isObserved(statefulSet)) {
    return waiting("Waiting for statefulset spec update to be observed...");
  }
  const replicas = numberAt(statefulSet, "spec", "replicas");
  const ready = statusNumber(statefulSet, "readyReplicas");
  if (replicas !== undefined && ready < replicas) return waiting(`Waiting for ${replicas - ready} pods to be ready...`);
  const rollingUpdate = objectAt(statefulSet, "spec", "updateStrategy", "rollingUpdate");
  return rollingUpdate === undefined
    ? unpartitionedStatus(statefulSet)
    : partitionedStatus(statefulSet, replicas, numberAt(rollingUpdate, "partition"));
}

function partitionedStatus(
  statefulSet: JsonObject,
  replicas: number | undefined,
  partition: number | undefined,
): RolloutStatus {
  const updated = statusNumber(statefulSet, "updatedReplicas");
  if (replicas !== undefined && partition !== undefined && updated < replicas - partition) {
    const text = `${updated} out of ${replicas - partition} new pods have been updated...`;
    return waiting(`Waiting for partitioned roll out to finish: ${text}`);
  }
  return finished(`partitioned roll out complete: ${updated} new pods have been updated...`);
}

function unpartitionedStatus(statefulSet: JsonObject): RolloutStatus {
  const current = textAt(statefulSet, "status", "currentRevision") ?? "";
  const update = textAt(statefulSet, "status", "updateRevision") ?? "";
  if (update !== current) {
    const updated = statusNumber(statefulSet, "updatedReplicas");
    return waiting(`waiting for statefulset rolling update to complete ${updated} pods at revision ${update}...`);
  }
  const pods = statusNumber(statefulSet, "currentReplicas");
  return finished(`statefulset rolling update complete ${pods} pods at revision ${current}...`);
}

function unavailableForStrategy(object: JsonObject): RolloutStatus | undefined {
  if (textAt(object, "spec", "updateStrategy", "type") === "RollingUpdate") return undefined;
  return { message: "", done: true, error: "rollout status is only available for RollingUpdate strategy type" };
}

/** kubectl, pkg/util/deployment/deployment.go, Revision, v1.36: no annotation is revision 0. */
function revisionError(deployment: JsonObject, wanted: number): string | undefined {
  const text = textAt(deployment, "metadata", "annotations", revisionAnnotation);
  const running = text === undefined ? { value: 0n, error: undefined } : parseInt(text, 64);
  if (running.error !== undefined) {
    return `cannot get the revision of deployment ${quote(nameOf(deployment))}: ${running.error}`;
  }
  if (running.value === BigInt(wanted)) return undefined;
  return `desired revision (${wanted}) is different from the running revision (${running.value.toString()})`;
}

function isObserved(object: JsonObject): boolean {
  return (numberAt(object, "metadata", "generation") ?? 0) <= statusNumber(object, "observedGeneration");
}

function statusNumber(object: JsonObject, field: string): number {
  return numberAt(object, "status", field) ?? 0;
}

function nameOf(object: JsonObject): string {
  return textAt(object, "metadata", "name") ?? "";
}

function waiting(text: string): RolloutStatus {
  return { message: `${text}\n`, done: false };
}

function finished(text: string): RolloutStatus {
  return { message: `${text}\n`, done: true };
}
