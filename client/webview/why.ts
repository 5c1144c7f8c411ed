import type { Because, Summary, TimelineEvent } from "../../server/src/simulation/timeline.ts";
import { seconds } from "./format.ts";
import type { StringKey, Translate } from "./strings.ts";

/** The text of each reason, and which of its numbers stand in it. */
const texts: Readonly<Record<Because, readonly [StringKey, ...string[]]>> = {
  "new-replica-set": ["newReplicaSet", "to", "total", "maxPods"],
  "limited-by-max-surge": ["limitedBySurge", "wanted", "allowed", "total", "maxPods"],
  "limited-by-min-available": ["limitedByAvailable", "available", "minAvailable"],
  "scaled-to-desired": ["scaledToDesired", "replicas"],
  "removed-unhealthy": ["removedUnhealthy", "removed"],
  "removed-old": ["removedOld", "available", "minAvailable"],
  recreate: ["recreate", "replicas"],
  "old-pods-gone": ["oldPodsGone", "replicas"],
  "scaled-by-user": ["scaledByUser", "from", "to"],
  "scaled-proportionally": ["scaledProportionally", "from", "to"],
  "scaled-by-autoscaler": ["scaledByAutoscaler", "from", "to", "metric"],
  "new-replica-set-saturated": ["saturated", "replicas"],
  "history-limit": ["historyLimit", "limit"],
  "ordered-create": ["orderedCreate", "ordinal"],
  "ordered-delete": ["orderedDelete", "ordinal"],
  "updated-from-the-top": ["updatedFromTop", "ordinal"],
  "pod-finished": ["podFinished", "ordinal"],
  "replaced-missing": ["replacedMissing", "count"],
  "one-per-node": ["onePerNode", "node"],
  "unavailable-first": ["unavailableFirst", "node"],
  "within-max-unavailable": ["withinUnavailable", "unavailable", "maxUnavailable"],
  "within-max-surge": ["withinSurge", "surging", "maxSurge"],
  "new-pod-available": ["newPodAvailable", "node"],
  evicted: ["evicted", "node"],
  "eviction-refused": ["evictionRefused", "budget", "currentHealthy", "desiredHealthy"],
  killed: ["killed"],
  deadline: ["deadline", "seconds"],
  paused: ["paused"],
  "pods-never-ready": ["stallNever", "pods", "available", "minAvailable"],
  "waiting-for-pod": ["stallOrdinal", "ordinal"],
  "waiting-for-delete": ["stallDelete", "pods"],
  partition: ["partitionComplete", "partition"],
  "budget-blocks-drain": ["stallBudget", "budget", "pods"],
  "no-node": ["stallNode", "pods"],
  "too-large": ["stallLarge", "replicas", "limit"],
  "time-limit": ["stallTime", "untilMs"],
};

type Data = Readonly<Record<string, number | string>>;

/** Why a controller did a step, in numbers; empty where nothing is to be said. */
export function whyOf(event: TimelineEvent, t: Translate): string {
  if (event.because === undefined) return "";
  const partition = event.data?.["partition"];
  if (event.because === "updated-from-the-top" && typeof partition === "number" && partition > 0) {
    return t("updatedFromTopPartition", event.data?.["ordinal"] ?? "", partition);
  }
  return textOf(event.because, event.data, t);
}

/** How a rollout ended, in a sentence, and what would have to change where it did not. */
export function outcomeText(summary: Summary, t: Translate): string {
  const { outcome, because, data } = summary;
  switch (outcome) {
    case "complete":
      return because === undefined ? t("outcomeComplete", seconds(summary.durationMs)) : textOf(because, data, t);
    case "stalled":
      return t("outcomeStalled", stallText(because, data, t));
    case "deadline-exceeded":
      return t("outcomeDeadline", t("deadlineText", data?.["seconds"] ?? ""), textOf("pods-never-ready", data, t));
    case "rejected":
      return t("rejectedTitle");
  }
}

function stallText(because: Because | undefined, data: Data | undefined, t: Translate): string {
  if (because === undefined) return t("stallOther");
  if (because === "paused") return t("stallPaused");
  if (because === "time-limit") return t("stallTime", seconds(Number(data?.["untilMs"] ?? 0)));
  return textOf(because, data, t);
}

function textOf(because: Because, data: Data | undefined, t: Translate): string {
  const [key, ...names] = texts[because];
  return t(key, ...names.map((name) => data?.[name] ?? "?"));
}
