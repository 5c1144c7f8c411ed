import { numberAt, objectAt, textAt } from "../../../../server/src/base/json.ts";
import type { JsonObject } from "../../../../server/src/base/json.ts";
import type { ManualRun, ManualStep } from "../../../../server/src/simulation/engine/manual-run.ts";
import { templateNamed, workload } from "./replay.ts";
import type { Replay } from "./replay.ts";

const strategies: JsonObject = {
  strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: "25%" } },
  podManagementPolicy: "Parallel",
};

export const replayBudget: Replay = {
  create: (fields) => [...ownerOf(objectAt(fields, "owner") ?? {}), budgetOf(objectAt(fields, "budget") ?? {})],
  // A patch scales the owner.
  patch: (objects, patch) => {
    const [owner] = objects;
    const kind = textAt(owner, "kind") ?? "";
    if (owner === undefined || kind === "Pod") return objects;
    return [...workload(kind, {}).patch([owner], patch), ...objects.slice(1)];
  },
  observe,
};

function observe(run: ManualRun, step: ManualStep): JsonObject {
  const status = run.world.budgetStatuses().get("web");
  if (status === undefined) return {};
  const { condition, ...counts } = status;
  const { answer } = step;
  return {
    code: answer?.code ?? null,
    message: answer !== undefined && "message" in answer ? answer.message : null,
    cause: answer !== undefined && "cause" in answer ? (answer.cause ?? null) : null,
    status: counts,
    conditions: [{ type: "DisruptionAllowed", ...condition }],
  };
}

function ownerOf(owner: JsonObject): readonly JsonObject[] {
  const kind = textAt(owner, "kind") ?? "";
  const replicas = numberAt(owner, "replicas") ?? 0;
  if (kind !== "Pod") return workload(kind, {}).create({ ...strategies, replicas, template: "A" });
  return Array.from({ length: replicas }, (_, index) => ({
    apiVersion: "v1",
    kind: "Pod",
    ...templateNamed("A"),
    metadata: { name: `web-${index}`, namespace: "default", labels: { app: "web" } },
  }));
}

function budgetOf(spec: JsonObject): JsonObject {
  return {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { name: "web", namespace: "default" },
    spec: { selector: { matchLabels: { app: "web" } }, ...spec },
  };
}
