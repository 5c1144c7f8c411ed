import { textAt } from "../../base/json.ts";
import { countStatus, notePause, requeueAfter } from "./deployment-progress.ts";
import { rollOutRecreate } from "./deployment-recreate.ts";
import type { OwnedPods } from "./deployment-recreate.ts";
import { rollBack, rollbackRevision } from "./deployment-rollback.ts";
import { rollOutRolling } from "./deployment-rolling.ts";
import { isScalingEvent, selectsEverything, syncSize } from "./deployment-scale.ts";
import { isPaused } from "./deployment-state.ts";
import type { Deployment, ReplicaSet } from "./deployment-state.ts";
import { DeploymentSync } from "./deployment-sync.ts";
import type { NameReplicaSet } from "./deployment-sync.ts";
import type { ControllerEvent } from "./events.ts";

/** What one sync reads. */
export interface DeploymentInput {
  readonly deployment: Deployment;
  /** All ReplicaSets that the Deployment controls. */
  readonly sets: readonly ReplicaSet[];
  readonly pods: OwnedPods;
  readonly nameReplicaSet: NameReplicaSet;
  readonly now: number;
}

/** What one sync writes: the objects as they are afterwards. */
export interface DeploymentOutput {
  readonly deployment: Deployment;
  readonly sets: readonly ReplicaSet[];
  readonly events: readonly ControllerEvent[];
  /** Milliseconds until the controller looks again by itself. */
  readonly requeueAfter: number | undefined;
}

/**
 * One sync of the deployment controller.
 * Imitates kube-controller-manager, pkg/controller/deployment/deployment_controller.go, syncDeployment, v1.36.
 */
export function reconcileDeployment(input: DeploymentInput): DeploymentOutput {
  const sync = new DeploymentSync(input.deployment, input.sets, input.now, input.nameReplicaSet);
  step(sync, input.pods);
  const { deployment, sets, events } = sync;
  // Nobody watches the deadline of a rollout that is not under way.
  const isUnderWay = !deployment.deleted && !isPaused(deployment);
  return {
    deployment,
    sets,
    events,
    requeueAfter: isUnderWay ? requeueAfter(deployment, deployment.status, input.now) : undefined,
  };
}

function step(sync: DeploymentSync, pods: OwnedPods): void {
  const { deployment } = sync;
  if (selectsEverything(deployment)) return refuse(sync);
  if (deployment.deleted) return countStatus(sync);
  const paused = isPaused(deployment);
  notePause(sync, paused);
  if (paused) return syncSize(sync, { paused });
  const revision = rollbackRevision(deployment);
  if (revision !== undefined) return rollBack(sync, revision);
  if (isScalingEvent(deployment, sync.sets)) return syncSize(sync, { paused });
  if (textAt(deployment.spec, "strategy", "type") === "Recreate") rollOutRecreate(sync, pods);
  else rollOutRolling(sync);
}

function refuse(sync: DeploymentSync): void {
  const { deployment } = sync;
  const message = "This deployment is selecting all pods. A non-empty selector is required.";
  sync.events.push({ type: "Warning", reason: "SelectingAll", message });
  sync.deployment = { ...deployment, status: { ...deployment.status, observedGeneration: deployment.generation } };
}
