import type { JsonObject } from "../../base/json.ts";
import type { ControllerEvent } from "../rollout/events.ts";
import type { ScenarioNode } from "../scenario.ts";
import { PodStore } from "./pods.ts";
import type { NewPod, Pod } from "./pods.ts";

/** A node, and how many pods it has. */
export interface ClusterNode extends ScenarioNode {
  cordoned: boolean;
  pods: number;
}

export interface RecordedEvent extends ControllerEvent {
  readonly atMs: number;
  readonly object: string;
}

/** What all controllers share: the time, the pods, the nodes, and who listens. */
export class Cluster {
  readonly pods = new PodStore();
  readonly nodes: readonly ClusterNode[];
  /** Told of each event; nobody listens while the state before is set up. */
  onEvent: ((event: RecordedEvent) => void) | undefined;
  /** Told when a controller wants to look again at a later time. */
  onRequeue: (atMs: number) => void = () => undefined;

  constructor(nodes: readonly ScenarioNode[]) {
    this.nodes = nodes.map((node) => ({ ...node, cordoned: false, pods: 0 }));
    const byName = new Map(this.nodes.map((node) => [node.name, node]));
    this.pods.observe((pod, change) => {
      const node = pod.node === undefined ? undefined : byName.get(pod.node);
      if (node === undefined) return;
      if (change === "created") node.pods++;
      if (change === "gone") node.pods--;
    });
  }

  get now(): number {
    return this.pods.now;
  }

  set now(now: number) {
    this.pods.now = now;
  }

  record(object: string, event: ControllerEvent): void {
    this.onEvent?.({ atMs: this.now, object, ...event });
  }

  requeueAt(atMs: number): void {
    this.onRequeue(atMs);
  }

  /** Makes a pod; without a node of its own it goes where the fewest are. */
  createPod(made: Omit<NewPod, "createdAt" | "node"> & { readonly node?: string }): Pod {
    const node = made.node ?? this.#emptiestNode()?.name;
    return this.pods.create({ ...made, node, createdAt: this.now });
  }

  deletePod(pod: Pod): void {
    this.pods.terminate(pod);
  }

  #emptiestNode(): ClusterNode | undefined {
    let best: ClusterNode | undefined;
    for (const node of this.nodes) {
      if (node.cordoned || !takesPods(node)) continue;
      if (best === undefined || node.pods < best.pods) best = node;
    }
    return best;
  }
}

/** Pods of workloads tolerate no taint here; those of DaemonSets choose their nodes themselves. */
function takesPods(node: ClusterNode): boolean {
  return !(node.taints ?? []).some((taint: JsonObject) => taint["effect"] !== "PreferNoSchedule");
}
