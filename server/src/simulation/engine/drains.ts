import type { Pod } from "./pods.ts";
import type { World } from "./world.ts";

/** Nodes that are being emptied, as `kubectl drain --ignore-daemonsets` does it: refused evictions are tried again every 5 s. */
export class Drains {
  readonly retryMs = 5000;
  readonly #world: World;
  readonly #nodes = new Set<string>();
  /** Pods whose eviction was refused the last time. */
  refused: readonly Pod[] = [];
  #budget: string | undefined;
  #progressed = false;

  constructor(world: World) {
    this.#world = world;
  }

  start(node: string): void {
    const found = this.#world.cluster.nodes.find((candidate) => candidate.name === node);
    if (found === undefined) return;
    found.cordoned = true;
    this.#nodes.add(node);
  }

  /** The budget that refused last. */
  get blockedBy(): string | undefined {
    return this.refused.length > 0 ? this.#budget : undefined;
  }

  /** Whether another try can end otherwise than the last one: something has changed since. */
  get mayGoOn(): boolean {
    return this.refused.length > 0 && this.#progressed;
  }

  noteProgress(): void {
    this.#progressed = true;
  }

  /** Tries to evict what is left; whether some were refused. */
  evictAll(): boolean {
    const refusedBefore = new Set(this.refused);
    this.#progressed = false;
    this.refused = this.#podsToEvict().filter((pod) => !this.#evict(pod, refusedBefore.has(pod)));
    return this.refused.length > 0;
  }

  #podsToEvict(): readonly Pod[] {
    return [...this.#world.cluster.pods.byName.values()].filter(
      (pod) =>
        pod.node !== undefined &&
        this.#nodes.has(pod.node) &&
        pod.deletedAt === undefined &&
        !pod.workload.startsWith("DaemonSet/"),
    );
  }

  #evict(pod: Pod, again: boolean): boolean {
    const { cluster } = this.#world;
    const answer = this.#world.evict(pod);
    const object = `Pod/${pod.name}`;
    const data = { pod: pod.name, node: pod.node ?? "" };
    if (answer.code === 201) {
      const message = `evicting pod ${pod.namespace}/${pod.name}`;
      cluster.record(object, { type: "Normal", reason: "Evicted", message, because: "evicted", data });
      return true;
    }
    this.#budget = answer.budget?.name;
    if (!again) {
      const message = answer.cause ?? answer.message;
      const budget = { ...data, budget: this.#budget ?? "" };
      cluster.record(object, {
        type: "Warning",
        reason: "EvictionRefused",
        message,
        because: "eviction-refused",
        data: budget,
      });
    }
    return false;
  }
}
