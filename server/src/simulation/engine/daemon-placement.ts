import { objectAt } from "../../base/json.ts";
import type { JsonObject } from "../../base/json.ts";
import { daemonDecision } from "../../kubernetes/taints.ts";
import type { DaemonDecision } from "../../kubernetes/taints.ts";
import type { ScenarioNode } from "../scenario.ts";

/** Whether a DaemonSet's pod belongs on a node, and whether one that is there may stay. */
export function daemonPlacement(node: ScenarioNode, template: JsonObject): DaemonDecision {
  return daemonDecision(objectAt(template, "spec") ?? {}, nodeObject(node));
}

/** The node as the API server would show it. */
function nodeObject({ name, zone, labels, taints }: ScenarioNode): JsonObject {
  const zoneLabel: JsonObject = zone === undefined ? {} : { "topology.kubernetes.io/zone": zone };
  return {
    metadata: {
      name,
      labels: { "kubernetes.io/hostname": name, "kubernetes.io/os": "linux", ...zoneLabel, ...labels },
    },
    spec: { taints: [...(taints ?? [])] },
  };
}
