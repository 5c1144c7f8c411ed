import type { Scenario } from "../../../server/src/simulation/scenario.ts";
import type { Fenceposts, Summary, TimelineEvent } from "../../../server/src/simulation/timeline.ts";
import { type Requests, requestsOf, summaryOf } from "../model/requests.ts";
import { runOf, type StepRow } from "../model/run.ts";
import { packCounts } from "./packed-counts.ts";
import { rollouts } from "./rollouts.ts";

/** What can be computed beside the page. */
export type Job =
  | { readonly kind: "run"; readonly scenario: Scenario }
  | { readonly kind: "requests"; readonly scenario: Scenario; readonly endMs: number }
  | { readonly kind: "summary"; readonly scenario: Scenario };

/** What comes back. Of a run first the parts of its events, then everything that is drawn; its steps when they are asked for. */
export type JobAnswer =
  | { readonly kind: "events"; readonly events: readonly TimelineEvent[] }
  | ({ readonly kind: "run" } & PackedRun)
  | { readonly kind: "steps"; readonly block: number; readonly rows: readonly StepRow[] }
  | { readonly kind: "requests"; readonly requests: Requests | undefined }
  | { readonly kind: "summary"; readonly summary: Summary };

/** A run but for its events and steps, so that thousands of pods cross over in no time. */
export interface PackedRun {
  readonly fenceposts: Fenceposts;
  readonly summary: Summary;
  readonly frameCount: number;
  readonly counts: Float64Array;
  readonly endMs: number;
  readonly peak: number;
  /** Every so manieth step, from the first: what is shown of the others until they are here. */
  readonly sampleEvery: number;
  readonly samples: readonly StepRow[];
}

/** Asks a finished run for a block of its steps. */
export interface StepsRequest {
  readonly block: number;
}

/** How many steps go over at once. */
export const blockSize = 64;
const eventsAtOnce = 500;
const sampleCount = 150;

/** Carries out one job, and answers for its run as long as the port is open. */
export function carryOut(job: Job, port: MessagePort): void {
  const answer = (message: JobAnswer, transfer: Transferable[] = []): void => port.postMessage(message, transfer);
  switch (job.kind) {
    case "requests":
      return answer({ kind: "requests", requests: requestsOf(rollouts, job.scenario, job.endMs) });
    case "summary":
      return answer({ kind: "summary", summary: summaryOf(rollouts, job.scenario) });
    case "run":
      return answerForRun(job.scenario, port, answer);
  }
}

function answerForRun(
  scenario: Scenario,
  port: MessagePort,
  answer: (message: JobAnswer, transfer?: Transferable[]) => void,
): void {
  const { recording, counts, endMs, peak } = runOf(rollouts, scenario);
  const { events, fenceposts, summary, frameCount } = recording;
  const rowsOf = (from: number, count: number, every: number): readonly StepRow[] =>
    Array.from({ length: count }, (_, index) => recording.step(from + index * every)).filter(
      (row) => row !== undefined,
    );
  for (let start = 0; start < events.length; start += eventsAtOnce) {
    answer({ kind: "events", events: events.slice(start, start + eventsAtOnce) });
  }
  const packed = packCounts(counts);
  const sampleEvery = Math.max(1, Math.ceil(frameCount / sampleCount));
  const samples = rowsOf(0, Math.ceil(frameCount / sampleEvery), sampleEvery);
  answer({ kind: "run", fenceposts, summary, frameCount, counts: packed, endMs, peak, sampleEvery, samples }, [
    packed.buffer,
  ]);
  port.onmessage = ({ data }: MessageEvent<StepsRequest>) => {
    answer({ kind: "steps", block: data.block, rows: rowsOf(data.block * blockSize, blockSize, 1) });
  };
}
