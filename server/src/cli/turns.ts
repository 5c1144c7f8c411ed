/** The places of a queue that several threads work off together: each takes the next ones, first much and in the end little work. */
export class Turns {
  /** How much work is left from each place on. */
  readonly #left: readonly number[];
  readonly #threads: number;
  readonly #next: Int32Array;

  /**
   * @param weights how much work each place is
   * @param shared where the next place stands: see `newQueue`
   */
  constructor(weights: readonly number[], threads: number, shared: SharedArrayBuffer) {
    let left = 0;
    this.#left = weights
      .toReversed()
      .map((weight) => (left += weight))
      .reverse();
    this.#threads = threads;
    this.#next = new Int32Array(shared);
  }

  /** The places that are this thread's, ascending. Neighbours often share what is made for them, so that one thread gets them. */
  *[Symbol.iterator](): Generator<number> {
    for (;;) {
      const start = Atomics.load(this.#next, 0);
      if (start >= this.#left.length) return;
      const end = this.#endOfTurn(start);
      if (Atomics.compareExchange(this.#next, 0, start, end) !== start) continue;
      for (let place = start; place < end; place++) yield place;
    }
  }

  #endOfTurn(start: number): number {
    const leftBehind = this.#left[start]! * (1 - 1 / (this.#threads * 4));
    let end = start + 1;
    while (end < this.#left.length && this.#left[end]! > leftBehind) end++;
    return end;
  }
}

/** A queue of which nothing has been taken. */
export function newQueue(): SharedArrayBuffer {
  return new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
}
