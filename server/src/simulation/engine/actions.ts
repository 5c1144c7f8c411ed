import { objectAt, textAt } from "../../base/json.ts";
import type { Clients } from "../clients/traffic.ts";
import type { Action } from "../scenario.ts";
import { isCount } from "../rollout/deployment-state.ts";
import type { World } from "./world.ts";

/** Does what a person does. An action that names something unknown does nothing. */
export function carryOutAction(
  action: Action,
  world: World,
  clients: Clients | undefined,
  drain: (node: string) => void,
): void {
  const { cluster } = world;
  if ("apply" in action) {
    if (textAt(action.apply, "kind") === "Service") clients?.setService(action.apply, cluster.now);
    else world.apply(action.apply);
  } else if ("pause" in action) setPaused(world, action.pause, true);
  else if ("resume" in action) setPaused(world, action.resume, false);
  else if ("undo" in action) world.workload(action.undo)?.undo(action.toRevision ?? 0);
  else if ("scale" in action) world.workload(action.scale)?.scale(isCount(action.replicas) ? action.replicas : 0);
  else if ("setSelector" in action) clients?.setSelector(action.setSelector, action.selector, cluster.now);
  else if ("killPod" in action) kill(world, action.killPod);
  else drain(action.drainNode);
}

/** Pauses a Deployment, or lets it go on. */
export function setPaused(world: World, id: string, paused: boolean): void {
  const workload = world.workload(id);
  if (workload?.kind !== "Deployment") return;
  const object = workload.object();
  workload.apply({ ...object, spec: { ...objectAt(object, "spec"), paused } });
}

function kill(world: World, name: string): void {
  const { cluster } = world;
  const pod = cluster.pods.byName.get(name);
  if (pod === undefined) return;
  const message = `Stopping container of pod ${name}`;
  cluster.record(`Pod/${name}`, { type: "Normal", reason: "Killing", message, because: "killed", data: { pod: name } });
  cluster.deletePod(pod);
}
