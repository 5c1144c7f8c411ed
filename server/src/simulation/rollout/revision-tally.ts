import type { ControlledPod } from "./controlled-pod.ts";
import { isRunningAndAvailable, isRunningAndReady, isTerminating } from "./controlled-pod.ts";

/** The pods of one revision: `replicas` and what follows without ending ones. */
export interface RevisionCounts {
  replicas: number;
  ready: number;
  available: number;
  terminating: number;
}

/** The pods of a StatefulSet or DaemonSet, counted by revision while they change. */
export class RevisionTally {
  /** All pods; ending ones count here, as ready and available ones too. */
  total = 0;
  ready = 0;
  available = 0;
  readonly #byRevision = new Map<string, RevisionCounts>();

  of(revision: string): Readonly<RevisionCounts> {
    return this.#byRevision.get(revision) ?? noPods;
  }

  /** The revisions that have pods. */
  *live(): Generator<string> {
    for (const [revision, { replicas, terminating }] of this.#byRevision) {
      if (replicas + terminating > 0) yield revision;
    }
  }

  /** A pod in its present state comes (1) or goes (-1). */
  count(pod: ControlledPod, by: 1 | -1): void {
    this.total += by;
    if (isRunningAndReady(pod)) this.ready += by;
    if (isRunningAndAvailable(pod)) this.available += by;
    const counts = this.#countsOf(pod.revision);
    if (isTerminating(pod)) {
      counts.terminating += by;
      return;
    }
    counts.replicas += by;
    if (pod.ready) counts.ready += by;
    if (pod.available) counts.available += by;
  }

  #countsOf(revision: string): RevisionCounts {
    let counts = this.#byRevision.get(revision);
    if (counts === undefined) {
      counts = { ...noPods };
      this.#byRevision.set(revision, counts);
    }
    return counts;
  }
}

const noPods: Readonly<RevisionCounts> = { replicas: 0, ready: 0, available: 0, terminating: 0 };
