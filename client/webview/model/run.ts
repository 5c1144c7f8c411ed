import type { Scenario } from "../../../server/src/simulation/scenario.ts";
import type { Frame, PodRow, ReplicaSetRow, TimelineEvent } from "../../../server/src/simulation/timeline.ts";
import type { Rollouts } from "../engine/rollouts.ts";
import { idOf, numberAt, omit, textAt } from "./json.ts";

type Recording = ReturnType<Rollouts["record"]>;

/** A step without its pods. */
export type StepRow = NonNullable<ReturnType<Recording["step"]>>;

/** A colour: the revision that a pod is of. */
export type Generation = "old" | "new";

/** How many pods of each colour and shape there are after one step. */
export interface Counts {
  readonly atMs: number;
  readonly oldReady: number;
  readonly newReady: number;
  /** Wanted or there, but not available. */
  readonly oldStarting: number;
  readonly newStarting: number;
  readonly ending: number;
  readonly loadMilli?: number;
}

/** A simulated scenario as the views draw it. */
export interface Run {
  readonly scenario: Scenario;
  readonly recording: Recording;
  /** One per step. */
  readonly counts: readonly Counts[];
  /** Where the time axis ends: a little after the last step. */
  readonly endMs: number;
  /** The most pods at once, for the axis. */
  readonly peak: number;
  /** Ends what answers for it elsewhere. */
  readonly dispose?: () => void;
}

/** Simulates, and counts what the chart shows. Requests are left out: they cost more than all the rest. */
export function runOf(engine: Rollouts, scenario: Scenario): Run {
  const recording = engine.record(omit(scenario, "traffic"));
  const counts: Counts[] = [];
  for (let index = 0; index < recording.frameCount; index++) {
    const step = recording.counts(index);
    if (step !== undefined) counts.push(countsOf(step.atMs, step.replicaSets, step.autoscaler?.loadMilli));
  }
  const peak = counts.reduce((most, each) => Math.max(most, totalOf(each)), recording.fenceposts.maxPods);
  return { scenario, recording, counts, endMs: endOf(counts), peak };
}

/** How many pods the workloads of a scenario have together at most, as far as is known before it runs. */
export function podsIn({ objects, actions = [], cluster }: Scenario): number {
  const most = new Map<string, number>();
  const count = (id: string, replicas: number): unknown => most.set(id, Math.max(most.get(id) ?? 0, replicas));
  const nodes = cluster?.nodes?.length ?? 3;
  for (const object of [...objects, ...actions.flatMap((action) => ("apply" in action ? [action.apply] : []))]) {
    count(idOf(object), textAt(object, "kind") === "DaemonSet" ? nodes : (numberAt(object, "spec", "replicas") ?? 0));
  }
  for (const action of actions) if ("scale" in action) count(action.scale, action.replicas);
  return [...most.values()].reduce((sum, replicas) => sum + replicas, 0);
}

/** Available pods of all revisions. */
export function availableOf(counts: Counts): number {
  return counts.oldReady + counts.newReady;
}

/** All pods, ending ones included. */
export function totalOf(counts: Counts): number {
  return availableOf(counts) + counts.oldStarting + counts.newStarting + counts.ending;
}

/** The colour of a set: names hold the template's place (`web-<new>`). */
export function generationOf({ name }: Pick<ReplicaSetRow, "name">): Generation {
  return name.includes("<new>") ? "new" : "old";
}

/** A pod with what the tiles need. */
export interface ShownPod extends PodRow {
  readonly generation: Generation;
  readonly set: string;
  readonly state: "ready" | "starting" | "ending";
}

/** The pods of a frame with their sets; pods of a StatefulSet say only their revision. */
export function podsOfFrame(frame: Frame): readonly ShownPod[] {
  const sets = new Map(frame.replicaSets.map((row) => [`${row.workload} ${row.revision}`, row]));
  return frame.pods.map((pod) => {
    const row = sets.get(`${pod.workload} ${pod.revision}`);
    const state = pod.terminating ? "ending" : pod.available ? "ready" : "starting";
    return { ...pod, state, set: row?.name ?? "", generation: row === undefined ? "old" : generationOf(row) };
  });
}

/** Events for people: what controllers decided, and warnings; single pods only where asked. */
export function eventsOf(run: Run, withPods: boolean): readonly TimelineEvent[] {
  if (withPods) return run.recording.events;
  return run.recording.events.filter(({ object, type, because }) => {
    return type === "Warning" || because !== undefined || !object.startsWith("ReplicaSet/");
  });
}

function countsOf(atMs: number, rows: readonly ReplicaSetRow[], loadMilli: number | undefined): Counts {
  const counts = { atMs, oldReady: 0, newReady: 0, oldStarting: 0, newStarting: 0, ending: 0 };
  for (const row of rows) {
    const starting = Math.max(0, row.replicas - row.available);
    counts.ending += row.terminating;
    if (generationOf(row) === "new") {
      counts.newReady += row.available;
      counts.newStarting += starting;
    } else {
      counts.oldReady += row.available;
      counts.oldStarting += starting;
    }
  }
  return loadMilli === undefined ? counts : { ...counts, loadMilli };
}

function endOf(counts: readonly Counts[]): number {
  const last = counts.at(-1)?.atMs ?? 0;
  return Math.max(10_000, Math.ceil((last * 1.06) / 1000) * 1000);
}
