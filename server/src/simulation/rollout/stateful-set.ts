import { at, numberAt, objectAt, textAt } from "../../base/json.ts";
import type { JsonObject, JsonValue } from "../../base/json.ts";
import { scaledValue } from "../../kubernetes/int-or-percent.ts";
import type { ControlledPod } from "./controlled-pod.ts";
import {
  isFinished,
  isRunningAndAvailable,
  isRunningAndReady,
  isTerminating,
  isUnavailable,
} from "./controlled-pod.ts";
import { withinHistory, withUpdateRevision } from "./controller-revisions.ts";
import type { ControllerRevision, NameRevision } from "./controller-revisions.ts";
import { isCount, maxInt32 } from "./deployment-state.ts";
import type { Reason } from "./events.ts";
import type { OrdinalPods } from "./ordinal-pods.ts";
import type { RevisionTally } from "./revision-tally.ts";
import { completeRollingUpdate, countPods } from "./stateful-set-status.ts";
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
  readonly pods: OrdinalPods<Pod>;
  /** The same pods, counted. */
  readonly tally: RevisionTally;
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
  const { spec, tally, generation } = input;
  const revisions = withUpdateRevision(input.revisions, objectAt(spec, "template") ?? {}, input.nameRevision);
  const updateRevision = revisions.at(-1)?.name ?? "";
  const current = revisions.find((revision) => revision.name === input.status.currentRevision);
  const currentRevision = current?.name ?? updateRevision;
  const sync = new StatefulSetSync(input, currentRevision, updateRevision);
  sync.run();
  const counted = countPods(tally, { currentRevision, updateRevision, observedGeneration: generation });
  const live = new Set([currentRevision, updateRevision, ...tally.live()]);
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
  readonly #replicas: number;
  readonly #pods: OrdinalPods<Pod>;

  constructor(input: StatefulSetInput<Pod>, currentRevision: string, updateRevision: string) {
    const { spec, pods } = input;
    this.#input = input;
    this.#currentRevision = currentRevision;
    this.#updateRevision = updateRevision;
    this.#ordered = textAt(spec, "podManagementPolicy") !== "Parallel";
    this.#start = countAt(spec, "ordinals", "start");
    this.#replicas = numberAt(spec, "replicas") ?? 1;
    this.#pods = pods;
    pods.look({ start: this.#start, replicas: this.#replicas, updateRevision });
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
    if (!this.#ordered) {
      for (const index of this.#pods.vacant(maxBatch)) this.#processReplica(index);
      return "go on";
    }
    const index = this.#pods.lowestBlocked;
    if (index < 0) return "go on";
    this.#processReplica(index);
    return "stop";
  }

  #processReplica(index: number): void {
    const ordinal = this.#start + index;
    const pod = this.#pods.at(index);
    if (pod === undefined) {
      this.steps.push({
        create: ordinal,
        revision: this.#revisionOf(index),
        reason: reason("ordered-create", { ordinal }),
      });
    } else if (isFinished(pod) && !isTerminating(pod)) {
      this.#delete(pod, reason("pod-finished", { ordinal }));
    }
  }

  /** Descending: scaling down removes one pod at a time, and waits for it. */
  #processCondemned(): "stop" | "go on" {
    for (const pod of this.#pods.condemned()) {
      if (isTerminating(pod)) {
        if (this.#ordered) return "stop";
        continue;
      }
      const healthy = isRunningAndReady(pod) && isRunningAndAvailable(pod);
      if (this.#ordered && !healthy && pod !== this.#lowestUnavailable()) return "stop";
      this.#delete(pod, reason("ordered-delete", { ordinal: pod.ordinal }));
      if (this.#ordered) return "stop";
    }
    return "go on";
  }

  /** Of the pods outside the range: those inside are all available by now. */
  #lowestUnavailable(): Pod | undefined {
    return [...this.#pods.condemned()].findLast(isUnavailable);
  }

  /** The highest index of another revision goes, after all above it are available. */
  #updateOne(): void {
    const partition = this.#partition;
    const index = this.#pods.highestUnsettled;
    const pod = this.#pods.at(index);
    if (index < partition || pod === undefined || !this.#pods.isOutdated(index)) return;
    const data = { ordinal: pod.ordinal, partition, unavailable: 0, maxUnavailable: 1 };
    this.#delete(pod, reason("updated-from-the-top", data));
  }

  /** Several at a time (stateful_set_control.go, updateStatefulSetAfterInvariantEstablished, v1.36, behind MaxUnavailableStatefulSet). */
  #updateSeveral(): void {
    const written = at(this.#input.spec, "updateStrategy", "rollingUpdate", "maxUnavailable");
    const partition = this.#partition;
    const maxUnavailable = statefulSetMaxUnavailable(written, this.#replicas);
    const unavailable = this.#pods.blocked;
    let left = maxUnavailable - unavailable;
    if (left <= 0) return;
    for (const index of this.#pods.outdated()) {
      const pod = this.#pods.at(index);
      if (pod === undefined || index < partition || left === 0) return;
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
