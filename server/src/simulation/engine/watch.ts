import type { WorkloadId } from "../scenario.ts";
import type { World } from "./world.ts";
import type { Workload } from "./workload.ts";

/** Follows the focused workload for the summary, with those that take part in its rollout (a canary, blue and green): how many pods they have together, and when it was done. */
export class Watch {
  readonly #world: World;
  readonly #focus: () => Workload | undefined;
  readonly #parts: ReadonlySet<WorkloadId>;
  minAvailable = 0;
  maxPods = 0;
  maxPhysicalPods = 0;
  steps = 0;
  /** When the first action happened, `undefined` before. */
  startedAt: number | undefined;
  completedAt: number | undefined;
  lastChangeAt = 0;
  #watching = false;

  constructor(world: World, focus: () => Workload | undefined, parts: ReadonlySet<WorkloadId>) {
    this.#world = world;
    this.#focus = focus;
    this.#parts = parts;
  }

  /** The state before is set up: from now on everything counts. */
  begin(): void {
    this.#watching = true;
    this.minAvailable = Number.POSITIVE_INFINITY;
    this.#measure();
  }

  /** An action is about to happen: the workload has to become complete anew. */
  changed(): void {
    this.startedAt ??= this.#world.cluster.now;
    this.completedAt = undefined;
  }

  /** A controller has done a step. */
  step(): void {
    if (!this.#watching) return;
    const { now } = this.#world.cluster;
    this.#measure();
    this.steps++;
    this.lastChangeAt = now;
    if (this.#focus()?.state.isComplete !== true) this.completedAt = undefined;
    else this.completedAt ??= now;
  }

  #measure(): void {
    let [active, available, terminating] = [0, 0, 0];
    const focus = this.#focus();
    for (const workload of this.#world.workloads) {
      if (workload !== focus && !this.#parts.has(workload.id)) continue;
      for (const group of workload.groups()) {
        active += group.active;
        available += group.available;
        terminating += group.terminating;
      }
    }
    this.minAvailable = Math.min(this.minAvailable, available);
    this.maxPods = Math.max(this.maxPods, active);
    this.maxPhysicalPods = Math.max(this.maxPhysicalPods, active + terminating);
  }
}
