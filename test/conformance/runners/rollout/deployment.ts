import { objectAt } from "../../../../server/src/base/json.ts";
import type { JsonObject } from "../../../../server/src/base/json.ts";
import { DeploymentWorkload } from "../../../../server/src/simulation/engine/deployment-workload.ts";
import type { ManualRun, ManualStep } from "../../../../server/src/simulation/engine/manual-run.ts";
import { annotation } from "../../../../server/src/simulation/rollout/deployment-state.ts";
import { templateName, workload } from "./replay.ts";
import type { Replay } from "./replay.ts";

const defaults: JsonObject = {
  strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: "25%" } },
  revisionHistoryLimit: 10,
  progressDeadlineSeconds: 600,
};

export const replayDeployment: Replay = { ...workload("Deployment", defaults), observe };

function observe(run: ManualRun, step: ManualStep, templates: Map<string, string>): JsonObject {
  const deployment = run.world.workload("Deployment/web");
  if (!(deployment instanceof DeploymentWorkload)) return {};
  for (const { pod } of step.pods) templates.set(pod.revision, templateName(pod));
  for (const set of deployment.sets) templates.set(set.name, templateName(set));
  return {
    moves: step.events
      .filter((event) => event.reason === "ScalingReplicaSet")
      .map(({ data }) => [templates.get(String(data?.["set"])) ?? null, Number(data?.["from"]), Number(data?.["to"])]),
    replicaSets: deployment.sets
      .map((set) => ({
        template: templateName(set),
        revision: Number(set.annotations[annotation.revision]),
        spec: set.replicas,
        replicas: set.status.replicas,
        ready: set.status.readyReplicas,
        available: set.status.availableReplicas,
        terminating: set.status.terminatingReplicas ?? 0,
      }))
      .sort((a, b) => a.template.localeCompare(b.template)),
    status: objectAt(deployment.object(), "status") ?? {},
    conditions: deployment
      .conditions()
      .map(({ type, status, reason }) => ({ type, status, reason }))
      .sort((a, b) => a.type.localeCompare(b.type)),
  };
}
