import { numberAt, objectAt, textAt, textMapAt } from "../../base/json.ts";
import type { JsonObject } from "../../base/json.ts";
import { noReplicas, specOf, templateKey } from "../rollout/deployment-state.ts";
import type { ReplicaSet } from "../rollout/deployment-state.ts";
import type { ConditionRow, Fenceposts, ReplicaSetRow } from "../timeline.ts";
import type { Cluster } from "./cluster.ts";
import type { RevisionNames } from "./names.ts";
import type { PodGroup } from "./pods.ts";
import { ReplicaSetPods } from "./replica-set-pods.ts";
import type { Workload, WorkloadState } from "./workload.ts";

/** A ReplicaSet that no Deployment owns. A changed template holds for new pods alone. */
export class ReplicaSetWorkload implements Workload {
  readonly kind = "ReplicaSet";
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  readonly #pods: ReplicaSetPods;
  #object: JsonObject;
  #set: ReplicaSet;

  constructor(cluster: Cluster, object: JsonObject, names: RevisionNames) {
    this.#object = object;
    this.namespace = textAt(object, "metadata", "namespace") ?? "default";
    this.name = textAt(object, "metadata", "name") ?? "";
    this.id = `ReplicaSet/${this.name}`;
    this.#pods = new ReplicaSetPods(cluster, this, names);
    this.#set = replicaSetOf(object, 0);
  }

  get desired(): number {
    return this.#set.replicas;
  }

  sync(): boolean {
    const before = this.#set;
    this.#set = this.#pods.sync(before, () => this.groups());
    return this.#set !== before;
  }

  apply(object: JsonObject): void {
    const { name, replicas, template, minReadySeconds } = replicaSetOf(object, 0);
    this.#object = object;
    this.#set = { ...this.#set, name, replicas, template, minReadySeconds };
  }

  scale(replicas: number): void {
    this.#object = { ...this.#object, spec: { ...specOf(this.#object), replicas } };
    this.#set = { ...this.#set, replicas };
  }

  /** A ReplicaSet has no history. */
  undo(): void {
    return undefined;
  }

  object(): JsonObject {
    return this.snapshot()();
  }

  snapshot(): () => JsonObject {
    const [object, { replicas, readyReplicas, availableReplicas }] = [this.#object, this.#set.status];
    return () => ({ ...object, status: { replicas, readyReplicas, availableReplicas } });
  }

  rows(): readonly ReplicaSetRow[] {
    const { ready, available, terminating } = this.#pods.group;
    const counts = { replicas: this.#set.replicas, ready, available, terminating };
    return [{ workload: this.id, name: this.name, revision: 1, role: "new", ...counts }];
  }

  groups(): readonly PodGroup[] {
    return [this.#pods.group];
  }

  revisionOf(): number {
    return 1;
  }

  isNew(): boolean {
    return true;
  }

  conditions(): readonly ConditionRow[] {
    return [];
  }

  fenceposts(): Fenceposts {
    const replicas = this.desired;
    return { replicas, maxSurge: 0, maxUnavailable: 0, maxPods: replicas, minAvailable: replicas };
  }

  get state(): WorkloadState {
    const isComplete = this.#pods.group.available === this.desired && this.#pods.group.active === this.desired;
    return { isComplete, deadlineExceeded: false, isPaused: false };
  }
}

/** A ReplicaSet from its API object; `index` keeps the order of several. */
export function replicaSetOf(object: JsonObject, index: number): ReplicaSet {
  const spec = specOf(object);
  const template = objectAt(spec, "template") ?? {};
  return {
    name: textAt(object, "metadata", "name") ?? "",
    createdAt: index - Number.MAX_SAFE_INTEGER,
    deleted: false,
    observed: false,
    annotations: textMapAt(object, "metadata", "annotations"),
    template,
    templateKey: templateKey(template),
    replicas: numberAt(spec, "replicas") ?? 1,
    minReadySeconds: numberAt(spec, "minReadySeconds") ?? 0,
    status: noReplicas,
  };
}
