import { greatestCommonDivisor } from "../../base/divisor.ts";

/** What an endpoint's connections count for: `active` and `inactive` times their numbers, plus `busy` or, where none is active, `idle`. */
export interface Overhead {
  readonly active: number;
  readonly inactive: number;
  readonly idle: number;
  readonly busy: number;
}

/**
 * Endpoints with their connections, and which of them has the least overhead for its weight; of equal ones the first, of those without weight none.
 * A tournament: a change asks only the rounds that the endpoint takes part in, and knows the winner without looking at the others.
 */
export class LeastLoaded {
  /** Connections of each endpoint. */
  readonly active: Int32Array;
  /** How many endpoints have fewer connections than half of their weight. */
  underused: number;
  readonly #weights: Int32Array;
  readonly #overhead: Overhead;
  /** What overhead is multiplied with instead of being divided by weight, so that it stays whole. */
  readonly #factors: Float64Array;
  /**
   * Endpoints take the second half; each place before has the lesser of the places 2i and 2i + 1.
   * The whole part is overhead for weight; the fraction is the endpoint's place in the order, which decides between equals and names the winner.
   */
  readonly #keys: Float64Array;
  readonly #half: number;

  constructor(weights: Int32Array, overhead: Overhead) {
    this.active = new Int32Array(weights.length);
    this.underused = weights.filter((weight) => weight > 0).length;
    this.#weights = weights;
    this.#overhead = overhead;
    const multiple = weights.filter((weight) => weight > 0).reduce((a, b) => (a / greatestCommonDivisor(a, b)) * b, 1);
    this.#factors = Float64Array.from(weights, (weight) => (weight > 0 ? multiple / weight : 0));
    this.#half = 1 << (32 - Math.clz32(Math.max(1, weights.length) - 1));
    const keys = new Float64Array(2 * this.#half).fill(Number.POSITIVE_INFINITY);
    for (const [index, factor] of this.#factors.entries()) {
      if (factor > 0) keys[this.#half + index] = overhead.idle * factor + index / this.#half;
    }
    for (let place = this.#half - 1; place > 0; place--) keys[place] = Math.min(keys[2 * place]!, keys[2 * place + 1]!);
    this.#keys = keys;
  }

  /** -1 where no endpoint has any weight. */
  get least(): number {
    const key = this.#keys[1]!;
    return key === Number.POSITIVE_INFINITY ? -1 : (key - Math.floor(key)) * this.#half;
  }

  /** Some of an endpoint's connections open or close. */
  change(endpoint: number, active: number, inactive: number): void {
    const overhead = this.#overhead;
    let change = inactive * overhead.inactive;
    if (active !== 0) change += active * overhead.active + this.#changeActive(endpoint, active);
    if (change !== 0) this.#rank(endpoint, change * this.#factors[endpoint]!);
  }

  /** How much more or less than its number of connections the endpoint counts for. */
  #changeActive(endpoint: number, change: number): number {
    const { idle, busy } = this.#overhead;
    const before = this.active[endpoint]!;
    const after = before + change;
    this.active[endpoint] = after;
    const weight = this.#weights[endpoint]!;
    this.underused += (after * 2 < weight ? 1 : 0) - (before * 2 < weight ? 1 : 0);
    return (after === 0 ? idle : busy) - (before === 0 ? idle : busy);
  }

  /** A lesser key wins until it meets one that is less still; a greater one gives way where it was the winner. */
  #rank(endpoint: number, change: number): void {
    const keys = this.#keys;
    let place = this.#half + endpoint;
    const before = keys[place]!;
    let key = before + change;
    keys[place] = key;
    if (change < 0) {
      for (place >>= 1; place > 0 && keys[place]! > key; place >>= 1) keys[place] = key;
      return;
    }
    for (; place > 1 && keys[place >> 1] === before; place >>= 1) {
      key = Math.min(key, keys[place ^ 1]!);
      keys[place >> 1] = key;
    }
  }
}
