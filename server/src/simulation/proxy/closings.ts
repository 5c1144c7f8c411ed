/**
 * Which connections close at which request, for as long as somebody asks: later requests take the places of those long gone, so that it stays small and near.
 * At most one connection is added at a request, which numbers it.
 */
export class Closings {
  readonly #requests: number;
  readonly #mask: number;
  readonly #first: Int32Array;
  readonly #next: Int32Array;
  readonly #node: Int32Array;
  readonly #endpoint: Int32Array;

  /** @param span the most requests between a connection's opening and the last time that it is asked for */
  constructor(requests: number, span: number) {
    const size = 2 ** Math.ceil(Math.log2(Math.min(requests, span) + 1));
    this.#requests = requests;
    this.#mask = size - 1;
    this.#first = new Int32Array(size).fill(-1);
    this.#next = new Int32Array(size);
    this.#node = new Int32Array(size);
    this.#endpoint = new Int32Array(size);
  }

  /** A connection, added at request `now`, closes at request `time`. What lies beyond the last request never happens. */
  add(now: number, time: number, node: number, endpoint: number): void {
    if (time >= this.#requests) return;
    const entry = now & this.#mask;
    this.#node[entry] = node;
    this.#endpoint[entry] = endpoint;
    this.#next[entry] = this.#first[time & this.#mask]!;
    this.#first[time & this.#mask] = entry;
  }

  /** The first connection that closes at a request, -1 where there is none; so says `next` of the others. */
  first(time: number): number {
    return this.#first[time & this.#mask]!;
  }

  next(connection: number): number {
    return this.#next[connection]!;
  }

  node(connection: number): number {
    return this.#node[connection]!;
  }

  endpoint(connection: number): number {
    return this.#endpoint[connection]!;
  }

  /** Each connection from a request on, with the request at which it closes; nothing before is known any more. */
  each(from: number, visit: (time: number, node: number, endpoint: number) => void): void {
    for (let time = from; time <= from + this.#mask; time++) {
      for (let entry = this.first(time); entry >= 0; entry = this.#next[entry]!) {
        visit(time, this.#node[entry]!, this.#endpoint[entry]!);
      }
    }
  }

  /** Forgets those of a request, which nobody asks for any more. */
  forget(time: number): void {
    this.#first[time & this.#mask] = -1;
  }
}
