import * as l10n from "@vscode/l10n";
import type { Frame, Summary, Timeline, TimelineEvent } from "../../simulation/timeline.ts";
import { becauseText } from "./because-text.ts";

/** A rollout as rows of texts, the same for a terminal, Markdown and pictures. */
export interface RolloutReport {
  readonly title: string;
  /** One sentence: how it ends, how long it takes, how low and how high it gets. */
  readonly summary: string;
  /** Empty where nothing runs. */
  readonly bounds: string;
  readonly rows: readonly ReportRow[];
  /** The last line of `kubectl rollout status`. */
  readonly status: string;
}

/** What one controller step did, and what was left of the pods then. */
export interface ReportRow {
  readonly time: string;
  readonly message: string;
  readonly why: string;
  readonly old: string;
  readonly new: string;
  readonly available: string;
  readonly status: string;
}

/** A timeline as rows: the events of the controllers in `kubectl describe` wording, with the state behind each. */
export function rolloutReport(title: string, timeline: Timeline): RolloutReport {
  const { fenceposts, frames, summary } = timeline;
  const bounds =
    summary.outcome === "rejected"
      ? ""
      : l10n.t(
          "{0} replicas, at most {1} pods (ending ones not counted), at least {2} available",
          fenceposts.replicas,
          fenceposts.maxPods,
          fenceposts.minAvailable,
        );
  return {
    title,
    summary: summaryText(summary),
    bounds,
    rows: timeline.events.map((event) => rowOf(event, frames[event.frame])),
    status: lastStatus(frames),
  };
}

/** How a rollout ended, in one sentence. */
export function summaryText(summary: Summary): string {
  const { outcome, durationMs, minAvailable, maxPods, maxPhysicalPods, failedRequests } = summary;
  if (outcome === "rejected")
    return l10n.t("The API server refuses the object: {0}", (summary.messages ?? []).join("; "));
  const figures = l10n.t(
    "lowest available {0}, most pods {1} ({2} with ending ones)",
    minAvailable,
    maxPods,
    maxPhysicalPods,
  );
  const failed = failedRequests === 0 ? "" : `, ${l10n.t("{0} failed requests", failedRequests)}`;
  const why = summary.because === undefined ? "" : ` ${becauseText(summary.because, summary.data ?? {})}`;
  if (summary.because === "too-large") return why.trimStart();
  switch (outcome) {
    case "complete":
      return l10n.t("Complete after {0}: {1}{2}.", secondsText(durationMs), figures, failed);
    case "stalled":
      return `${l10n.t("Stalls after {0}: {1}{2}.", secondsText(durationMs), figures, failed)}${why}`;
    case "deadline-exceeded":
      return `${l10n.t("Exceeds its progress deadline, not complete after {0}: {1}{2}.", secondsText(durationMs), figures, failed)}${why}`;
  }
}

function rowOf(event: TimelineEvent, frame: Frame | undefined): ReportRow {
  const replicas = (role: "old" | "new"): string => {
    const rows = (frame?.replicaSets ?? []).filter((row) => row.role === role);
    return String(rows.reduce((sum, row) => sum + row.replicas, 0));
  };
  return {
    time: secondsText(event.atMs),
    message: event.message,
    why: event.because === undefined ? "" : becauseText(event.because, event.data ?? {}),
    old: replicas("old"),
    new: replicas("new"),
    available: String((frame?.replicaSets ?? []).reduce((sum, row) => sum + row.available, 0)),
    status: frame?.rolloutStatus ?? "",
  };
}

function lastStatus(frames: readonly Frame[]): string {
  return frames.at(-1)?.rolloutStatus.trimEnd() ?? "";
}

/** `12.5 s`. */
export function secondsText(ms: number): string {
  return l10n.t("{0} s", (ms / 1000).toFixed(1));
}
