import type { Pod, PodGroup } from "./pods.ts";

/** The pods that the ReplicaSet controller removes first, as many as asked for. */
export function deletionOrder(group: PodGroup, related: readonly PodGroup[], count: number, now: number): readonly Pod[] {
  void related; void now;
  const active = [...group.pods].filter((pod) => pod.deletedAt === undefined);
  return active.sort((a, b) => Number(a.ready) - Number(b.ready) || b.uid - a.uid).slice(0, count);
}
