/** What happens at a moment; moments that are equal keep the order in which they were planned. */
export interface Planned<Entry> {
  readonly atMs: number;
  readonly sequence: number;
  readonly entry: Entry;
}

/** Future events, earliest first: a binary heap. */
export class EventQueue<Entry> {
  readonly #heap: Planned<Entry>[] = [];
  #sequence = 0;

  plan(atMs: number, entry: Entry): void {
    const heap = this.#heap;
    heap.push({ atMs, sequence: this.#sequence++, entry });
    let index = heap.length - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isEarlier(heap[index]!, heap[parent]!)) break;
      this.#swap(index, parent);
      index = parent;
    }
  }

  /** The time of the earliest event, `undefined` when there is none. */
  get nextAtMs(): number | undefined {
    return this.#heap[0]?.atMs;
  }

  /** All events of the earliest moment, in order. */
  takeMoment(): readonly Entry[] {
    const atMs = this.nextAtMs;
    const taken: Entry[] = [];
    while (this.#heap.length > 0 && this.nextAtMs === atMs) taken.push(this.#takeFirst());
    return taken;
  }

  #takeFirst(): Entry {
    const heap = this.#heap;
    const first = heap[0]!;
    const last = heap.pop()!;
    if (heap.length > 0) {
      heap[0] = last;
      this.#sink();
    }
    return first.entry;
  }

  #sink(): void {
    const heap = this.#heap;
    let index = 0;
    for (;;) {
      let smallest = index;
      for (const child of [2 * index + 1, 2 * index + 2]) {
        if (child < heap.length && isEarlier(heap[child]!, heap[smallest]!)) smallest = child;
      }
      if (smallest === index) return;
      this.#swap(index, smallest);
      index = smallest;
    }
  }

  #swap(a: number, b: number): void {
    const heap = this.#heap;
    [heap[a], heap[b]] = [heap[b]!, heap[a]!];
  }
}

function isEarlier(a: Planned<unknown>, b: Planned<unknown>): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.sequence < b.sequence);
}
