import { numberAt } from "../../base/json.ts";
import {
  annotation,
  arithmeticView,
  byCreation,
  desiredReplicas,
  isActive,
  maxPods,
  noReplicas,
  progressDeadline,
  sumOf,
  templateOf,
} from "./deployment-state.ts";
import type { Condition, Deployment, ReplicaSet } from "./deployment-state.ts";
import { newReplicaSetReplicas, replicaCountAnnotation } from "./deployment-arithmetic.ts";
import { conditionOf, withCondition } from "./deployment-progress.ts";
import { newSetAnnotations, revisionOf } from "./deployment-revisions.ts";
import type { ControllerEvent, Reason } from "./events.ts";

/** Gives the ReplicaSet of a new template its name: `web-<new>`. */
export type NameReplicaSet = (revision: number) => string;

/** One sync under way: what the controller has read, and what it has changed since. */
export class DeploymentSync {
  deployment: Deployment;
  readonly now: number;
  readonly events: ControllerEvent[] = [];
  readonly #nameReplicaSet: NameReplicaSet;
  #sets: readonly ReplicaSet[];
  #newName: string | undefined;

  constructor(deployment: Deployment, sets: readonly ReplicaSet[], now: number, nameReplicaSet: NameReplicaSet) {
    this.deployment = deployment;
    this.now = now;
    this.#nameReplicaSet = nameReplicaSet;
    this.#sets = isOldestFirst(sets) ? sets : sets.toSorted(byCreation);
    this.#newName = findNewReplicaSet(deployment, this.#sets)?.name;
  }

  /** Oldest first. */
  get sets(): readonly ReplicaSet[] {
    return this.#sets;
  }

  get newSet(): ReplicaSet | undefined {
    return this.#sets.find((set) => set.name === this.#newName);
  }

  /** All others, oldest first. */
  get oldSets(): readonly ReplicaSet[] {
    return this.#sets.filter((set) => set.name !== this.#newName);
  }

  get activeOldSets(): readonly ReplicaSet[] {
    return this.oldSets.filter(isActive);
  }

  /** spec.replicas of all sets. */
  get total(): number {
    return sumOf(this.#sets, (set) => set.replicas);
  }

  /** Available pods as the sets' statuses know them; resizing does not change that within a sync. */
  get available(): number {
    return sumOf(this.#sets, (set) => set.status.availableReplicas);
  }

  /** Resizes a set and says so; nothing where the size is right already (sync.go, scaleReplicaSetAndRecordEvent, v1.36). */
  resize(set: ReplicaSet, replicas: number, reason: Reason): boolean {
    return set.replicas !== replicas && this.resizeAndAnnotate(set, replicas, reason);
  }

  /** Writes a set's size, and the counts that a later proportional scaling starts from (sync.go, scaleReplicaSet, v1.36). */
  resizeAndAnnotate(set: ReplicaSet, replicas: number, reason: Reason): boolean {
    const resized = { ...set, replicas, annotations: { ...set.annotations, ...replicaAnnotations(this.deployment) } };
    if (set.replicas === replicas && !replicasAnnotationsNeedUpdate(set, this.deployment)) return false;
    this.#put(resized);
    if (set.replicas === replicas) return false;
    const direction = set.replicas < replicas ? "up" : "down";
    this.#scaled(direction, resized, set.replicas, reason);
    return true;
  }

  remove(set: ReplicaSet): void {
    this.#sets = this.#sets.filter((other) => other.name !== set.name);
  }

  setCondition(condition: Pick<Condition, "type" | "status" | "reason" | "message">): void {
    const { status } = this.deployment;
    const conditions = withCondition(status.conditions, condition, this.now);
    if (conditions !== status.conditions) this.deployment = { ...this.deployment, status: { ...status, conditions } };
  }

  /**
   * Brings the new set's revision up to date, or makes the set; its first pods come with the creation.
   * Imitates kube-controller-manager, pkg/controller/deployment/sync.go, getNewReplicaSet, v1.36.
   */
  syncNewSet(options: { readonly create: boolean }): void {
    const revision = Math.max(0, ...this.oldSets.map((set) => revisionOf(set))) + 1;
    const { newSet } = this;
    if (newSet !== undefined) this.#refresh(newSet, revision);
    else if (options.create) this.#create(revision);
  }

  #refresh(set: ReplicaSet, revision: number): void {
    const annotations = newSetAnnotations(this.deployment, set.annotations, revision);
    const minReadySeconds = numberAt(this.deployment.spec, "minReadySeconds") ?? 0;
    if (annotations !== set.annotations || set.minReadySeconds !== minReadySeconds) {
      this.#put({ ...set, annotations, minReadySeconds });
      return;
    }
    this.#setRevision(set.annotations[annotation.revision] ?? "");
    if (progressDeadline(this.deployment) === undefined) return;
    if (conditionOf(this.deployment.status, "Progressing") !== undefined) return;
    const message = `Found new replica set "${set.name}"`;
    this.setCondition({ type: "Progressing", status: "True", reason: "FoundNewReplicaSet", message });
  }

  #create(revision: number): void {
    const { deployment } = this;
    const wanted = newReplicaSetReplicas(arithmeticView(deployment), this.total, 0);
    const replicas = wanted.error === undefined ? wanted.value : 0;
    const data = { replicas, total: this.total, maxPods: maxPods(deployment) };
    const annotations = { ...newSetAnnotations(deployment, {}, revision), ...replicaAnnotations(deployment) };
    const created: ReplicaSet = {
      name: this.#nameReplicaSet(revision),
      createdAt: Math.max(this.now, (this.#sets.at(-1)?.createdAt ?? 0) + 1),
      deleted: false,
      observed: false,
      annotations,
      template: templateOf(deployment),
      templateKey: deployment.templateKey,
      replicas,
      minReadySeconds: numberAt(deployment.spec, "minReadySeconds") ?? 0,
      status: noReplicas,
    };
    this.#sets = [...this.#sets, created];
    this.#newName = created.name;
    if (replicas > 0) {
      this.#scaled("up", created, 0, { because: "new-replica-set", data });
    }
    this.#setRevision(String(revision));
    if (progressDeadline(deployment) === undefined) return;
    const message = `Created new replica set "${created.name}"`;
    this.setCondition({ type: "Progressing", status: "True", reason: "NewReplicaSetCreated", message });
  }

  #setRevision(revision: string): void {
    if (this.deployment.annotations[annotation.revision] === revision) return;
    const annotations = { ...this.deployment.annotations, [annotation.revision]: revision };
    this.deployment = { ...this.deployment, annotations };
  }

  #put(set: ReplicaSet): void {
    this.#sets = this.#sets.map((other) => (other.name === set.name ? set : other));
  }

  #scaled(direction: "up" | "down", set: ReplicaSet, from: number, { because, data }: Reason): void {
    const message = `Scaled ${direction} replica set ${set.name} from ${from} to ${set.replicas}`;
    const numbers = { ...data, set: set.name, from, to: set.replicas };
    this.events.push({ type: "Normal", reason: "ScalingReplicaSet", message, because, data: numbers });
  }
}

function isOldestFirst(sets: readonly ReplicaSet[]): boolean {
  return sets.every((set, index) => index === 0 || byCreation(sets[index - 1]!, set) <= 0);
}

/**
 * The oldest set with the Deployment's template; all others are old.
 * Imitates kube-controller-manager, pkg/controller/deployment/util/deployment_util.go, FindNewReplicaSet, v1.36.
 */
export function findNewReplicaSet(deployment: Deployment, sets: readonly ReplicaSet[]): ReplicaSet | undefined {
  let oldest: ReplicaSet | undefined;
  for (const set of sets) {
    if (set.templateKey !== deployment.templateKey) continue;
    if (oldest === undefined || byCreation(set, oldest) < 0) oldest = set;
  }
  return oldest;
}

/** A ReplicaSet's name: the Deployment's is cut where both would be too long for a name (sync.go, generateReplicaSetName, v1.36). */
export function replicaSetName(deployment: string, hash: string): string {
  const room = maxNameLength - hash.length - 1;
  return `${room > 0 ? deployment.slice(0, room) : deployment}-${hash}`;
}

const maxNameLength = 253;

/** Whether a set's annotations do not tell the Deployment's present size (deployment_util.go, ReplicasAnnotationsNeedUpdate, v1.36). */
export function replicasAnnotationsNeedUpdate(set: ReplicaSet, deployment: Deployment): boolean {
  return Object.entries(replicaAnnotations(deployment)).some(([key, value]) => set.annotations[key] !== value);
}

/** The size that a set was last given for, `undefined` where its annotation says none. */
export function annotatedDesiredReplicas(set: ReplicaSet): number | undefined {
  return replicaCountAnnotation(set.annotations[annotation.desiredReplicas])?.value;
}

function replicaAnnotations(deployment: Deployment): Readonly<Record<string, string>> {
  return {
    [annotation.desiredReplicas]: String(desiredReplicas(deployment)),
    [annotation.maxReplicas]: String(maxPods(deployment)),
  };
}
