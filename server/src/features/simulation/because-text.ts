import * as l10n from "@vscode/l10n";
import type { Because } from "../../simulation/timeline.ts";

type Data = Readonly<Record<string, number | string>>;

/** Why a controller did a step, or can do none, with the numbers behind it. */
export function becauseText(because: Because, data: Data): string {
  return texts[because](data);
}

const texts: Readonly<Record<Because, (data: Data) => string>> = {
  "new-replica-set": ({ replicas, maxPods, total }) =>
    l10n.t(
      "the template changed: {0} of {1} pods fit beside the {2} there are",
      replicas ?? "",
      maxPods ?? "",
      total ?? "",
    ),
  "limited-by-max-surge": ({ allowed, maxPods, total }) =>
    l10n.t("room for {0}: at most {1} pods, {2} there are", allowed ?? "", maxPods ?? "", total ?? ""),
  "limited-by-min-available": ({ available, minAvailable, removed }) =>
    l10n.t("{0} available, {1} must stay: {2} may go", available ?? "", minAvailable ?? "", removed ?? ""),
  "scaled-to-desired": ({ replicas }) => l10n.t("the rest fits: {0} wanted", replicas ?? ""),
  "removed-unhealthy": ({ removed }) => l10n.t("{0} old pods serve nobody and go first", removed ?? ""),
  "removed-old": ({ available, minAvailable }) =>
    l10n.t("{0} available, {1} must stay: all old ones may go", available ?? "", minAvailable ?? ""),
  recreate: ({ replicas }) => l10n.t("Recreate: all {0} old pods go before a new one comes", replicas ?? ""),
  "old-pods-gone": ({ replicas }) => l10n.t("nothing old is left: {0} new ones come at once", replicas ?? ""),
  "scaled-by-user": ({ from, to }) => l10n.t("replicas changed from {0} to {1}", from ?? "", to ?? ""),
  "scaled-proportionally": ({ from, to }) =>
    l10n.t(
      "replicas changed during a rollout: every set grows or shrinks in proportion ({0} to {1})",
      from ?? "",
      to ?? "",
    ),
  "scaled-by-autoscaler": ({ from, to, metric }) =>
    l10n.t("the autoscaler wants {1} instead of {0} ({2})", from ?? "", to ?? "", metric ?? ""),
  "new-replica-set-saturated": ({ replicas }) => l10n.t("all {0} new pods are there: the old ones go", replicas ?? ""),
  "history-limit": ({ limit }) => l10n.t("revisionHistoryLimit keeps {0} old sets", limit ?? ""),
  "ordered-create": ({ ordinal }) => l10n.t("ordinal {0} is next: all before it are ready", ordinal ?? ""),
  "ordered-delete": ({ ordinal }) => l10n.t("scaled down from the highest ordinal: {0}", ordinal ?? ""),
  "updated-from-the-top": ({ ordinal, partition }) =>
    l10n.t("ordinal {0} is the highest of another revision (partition {1})", ordinal ?? "", partition ?? 0),
  "pod-finished": ({ ordinal }) => l10n.t("pod {0} has ended and is replaced", ordinal ?? ""),
  "replaced-missing": ({ count }) => l10n.t("{0} pods are missing", count ?? ""),
  "one-per-node": ({ node }) => l10n.t("one pod on each node: {0}", node ?? ""),
  "unavailable-first": ({ node }) =>
    l10n.t("the pod on {0} serves nobody: it is replaced whatever the limit", node ?? ""),
  "within-max-unavailable": ({ unavailable, maxUnavailable }) =>
    l10n.t("{0} of at most {1} nodes are without a pod", unavailable ?? "", maxUnavailable ?? ""),
  "within-max-surge": ({ surging, maxSurge }) =>
    l10n.t("{0} of at most {1} nodes have two pods", surging ?? "", maxSurge ?? ""),
  "new-pod-available": ({ node }) => l10n.t("the new pod on {0} took over", node ?? ""),
  evicted: ({ pod, node }) => l10n.t("{1} is drained: {0} goes", pod ?? "", node ?? ""),
  "eviction-refused": ({ budget, currentHealthy, desiredHealthy }) =>
    l10n.t(
      "the budget {0} wants {2} healthy pods, {1} there are",
      budget ?? "",
      currentHealthy ?? "",
      desiredHealthy ?? "",
    ),
  killed: ({ pod }) => l10n.t("{0} was killed", pod ?? ""),
  deadline: ({ seconds }) => l10n.t("no progress for {0} seconds", seconds ?? ""),
  paused: () => l10n.t("The rollout is paused: it goes on when it is resumed."),
  "pods-never-ready": ({ pods, available, minAvailable }) =>
    l10n.t(
      "{0} new pods never become ready; {1} are available and {2} must stay, so no old one may go.",
      pods ?? "",
      available ?? "",
      minAvailable ?? "",
    ),
  "waiting-for-pod": ({ ordinal }) => l10n.t("Pod {0} never becomes ready, and the set waits for it.", ordinal ?? ""),
  "waiting-for-delete": ({ pods }) => l10n.t("OnDelete: {0} old pods stay until somebody deletes them.", pods ?? ""),
  partition: ({ partition, updated }) =>
    l10n.t("The partition {0} keeps the pods below it; {1} are updated.", partition ?? "", updated ?? ""),
  "budget-blocks-drain": ({ budget, pods }) =>
    l10n.t("The budget {0} never lets {1} pods go.", budget ?? "", pods ?? ""),
  "no-node": ({ pods }) => l10n.t("No node takes {0} of the pods.", pods ?? ""),
  "too-large": ({ replicas, limit }) =>
    l10n.t("{0} replicas are more than the {1} that are simulated.", replicas ?? "", limit ?? ""),
  "time-limit": ({ untilMs }) => l10n.t("The simulation was to end after {0} ms.", untilMs ?? ""),
};
