/**
 * The order in which several things are done that a controller starts in batches of 1, 2, 4 …: of the goroutines of a batch Go runs the one started last first, then the others.
 * Imitates kube-controller-manager, pkg/controller/statefulset/stateful_set_control.go, slowStartBatch (daemon_controller.go, syncNodes, likewise), v1.36.
 */
export function inSlowStart<Entry>(entries: readonly Entry[]): readonly Entry[] {
  const order: Entry[] = [];
  for (const { first, last } of slowStartBatches(entries.length, Number.POSITIVE_INFINITY)) {
    order.push(...entries.slice(last, last + 1), ...entries.slice(first, last));
  }
  return order;
}

/** The batches of so many things, as places from 0 on. */
export function* slowStartBatches(
  count: number,
  maxBatch: number,
): Generator<{ readonly first: number; readonly last: number }> {
  for (let first = 0, size = 1; first < count; first += size, size = Math.min(2 * size, maxBatch)) {
    yield { first, last: Math.min(first + size, count) - 1 };
  }
}
