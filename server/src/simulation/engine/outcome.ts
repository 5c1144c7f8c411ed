import { numberAt, textAt } from "../../base/json.ts";
import type { Because, Summary } from "../timeline.ts";
import type { TimedRun } from "./timed-run.ts";
import type { Workload } from "./workload.ts";

/** How a run ended, and why. */
export function outcomeOf(run: TimedRun): Summary {
  const { watch, clients } = run;
  const started = watch.startedAt ?? 0;
  const ended = watch.completedAt ?? watch.lastChangeAt;
  const counts = clients?.counts;
  return {
    ...verdict(run),
    durationMs: Math.max(0, ended - started),
    minAvailable: watch.minAvailable,
    maxPods: watch.maxPods,
    maxPhysicalPods: watch.maxPhysicalPods,
    failedRequests: counts === undefined ? 0 : counts.refused + counts.reset,
    steps: watch.steps,
  };
}

type Verdict = Pick<Summary, "outcome" | "because" | "data">;

function verdict(run: TimedRun): Verdict {
  const { focus, drains, stoppedBy } = run;
  const { blockedBy } = drains;
  if (blockedBy !== undefined) {
    return stalled("budget-blocks-drain", { budget: blockedBy, pods: drains.refused.length });
  }
  if (focus === undefined) return { outcome: "complete" };
  const { isComplete, deadlineExceeded, isPaused } = focus.state;
  if (isComplete) return withPartition(focus);
  if (deadlineExceeded) {
    const seconds = numberAt(focus.object(), "spec", "progressDeadlineSeconds") ?? 0;
    return { outcome: "deadline-exceeded", because: "deadline", data: { seconds, ...unreadyPods(focus) } };
  }
  if (stoppedBy !== undefined) return stalled(stoppedBy, { untilMs: run.world.cluster.now });
  if (isPaused) return stalled("paused", {});
  return whyStalled(focus);
}

/** A partition, or OnDelete, that leaves old pods is complete by intention. */
function withPartition(focus: Workload): Verdict {
  const partition = numberAt(focus.object(), "spec", "updateStrategy", "rollingUpdate", "partition") ?? 0;
  if (focus.kind !== "StatefulSet" || partition === 0) return { outcome: "complete" };
  return { outcome: "complete", because: "partition", data: { partition } };
}

function whyStalled(focus: Workload): Verdict {
  const pods = focus.groups().flatMap((group) => [...group.pods]);
  const homeless = pods.filter((pod) => pod.node === undefined);
  if (homeless.length > 0) return stalled("no-node", { pods: homeless.length });
  const waiting = pods.filter((pod) => !pod.available && pod.deletedAt === undefined);
  const old = pods.filter((pod) => !focus.isNew(pod));
  if (textAt(focus.object(), "spec", "updateStrategy", "type") === "OnDelete" && waiting.length === 0) {
    return stalled("waiting-for-delete", { pods: old.length });
  }
  const lowest = waiting.reduce((least, pod) => Math.min(least, pod.ordinal), Number.POSITIVE_INFINITY);
  if (focus.kind === "StatefulSet" && waiting.length > 0) return stalled("waiting-for-pod", { ordinal: lowest });
  return stalled("pods-never-ready", unreadyPods(focus));
}

function unreadyPods(focus: Workload): Readonly<Record<string, number>> {
  let pods = 0;
  let available = 0;
  for (const group of focus.groups()) {
    pods += group.active - group.available;
    available += group.available;
  }
  return { pods, available, minAvailable: focus.fenceposts().minAvailable };
}

function stalled(because: Because, data: Readonly<Record<string, number | string>>): Verdict {
  return { outcome: "stalled", because, data };
}
