import { RevisionTally } from "../rollout/revision-tally.ts";
import { PodGroup } from "./pods.ts";
import type { Pod } from "./pods.ts";

/** Something that sorts pods for their controller: told of each in its present state, before and after it changes. */
export interface PodIndex {
  add(pod: Pod): void;
  remove(pod: Pod): void;
}

/** The pods of a StatefulSet or DaemonSet, of several revisions. */
export class RevisionedPodGroup extends PodGroup {
  readonly tally = new RevisionTally();
  readonly #index: PodIndex;

  constructor(minReadyMs: () => number, index: PodIndex) {
    super(minReadyMs);
    this.#index = index;
  }

  override count(pod: Pod): void {
    super.count(pod);
    this.tally.count(pod, 1);
    this.#index.add(pod);
  }

  override uncount(pod: Pod): void {
    super.uncount(pod);
    this.tally.count(pod, -1);
    this.#index.remove(pod);
  }
}
