import type { Random } from "../../base/random.ts";

/** Pods of which one is chosen, at random or in turn; each change and choice takes the same short time. */
export class EndpointList<Endpoint> {
  readonly #roundRobin: boolean;
  readonly #pods: Endpoint[] = [];
  readonly #places = new Map<Endpoint, number>();
  #turn = 0;

  constructor(roundRobin: boolean) {
    this.#roundRobin = roundRobin;
  }

  put(pod: Endpoint, isIn: boolean): void {
    const place = this.#places.get(pod);
    if (isIn && place === undefined) {
      this.#places.set(pod, this.#pods.length);
      this.#pods.push(pod);
    } else if (!isIn && place !== undefined) {
      const last = this.#pods.pop();
      this.#places.delete(pod);
      if (last === undefined || last === pod) return;
      this.#pods[place] = last;
      this.#places.set(last, place);
    }
  }

  get size(): number {
    return this.#pods.length;
  }

  choose(random: Random): Endpoint | undefined {
    const count = this.#pods.length;
    if (count === 0) return undefined;
    return this.#pods[this.#roundRobin ? this.#turn++ % count : Math.floor(random() * count)];
  }
}
