import { IndexSet } from "../../base/index-set.ts";
import type { ControlledPod } from "./controlled-pod.ts";

/** A node and the DaemonSet's pods on it, oldest first. */
export interface DaemonNode<Pod extends ControlledPod> {
  readonly name: string;
  /** Whether a pod belongs on it, and whether one that is there may stay. */
  readonly shouldRun: boolean;
  readonly shouldContinueRunning: boolean;
  readonly pods: readonly Pod[];
}

/** What a sync has to do on a node. */
export interface NodeJudgement {
  /** Whether a pod is missing or too many, update or not. */
  readonly isWrong: boolean;
  /** Whether the node counts against the update's limit. */
  readonly isLimited: boolean;
  /** Whether the update goes on here at once, or as far as the limit allows. */
  readonly turn: "at-once" | "within-limit" | "none";
}

/** By what nodes are judged. */
export interface JudgedBy {
  readonly update: string;
  readonly surges: boolean;
}

/** Nodes, counted: where a pod belongs by their oldest pod, an ending one included. */
export interface NodeCounts {
  readonly scheduled: number;
  readonly misscheduled: number;
  readonly ready: number;
  readonly updated: number;
  readonly available: number;
  readonly limited: number;
}

const nothing: NodeCounts = { scheduled: 0, misscheduled: 0, ready: 0, updated: 0, available: 0, limited: 0 };

/** A node, and what it adds to counts and lines since it was judged last. */
interface Place<Pod extends ControlledPod> extends DaemonNode<Pod> {
  readonly index: number;
  readonly pods: Pod[];
  shouldRun: boolean;
  shouldContinueRunning: boolean;
  isStale: boolean;
  added: NodeCounts;
  /** The uid of its oldest pod then, 0 where it stands in no line. */
  turn: number;
}

/** The nodes of a DaemonSet, sorted while their pods change: a sync finds those that need something without looking at the others. */
export class DaemonNodes<Pod extends ControlledPod> {
  readonly #places: readonly Place<Pod>[];
  readonly #byName: ReadonlyMap<string, Place<Pod>>;
  readonly #wrong = new IndexSet();
  readonly #byTurn = new Map<number, Place<Pod>>();
  readonly #atOnce = new IndexSet();
  readonly #withinLimit = new IndexSet();
  #counts: NodeCounts = nothing;
  #wanted = 0;
  #stale: Place<Pod>[] = [];
  #judgedBy: JudgedBy = { update: "", surges: false };

  /** `names`: all different. */
  constructor(names: readonly string[]) {
    const decision = { shouldRun: false, shouldContinueRunning: false };
    this.#places = names.map((name, index) => {
      return { name, index, pods: [], ...decision, isStale: false, added: nothing, turn: 0 };
    });
    this.#byName = new Map(this.#places.map((place) => [place.name, place]));
  }

  /** How many nodes should have a pod. */
  get wanted(): number {
    return this.#wanted;
  }

  /** As of the last `look`. */
  get counts(): NodeCounts {
    return this.#counts;
  }

  add(pod: Pod): void {
    const place = this.#byName.get(pod.node ?? "");
    if (place === undefined) return;
    const after = place.pods.findIndex((other) => other.uid > pod.uid);
    place.pods.splice(after < 0 ? place.pods.length : after, 0, pod);
    this.#touch(place);
  }

  remove(pod: Pod): void {
    const place = this.#byName.get(pod.node ?? "");
    if (place === undefined) return;
    place.pods.splice(place.pods.indexOf(pod), 1);
    this.#touch(place);
  }

  /** Decides anew where pods belong. */
  decide(decisionOn: (node: string) => Pick<DaemonNode<Pod>, "shouldRun" | "shouldContinueRunning">): void {
    for (const place of this.#places) {
      Object.assign(place, decisionOn(place.name));
      this.#touch(place);
    }
    this.#wanted = this.#places.filter(({ shouldRun }) => shouldRun).length;
  }

  /** Judges the nodes that have changed since the last look, all of them where they are judged by something else. */
  look(by: JudgedBy, judge: (node: DaemonNode<Pod>, by: JudgedBy) => NodeJudgement): void {
    if (by.update !== this.#judgedBy.update || by.surges !== this.#judgedBy.surges) {
      for (const place of this.#places) this.#touch(place);
    }
    this.#judgedBy = by;
    for (const place of this.#stale) this.#judge(place, judge(place, by));
    this.#stale = [];
  }

  /** Nodes where a pod is missing or too many, in their own order. */
  *wrong(): Generator<DaemonNode<Pod>> {
    for (const index of this.#wrong) yield this.#places[index]!;
  }

  /** Nodes where the update goes on whatever the limit, the one with the oldest pod first. */
  *atOnce(): Generator<DaemonNode<Pod>> {
    for (const turn of this.#atOnce) yield this.#byTurn.get(turn)!;
  }

  /** The first nodes where the update may go on, the one with the oldest pod first. */
  *withinLimit(limit: number): Generator<DaemonNode<Pod>> {
    let left = limit;
    for (let turn = this.#withinLimit.next(0); turn >= 0 && left > 0; turn = this.#withinLimit.next(turn + 1)) {
      yield this.#byTurn.get(turn)!;
      left--;
    }
  }

  #touch(place: Place<Pod>): void {
    if (place.isStale) return;
    place.isStale = true;
    this.#stale.push(place);
  }

  #judge(place: Place<Pod>, { isWrong, isLimited, turn }: NodeJudgement): void {
    place.isStale = false;
    const added = { ...countsOf(place, this.#judgedBy.update), limited: isLimited ? 1 : 0 };
    this.#counts = plus(plus(this.#counts, added, 1), place.added, -1);
    place.added = added;
    this.#wrong.put(place.index, isWrong);
    this.#leaveLine(place);
    const [oldest] = place.pods;
    if (turn === "none" || oldest === undefined) return;
    place.turn = oldest.uid;
    this.#byTurn.set(place.turn, place);
    (turn === "at-once" ? this.#atOnce : this.#withinLimit).add(place.turn);
  }

  #leaveLine(place: Place<Pod>): void {
    if (place.turn === 0) return;
    this.#atOnce.delete(place.turn);
    this.#withinLimit.delete(place.turn);
    this.#byTurn.delete(place.turn);
    place.turn = 0;
  }
}

function countsOf<Pod extends ControlledPod>({ shouldRun, pods }: DaemonNode<Pod>, update: string): NodeCounts {
  const [oldest] = pods;
  if (!shouldRun) return oldest === undefined ? nothing : { ...nothing, misscheduled: 1 };
  if (oldest === undefined) return nothing;
  return {
    ...nothing,
    scheduled: 1,
    ready: oldest.ready ? 1 : 0,
    updated: oldest.revision === update ? 1 : 0,
    available: oldest.ready && oldest.available ? 1 : 0,
  };
}

function plus(a: NodeCounts, b: NodeCounts, sign: 1 | -1): NodeCounts {
  return {
    scheduled: a.scheduled + sign * b.scheduled,
    misscheduled: a.misscheduled + sign * b.misscheduled,
    ready: a.ready + sign * b.ready,
    updated: a.updated + sign * b.updated,
    available: a.available + sign * b.available,
    limited: a.limited + sign * b.limited,
  };
}
