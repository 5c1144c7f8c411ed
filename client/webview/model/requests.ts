import type { Scenario } from "../../../server/src/simulation/scenario.ts";
import type { Frame, RequestCounts, Summary } from "../../../server/src/simulation/timeline.ts";
import type { Rollouts } from "../engine/rollouts.ts";
import { omit } from "./json.ts";
import { generationOf, podsOfFrame, runOf } from "./run.ts";

/** What the requests of one stretch of time met, per second. */
export interface Rates {
  readonly fromMs: number;
  readonly toMs: number;
  readonly byOld: number;
  readonly byNew: number;
  readonly refused: number;
  readonly reset: number;
}

export interface Requests {
  readonly rates: readonly Rates[];
  readonly summary: Summary;
  /** How many are sent: the end of the axis. */
  readonly requestsPerSecond: number;
  readonly total: Omit<RequestCounts, "byPod">;
}

/** Frames of more pods than this are looked at only here and there. */
const lookedAtPods = 400_000;
const stretchMs = 500;

/** Up to so many pods a whole scenario with its requests takes no time that anybody notices. */
export const quickPods = 1000;

/** The requests of a scenario over the time that is shown; `undefined` where nobody asks. */
export function requestsOf(engine: Rollouts, scenario: Scenario, endMs: number): Requests | undefined {
  if (scenario.traffic === undefined) return undefined;
  const recording = engine.record({ ...scenario, until: endMs });
  const every = Math.max(1, Math.ceil((recording.frameCount * Math.max(1, recording.summary.maxPods)) / lookedAtPods));
  const generations = new Map<string, "old" | "new">();
  const rates: Rates[] = [];
  let before = { atMs: 0, ...nothing };
  for (let index = 0; index < recording.frameCount; index++) {
    const isLast = index === recording.frameCount - 1;
    const atMs = recording.counts(index)?.atMs ?? 0;
    if (!isLast && (index % every !== 0 || atMs - before.atMs < stretchMs)) continue;
    const frame = recording.frame(index);
    if (frame?.requests === undefined || atMs === before.atMs) continue;
    const now = { atMs, ...countsOf(frame, frame.requests, generations) };
    rates.push(between(before, now));
    before = now;
  }
  const last = rates.pop();
  if (last !== undefined) rates.push({ ...last, toMs: endMs });
  return {
    rates,
    summary: recording.summary,
    total: omit(before, "atMs"),
    requestsPerSecond: scenario.traffic.requestsPerSecond,
  };
}

/** The figures of a scenario, with the requests of the time that a view of it would show. */
export function summaryOf(engine: Rollouts, scenario: Scenario): Summary {
  const run = runOf(engine, scenario);
  const { summary } = run.recording;
  if (scenario.traffic === undefined || run.peak > quickPods) return summary;
  const { failedRequests } = engine.record({ ...scenario, until: run.endMs }, { frames: "none" }).summary;
  return { ...summary, failedRequests };
}

const nothing = { sent: 0, ok: 0, refused: 0, reset: 0, byNew: 0, byOld: 0 };

type Tally = typeof nothing;

/** Answers by the revision of the pod that gave them: with several Deployments each has a newest revision of its own. */
function countsOf(frame: Frame, requests: RequestCounts, generations: Map<string, "old" | "new">): Tally {
  for (const pod of podsOfFrame(frame)) if (!generations.has(pod.name)) generations.set(pod.name, pod.generation);
  const { sent, ok, refused, reset } = requests;
  if (frame.replicaSets.every((row) => row.workload === frame.replicaSets[0]?.workload)) {
    const hasNew = frame.replicaSets.some((row) => generationOf(row) === "new");
    const { byNew, byOld } = requests;
    return hasNew ? { sent, ok, refused, reset, byNew, byOld } : { sent, ok, refused, reset, byNew: 0, byOld: ok };
  }
  let byNew = 0;
  for (const [pod, count] of Object.entries(requests.byPod)) if (generations.get(pod) === "new") byNew += count;
  return { sent, ok, refused, reset, byNew, byOld: ok - byNew };
}

function between(before: Tally & { atMs: number }, now: Tally & { atMs: number }): Rates {
  const seconds = (now.atMs - before.atMs) / 1000;
  const rate = (key: keyof Tally): number => Math.max(0, (now[key] - before[key]) / seconds);
  return {
    fromMs: before.atMs,
    toMs: now.atMs,
    byOld: rate("byOld"),
    byNew: rate("byNew"),
    refused: rate("refused"),
    reset: rate("reset"),
  };
}
