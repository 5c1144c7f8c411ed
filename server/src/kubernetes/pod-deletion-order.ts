import { arrayAt, numberAt, textAt } from "../base/json.ts";
import type { JsonObject } from "../base/json.ts";
import { isSidecar } from "./find-port.ts";
import { parseInt } from "./go-text.ts";
import { isPodActive, isPodReady, podCondition, podPhase } from "./pod-status.ts";
import { parseTimestamp } from "./time.ts";

/** What the order looks at in one pod. Times are epoch milliseconds, `undefined` where they are not set. */
export interface DeletionCandidate {
  readonly node: string;
  readonly phase: string;
  readonly ready: boolean;
  readonly deletionCost: number;
  /** How many active pods of the same owner share the node. */
  readonly rank: number;
  readonly readySince: number | undefined;
  readonly restarts: number;
  readonly sidecarRestarts: number;
  readonly created: number | undefined;
  readonly uid: string;
}

const deletionCostAnnotation = "controller.kubernetes.io/pod-deletion-cost";
const phaseOrder: Readonly<Record<string, number>> = { Pending: 0, Unknown: 1, Running: 2 };
/** Up to this size Go sorts by insertion, whose result counts where the comparison is not transitive. */
const insertionSortLimit = 12;

/**
 * A ReplicaSet's pods in the order in which it would delete them. `related` are the pods of all ReplicaSets of the same owner, its own included.
 * Imitates kube-controller-manager, pkg/controller/replicaset/replica_set.go, getPodsToDelete, v1.36. `now` is in epoch milliseconds.
 */
export function deletionOrder(
  pods: readonly JsonObject[],
  related: readonly JsonObject[],
  now: number,
): readonly JsonObject[] {
  const ranks = podRanks(related);
  const entries = pods.map((pod) => ({ pod, candidate: deletionCandidate(pod, ranks.get(nodeOf(pod)) ?? 0) }));
  return sortAsGo(entries, (a, b) => goesFirst(a.candidate, b.candidate, now)).map(({ pod }) => pod);
}

/** Active pods by node; pods without a node share the name "" (replica_set.go, getPodsRankedByRelatedPodsOnSameNode, v1.36). */
export function podRanks(related: readonly JsonObject[]): ReadonlyMap<string, number> {
  const ranks = new Map<string, number>();
  for (const pod of related.filter(isPodActive)) ranks.set(nodeOf(pod), (ranks.get(nodeOf(pod)) ?? 0) + 1);
  return ranks;
}

/** What the order looks at in a pod; `rank` is the number of active pods of its owner on its node. */
export function deletionCandidate(pod: JsonObject, rank: number): DeletionCandidate {
  const ready = isPodReady(pod);
  const sidecars = new Set(
    arrayAt(pod, "spec", "initContainers")
      .filter(isSidecar)
      .map((container) => textAt(container, "name")),
  );
  return {
    node: nodeOf(pod),
    phase: podPhase(pod),
    ready,
    deletionCost: deletionCost(textAt(pod, "metadata", "annotations", deletionCostAnnotation)),
    rank,
    readySince: ready ? parseTimestamp(textAt(podCondition(pod, "Ready"), "lastTransitionTime")) : undefined,
    restarts: maxRestarts(pod, "containerStatuses", () => true),
    sidecarRestarts: maxRestarts(pod, "initContainerStatuses", (name) => sidecars.has(name)),
    created: parseTimestamp(textAt(pod, "metadata", "creationTimestamp")),
    uid: textAt(pod, "metadata", "uid") ?? "",
  };
}

/**
 * Whether `a` is deleted before `b`. Imitates kube-controller-manager, pkg/controller/controller_utils.go, ActivePodsWithRanks.Less, v1.36.
 * Where both pods are ready since different times of the same magnitude the uid decides, before restarts are looked at.
 */
export function goesFirst(a: DeletionCandidate, b: DeletionCandidate, now: number): boolean {
  if (a.node !== b.node && (a.node === "" || b.node === "")) return a.node === "";
  if (phaseRank(a) !== phaseRank(b)) return phaseRank(a) < phaseRank(b);
  if (a.ready !== b.ready) return !a.ready;
  if (a.deletionCost !== b.deletionCost) return a.deletionCost < b.deletionCost;
  if (a.rank !== b.rank) return a.rank > b.rank;
  if (a.ready && a.readySince !== b.readySince) return isYounger(a, b, a.readySince, b.readySince, now);
  if (a.restarts !== b.restarts) return a.restarts > b.restarts;
  if (a.sidecarRestarts !== b.sidecarRestarts) return a.sidecarRestarts > b.sidecarRestarts;
  if (a.created !== b.created) return isYounger(a, b, a.created, b.created, now);
  return false;
}

/** Whether the first time is later by orders of magnitude (of two); within the same one the smaller uid goes first. No time counts as latest. */
function isYounger(
  a: DeletionCandidate,
  b: DeletionCandidate,
  first: number | undefined,
  second: number | undefined,
  now: number,
): boolean {
  if (first === undefined || second === undefined) return first === undefined;
  const difference = ageMagnitude(first, now) - ageMagnitude(second, now);
  return difference === 0 ? a.uid < b.uid : difference < 0;
}

function ageMagnitude(time: number, now: number): number {
  const nanoseconds = (now - time) * 1e6;
  return nanoseconds > 0 ? Math.floor(Math.log2(nanoseconds)) : -1;
}

/** pkg/apis/core/v1/helper/helpers.go, GetDeletionCostFromPodAnnotations, v1.36: only a plain int32 counts. */
function deletionCost(text: string | undefined): number {
  if (text === undefined || !/^(-|0$|[1-9])/.test(text)) return 0;
  const parsed = parseInt(text, 32);
  return parsed.error === undefined ? Number(parsed.value) : 0;
}

function maxRestarts(
  pod: JsonObject,
  field: "containerStatuses" | "initContainerStatuses",
  counts: (name: string | undefined) => boolean,
): number {
  return arrayAt(pod, "status", field)
    .filter((status) => counts(textAt(status, "name")))
    .reduce<number>((most, status) => Math.max(most, numberAt(status, "restartCount") ?? 0), 0);
}

function phaseRank({ phase }: DeletionCandidate): number {
  return Object.hasOwn(phaseOrder, phase) ? (phaseOrder[phase] ?? 0) : 0;
}

function nodeOf(pod: JsonObject): string {
  return textAt(pod, "spec", "nodeName") ?? "";
}

function sortAsGo<Entry>(entries: readonly Entry[], less: (a: Entry, b: Entry) => boolean): readonly Entry[] {
  if (entries.length > insertionSortLimit) {
    return entries.toSorted((a, b) => (less(a, b) ? -1 : less(b, a) ? 1 : 0));
  }
  const sorted: Entry[] = [];
  for (const entry of entries) {
    let place = sorted.length;
    while (place > 0 && less(entry, sorted[place - 1]!)) place -= 1;
    sorted.splice(place, 0, entry);
  }
  return sorted;
}
