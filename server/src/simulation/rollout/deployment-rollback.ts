import { at, isObject } from "../../base/json.ts";
import type { JsonObject } from "../../base/json.ts";
import { revisionOf } from "./deployment-revisions.ts";
import { annotation, withSpec } from "./deployment-state.ts";
import type { Deployment, ReplicaSet } from "./deployment-state.ts";
import type { DeploymentSync } from "./deployment-sync.ts";

/** The revision that the annotation of a server-side rollback asks for, `undefined` where it asks for none (rollback.go, getRollbackTo, v1.36). */
export function rollbackRevision(deployment: Deployment): number | undefined {
  const text = deployment.annotations[annotation.rollbackTo];
  return text !== undefined && /^[+-]?[0-9]+$/.test(text) ? Number(text) : undefined;
}

/**
 * Takes the template of an earlier revision and drops the request.
 * Imitates kube-controller-manager, pkg/controller/deployment/rollback.go, rollback, v1.36.
 */
export function rollBack(sync: DeploymentSync, toRevision: number): void {
  sync.syncNewSet({ create: true });
  const revision = toRevision === 0 ? lastRevision(sync.sets) : toRevision;
  const set = sync.sets.find((candidate) => revision !== 0 && revisionOf(candidate) === revision);
  const { deployment } = sync;
  if (set === undefined) {
    const what = revision === 0 ? "last revision" : "the revision to rollback to";
    warn(sync, "DeploymentRollbackRevisionNotFound", `Unable to find ${what}.`);
  } else if (set.templateKey === deployment.templateKey) {
    const message = `The rollback revision contains the same template as current deployment "${deployment.name}"`;
    warn(sync, "DeploymentRollbackTemplateUnchanged", message);
  } else {
    sync.deployment = withTemplate(deployment, set.template);
    const message = `Rolled back deployment "${deployment.name}" to revision ${revision}`;
    sync.events.push({ type: "Normal", reason: "DeploymentRollback", message });
  }
  sync.deployment = { ...sync.deployment, annotations: without(sync.deployment.annotations, annotation.rollbackTo) };
}

/** The second highest revision, 0 where there is only one (deployment_util.go, LastRevision, v1.36). */
export function lastRevision(sets: readonly ReplicaSet[]): number {
  return sets.map(revisionOf).toSorted((a, b) => b - a)[1] ?? 0;
}

/** The Deployment with another template, without the label of the set that it comes from. */
export function withTemplate(deployment: Deployment, template: JsonObject): Deployment {
  return withSpec(deployment, { ...deployment.spec, template: withoutHash(template) });
}

function withoutHash(template: JsonObject): JsonObject {
  const metadata = at(template, "metadata");
  const labels = at(metadata, "labels");
  if (!isObject(metadata) || !isObject(labels)) return template;
  return { ...template, metadata: { ...metadata, labels: without(labels, "pod-template-hash") } };
}

function without<Value>(map: Readonly<Record<string, Value>>, key: string): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(map).filter(([other]) => other !== key));
}

function warn(sync: DeploymentSync, reason: string, message: string): void {
  sync.events.push({ type: "Warning", reason, message });
}
