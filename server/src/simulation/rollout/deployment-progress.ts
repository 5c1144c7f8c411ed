import { maxUnavailable } from "./deployment-arithmetic.ts";
import { arithmeticView, desiredReplicas, progressDeadline, sumOf } from "./deployment-state.ts";
import { hasSameFields } from "../same-fields.ts";
import type { Condition, Deployment, DeploymentStatus, ReplicaSet } from "./deployment-state.ts";
import type { DeploymentSync } from "./deployment-sync.ts";

type Counts = Pick<DeploymentStatus, "replicas" | "updatedReplicas" | "readyReplicas" | "availableReplicas">;

/**
 * Counts the sets into the status.
 * Imitates kube-controller-manager, pkg/controller/deployment/sync.go, calculateStatus, v1.36.
 */
export function countStatus(sync: DeploymentSync): void {
  const { sets, newSet, deployment } = sync;
  const availableReplicas = sync.available;
  const counted: DeploymentStatus = {
    replicas: sumOf(sets, (set) => set.status.replicas),
    readyReplicas: sumOf(sets, (set) => set.status.readyReplicas),
    availableReplicas,
    terminatingReplicas: terminatingReplicas(sets),
    observedGeneration: deployment.generation,
    updatedReplicas: newSet?.status.replicas ?? 0,
    unavailableReplicas: Math.max(0, sync.total - availableReplicas),
    conditions: deployment.status.conditions,
  };
  if (!hasSameFields(deployment.status, counted)) sync.deployment = { ...deployment, status: counted };
  const missing = maxUnavailable(arithmeticView(deployment));
  const available = availableReplicas >= desiredReplicas(deployment) - missing;
  sync.setCondition(
    available
      ? {
          type: "Available",
          status: "True",
          reason: "MinimumReplicasAvailable",
          message: "Deployment has minimum availability.",
        }
      : {
          type: "Available",
          status: "False",
          reason: "MinimumReplicasUnavailable",
          message: "Deployment does not have minimum availability.",
        },
  );
}

/**
 * Counts the sets into the status and judges the progress against the status before.
 * Imitates kube-controller-manager, pkg/controller/deployment/progress.go, syncRolloutStatus, v1.36.
 */
export function judgeProgress(sync: DeploymentSync): void {
  const before = sync.deployment.status;
  countStatus(sync);
  const { deployment, newSet, now } = sync;
  const { status } = deployment;
  if (progressDeadline(deployment) === undefined) {
    dropProgressing(sync);
    return;
  }
  const current = conditionOf(before, "Progressing");
  if (status.replicas === status.updatedReplicas && current?.reason === "NewReplicaSetAvailable") return;
  const subject = newSet === undefined ? `Deployment "${deployment.name}"` : `ReplicaSet "${newSet.name}"`;
  if (isComplete(deployment, status)) {
    const message = `${subject} has successfully progressed.`;
    sync.setCondition({ type: "Progressing", status: "True", reason: "NewReplicaSetAvailable", message });
  } else if (hasProgressed(before, status)) {
    const lastTransitionTime = current?.status === "True" ? current.lastTransitionTime : now;
    // Written anew each time: its lastUpdateTime is what the deadline counts from.
    dropProgressing(sync);
    const message = `${subject} is progressing.`;
    sync.setCondition({ type: "Progressing", status: "True", reason: "ReplicaSetUpdated", message });
    keepTransitionTime(sync, lastTransitionTime);
  } else if (hasTimedOut(deployment, now)) {
    const message = `${subject} has timed out progressing.`;
    sync.setCondition({ type: "Progressing", status: "False", reason: "ProgressDeadlineExceeded", message });
  }
}

/** Whether all pods are new, available, and seen by the controller (deployment_util.go, DeploymentComplete, v1.36). */
export function isComplete(
  deployment: Deployment,
  status: Pick<DeploymentStatus, "updatedReplicas" | "replicas" | "availableReplicas" | "observedGeneration">,
): boolean {
  const replicas = desiredReplicas(deployment);
  return (
    status.updatedReplicas === replicas &&
    status.replicas === replicas &&
    status.availableReplicas === replicas &&
    status.observedGeneration >= deployment.generation
  );
}

/** Whether anything got better since the status before (deployment_util.go, DeploymentProgressing, v1.36). */
export function hasProgressed(before: Counts, after: Counts): boolean {
  return (
    after.updatedReplicas > before.updatedReplicas ||
    after.replicas - after.updatedReplicas < before.replicas - before.updatedReplicas ||
    after.readyReplicas > before.readyReplicas ||
    after.availableReplicas > before.availableReplicas
  );
}

/** Whether the deadline has passed since the last progress (deployment_util.go, DeploymentTimedOut, v1.36). */
export function hasTimedOut(deployment: Deployment, now: number): boolean {
  const deadline = progressDeadline(deployment);
  const condition = conditionOf(deployment.status, "Progressing");
  if (deadline === undefined || condition === undefined) return false;
  if (condition.reason === "NewReplicaSetAvailable") return false;
  return condition.reason === "ProgressDeadlineExceeded" || condition.lastUpdateTime + deadline * 1000 < now;
}

/**
 * When the controller looks again at a rollout that may be stuck: milliseconds from now, `undefined` where it need not.
 * Imitates kube-controller-manager, pkg/controller/deployment/progress.go, requeueStuckDeployment, v1.36.
 */
export function requeueAfter(deployment: Deployment, status: DeploymentStatus, now: number): number | undefined {
  const deadline = progressDeadline(deployment);
  const condition = conditionOf(deployment.status, "Progressing");
  if (deadline === undefined || condition === undefined) return undefined;
  if (isComplete(deployment, status) || condition.reason === "ProgressDeadlineExceeded") return undefined;
  const left = condition.lastUpdateTime + deadline * 1000 - now;
  return left < 1000 ? 0 : left;
}

/**
 * Notes a pause and its end, so that the time between does not count against the deadline.
 * Imitates kube-controller-manager, pkg/controller/deployment/sync.go, checkPausedConditions, v1.36.
 */
export function notePause(sync: DeploymentSync, paused: boolean): void {
  if (progressDeadline(sync.deployment) === undefined) return;
  const reason = conditionOf(sync.deployment.status, "Progressing")?.reason;
  if (reason === "ProgressDeadlineExceeded") return;
  const noted = reason === "DeploymentPaused";
  if (paused && !noted) {
    const message = "Deployment is paused";
    sync.setCondition({ type: "Progressing", status: "Unknown", reason: "DeploymentPaused", message });
  } else if (!paused && noted) {
    const message = "Deployment is resumed";
    sync.setCondition({ type: "Progressing", status: "Unknown", reason: "DeploymentResumed", message });
  }
}

export function conditionOf(status: Pick<DeploymentStatus, "conditions">, type: string): Condition | undefined {
  return status.conditions.find((condition) => condition.type === type);
}

/** The conditions with one more; one of the same status and reason stays as it is (deployment_util.go, SetDeploymentCondition, v1.36). */
export function withCondition(
  conditions: readonly Condition[],
  next: Pick<Condition, "type" | "status" | "reason" | "message">,
  now: number,
): readonly Condition[] {
  const current = conditions.find((condition) => condition.type === next.type);
  if (current?.status === next.status && current.reason === next.reason) return conditions;
  const lastTransitionTime = current?.status === next.status ? current.lastTransitionTime : now;
  const others = conditions.filter((condition) => condition.type !== next.type);
  return [...others, { ...next, lastUpdateTime: now, lastTransitionTime }];
}

/** Unknown as soon as one set that its controller has seen does not tell (deployment_util.go, GetTerminatingReplicaCountForReplicaSets, v1.36). */
export function terminatingReplicas(sets: readonly ReplicaSet[]): number | undefined {
  if (sets.some((set) => set.observed && set.status.terminatingReplicas === undefined)) return undefined;
  return sumOf(sets, (set) => set.status.terminatingReplicas ?? 0);
}

function dropProgressing(sync: DeploymentSync): void {
  const { deployment } = sync;
  const conditions = deployment.status.conditions.filter((condition) => condition.type !== "Progressing");
  sync.deployment = { ...deployment, status: { ...deployment.status, conditions } };
}

function keepTransitionTime(sync: DeploymentSync, lastTransitionTime: number): void {
  const { deployment } = sync;
  const conditions = deployment.status.conditions.map((condition) =>
    condition.type === "Progressing" ? { ...condition, lastTransitionTime } : condition,
  );
  sync.deployment = { ...deployment, status: { ...deployment.status, conditions } };
}
