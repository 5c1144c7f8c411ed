/** Future events by time; those of one moment keep the order in which they were planned. */
export class EventQueue<Entry> {
  readonly #moments = new Map<number, Entry[]>();
  /** The times that have events, the earliest first: a binary heap. */
  readonly #times: number[] = [];

  plan(atMs: number, entry: Entry): void {
    const moment = this.#moments.get(atMs);
    if (moment !== undefined) {
      moment.push(entry);
      return;
    }
    this.#moments.set(atMs, [entry]);
    this.#push(atMs);
  }

  /** The time of the earliest event, `undefined` when there is none. */
  get nextAtMs(): number | undefined {
    return this.#times[0];
  }

  /** All events of the earliest moment, in order. */
  takeMoment(): readonly Entry[] {
    const atMs = this.#pop();
    if (atMs === undefined) return [];
    const moment = this.#moments.get(atMs) ?? [];
    this.#moments.delete(atMs);
    return moment;
  }

  #push(atMs: number): void {
    const times = this.#times;
    let index = times.push(atMs) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (times[parent]! <= atMs) break;
      times[index] = times[parent]!;
      index = parent;
    }
    times[index] = atMs;
  }

  #pop(): number | undefined {
    const times = this.#times;
    const first = times[0];
    const last = times.pop();
    if (last !== undefined && times.length > 0) this.#sink(last);
    return first;
  }

  /** Puts a time in at the top, below all earlier ones. */
  #sink(atMs: number): void {
    const times = this.#times;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      if (left >= times.length) break;
      const right = left + 1;
      const child = right < times.length && times[right]! < times[left]! ? right : left;
      if (times[child]! >= atMs) break;
      times[index] = times[child]!;
      index = child;
    }
    times[index] = atMs;
  }
}
