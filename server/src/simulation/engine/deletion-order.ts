import { goesFirst } from "../../kubernetes/pod-deletion-order.ts";
import type { DeletionCandidate } from "../../kubernetes/pod-deletion-order.ts";
import type { Pod, PodGroup } from "./pods.ts";

/**
 * The pods that the ReplicaSet controller removes first, as many as asked for.
 * Pods that differ in nothing but their uid are compared as one, so that a set of thousands costs no sort of thousands.
 */
export function deletionOrder(
  group: PodGroup,
  related: readonly PodGroup[],
  count: number,
  now: number,
): readonly Pod[] {
  const ranks = podsPerNode(related);
  const cohorts = group.cohorts().flatMap((pods) => {
    const [first] = pods;
    return first === undefined ? [] : [{ pods, candidate: candidateOf(first, ranks.get(first.node ?? "") ?? 0) }];
  });
  cohorts.sort((a, b) => (goesFirst(a.candidate, b.candidate, now) ? -1 : 1));
  const order: Pod[] = [];
  for (const { pods } of cohorts) {
    for (const pod of pods) {
      if (order.length === count) return order;
      order.push(pod);
    }
  }
  return order;
}

function podsPerNode(related: readonly PodGroup[]): ReadonlyMap<string, number> {
  const ranks = new Map<string, number>();
  for (const { perNode } of related) {
    for (const [node, count] of perNode) ranks.set(node, (ranks.get(node) ?? 0) + count);
  }
  return ranks;
}

function candidateOf(pod: Pod, rank: number): DeletionCandidate {
  return {
    node: pod.node ?? "",
    phase: pod.phase,
    ready: pod.ready,
    deletionCost: 0,
    rank,
    readySince: pod.ready ? wholeSecond(pod.readySince) : undefined,
    restarts: 0,
    sidecarRestarts: 0,
    created: wholeSecond(pod.createdAt),
    uid: String(pod.uid).padStart(10, "0"),
  };
}

/** The API knows times to the second. */
function wholeSecond(milliseconds: number): number {
  return Math.floor(milliseconds / 1000) * 1000;
}
