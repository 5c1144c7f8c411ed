import type { JsonObject } from "../../base/json.ts";
import { rolloutStatus } from "../../kubernetes/rollout-status.ts";
import type { AutoscalerRow, Frame, PodRow, RequestCounts, TimelineEvent } from "../timeline.ts";
import type { Cluster, RecordedEvent } from "./cluster.ts";
import type { Pod } from "./pods.ts";
import type { Workload } from "./workload.ts";

/** What a pod looked like after a change. */
interface PodEntry {
  readonly pod: Pod;
  readonly phase: Pod["phase"];
  readonly ready: boolean;
  readonly available: boolean;
  readonly terminating: boolean;
  readonly gone: boolean;
}

/** A frame without its pods: those are put together when somebody asks. */
interface Step {
  readonly known: CountsRow;
  /** The focused workload as it was. */
  readonly focus: () => JsonObject;
  /** How much of the journals belongs to this and earlier steps. */
  readonly podEntries: number;
  readonly served: number;
  readonly requests: Omit<RequestCounts, "byPod"> | undefined;
}

/** What the views draw without looking at single pods. */
export type StepRow = Omit<Frame, "pods" | "requests">;

/** What a chart draws of a step. */
export type CountsRow = Omit<StepRow, "rolloutStatus">;

/** Keeps what happened, so that any frame can be shown later at the cost of that frame. */
export class Recorder {
  readonly events: TimelineEvent[] = [];
  readonly #journal: PodEntry[] = [];
  readonly #served: { readonly pod: string; readonly count: number }[] = [];
  readonly #steps: Step[] = [];
  #cursor = 0;
  #shown = new Map<Pod, PodEntry>();

  observe(cluster: Cluster): void {
    cluster.pods.observe((pod) => {
      const { phase, ready, available, gone } = pod;
      this.#journal.push({ pod, phase, ready, available, gone, terminating: pod.deletedAt !== undefined });
    });
  }

  event(event: RecordedEvent): void {
    this.events.push({ ...event, frame: this.#steps.length });
  }

  /** Answers since the last step, per pod. */
  served(pod: string, count: number): void {
    this.#served.push({ pod, count });
  }

  step(
    atMs: number,
    workloads: readonly Workload[],
    focus: Workload,
    more: {
      readonly requests: Omit<RequestCounts, "byPod"> | undefined;
      readonly autoscaler: AutoscalerRow | undefined;
    },
  ): void {
    const { requests, autoscaler } = more;
    this.#steps.push({
      known: {
        atMs,
        replicaSets: workloads.flatMap((workload) => workload.rows()),
        conditions: focus.conditions(),
        ...(autoscaler === undefined ? {} : { autoscaler }),
      },
      focus: focus.snapshot(),
      podEntries: this.#journal.length,
      served: this.#served.length,
      requests,
    });
  }

  get stepCount(): number {
    return this.#steps.length;
  }

  /** A step but for kubectl's line, which costs more than all the rest of it. */
  countsRow(index: number): CountsRow | undefined {
    return this.#steps[index]?.known;
  }

  stepRow(index: number): StepRow | undefined {
    const step = this.#steps[index];
    return step === undefined ? undefined : rowOf(step);
  }

  frame(index: number): Frame | undefined {
    const step = this.#steps[index];
    if (step === undefined) return undefined;
    const { atMs, replicaSets, ...rest } = rowOf(step);
    const frame: Frame = { atMs, replicaSets, pods: this.#podsAt(step), ...rest };
    if (step.requests === undefined) return frame;
    return { ...frame, requests: { ...step.requests, byPod: this.#servedUntil(step) } };
  }

  #podsAt(step: Step): readonly PodRow[] {
    this.#moveTo(step.podEntries);
    const revisions = new Map(step.known.replicaSets.map((row) => [`${row.workload} ${row.name}`, row.revision]));
    return [...this.#shown.values()].map((entry) => podRow(entry, revisions));
  }

  /** Plays the journal on to an entry; for one further back, from the beginning. */
  #moveTo(end: number): void {
    if (end < this.#cursor) {
      this.#shown = new Map();
      this.#cursor = 0;
    }
    for (; this.#cursor < end; this.#cursor++) {
      const entry = this.#journal[this.#cursor]!;
      if (entry.gone) this.#shown.delete(entry.pod);
      else this.#shown.set(entry.pod, entry);
    }
  }

  #servedUntil(step: Step): Readonly<Record<string, number>> {
    const byPod: Record<string, number> = {};
    for (const { pod, count } of this.#served.slice(0, step.served)) byPod[pod] = (byPod[pod] ?? 0) + count;
    return byPod;
  }
}

function rowOf({ known, focus }: Step): StepRow {
  const { atMs, replicaSets, conditions, ...rest } = known;
  return { atMs, replicaSets, conditions, rolloutStatus: statusLine(focus()), ...rest };
}

/** The line of `kubectl rollout status`; where it ends with an error, that. */
function statusLine(workload: JsonObject): string {
  const status = rolloutStatus(workload);
  if (status === undefined) return "";
  return status.error === undefined ? status.message.trim() : `error: ${status.error}`;
}

function podRow(
  { pod, phase, ready, available, terminating }: PodEntry,
  revisions: ReadonlyMap<string, number>,
): PodRow {
  const revision = revisions.get(`${pod.workload} ${pod.revision}`) ?? 0;
  const { name, workload, createdAt: createdAtMs } = pod;
  const isOrdered = pod.workload.startsWith("StatefulSet/");
  return {
    name,
    workload,
    revision,
    phase,
    ready,
    available,
    terminating,
    node: pod.node ?? null,
    createdAtMs,
    ...(isOrdered ? { ordinal: pod.ordinal } : {}),
  };
}
