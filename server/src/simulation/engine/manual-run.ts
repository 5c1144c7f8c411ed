import { arrayAt, textAt } from "../../base/json.ts";
import type { JsonObject } from "../../base/json.ts";
import type { EvictionAnswer } from "../disruption/budget.ts";
import type { ScenarioNode } from "../scenario.ts";
import type { RecordedEvent } from "./cluster.ts";
import { EventQueue } from "./event-queue.ts";
import type { Pod } from "./pods.ts";
import { World } from "./world.ts";

export interface ManualOptions {
  readonly nodes?: readonly ScenarioNode[];
  readonly featureGates?: Readonly<Record<string, boolean>>;
  /** `instant`: a deleted pod is gone at once; `stepwise`: it stays, terminating, until `finishTerminations`. */
  readonly terminations: "instant" | "stepwise";
}

/** Which pods an action means: the oldest of those that fit it. */
export interface PodChoice {
  /** The image of the first container. */
  readonly image?: string;
  readonly ordinal?: number;
  readonly ready?: boolean;
  /** At most so many; 1 when absent. */
  readonly count?: number;
}

export type ManualAction =
  | { readonly apply: JsonObject }
  | { readonly ready: PodChoice }
  | { readonly unready: PodChoice }
  | { readonly kill: PodChoice }
  | { readonly evict: PodChoice }
  | { readonly finishTerminations: true }
  | { readonly wait: number };

export interface ManualStep {
  readonly events: readonly RecordedEvent[];
  /** Pods that were made or asked to end, by controllers and by the action itself, in order. */
  readonly pods: readonly { readonly change: "create" | "delete"; readonly pod: Pod }[];
  /** The API server's answer to `evict`; `undefined` where no pod fits. */
  readonly answer?: EvictionAnswer | undefined;
}

/**
 * The driver for tests: nothing happens to a pod unless an action says so, and after each action every controller runs until nothing changes.
 * Pods that become ready together are seen one by one: the first, then the rest.
 */
export class ManualRun {
  readonly world: World;
  readonly #timers = new EventQueue<() => void>();
  #events: RecordedEvent[] = [];
  #pods: { readonly change: "create" | "delete"; readonly pod: Pod }[] = [];

  constructor(objects: readonly JsonObject[], options: ManualOptions) {
    const nodes = options.nodes ?? [{ name: "node-1" }];
    this.world = new World([], { nodes, featureGates: options.featureGates ?? {}, changing: new Set() });
    const { cluster } = this.world;
    cluster.onEvent = (event) => this.#events.push(event);
    cluster.onRequeue = (atMs) => this.#timers.plan(atMs, () => undefined);
    cluster.pods.observe((pod, change) => {
      if (change === "created") this.#pods.push({ change: "create", pod });
      if (change === "terminating") this.#pods.push({ change: "delete", pod });
      if (change === "terminating" && options.terminations === "instant") cluster.pods.remove(pod);
      if (change === "ready" && !pod.available) {
        this.#timers.plan(pod.readySince + pod.group.minReadyMs(), () => cluster.pods.setAvailable(pod));
      }
    });
    for (const object of objects) this.world.apply(object);
    this.#settle();
  }

  act(action: ManualAction): ManualStep {
    this.#events = [];
    this.#pods = [];
    const answer = this.#do(action);
    this.#settle();
    return { events: this.#events, pods: this.#pods, answer };
  }

  get pods(): readonly Pod[] {
    return [...this.world.cluster.pods.byName.values()].sort((a, b) => a.uid - b.uid);
  }

  #do(action: ManualAction): EvictionAnswer | undefined {
    const { cluster } = this.world;
    if ("apply" in action) this.world.apply(action.apply);
    else if ("ready" in action) this.#makeReady(this.#choose(action.ready, (pod) => !pod.ready));
    else if ("unready" in action) {
      for (const pod of this.#choose(action.unready, (pod) => pod.ready)) cluster.pods.setUnready(pod);
    } else if ("kill" in action) for (const pod of this.#choose(action.kill)) cluster.deletePod(pod);
    else if ("evict" in action) {
      const [pod] = this.#choose(action.evict);
      return pod === undefined ? undefined : this.world.evict(pod);
    } else if ("finishTerminations" in action) {
      for (const pod of this.pods) if (pod.deletedAt !== undefined) cluster.pods.remove(pod);
    } else this.#wait(action.wait);
    return undefined;
  }

  #makeReady([first, ...rest]: readonly Pod[]): void {
    const { pods } = this.world.cluster;
    if (first === undefined) return;
    pods.setReady(first);
    if (rest.length > 0) this.#settle();
    for (const pod of rest) pods.setReady(pod);
  }

  #wait(milliseconds: number): void {
    const { cluster } = this.world;
    const end = cluster.now + milliseconds;
    while ((this.#timers.nextAtMs ?? Number.POSITIVE_INFINITY) <= end) {
      cluster.now = Math.max(cluster.now, this.#timers.nextAtMs ?? end);
      for (const timer of this.#timers.takeMoment()) timer();
      this.#settle();
    }
    cluster.now = end;
  }

  #choose(choice: PodChoice, fits: (pod: Pod) => boolean = () => true): readonly Pod[] {
    const candidates = this.pods.filter(
      (pod) =>
        pod.deletedAt === undefined &&
        fits(pod) &&
        (choice.image === undefined || imageOf(pod) === choice.image) &&
        (choice.ordinal === undefined || pod.ordinal === choice.ordinal) &&
        (choice.ready === undefined || pod.ready === choice.ready),
    );
    return candidates.slice(0, choice.count ?? 1);
  }

  #settle(): void {
    this.world.settle(() => undefined);
  }
}

function imageOf(pod: Pod): string | undefined {
  return textAt(arrayAt(pod.template, "spec", "containers")[0], "image");
}
