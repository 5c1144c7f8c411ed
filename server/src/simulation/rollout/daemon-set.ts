import { numberAt, objectAt, textAt } from "../../base/json.ts";
import type { JsonObject } from "../../base/json.ts";
import type { ControlledPod } from "./controlled-pod.ts";
import { isFinished, isTerminating } from "./controlled-pod.ts";
import { withinHistory, withUpdateRevision } from "./controller-revisions.ts";
import type { ControllerRevision, NameRevision } from "./controller-revisions.ts";
import { surgeCount, unavailableCount } from "./daemon-set-arithmetic.ts";
import type { DaemonNode, DaemonNodes, JudgedBy, NodeJudgement } from "./daemon-nodes.ts";
import type { Reason } from "./events.ts";
import type { RevisionTally } from "./revision-tally.ts";
import { inSlowStart } from "./slow-start.ts";

export interface DaemonSetStatus {
  readonly observedGeneration: number;
  readonly desiredNumberScheduled: number;
  readonly currentNumberScheduled: number;
  readonly numberMisscheduled: number;
  readonly numberReady: number;
  readonly updatedNumberScheduled: number;
  readonly numberAvailable: number;
  readonly numberUnavailable: number;
}

export interface DaemonSetInput<Pod extends ControlledPod> {
  readonly generation: number;
  readonly spec: JsonObject;
  readonly revisions: readonly ControllerRevision[];
  readonly nameRevision: NameRevision;
  readonly nodes: DaemonNodes<Pod>;
  /** The pods on these nodes, counted. */
  readonly tally: RevisionTally;
}

export interface DaemonSetOutput<Pod extends ControlledPod> {
  readonly status: DaemonSetStatus;
  readonly revisions: readonly ControllerRevision[];
  readonly steps: readonly DaemonSetStep<Pod>[];
}

export type DaemonSetStep<Pod extends ControlledPod> =
  { readonly createOn: string; readonly reason: Reason } | { readonly delete: Pod; readonly reason: Reason };

/** The most pods that one sync creates or deletes. */
const burstReplicas = 250;

/**
 * One sync of the daemon set controller: every node is set right, and only when nothing had to be done the update goes on.
 * Imitates kube-controller-manager, pkg/controller/daemon/daemon_controller.go, syncDaemonSet, v1.36.
 */
export function reconcileDaemonSet<Pod extends ControlledPod>(input: DaemonSetInput<Pod>): DaemonSetOutput<Pod> {
  const { spec, nodes, generation, tally } = input;
  const revisions = withUpdateRevision(input.revisions, objectAt(spec, "template") ?? {}, input.nameRevision);
  const update = revisions.at(-1)?.name ?? "";
  const limits = daemonSetLimits(spec, nodes.wanted);
  const by: JudgedBy = { update, surges: limits.maxSurge > 0 };
  nodes.look(by, judge);
  const managed = [...nodes.wrong()].flatMap((node) => manageNode(node, by));
  const rolls = managed.length === 0 && textAt(spec, "updateStrategy", "type") === "RollingUpdate";
  const steps = rolls ? rollingUpdate(nodes, by, limits) : managed;
  const live = new Set([update, ...tally.live()]);
  return {
    status: statusOf(nodes, generation),
    revisions: withinHistory(revisions, live, numberAt(spec, "revisionHistoryLimit") ?? 10),
    steps: withinBurst(steps),
  };
}

interface Limits {
  readonly maxSurge: number;
  readonly maxUnavailable: number;
}

/** Both percentages round up; without either one node may be without its pod (daemon/update.go, updatedDesiredNodeCounts, v1.36). */
export function daemonSetLimits(spec: JsonObject, desiredNodes: number): Limits {
  const surge = surgeCount({ spec }, desiredNodes);
  const unavailable = unavailableCount({ spec }, desiredNodes);
  const maxSurge = surge.error === undefined ? surge.value : 0;
  const maxUnavailable = unavailable.error === undefined ? unavailable.value : 0;
  if (desiredNodes > 0 && maxSurge === 0 && maxUnavailable === 0) return { maxSurge, maxUnavailable: 1 };
  return { maxSurge, maxUnavailable };
}

/** daemon_controller.go, podsShouldBeOnNode, v1.36. */
function manageNode<Pod extends ControlledPod>(
  node: DaemonNode<Pod>,
  { update, surges }: JudgedBy,
): readonly DaemonSetStep<Pod>[] {
  const onePerNode: Reason = { because: "one-per-node", data: { node: node.name } };
  const live = node.pods.filter((pod) => !isTerminating(pod));
  if (!node.shouldContinueRunning) return live.map((pod) => ({ delete: pod, reason: onePerNode }));
  const isMissing = node.pods.length === 0 || (surges && live.length === 0);
  if (isMissing) return node.shouldRun ? [{ createOn: node.name, reason: onePerNode }] : [];
  const finished = live.filter(isFinished).map((pod) => ({ delete: pod, reason: onePerNode }));
  const running = live.filter((pod) => !isFinished(pod));
  const excess = surges
    ? excessWithSurge(running, update, node.name)
    : running.slice(1).map((pod) => ({ delete: pod, reason: onePerNode }));
  return [...finished, ...excess];
}

/** One new and one old pod may stand side by side, as long as the old one serves and the new one does not yet. */
function excessWithSurge<Pod extends ControlledPod>(
  running: readonly Pod[],
  update: string,
  node: string,
): readonly DaemonSetStep<Pod>[] {
  const oldestNew = running.find((pod) => pod.revision === update);
  const oldestOld = running.find((pod) => pod.revision !== update);
  const steps: DaemonSetStep<Pod>[] = running
    .filter((pod) => pod !== oldestNew && pod !== oldestOld)
    .map((pod) => ({ delete: pod, reason: { because: "one-per-node", data: { node } } }));
  if (oldestNew === undefined || oldestOld === undefined) return steps;
  if (!oldestOld.ready) steps.push({ delete: oldestOld, reason: { because: "unavailable-first", data: { node } } });
  else if (oldestNew.available)
    steps.push({ delete: oldestOld, reason: { because: "new-pod-available", data: { node } } });
  return steps;
}

/** Imitates kube-controller-manager, pkg/controller/daemon/update.go, rollingUpdate, v1.36. The real controller takes the nodes in no order; here the one whose pod is the oldest comes first. */
function rollingUpdate<Pod extends ControlledPod>(
  nodes: DaemonNodes<Pod>,
  by: JudgedBy,
  { maxSurge, maxUnavailable }: Limits,
): readonly DaemonSetStep<Pod>[] {
  const { limited } = nodes.counts;
  const reason: Reason = by.surges
    ? { because: "within-max-surge", data: { surging: limited, maxSurge } }
    : { because: "within-max-unavailable", data: { unavailable: limited, maxUnavailable } };
  const allowed = nodes.withinLimit((by.surges ? maxSurge : maxUnavailable) - limited);
  return [
    ...[...nodes.atOnce()].flatMap((node) => stepsAtOnce(node, by)),
    ...[...allowed].flatMap((node): readonly DaemonSetStep<Pod>[] =>
      by.surges ? [{ createOn: node.name, reason }] : podsOn(node, by).oldPods.map((pod) => ({ delete: pod, reason })),
    ),
  ];
}

function judge<Pod extends ControlledPod>(node: DaemonNode<Pod>, by: JudgedBy): NodeJudgement {
  const isWrong = manageNode(node, by).length > 0;
  if (node.pods.length === 0) return { isWrong, isLimited: false, turn: "none" };
  const pods = podsOn(node, by);
  return { isWrong, ...(by.surges ? turnWithSurge(pods) : turnWithoutSurge(pods)) };
}

interface PodsOnNode<Pod> {
  readonly newPods: readonly Pod[];
  readonly oldPods: readonly Pod[];
}

function podsOn<Pod extends ControlledPod>(node: DaemonNode<Pod>, { update }: JudgedBy): PodsOnNode<Pod> {
  const live = node.pods.filter((pod) => !isTerminating(pod));
  return {
    newPods: live.filter((pod) => pod.revision === update),
    oldPods: live.filter((pod) => pod.revision !== update),
  };
}

type Turn = Pick<NodeJudgement, "isLimited" | "turn">;

/** Without surge: just enough old pods go to stay below maxUnavailable; those that are unavailable anyway go for free. */
function turnWithoutSurge<Pod extends ControlledPod>({ newPods, oldPods }: PodsOnNode<Pod>): Turn {
  const [oldPod] = oldPods;
  if (oldPods.length === 1 && newPods.length === 0) {
    return oldPod?.available === true
      ? { isLimited: false, turn: "within-limit" }
      : { isLimited: true, turn: "at-once" };
  }
  const isAvailableNew = newPods.length === 1 && oldPods.length === 0 && newPods[0]?.available === true;
  return { isLimited: !isAvailableNew, turn: "none" };
}

/** With surge: new pods come beside available old ones, at most maxSurge at a time, and beside unavailable ones at once. */
function turnWithSurge<Pod extends ControlledPod>({ newPods, oldPods }: PodsOnNode<Pod>): Turn {
  const [oldPod] = oldPods;
  if (newPods.length > 1 || oldPods.length > 1) return { isLimited: true, turn: "none" };
  if (oldPod === undefined) return { isLimited: false, turn: "none" };
  if (newPods.length === 0) return { isLimited: false, turn: oldPod.available ? "within-limit" : "at-once" };
  return newPods[0]?.available === true ? { isLimited: false, turn: "at-once" } : { isLimited: true, turn: "none" };
}

/** An old pod that is unavailable is replaced, or gets a new one beside it; one whose successor is available goes. */
function stepsAtOnce<Pod extends ControlledPod>(node: DaemonNode<Pod>, by: JudgedBy): readonly DaemonSetStep<Pod>[] {
  const data = { node: node.name };
  const { newPods, oldPods } = podsOn(node, by);
  if (by.surges && newPods.length === 0)
    return [{ createOn: node.name, reason: { because: "unavailable-first", data } }];
  const because = by.surges ? "new-pod-available" : "unavailable-first";
  return oldPods.map((pod) => ({ delete: pod, reason: { because, data } }));
}

/** daemon_controller.go, updateDaemonSetStatus, v1.36. */
function statusOf<Pod extends ControlledPod>(nodes: DaemonNodes<Pod>, observedGeneration: number): DaemonSetStatus {
  const { wanted, counts } = nodes;
  return {
    observedGeneration,
    desiredNumberScheduled: wanted,
    currentNumberScheduled: counts.scheduled,
    numberMisscheduled: counts.misscheduled,
    numberReady: counts.ready,
    updatedNumberScheduled: counts.updated,
    numberAvailable: counts.available,
    numberUnavailable: wanted - counts.available,
  };
}

function withinBurst<Pod extends ControlledPod>(steps: readonly DaemonSetStep<Pod>[]): readonly DaemonSetStep<Pod>[] {
  const creations = steps.filter((step) => "createOn" in step).slice(0, burstReplicas);
  const deletions = steps.filter((step) => "delete" in step).slice(0, burstReplicas);
  return [...inSlowStart(creations), ...deletions];
}
