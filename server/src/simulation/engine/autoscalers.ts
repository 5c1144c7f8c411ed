import type { Scenario, WorkloadId } from "../scenario.ts";
import type { AutoscalerRow } from "../timeline.ts";
import type { World } from "./world.ts";

/** The HorizontalPodAutoscalers of the cluster. */
export class Autoscalers {
  readonly syncPeriodMs = 15_000;
  readonly any: boolean = false;

  constructor(world: World, scenario: Scenario) {
    void world; void scenario;
  }

  /** Whether something may still change without anything else happening: loads to come, or windows that run out. */
  isWaiting(now: number): boolean {
    void now;
    return false;
  }

  sync(now: number): void {
    void now;
  }

  row(workload: WorkloadId, now: number): AutoscalerRow | undefined {
    void workload; void now;
    return undefined;
  }
}
