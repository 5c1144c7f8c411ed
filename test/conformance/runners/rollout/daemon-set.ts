import { numberAt, objectAt } from "../../../../server/src/base/json.ts";
import type { JsonObject } from "../../../../server/src/base/json.ts";
import type { ManualRun, ManualStep } from "../../../../server/src/simulation/engine/manual-run.ts";
import type { Pod } from "../../../../server/src/simulation/engine/pods.ts";
import { DaemonSetWorkload } from "../../../../server/src/simulation/engine/daemon-set-workload.ts";
import { templateName, workload } from "./replay.ts";
import type { Replay } from "./replay.ts";

const defaults: JsonObject = {
  updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
  revisionHistoryLimit: 10,
};

export const replayDaemonSet: Replay = {
  ...workload("DaemonSet", defaults),
  nodes: (create) => numberAt(create, "nodes") ?? 1,
  observe,
};

/** Which node comes first is random in the real controller: counts alone are compared. */
function observe(run: ManualRun, step: ManualStep): JsonObject {
  const set = run.world.workload("DaemonSet/web");
  if (!(set instanceof DaemonSetWorkload)) return {};
  const count = (kind: string): JsonObject => {
    const counts: Record<string, number> = {};
    for (const { change, pod } of step.pods) {
      if (change === kind) counts[templateName(pod)] = (counts[templateName(pod)] ?? 0) + 1;
    }
    return counts;
  };
  return {
    created: count("create"),
    deleted: count("delete"),
    groups: groupsOf(run.pods),
    status: objectAt(set.object(), "status") ?? {},
  };
}

function groupsOf(pods: readonly Pod[]): readonly JsonObject[] {
  const templates = [...new Set(pods.map(templateName))].sort();
  return templates.map((template) => {
    const own = pods.filter((pod) => templateName(pod) === template);
    const live = own.filter((pod) => pod.deletedAt === undefined);
    const ready = live.filter((pod) => pod.ready).length;
    return { template, pods: live.length, ready, terminating: own.length - live.length };
  });
}
