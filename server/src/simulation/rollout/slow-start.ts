/**
 * The order in which several things are done that a controller starts in batches of 1, 2, 4 …: of the goroutines of a batch Go runs the one started last first, then the others.
 * Imitates kube-controller-manager, pkg/controller/statefulset/stateful_set_control.go, slowStartBatch (daemon_controller.go, syncNodes, likewise), v1.36.
 */
export function inSlowStart<Entry>(entries: readonly Entry[], maxBatch = Number.POSITIVE_INFINITY): readonly Entry[] {
  const order: Entry[] = [];
  for (let start = 0, size = 1; start < entries.length; start += size, size = Math.min(2 * size, maxBatch)) {
    const batch = entries.slice(start, start + size);
    order.push(...batch.slice(-1), ...batch.slice(0, -1));
  }
  return order;
}
