import type { JsonValue } from "../../base/json.ts";
import type { ScenarioNode } from "../scenario.ts";

/** Whether a DaemonSet's pod belongs on a node, and whether one that is there may stay. */
export interface DaemonPlacement {
  readonly shouldRun: boolean;
  readonly shouldContinueRunning: boolean;
}

export function daemonPodPlacement(node: ScenarioNode, template: JsonValue | undefined): DaemonPlacement {
  void node; void template;
  return { shouldRun: true, shouldContinueRunning: true };
}
