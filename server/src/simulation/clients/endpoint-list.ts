import type { Random } from "../../base/random.ts";

/** Pods of which one is chosen, at random or in turn; each change and choice takes the same short time. */
export class EndpointList<Pod> {
  readonly #roundRobin: boolean;
  readonly #pods: Pod[] = [];
  readonly #places = new Map<Pod, number>();
  #turn = 0;

  constructor(roundRobin: boolean) {
    this.#roundRobin = roundRobin;
  }

  put(pod: Pod, isIn: boolean): void {
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

  choose(random: Random): Pod | undefined {
    const count = this.#pods.length;
    if (count === 0) return undefined;
    return this.#pods[this.#roundRobin ? this.#turn++ % count : Math.floor(random() * count)];
  }
}
