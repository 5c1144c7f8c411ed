/** What an endpoint's connections count for: `active` and `inactive` times their numbers, plus `own`. */
export interface Overhead {
  readonly active: number;
  readonly inactive: number;
  readonly own: number;
}

/**
 * Endpoints with their connections, and which of them has the least overhead for its weight; of equal ones the first, of those without weight none.
 * A tournament: a change asks only the rounds that the endpoint takes part in, and knows the winner without looking at the others.
 */
export class LeastLoaded {
  /** Connections of each endpoint. */
  readonly active: Int32Array;
  readonly inactive: Int32Array;
  readonly #weights: Int32Array;
  readonly #overhead: Overhead;
  readonly #loads: Float64Array;
  /** Endpoints take the second half; each place before has the winner of the places 2i and 2i + 1. */
  readonly #winners: Int32Array;
  readonly #half: number;
  /** Endpoints that have changed since somebody asked for the winner. */
  readonly #stale: number[] = [];
  readonly #isStale: Uint8Array;

  constructor(weights: Int32Array, overhead: Overhead) {
    this.active = new Int32Array(weights.length);
    this.inactive = new Int32Array(weights.length);
    this.#weights = weights;
    this.#overhead = overhead;
    this.#loads = new Float64Array(weights.length).fill(overhead.own);
    this.#isStale = new Uint8Array(weights.length);
    this.#half = 1 << (32 - Math.clz32(Math.max(1, weights.length) - 1));
    this.#winners = new Int32Array(2 * this.#half).fill(-1);
    for (const [index, weight] of weights.entries()) if (weight > 0) this.#winners[this.#half + index] = index;
    for (let place = this.#half - 1; place > 0; place--) this.#winners[place] = this.#winnerOf(place);
  }

  /** -1 where no endpoint has any weight. */
  get least(): number {
    for (let endpoint = this.#stale.pop(); endpoint !== undefined; endpoint = this.#stale.pop()) this.#replay(endpoint);
    return this.#winners[1]!;
  }

  /** Some of an endpoint's connections open or close. */
  change(endpoint: number, active: number, inactive: number): void {
    this.active[endpoint]! += active;
    this.inactive[endpoint]! += inactive;
    const { active: perActive, inactive: perInactive } = this.#overhead;
    const change = active * perActive + inactive * perInactive;
    if (change === 0) return;
    this.#loads[endpoint]! += change;
    if (this.#isStale[endpoint] === 1) return;
    this.#isStale[endpoint] = 1;
    this.#stale.push(endpoint);
  }

  #replay(endpoint: number): void {
    this.#isStale[endpoint] = 0;
    const winners = this.#winners;
    for (let place = (this.#half + endpoint) >> 1; place > 0; place >>= 1) {
      const before = winners[place]!;
      const winner = this.#winnerOf(place);
      if (before === winner && winner !== endpoint) return;
      winners[place] = winner;
    }
  }

  #winnerOf(place: number): number {
    const left = this.#winners[2 * place]!;
    const right = this.#winners[2 * place + 1]!;
    if (left < 0 || right < 0) return left < 0 ? right : left;
    const isRightLess = this.#loads[left]! * this.#weights[right]! > this.#loads[right]! * this.#weights[left]!;
    return isRightLess ? right : left;
  }
}
