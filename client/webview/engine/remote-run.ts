import { signal } from "@preact/signals";
import type { Scenario } from "../../../server/src/simulation/scenario.ts";
import type { TimelineEvent } from "../../../server/src/simulation/timeline.ts";
import type { Run, StepRow } from "../model/run.ts";
import { blockSize, type PackedRun } from "./jobs.ts";
import { unpackCounts } from "./packed-counts.ts";
import type { Work, Workers } from "./workers.ts";

/** Simulates beside the page. The run keeps its worker, which answers for single steps until it is disposed of. */
export function startRun(workers: Workers, scenario: Scenario, done: (run: Run) => void): () => void {
  const events: TimelineEvent[] = [];
  const steps = new Map<number, readonly StepRow[]>();
  const received = signal(0);
  const work = workers.start({ kind: "run", scenario }, (answer) => {
    if (answer.kind === "events") events.push(...answer.events);
    else if (answer.kind === "run") done(runOf(scenario, answer, events, { work, steps, received }));
    else if (answer.kind === "steps") {
      steps.set(answer.block, answer.rows);
      received.value++;
    }
  });
  return work.stop;
}

interface Steps {
  readonly work: Work;
  readonly steps: Map<number, readonly StepRow[]>;
  /** Counts up as blocks come in: who has shown a step without it looks again. */
  readonly received: { readonly value: number };
}

/** Single pods are shown of small runs alone, which are simulated in the page. */
function runOf(scenario: Scenario, packed: PackedRun, events: readonly TimelineEvent[], parts: Steps): Run {
  const { counts, endMs, peak, fenceposts, summary, frameCount, sampleEvery, samples } = packed;
  const { work, steps, received } = parts;
  const asked = new Set<number>();
  const step = (index: number): StepRow | undefined => {
    if (index < 0 || index >= frameCount) return undefined;
    const block = Math.floor(index / blockSize);
    const row = steps.get(block)?.[index % blockSize];
    if (row !== undefined) return row;
    if (!asked.has(block)) work.ask({ block });
    asked.add(block);
    return received.value >= 0 ? samples[Math.floor(index / sampleEvery)] : undefined;
  };
  const recording = { fenceposts, events, summary, frameCount, counts: step, step, frame: () => undefined };
  return { scenario, recording, counts: unpackCounts(counts), endMs, peak, dispose: work.stop };
}
