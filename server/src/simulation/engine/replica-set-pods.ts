import type { ReplicaSet } from "../rollout/deployment-state.ts";
import { reconcileReplicaSet } from "../rollout/replica-set.ts";
import type { Cluster } from "./cluster.ts";
import { deletionOrder } from "./deletion-order.ts";
import type { RevisionNames } from "./names.ts";
import { PodGroup } from "./pods.ts";
import type { Workload } from "./workload.ts";

/** The pods of one ReplicaSet, and the controller that keeps their number. */
export class ReplicaSetPods {
  readonly group: PodGroup;
  readonly #cluster: Cluster;
  readonly #workload: Pick<Workload, "id" | "namespace">;
  readonly #names: RevisionNames;
  #minReadyMs = 0;
  #created = 0;

  constructor(cluster: Cluster, workload: Pick<Workload, "id" | "namespace">, names: RevisionNames) {
    this.#cluster = cluster;
    this.#workload = workload;
    this.#names = names;
    this.group = new PodGroup(() => this.#minReadyMs);
  }

  /**
   * Syncs until nothing is left to do; the same set where nothing was.
   * `related`: the pods of all sets of the same owner, among whose nodes the removed ones are chosen.
   */
  sync(set: ReplicaSet, related: () => readonly PodGroup[]): ReplicaSet {
    this.#minReadyMs = set.minReadySeconds * 1000;
    let current = set;
    for (;;) {
      const next = this.#syncOnce(current, related);
      if (next === current) return current;
      current = next;
    }
  }

  #syncOnce(set: ReplicaSet, related: () => readonly PodGroup[]): ReplicaSet {
    if (this.#isSettled(set)) return set;
    const { create, remove, status } = reconcileReplicaSet(set, this.group);
    for (let made = 0; made < create; made++) this.#create(set);
    if (remove > 0) this.#remove(set, deletionOrder(this.group, related(), remove, this.#cluster.now));
    return { ...set, observed: true, status };
  }

  /** Whether a sync would change nothing: it has as many pods as it wants, and its status counts them. */
  #isSettled({ observed, deleted, replicas, status }: ReplicaSet): boolean {
    const { active, ready, available, terminating } = this.group;
    return (
      observed &&
      (deleted || replicas === active) &&
      status.replicas === active &&
      status.readyReplicas === ready &&
      status.availableReplicas === available &&
      status.terminatingReplicas === terminating
    );
  }

  #create(set: ReplicaSet): void {
    const ordinal = ++this.#created;
    const name = this.#names.pod(set.name, ordinal);
    const { group } = this;
    const { id: workload, namespace } = this.#workload;
    const { template, name: revision } = set;
    this.#cluster.createPod({ name, namespace, workload, group, template, revision, ordinal });
    this.#record(set, "SuccessfulCreate", "Created", name);
  }

  #remove(set: ReplicaSet, pods: ReturnType<typeof deletionOrder>): void {
    for (const pod of pods) {
      this.#cluster.deletePod(pod);
      this.#record(set, "SuccessfulDelete", "Deleted", pod.name);
    }
  }

  #record(set: ReplicaSet, reason: string, done: string, pod: string): void {
    if (this.#cluster.onEvent === undefined) return;
    this.#cluster.record(`ReplicaSet/${set.name}`, { type: "Normal", reason, message: `${done} pod: ${pod}` });
  }
}
