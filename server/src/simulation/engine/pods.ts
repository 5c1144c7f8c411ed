import type { JsonObject } from "../../base/json.ts";
import type { WorkloadId } from "../scenario.ts";

/** A pod of the simulated cluster. Changed by `PodStore` alone, so that all counts stay right. */
export interface Pod {
  readonly name: string;
  /** Counts up: the order of creation. */
  readonly uid: number;
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
  readonly phase: "Pending" | "Running" | "Succeeded" | "Failed";
  readonly ready: boolean;
  /** When the Ready condition changed last. */
  readonly readySince: number;
  /** Ready for minReadySeconds. */
  readonly available: boolean;
  /** Since when it is terminating. */
  readonly deletedAt: number | undefined;
  readonly gone: boolean;
}

type MutablePod = { -readonly [Key in keyof Pod]: Pod[Key] };

export type NewPod = Pick<
  Pod,
  "name" | "namespace" | "workload" | "group" | "template" | "revision" | "ordinal" | "createdAt" | "node"
>;

/** The pods of one ReplicaSet, StatefulSet or DaemonSet, counted while they change. */
export class PodGroup {
  /** In order of creation, terminating ones included. */
  readonly pods = new Set<Pod>();
  readonly minReadyMs: () => number;
  active = 0;
  ready = 0;
  available = 0;
  terminating = 0;
  readonly #cohorts = new Map<string, Set<Pod>>();

  constructor(minReadyMs: () => number) {
    this.minReadyMs = minReadyMs;
  }

  /** Active pods that are equal in all that decides which one is deleted first, times to the second. */
  cohorts(): Iterable<ReadonlySet<Pod>> {
    return this.#cohorts.values();
  }

  count(pod: Pod, sign: 1 | -1): void {
    if (pod.deletedAt !== undefined) {
      this.terminating += sign;
      return;
    }
    this.active += sign;
    if (pod.ready) this.ready += sign;
    if (pod.available) this.available += sign;
    this.#assign(pod, sign);
  }

  #assign(pod: Pod, sign: 1 | -1): void {
    const readySecond = pod.ready ? Math.floor(pod.readySince / 1000) : "";
    const key = `${pod.node ?? ""}/${pod.phase}/${readySecond}/${Math.floor(pod.createdAt / 1000)}`;
    const cohort = this.#cohorts.get(key);
    if (sign === 1) {
      if (cohort === undefined) this.#cohorts.set(key, new Set([pod]));
      else cohort.add(pod);
    } else {
      cohort?.delete(pod);
      if (cohort?.size === 0) this.#cohorts.delete(key);
    }
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
    const pod: Pod = {
      ...made,
      uid: ++this.#created,
      phase: "Pending",
      ready: false,
      readySince: made.createdAt,
      available: false,
      deletedAt: undefined,
      gone: false,
    };
    this.byName.set(pod.name, pod);
    pod.group.pods.add(pod);
    pod.group.count(pod, 1);
    this.#tell(pod, "created");
    return pod;
  }

  start(pod: Pod): void {
    if (!pod.gone && pod.phase === "Pending") this.#change(pod, { phase: "Running" }, "started");
  }

  setReady(pod: Pod, now: number): void {
    if (pod.gone || pod.ready) return;
    const available = pod.group.minReadyMs() === 0;
    this.#change(pod, { phase: "Running", ready: true, readySince: now, available }, "ready");
  }

  setUnready(pod: Pod, now: number): void {
    if (pod.gone || !pod.ready) return;
    this.#change(pod, { ready: false, readySince: now, available: false }, "unready");
  }

  /** Makes a pod available that has been ready for long enough. */
  setAvailable(pod: Pod, now: number): void {
    if (pod.gone || !pod.ready || pod.available || now < pod.readySince + pod.group.minReadyMs()) return;
    this.#change(pod, { available: true }, "available");
  }

  terminate(pod: Pod, now: number): void {
    if (!pod.gone && pod.deletedAt === undefined) this.#change(pod, { deletedAt: now }, "terminating");
  }

  remove(pod: Pod): void {
    if (pod.gone) return;
    pod.group.count(pod, -1);
    pod.group.pods.delete(pod);
    this.byName.delete(pod.name);
    (pod as MutablePod).gone = true;
    this.#tell(pod, "gone");
  }

  #change(pod: Pod, change: Partial<MutablePod>, what: PodChange): void {
    pod.group.count(pod, -1);
    Object.assign(pod, change);
    pod.group.count(pod, 1);
    this.#tell(pod, what);
  }

  #tell(pod: Pod, change: PodChange): void {
    for (const observer of this.#observers) observer(pod, change);
  }
}
