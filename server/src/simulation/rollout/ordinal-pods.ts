import { IndexSet } from "../../base/index-set.ts";
import type { ControlledPod } from "./controlled-pod.ts";
import { isFinished, isTerminating, isUnavailable } from "./controlled-pod.ts";
import { slowStartBatches } from "./slow-start.ts";

/** What decides where a StatefulSet's pods belong. */
export interface OrdinalRange {
  /** The first ordinal, and how many there are. */
  readonly start: number;
  readonly replicas: number;
  readonly updateRevision: string;
}

/** The pods of a StatefulSet by their ordinals, sorted while they change: a sync finds those that need something without looking at the others. */
export class OrdinalPods<Pod extends ControlledPod> {
  readonly #byOrdinal = new Map<number, Pod>();
  #range: OrdinalRange = { start: 0, replicas: 0, updateRevision: "" };
  /** Indices (ordinal - start) where no pod is, or one that is not available. */
  #blocked = new IndexSet();
  /** Indices where no pod is, or a finished one that is not ending yet. */
  #vacant = new IndexSet();
  /** Indices of pods of another revision that are not ending. */
  #outdated = new IndexSet();
  /** Pods outside the range, the highest ordinal first; some of them may be gone. */
  #condemned = new Set<Pod>();

  add(pod: Pod): void {
    this.#byOrdinal.set(pod.ordinal, pod);
    this.#note(pod.ordinal, pod);
  }

  remove(pod: Pod): void {
    this.#byOrdinal.delete(pod.ordinal);
    this.#note(pod.ordinal, undefined);
  }

  at(index: number): Pod | undefined {
    return this.#byOrdinal.get(this.#range.start + index);
  }

  /** Looks at the pods from another range or revision; costs nothing where that is as before. */
  look(range: OrdinalRange): void {
    const { start, replicas, updateRevision } = this.#range;
    if (range.start === start && range.replicas === replicas && range.updateRevision === updateRevision) return;
    this.#range = range;
    this.#blocked = new IndexSet();
    this.#vacant = new IndexSet();
    this.#outdated = new IndexSet();
    for (let index = 0; index < range.replicas; index++) this.#note(range.start + index, this.at(index));
    this.#sortCondemned();
  }

  /** How many of the range are missing or not available. */
  get blocked(): number {
    return this.#blocked.size;
  }

  /** The lowest index that is missing or not available, -1 where there is none. */
  get lowestBlocked(): number {
    return this.#blocked.next(0);
  }

  /** The highest index that is missing, not available or of another revision. */
  get highestUnsettled(): number {
    return Math.max(this.#blocked.highest, this.#outdated.highest);
  }

  isOutdated(index: number): boolean {
    return this.#outdated.has(index);
  }

  /** The indices of pods of another revision that are not ending, the highest first. */
  outdated(): Iterable<number> {
    return this.#outdated.descending();
  }

  /** Indices without a pod, or with a finished one, in the order in which a Parallel set starts all of them. */
  *vacant(maxBatch: number): Generator<number> {
    if (this.#vacant.size === 0) return;
    for (const { first, last } of slowStartBatches(this.#range.replicas, maxBatch)) {
      if (this.#vacant.has(last)) yield last;
      for (let index = this.#vacant.next(first); index >= 0 && index < last; index = this.#vacant.next(index + 1)) {
        yield index;
      }
    }
  }

  /** Pods outside the range, the highest ordinal first. */
  *condemned(): Generator<Pod> {
    for (const pod of this.#condemned) {
      if (this.#byOrdinal.get(pod.ordinal) === pod) yield pod;
      else this.#condemned.delete(pod);
    }
  }

  #note(ordinal: number, pod: Pod | undefined): void {
    const index = ordinal - this.#range.start;
    if (index < 0 || index >= this.#range.replicas) {
      if (pod !== undefined && !this.#condemned.has(pod)) this.#sortCondemned();
      return;
    }
    this.#blocked.put(index, pod === undefined || isUnavailable(pod));
    this.#vacant.put(index, pod === undefined || (isFinished(pod) && !isTerminating(pod)));
    this.#outdated.put(index, pod !== undefined && pod.revision !== this.#range.updateRevision && !isTerminating(pod));
  }

  #sortCondemned(): void {
    const { start, replicas } = this.#range;
    const outside = [...this.#byOrdinal.values()].filter(
      ({ ordinal }) => ordinal < start || ordinal >= start + replicas,
    );
    this.#condemned = new Set(outside.sort((a, b) => b.ordinal - a.ordinal));
  }
}
