import { outcomeOf } from "./engine/outcome.ts";
import { TimedRun } from "./engine/timed-run.ts";
import type { CountsRow, StepRow } from "./engine/recorder.ts";
import { deploymentFenceposts } from "./engine/deployment-workload.ts";
import { specOf } from "./rollout/deployment-state.ts";
import { numberAt, textAt } from "../base/json.ts";
import type { JsonObject } from "../base/json.ts";
import type { Scenario } from "./scenario.ts";
import type { Fenceposts, Frame, Summary, Timeline, TimelineEvent } from "./timeline.ts";

export interface SimulateOptions {
  /** `none`: bounds and summary alone, in a fraction of the time. */
  readonly frames?: "all" | "none";
}

/** Workloads up to this size are shown pod by pod; of larger ones there is a summary alone. */
const maxShownPods = 20_000;

/** Larger workloads are not simulated at all: their bounds are told, nothing else. */
const maxSimulatedPods = 100_000;

/**
 * Runs a scenario and tells what happened, as plain JSON. The same scenario gives the same timeline, byte for byte, wherever it runs.
 * Never throws: whatever the objects' fields hold, what is missing or of a wrong type counts as absent.
 */
export function simulate(scenario: Scenario, options: SimulateOptions = {}): Timeline {
  const recording = record(scenario, options);
  const { fenceposts, events, summary } = recording;
  const frames: Frame[] = [];
  for (let index = 0; index < recording.frameCount; index++) {
    const frame = recording.frame(index);
    if (frame !== undefined) frames.push(frame);
  }
  return { version: 1, fenceposts, events, frames, summary };
}

/** A timeline whose frames are made when somebody asks: what a view with thousands of pods needs. */
export interface Recording {
  readonly fenceposts: Fenceposts;
  readonly events: readonly TimelineEvent[];
  readonly summary: Summary;
  readonly frameCount: number;
  /** What a chart draws of a frame: cheap enough for all of them. */
  readonly counts: (index: number) => CountsRow | undefined;
  /** A frame without pods and requests. */
  readonly step: (index: number) => StepRow | undefined;
  /** `undefined` outside 0 … frameCount - 1. */
  readonly frame: (index: number) => Frame | undefined;
}

/** Runs a scenario; `simulate` with lazily made frames. */
export function record(scenario: Scenario, options: SimulateOptions = {}): Recording {
  if ((scenario.rejected ?? []).length > 0) return rejected(scenario);
  const largest = largestWorkload(scenario);
  if (largest.maxPods > maxSimulatedPods) return tooLarge(largest);
  const frames = options.frames !== "none" && largest.maxPods <= maxShownPods;
  const run = new TimedRun(scenario, { frames });
  run.run();
  const { recorder } = run;
  const notice = options.frames !== "none" && !frames ? ({ notice: "summary-only" } as const) : {};
  return {
    fenceposts: run.focus?.fenceposts() ?? noFenceposts,
    events: recorder?.events ?? [],
    summary: { ...outcomeOf(run), ...notice },
    frameCount: recorder?.stepCount ?? 0,
    counts: (index) => recorder?.countsRow(index),
    step: (index) => recorder?.stepRow(index),
    frame: (index) => recorder?.frame(index),
  };
}

const noFenceposts: Fenceposts = { replicas: 0, maxSurge: 0, maxUnavailable: 0, maxPods: 0, minAvailable: 0 };

function rejected(scenario: Scenario): Recording {
  return withoutSimulation(largestWorkload(scenario), { outcome: "rejected", messages: scenario.rejected ?? [] });
}

function tooLarge(fenceposts: Fenceposts): Recording {
  const data = { replicas: fenceposts.replicas, limit: maxSimulatedPods };
  return withoutSimulation(fenceposts, { outcome: "stalled", because: "too-large", data, notice: "summary-only" });
}

function withoutSimulation(fenceposts: Fenceposts, what: Pick<Summary, "outcome"> & Partial<Summary>): Recording {
  const nothing = { durationMs: 0, minAvailable: 0, maxPods: 0, maxPhysicalPods: 0, failedRequests: 0, steps: 0 };
  return {
    fenceposts,
    events: [],
    summary: { ...nothing, ...what },
    frameCount: 0,
    counts: () => undefined,
    step: () => undefined,
    frame: () => undefined,
  };
}

/** The bounds of the largest workload that the scenario ever has. */
function largestWorkload(scenario: Scenario): Fenceposts {
  const changed = (scenario.actions ?? []).flatMap((action) => ("apply" in action ? [action.apply] : []));
  const scaled = (scenario.actions ?? []).flatMap((action) => ("scale" in action ? [action.replicas] : []));
  const objects = [...scenario.objects, ...changed];
  // What an autoscaler may come to counts as what somebody asks for.
  for (const object of objects)
    scaled.push(...["minReplicas", "maxReplicas"].map((field) => autoscaled(object, field)));
  let largest = noFenceposts;
  for (const object of objects) {
    const spec = specOf(object);
    const replicas = Math.max(0, numberAt(spec, "replicas") ?? 0, ...scaled);
    const fenceposts = deploymentFenceposts({ ...spec, replicas });
    if (fenceposts.maxPods > largest.maxPods) largest = fenceposts;
  }
  return largest;
}

function autoscaled(object: JsonObject, field: string): number {
  return textAt(object, "kind") === "HorizontalPodAutoscaler" ? (numberAt(object, "spec", field) ?? 0) : 0;
}
