/** The places of a queue that several threads work off together: each takes the next ones, first many and in the end single ones. */
export class Turns {
  readonly #count: number;
  readonly #threads: number;
  readonly #next: Int32Array;

  /** @param shared where the next place stands: see `newQueue` */
  constructor(count: number, threads: number, shared: SharedArrayBuffer) {
    this.#count = count;
    this.#threads = threads;
    this.#next = new Int32Array(shared);
  }

  /** The places that are this thread's, ascending. Neighbours often share what is made for them, so that one thread gets them. */
  *[Symbol.iterator](): Generator<number> {
    for (;;) {
      const start = Atomics.load(this.#next, 0);
      if (start >= this.#count) return;
      const end = start + Math.ceil((this.#count - start) / (this.#threads * 4));
      if (Atomics.compareExchange(this.#next, 0, start, end) !== start) continue;
      for (let place = start; place < end; place++) yield place;
    }
  }
}

/** A queue of which nothing has been taken. */
export function newQueue(): SharedArrayBuffer {
  return new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
}
