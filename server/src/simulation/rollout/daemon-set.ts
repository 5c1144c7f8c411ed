import { numberAt, objectAt, textAt } from "../../base/json.ts";
import type { JsonObject } from "../../base/json.ts";
import type { ControlledPod } from "./controlled-pod.ts";
import { isFinished, isTerminating } from "./controlled-pod.ts";
import { withinHistory, withUpdateRevision } from "./controller-revisions.ts";
import type { ControllerRevision, NameRevision } from "./controller-revisions.ts";
import { surgeCount, unavailableCount } from "./daemon-set-arithmetic.ts";
import type { Reason } from "./events.ts";
import { inSlowStart } from "./slow-start.ts";

/** A node and the DaemonSet's pods on it, oldest first. */
export interface DaemonNode<Pod extends ControlledPod> {
  readonly name: string;
  /** Whether a pod belongs on it, and whether one that is there may stay. */
  readonly shouldRun: boolean;
  readonly shouldContinueRunning: boolean;
  readonly pods: readonly Pod[];
}

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
  readonly nodes: readonly DaemonNode<Pod>[];
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
  const { spec, nodes } = input;
  const revisions = withUpdateRevision(input.revisions, objectAt(spec, "template") ?? {}, input.nameRevision);
  const update = revisions.at(-1)?.name ?? "";
  const limits = daemonSetLimits(spec, nodes.filter((node) => node.shouldRun).length);
  const managed = nodes.flatMap((node) => manageNode(node, update, limits.maxSurge > 0));
  const rolls = managed.length === 0 && textAt(spec, "updateStrategy", "type") === "RollingUpdate";
  const steps = rolls ? rollingUpdate(nodes, update, limits) : managed;
  const live = new Set([update, ...nodes.flatMap((node) => node.pods.map((pod) => pod.revision))]);
  return {
    status: statusOf(nodes, update, input.generation),
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
  update: string,
  surges: boolean,
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

/** Imitates kube-controller-manager, pkg/controller/daemon/update.go, rollingUpdate, v1.36. */
function rollingUpdate<Pod extends ControlledPod>(
  nodes: readonly DaemonNode<Pod>[],
  update: string,
  limits: Limits,
): readonly DaemonSetStep<Pod>[] {
  // The real controller takes the nodes in no order; here the one whose pod is the oldest comes first.
  const occupied = nodes
    .filter((node) => node.pods.length > 0)
    .sort((a, b) => (a.pods[0]?.uid ?? 0) - (b.pods[0]?.uid ?? 0))
    .map((node) => onNode(node, update));
  return limits.maxSurge === 0 ? replaceOld(occupied, limits.maxUnavailable) : surgeBeside(occupied, limits.maxSurge);
}

interface OnNode<Pod> {
  readonly node: string;
  readonly newPods: readonly Pod[];
  readonly oldPods: readonly Pod[];
}

function onNode<Pod extends ControlledPod>(node: DaemonNode<Pod>, update: string): OnNode<Pod> {
  const live = node.pods.filter((pod) => !isTerminating(pod));
  return {
    node: node.name,
    newPods: live.filter((pod) => pod.revision === update),
    oldPods: live.filter((pod) => pod.revision !== update),
  };
}

/** Without surge: just enough old pods go to stay below maxUnavailable; those that are unavailable anyway go for free. */
function replaceOld<Pod extends ControlledPod>(
  occupied: readonly OnNode<Pod>[],
  maxUnavailable: number,
): readonly DaemonSetStep<Pod>[] {
  let unavailable = 0;
  const free: DaemonSetStep<Pod>[] = [];
  const candidates: Pod[] = [];
  for (const { node, newPods, oldPods } of occupied) {
    const [oldPod] = oldPods;
    const isSettledOld = oldPods.length === 1 && newPods.length === 0 && oldPod !== undefined;
    const isAvailableNew = newPods.length === 1 && oldPods.length === 0 && newPods[0]?.available === true;
    if (isSettledOld && oldPod.available) candidates.push(oldPod);
    else if (!isAvailableNew) unavailable++;
    if (isSettledOld && !oldPod.available)
      free.push({ delete: oldPod, reason: { because: "unavailable-first", data: { node } } });
  }
  const reason: Reason = { because: "within-max-unavailable", data: { unavailable, maxUnavailable } };
  const allowed = candidates.slice(0, Math.max(0, maxUnavailable - unavailable));
  return [...free, ...allowed.map((pod) => ({ delete: pod, reason }))];
}

/** With surge: new pods come beside available old ones, at most maxSurge at a time, and beside unavailable ones at once. */
function surgeBeside<Pod extends ControlledPod>(
  occupied: readonly OnNode<Pod>[],
  maxSurge: number,
): readonly DaemonSetStep<Pod>[] {
  let surging = 0;
  const steps: DaemonSetStep<Pod>[] = [];
  const candidates: string[] = [];
  for (const { node, newPods, oldPods } of occupied) {
    const [oldPod] = oldPods;
    if (newPods.length > 1 || oldPods.length > 1) surging++;
    else if (oldPod === undefined) continue;
    else if (newPods.length === 0) {
      if (oldPod.available) candidates.push(node);
      else steps.push({ createOn: node, reason: { because: "unavailable-first", data: { node } } });
    } else if (newPods[0]?.available === true) {
      steps.push({ delete: oldPod, reason: { because: "new-pod-available", data: { node } } });
    } else surging++;
  }
  const reason: Reason = { because: "within-max-surge", data: { surging, maxSurge } };
  for (const node of candidates.slice(0, Math.max(0, maxSurge - surging))) steps.push({ createOn: node, reason });
  return steps;
}

/** Each node counts by its oldest pod, an ending one included (daemon_controller.go, updateDaemonSetStatus, v1.36). */
function statusOf<Pod extends ControlledPod>(
  nodes: readonly DaemonNode<Pod>[],
  update: string,
  observedGeneration: number,
): DaemonSetStatus {
  const wanted = nodes.filter((node) => node.shouldRun);
  const oldest = wanted.flatMap((node) => node.pods.slice(0, 1));
  const numberAvailable = oldest.filter((pod) => pod.ready && pod.available).length;
  return {
    observedGeneration,
    desiredNumberScheduled: wanted.length,
    currentNumberScheduled: oldest.length,
    numberMisscheduled: nodes.filter((node) => !node.shouldRun && node.pods.length > 0).length,
    numberReady: oldest.filter((pod) => pod.ready).length,
    updatedNumberScheduled: oldest.filter((pod) => pod.revision === update).length,
    numberAvailable,
    numberUnavailable: wanted.length - numberAvailable,
  };
}

function withinBurst<Pod extends ControlledPod>(steps: readonly DaemonSetStep<Pod>[]): readonly DaemonSetStep<Pod>[] {
  const creations = steps.filter((step) => "createOn" in step).slice(0, burstReplicas);
  const deletions = steps.filter((step) => "delete" in step).slice(0, burstReplicas);
  return [...inSlowStart(creations), ...deletions];
}
