import { arrayAt, objectAt, textAt } from "../../../../server/src/base/json.ts";
import type { JsonObject, JsonValue } from "../../../../server/src/base/json.ts";
import type { ManualRun, ManualStep } from "../../../../server/src/simulation/engine/manual-run.ts";
import { StatefulSetWorkload } from "../../../../server/src/simulation/engine/stateful-set-workload.ts";
import { templateName, workload } from "./replay.ts";
import type { Replay } from "./replay.ts";

const defaults: JsonObject = {
  podManagementPolicy: "OrderedReady",
  updateStrategy: { type: "RollingUpdate", rollingUpdate: { partition: 0 } },
  revisionHistoryLimit: 10,
};

export const replayStatefulSet: Replay = {
  ...workload("StatefulSet", defaults),
  observe,
  // A Parallel set starts and deletes several pods at once: their order means nothing.
  normalise: (seen, create) =>
    textAt(create, "podManagementPolicy") === "Parallel" && "moves" in seen
      ? { ...seen, moves: arrayAt(seen, "moves").toSorted(byText) }
      : seen,
};

function observe(run: ManualRun, step: ManualStep): JsonObject {
  const set = run.world.workload("StatefulSet/web");
  if (!(set instanceof StatefulSetWorkload)) return {};
  const names = new Map(set.revisions.map((revision) => [revision.name, templateName(revision)]));
  const named = (name: string): string => names.get(name) ?? "";
  return {
    moves: step.pods.map(({ change, pod }) => [change, pod.ordinal, templateName(pod)]),
    pods: run.pods
      .map((pod) => ({
        ordinal: pod.ordinal,
        template: templateName(pod),
        ready: pod.ready,
        terminating: pod.deletedAt !== undefined,
      }))
      .sort((a, b) => a.ordinal - b.ordinal),
    status: {
      ...objectAt(set.object(), "status"),
      currentRevision: named(set.status.currentRevision),
      updateRevision: named(set.status.updateRevision),
    },
  };
}

function byText(a: JsonValue, b: JsonValue): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
