import type { JsonObject } from "../../base/json.ts";
import type { WorkloadId } from "../scenario.ts";

export type PodPhase = "Pending" | "Running" | "Succeeded" | "Failed";

/** What is fixed when a pod is made. */
export interface NewPod {
  readonly name: string;
  readonly namespace: string;
  readonly workload: WorkloadId;
  readonly group: PodGroup;
  readonly template: JsonObject;
  /** A ReplicaSet's name, or the name of a controller revision. */
  readonly revision: string;
  /** The n-th pod of its revision, from 1; of a StatefulSet its ordinal. */
  readonly ordinal: number;
  readonly createdAt: number;
  /** `undefined`: no node takes it. */
  readonly node: string | undefined;
}

/** A pod of the simulated cluster. `PodStore` alone changes it, so that all counts stay right. */
export class Pod {
  readonly name: string;
  readonly namespace: string;
  readonly workload: WorkloadId;
  readonly group: PodGroup;
  readonly template: JsonObject;
  readonly revision: string;
  readonly ordinal: number;
  readonly createdAt: number;
  readonly node: string | undefined;
  /** Counts up: the order of creation. */
  readonly uid: number;
  phase: PodPhase = "Pending";
  ready = false;
  /** When the Ready condition changed last. */
  readySince: number;
  /** Ready for minReadySeconds. */
  available = false;
  /** Since when it is terminating. */
  deletedAt: number | undefined = undefined;
  gone = false;
  /** The active pods that are equal to it for the order of deletion. */
  cohort: Set<Pod> | undefined = undefined;
  /** Whether its group has yet to find its cohort. */
  isUnsorted = false;

  constructor(made: NewPod, uid: number) {
    this.name = made.name;
    this.namespace = made.namespace;
    this.workload = made.workload;
    this.group = made.group;
    this.template = made.template;
    this.revision = made.revision;
    this.ordinal = made.ordinal;
    this.createdAt = made.createdAt;
    this.node = made.node;
    this.uid = uid;
    this.readySince = made.createdAt;
  }
}

/** The pods of one ReplicaSet, StatefulSet or DaemonSet, counted while they change. */
export class PodGroup {
  /** In order of creation, terminating ones included. */
  readonly pods = new Set<Pod>();
  readonly minReadyMs: () => number;
  active = 0;
  ready = 0;
  available = 0;
  terminating = 0;
  readonly #perNode = new Map<string, number>();
  readonly #cohorts = new Map<string, Set<Pod>>();
  /** Pods whose cohort nobody has asked for since they changed. */
  #unsorted: Pod[] = [];

  constructor(minReadyMs: () => number) {
    this.minReadyMs = minReadyMs;
  }

  /** Active pods by node, "" for those without one. */
  get perNode(): ReadonlyMap<string, number> {
    return this.#perNode;
  }

  /** Active pods that are equal in all that decides which one is deleted first, times to the second. */
  cohorts(): readonly ReadonlySet<Pod>[] {
    for (const pod of this.#unsorted) {
      pod.isUnsorted = false;
      if (pod.gone || pod.deletedAt !== undefined) continue;
      pod.cohort = this.#cohortOf(pod);
      pod.cohort.add(pod);
    }
    this.#unsorted = [];
    for (const [key, cohort] of this.#cohorts) if (cohort.size === 0) this.#cohorts.delete(key);
    return [...this.#cohorts.values()];
  }

  count(pod: Pod): void {
    if (pod.deletedAt !== undefined) {
      this.terminating++;
      return;
    }
    this.active++;
    if (pod.ready) this.ready++;
    if (pod.available) this.available++;
    if (pod.isUnsorted) return;
    pod.isUnsorted = true;
    this.#unsorted.push(pod);
  }

  uncount(pod: Pod): void {
    if (pod.deletedAt !== undefined) {
      this.terminating--;
      return;
    }
    this.active--;
    if (pod.ready) this.ready--;
    if (pod.available) this.available--;
    pod.cohort?.delete(pod);
    pod.cohort = undefined;
  }

  /** A pod begins (or ceases) to be active on its node. */
  occupy(pod: Pod, change: 1 | -1): void {
    const node = pod.node ?? "";
    this.#perNode.set(node, (this.#perNode.get(node) ?? 0) + change);
  }

  #cohortOf(pod: Pod): Set<Pod> {
    const readySecond = pod.ready ? Math.floor(pod.readySince / 1000) : "";
    const key = `${pod.node ?? ""}/${pod.phase}/${readySecond}/${Math.floor(pod.createdAt / 1000)}`;
    let cohort = this.#cohorts.get(key);
    if (cohort === undefined) {
      cohort = new Set();
      this.#cohorts.set(key, cohort);
    }
    return cohort;
  }
}

export type PodChange = "created" | "started" | "ready" | "unready" | "available" | "terminating" | "gone";

export type PodObserver = (pod: Pod, change: PodChange) => void;

/** All pods of the cluster, and the only place where one changes. */
export class PodStore {
  /** The time of the present change. */
  now = 0;
  readonly byName = new Map<string, Pod>();
  readonly #observers: PodObserver[] = [];
  #created = 0;

  observe(observer: PodObserver): void {
    this.#observers.push(observer);
  }

  create(made: NewPod): Pod {
    const pod = new Pod(made, ++this.#created);
    this.byName.set(pod.name, pod);
    pod.group.pods.add(pod);
    pod.group.count(pod);
    pod.group.occupy(pod, 1);
    this.#tell(pod, "created");
    return pod;
  }

  start(pod: Pod): void {
    if (pod.gone || pod.phase !== "Pending") return;
    this.#change(pod, "started", () => {
      pod.phase = "Running";
    });
  }

  setReady(pod: Pod): void {
    if (pod.gone || pod.ready) return;
    this.#change(pod, "ready", () => {
      pod.phase = "Running";
      pod.ready = true;
      pod.readySince = this.now;
      pod.available = pod.group.minReadyMs() === 0;
    });
  }

  setUnready(pod: Pod): void {
    if (pod.gone || !pod.ready) return;
    this.#change(pod, "unready", () => {
      pod.ready = false;
      pod.readySince = this.now;
      pod.available = false;
    });
  }

  /** Makes a pod available that has been ready for long enough. */
  setAvailable(pod: Pod): void {
    if (pod.gone || !pod.ready || pod.available || this.now < pod.readySince + pod.group.minReadyMs()) return;
    this.#change(pod, "available", () => {
      pod.available = true;
    });
  }

  terminate(pod: Pod): void {
    if (pod.gone || pod.deletedAt !== undefined) return;
    pod.group.occupy(pod, -1);
    this.#change(pod, "terminating", () => {
      pod.deletedAt = this.now;
    });
  }

  remove(pod: Pod): void {
    if (pod.gone) return;
    if (pod.deletedAt === undefined) pod.group.occupy(pod, -1);
    pod.group.uncount(pod);
    pod.group.pods.delete(pod);
    this.byName.delete(pod.name);
    pod.gone = true;
    this.#tell(pod, "gone");
  }

  #change(pod: Pod, what: PodChange, change: () => void): void {
    pod.group.uncount(pod);
    change();
    pod.group.count(pod);
    this.#tell(pod, what);
  }

  #tell(pod: Pod, change: PodChange): void {
    for (const observer of this.#observers) observer(pod, change);
  }
}
