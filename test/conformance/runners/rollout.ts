import type { ConformanceRunner } from "../runner.ts";
import { replayBudget } from "./rollout/budget.ts";
import { replayDaemonSet } from "./rollout/daemon-set.ts";
import { replayDeployment } from "./rollout/deployment.ts";
import { replayCases } from "./rollout/replay.ts";
import { replayStatefulSet } from "./rollout/stateful-set.ts";

/** Replays `deployment.jsonl`, `statefulset.jsonl`, `daemonset.jsonl` and `pdb.jsonl` step by step through the manual driver. */
export const runner: ConformanceRunner = {
  folder: "rollout",
  run(context) {
    replayCases(context, "deployment", replayDeployment);
    replayCases(context, "statefulset", replayStatefulSet);
    replayCases(context, "daemonset", replayDaemonSet);
    replayCases(context, "pdb", replayBudget);
  },
};
