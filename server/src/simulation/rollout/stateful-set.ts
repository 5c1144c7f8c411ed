import { at, numberAt, objectAt, textAt } from "../../base/json.ts";
import type { JsonObject, JsonValue } from "../../base/json.ts";
import { scaledValue } from "../../kubernetes/int-or-percent.ts";
import type { ControlledPod } from "./controlled-pod.ts";
import { isFinished, isTerminating } from "./controlled-pod.ts";
import { withinHistory, withUpdateRevision } from "./controller-revisions.ts";
import type { ControllerRevision, NameRevision } from "./controller-revisions.ts";
import { isCount, maxInt32 } from "./deployment-state.ts";
import type { Reason } from "./events.ts";
import { inSlowStart } from "./slow-start.ts";
import {
  completeRollingUpdate,
  countPods,
  isRunningAndAvailable,
  isRunningAndReady,
  isUnavailable,
} from "./stateful-set-status.ts";
import type { StatefulSetStatus } from "./stateful-set-status.ts";

/** The most pods that a Parallel set starts at once. */
const maxBatch = 500;

/** What one sync reads. */
export interface StatefulSetInput<Pod extends ControlledPod> {
  readonly generation: number;
  readonly spec: JsonObject;
  readonly status: StatefulSetStatus;
  /** Ascending. */
  readonly revisions: readonly ControllerRevision[];
  readonly nameRevision: NameRevision;
  readonly pods: readonly Pod[];
  /** Feature gate MaxUnavailableStatefulSet, off by default in v1.36. */
  readonly maxUnavailableGate: boolean;
}

/** What one sync does. */
export interface StatefulSetOutput<Pod extends ControlledPod> {
  readonly status: StatefulSetStatus;
  readonly revisions: readonly ControllerRevision[];
  readonly steps: readonly StatefulSetStep<Pod>[];
}

export type StatefulSetStep<Pod extends ControlledPod> =
  | { readonly create: number; readonly revision: string; readonly reason: Reason }
  | { readonly delete: Pod; readonly reason: Reason };

/**
 * One sync of the stateful set controller.
 * Imitates kube-controller-manager, pkg/controller/statefulset/stateful_set_control.go, performUpdate, v1.36.
 */
export function reconcileStatefulSet<Pod extends ControlledPod>(input: StatefulSetInput<Pod>): StatefulSetOutput<Pod> {
  const { spec, pods, generation } = input;
  const revisions = withUpdateRevision(input.revisions, objectAt(spec, "template") ?? {}, input.nameRevision);
  const updateRevision = revisions.at(-1)?.name ?? "";
  const current = revisions.find((revision) => revision.name === input.status.currentRevision);
  const currentRevision = current?.name ?? updateRevision;
  const sync = new StatefulSetSync(input, currentRevision, updateRevision);
  sync.run();
  const counted = countPods(pods, { currentRevision, updateRevision, observedGeneration: generation });
  const live = new Set([currentRevision, updateRevision, ...pods.map((pod) => pod.revision)]);
  return {
    status: completeRollingUpdate(spec, counted),
    revisions: withinHistory(revisions, live, numberAt(spec, "revisionHistoryLimit") ?? 10),
    steps: sync.steps,
  };
}

/** Most pods that an update may make unavailable: rounded down, never below 1 (stateful_set_utils.go, getStatefulSetMaxUnavailable, v1.36). */
export function statefulSetMaxUnavailable(maxUnavailable: JsonValue | undefined, replicas: number): number {
  const scaled = scaledValue(maxUnavailable ?? 1, replicas, { roundUp: false });
  return scaled.error === undefined ? Math.max(1, scaled.value) : 1;
}

/** Name and ordinal of a StatefulSet that a pod's name tells, `undefined` where it tells none (stateful_set_utils.go, getParentNameAndOrdinal, v1.36). */
export function parentAndOrdinal(podName: string): { readonly parent: string; readonly ordinal: number } | undefined {
  const match = /^(.*)-([0-9]+)$/s.exec(podName);
  if (match === null) return undefined;
  const ordinal = Number(match[2]);
  return ordinal > maxInt32 ? undefined : { parent: match[1] ?? "", ordinal };
}

/** stateful_set_control.go, updateStatefulSet, v1.36: create, then scale down, then update; in order, unless the policy is Parallel. */
class StatefulSetSync<Pod extends ControlledPod> {
  readonly steps: StatefulSetStep<Pod>[] = [];
  readonly #input: StatefulSetInput<Pod>;
  readonly #currentRevision: string;
  readonly #updateRevision: string;
  readonly #ordered: boolean;
  readonly #start: number;
  /** By index (ordinal - start); a hole is a pod to be created. */
  readonly #replicas: (Pod | undefined)[];
  /** Pods outside the range, the highest ordinal first. */
  readonly #condemned: readonly Pod[];

  constructor(input: StatefulSetInput<Pod>, currentRevision: string, updateRevision: string) {
    const { spec, pods } = input;
    this.#input = input;
    this.#currentRevision = currentRevision;
    this.#updateRevision = updateRevision;
    this.#ordered = textAt(spec, "podManagementPolicy") !== "Parallel";
    this.#start = countAt(spec, "ordinals", "start");
    const replicas = numberAt(spec, "replicas") ?? 1;
    this.#replicas = new Array<Pod | undefined>(replicas).fill(undefined);
    const condemned: Pod[] = [];
    for (const pod of pods) {
      const index = pod.ordinal - this.#start;
      if (index >= 0 && index < replicas) this.#replicas[index] = pod;
      else condemned.push(pod);
    }
    this.#condemned = condemned.sort((a, b) => b.ordinal - a.ordinal);
  }

  run(): void {
    if (this.#processReplicas() === "stop") return;
    if (this.#processCondemned() === "stop") return;
    if (textAt(this.#input.spec, "updateStrategy", "type") === "OnDelete") return;
    if (this.#input.maxUnavailableGate) this.#updateSeveral();
    else this.#updateOne();
  }

  /** Ascending: each pod must be there, running, ready and available before the next is looked at; if Parallel, all at once. */
  #processReplicas(): "stop" | "go on" {
    const entries = [...this.#replicas.entries()];
    for (const [index, pod] of this.#ordered ? entries : inSlowStart(entries, maxBatch)) {
      if (this.#processReplica(index, pod) === "stop" && this.#ordered) return "stop";
    }
    return "go on";
  }

  #processReplica(index: number, pod: Pod | undefined): "stop" | "go on" {
    const ordinal = this.#start + index;
    if (pod === undefined) {
      this.steps.push({
        create: ordinal,
        revision: this.#revisionOf(index),
        reason: reason("ordered-create", { ordinal }),
      });
      return "stop";
    }
    if (isFinished(pod)) {
      if (!isTerminating(pod)) this.#delete(pod, reason("pod-finished", { ordinal }));
      return "stop";
    }
    return isUnavailable(pod) ? "stop" : "go on";
  }

  /** Descending: scaling down removes one pod at a time, and waits for it. */
  #processCondemned(): "stop" | "go on" {
    const firstUnavailable = this.#firstUnavailable();
    for (const pod of this.#condemned) {
      if (isTerminating(pod)) {
        if (this.#ordered) return "stop";
        continue;
      }
      const healthy = isRunningAndReady(pod) && isRunningAndAvailable(pod);
      if (this.#ordered && !healthy && pod !== firstUnavailable) return "stop";
      this.#delete(pod, reason("ordered-delete", { ordinal: pod.ordinal }));
      if (this.#ordered) return "stop";
    }
    return "go on";
  }

  #firstUnavailable(): Pod | undefined {
    const inRange = this.#replicas.find((pod) => pod !== undefined && isUnavailable(pod));
    return inRange ?? this.#condemned.findLast(isUnavailable);
  }

  /** The highest index of another revision goes, after all above it are available. */
  #updateOne(): void {
    const partition = this.#partition;
    for (let index = this.#replicas.length - 1; index >= partition; index--) {
      const pod = this.#replicas[index];
      if (pod === undefined) return;
      if (pod.revision !== this.#updateRevision && !isTerminating(pod)) {
        const data = { ordinal: pod.ordinal, partition, unavailable: 0, maxUnavailable: 1 };
        return this.#delete(pod, reason("updated-from-the-top", data));
      }
      if (isUnavailable(pod)) return;
    }
  }

  /** Several at a time (stateful_set_control.go, updateStatefulSetAfterInvariantEstablished, v1.36, behind MaxUnavailableStatefulSet). */
  #updateSeveral(): void {
    const written = at(this.#input.spec, "updateStrategy", "rollingUpdate", "maxUnavailable");
    const partition = this.#partition;
    const maxUnavailable = statefulSetMaxUnavailable(written, this.#replicas.length);
    const unavailable = this.#replicas.filter((pod) => pod === undefined || isUnavailable(pod)).length;
    let left = maxUnavailable - unavailable;
    for (let index = this.#replicas.length - 1; index >= partition && left > 0; index--) {
      const pod = this.#replicas[index];
      if (pod === undefined || pod.revision === this.#updateRevision || isTerminating(pod)) continue;
      const data = { ordinal: pod.ordinal, partition, unavailable, maxUnavailable };
      this.#delete(pod, reason("updated-from-the-top", data));
      left--;
    }
  }

  get #partition(): number {
    return countAt(this.#input.spec, "updateStrategy", "rollingUpdate", "partition");
  }

  /** The revision of a pod to be created: below the partition the current one (stateful_set_utils.go, newVersionedStatefulSetPod, v1.36). */
  #revisionOf(index: number): string {
    const { spec, status } = this.#input;
    if (textAt(spec, "updateStrategy", "type") !== "RollingUpdate") return this.#updateRevision;
    const rollingUpdate = objectAt(spec, "updateStrategy", "rollingUpdate");
    const kept = rollingUpdate === undefined ? status.currentReplicas : this.#partition;
    return index < kept ? this.#currentRevision : this.#updateRevision;
  }

  #delete(pod: Pod, why: Reason): void {
    this.steps.push({ delete: pod, reason: why });
  }
}

function countAt(spec: JsonObject, ...path: readonly string[]): number {
  const value = at(spec, ...path);
  return isCount(value) ? value : 0;
}

function reason(because: Reason["because"], data: Reason["data"]): Reason {
  return { because, data };
}
