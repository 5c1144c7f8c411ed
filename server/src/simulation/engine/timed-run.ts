import { at, objectAt, textAt } from "../../base/json.ts";
import type { JsonObject } from "../../base/json.ts";
import { seededRandom } from "../../base/random.ts";
import { Clients } from "../clients/traffic.ts";
import type { Action, Scenario, ScenarioNode } from "../scenario.ts";
import type { Because } from "../timeline.ts";
import { carryOutAction, setPaused } from "./actions.ts";
import { Autoscalers } from "./autoscalers.ts";
import { Drains } from "./drains.ts";
import { EventQueue } from "./event-queue.ts";
import { Kubelet } from "./kubelet.ts";
import type { PodEvent } from "./kubelet.ts";
import type { Pod } from "./pods.ts";
import { Recorder } from "./recorder.ts";
import { Watch } from "./watch.ts";
import { World, idOf } from "./world.ts";
import type { Workload } from "./workload.ts";

/** What is planned for a moment. `idle` events do not keep the simulation going by themselves. */
type Planned =
  | { readonly kind: "pod"; readonly event: PodEvent }
  | { readonly kind: "action"; readonly action: Action }
  | { readonly kind: "look" }
  | { readonly kind: "drain"; readonly idle: true }
  | { readonly kind: "autoscale"; readonly idle: true };

/** Times before the beginning, when the state before is set up. */
const longAgo = -86_400_000;

/** No object's own times, which may be decades, keep the simulation going for longer; with requests each second costs. */
const longestMs = 365 * 86_400_000;
const longestServedMs = 7 * 86_400_000;

/** How often requests are looked at while nothing else happens. */
const sampleMs = 1000;
/** Requests go on a little after the last change, so that its effect shows. */
const afterglowMs = 3000;

/** The driver by the clock of the scenario: pods start, become ready and end by their timings. */
export class TimedRun {
  readonly world: World;
  readonly recorder: Recorder | undefined;
  readonly watch: Watch;
  readonly drains: Drains;
  readonly clients: Clients | undefined;
  readonly autoscalers: Autoscalers;
  /** Set where the simulation was cut short. */
  stoppedBy: Because | undefined;
  readonly #scenario: Scenario;
  readonly #focusId: string;
  readonly #kubelet: Kubelet;
  readonly #queue = new EventQueue<Planned>();
  /** When the controllers look next by themselves. */
  #lookMs: number | undefined;
  /** When there was a frame last, or would have been one. */
  #recordedMs = 0;
  /** How many planned events are not idle. */
  #busy = 0;

  constructor(scenario: Scenario, options: { readonly frames: boolean }) {
    this.#scenario = scenario;
    const actions = scenario.actions ?? [];
    const random = seededRandom(scenario.seed ?? 1);
    this.world = new World(scenario.objects.map(resumed), {
      nodes: nodesOf(scenario),
      featureGates: scenario.cluster?.featureGates ?? {},
      changing: changingWorkloads(actions),
    });
    const { world } = this;
    const { cluster } = world;
    this.#focusId = scenario.focus ?? firstNamed(actions) ?? "";
    const isNew = (pod: Pod): boolean => world.workloadOf(pod)?.isNew(pod) ?? false;
    const preStopMs = scenario.traffic?.preStopMs;
    this.#kubelet = new Kubelet({
      cluster,
      behaviour: {
        ...scenario.pods,
        default: { ...(preStopMs === undefined ? {} : { preStopMs }), ...scenario.pods?.default },
      },
      isNew,
      revisionOf: (pod) => world.workloadOf(pod)?.revisionOf(pod) ?? 0,
      random,
      plan: (atMs, event) => this.#plan(atMs, { kind: "pod", event }),
    });
    this.recorder = options.frames ? new Recorder() : undefined;
    this.recorder?.observe(cluster);
    this.watch = new Watch(world, () => this.focus, partsOf(scenario));
    this.drains = new Drains(world);
    this.autoscalers = new Autoscalers(world, scenario);
    this.clients = this.#makeClients(isNew);
    cluster.onRequeue = (atMs) => this.#look(atMs);
  }

  /** The workload that is spoken of; until an action brings it in, the first one. */
  get focus(): Workload | undefined {
    return this.world.workload(this.#focusId) ?? this.world.workloads[0];
  }

  /** Runs to the end: until nothing will ever change, or the scenario's time is over. */
  run(): void {
    this.#setUp();
    const { until } = this.#scenario;
    const longest = this.clients === undefined ? longestMs : longestServedMs;
    const end = Math.min(longest, typeof until === "number" ? until : longest);
    const { cluster } = this.world;
    while (this.#goesOn()) {
      const atMs = this.#queue.nextAtMs ?? 0;
      if (atMs > end) {
        this.stoppedBy = "time-limit";
        this.#sendLastRequests(end);
        cluster.now = end;
        return;
      }
      this.#sendRequests(atMs);
      cluster.now = atMs;
      this.#moment(this.#queue.takeMoment());
    }
    this.#sendLastRequests(Math.min(end, cluster.now + afterglowMs));
  }

  /** The last frame counts as many requests as the summary. */
  #sendLastRequests(untilMs: number): void {
    this.#sendRequests(untilMs);
    if (this.clients !== undefined) this.#record(untilMs);
  }

  /** The requests of the time until then, with a frame for each second: they go on where no controller does anything. */
  #sendRequests(untilMs: number): void {
    const { clients } = this;
    if (clients === undefined) return;
    for (let atMs = (Math.floor(this.#recordedMs / sampleMs) + 1) * sampleMs; atMs < untilMs; atMs += sampleMs) {
      clients.send(atMs);
      this.#record(atMs);
    }
    clients.send(untilMs);
  }

  /** The state before the first action: all pods there for a long time, and available. */
  #setUp(): void {
    const { world, watch } = this;
    const { cluster } = world;
    cluster.now = longAgo;
    world.settle(() => undefined);
    while ((this.#queue.nextAtMs ?? 0) < 0) {
      cluster.now = this.#queue.nextAtMs ?? 0;
      this.#moment(this.#queue.takeMoment());
    }
    for (const object of this.#scenario.objects) if (isPaused(object)) setPaused(world, idOf(object), true);
    world.settle(() => undefined);
    cluster.now = 0;
    this.#kubelet.instant = false;
    this.clients?.begin();
    if (this.recorder !== undefined) cluster.onEvent = (event) => this.recorder?.event(event);
    watch.begin();
    this.#step();
    for (const action of this.#scenario.actions ?? []) this.#plan(action.atMs, { kind: "action", action });
    if (this.autoscalers.any) this.#plan(this.autoscalers.syncPeriodMs, { kind: "autoscale", idle: true });
  }

  #goesOn(): boolean {
    if (this.#queue.nextAtMs === undefined) return false;
    if (this.#busy > 0) return true;
    return this.autoscalers.isWaiting(this.world.cluster.now) || this.drains.mayGoOn;
  }

  /** What happens at one time. Pods that become ready together are seen one by one: the first, then the rest. */
  #moment(planned: readonly Planned[]): void {
    const [ready, others] = partition(planned, (entry) => entry.kind === "pod" && entry.event.does === "ready");
    this.#carryOutAll([...others, ...ready.slice(0, 1)]);
    if (ready.length > 1) this.#carryOutAll(ready.slice(1));
  }

  #carryOutAll(entries: readonly Planned[]): void {
    for (const entry of entries) this.#carryOut(entry);
    const before = this.watch.steps;
    this.world.settle(() => this.#step());
    // A change that no controller reacts to is a step too: a container that starts, a pod that is gone.
    if (this.watch.steps === before && entries.some((entry) => entry.kind === "pod")) this.#step();
  }

  #carryOut(entry: Planned): void {
    if (!("idle" in entry)) this.#busy--;
    const { now } = this.world.cluster;
    switch (entry.kind) {
      case "pod":
        return this.#kubelet.carryOut(entry.event);
      case "look":
        if (this.#lookMs === now) this.#lookMs = undefined;
        return;
      case "drain":
        return this.#drain();
      case "autoscale":
        this.autoscalers.sync(now);
        this.#plan(now + this.autoscalers.syncPeriodMs, { kind: "autoscale", idle: true });
        return;
      case "action":
        this.watch.changed();
        carryOutAction(entry.action, this.world, this.clients, (node) => this.drains.start(node));
        if ("drainNode" in entry.action) this.#drain();
    }
  }

  #drain(): void {
    if (!this.drains.evictAll()) return;
    this.#plan(this.world.cluster.now + this.drains.retryMs, { kind: "drain", idle: true });
  }

  #step(): void {
    this.watch.step();
    this.drains.noteProgress();
    if (this.world.cluster.now >= 0) this.#record(this.world.cluster.now);
  }

  #record(atMs: number): void {
    const { world, recorder, clients, focus } = this;
    this.#recordedMs = atMs;
    if (recorder === undefined || focus === undefined) return;
    for (const [pod, count] of clients?.takeServed() ?? []) recorder.served(pod, count);
    recorder.step(atMs, world.workloads, focus, {
      requests: clients === undefined ? undefined : { ...clients.counts },
      autoscaler: this.autoscalers.row(focus.id, atMs),
    });
  }

  #plan(atMs: number, planned: Planned): void {
    if (!("idle" in planned)) this.#busy++;
    this.#queue.plan(Math.max(atMs, this.world.cluster.now), planned);
  }

  /** Wakes the controllers at a time, unless they look before: then they say again when they want to (client-go, util/workqueue/delaying_queue.go, insert, v1.36). */
  #look(atMs: number): void {
    if (this.#lookMs !== undefined && this.#lookMs <= atMs) return;
    this.#lookMs = atMs;
    this.#plan(atMs, { kind: "look" });
  }

  #makeClients(isNew: (pod: Pod) => boolean): Clients | undefined {
    const { traffic, objects, cluster, seed } = this.#scenario;
    if (traffic === undefined || traffic.requestsPerSecond <= 0) return undefined;
    const random = seededRandom((seed ?? 1) ^ 0x5bd1e995);
    const roundRobin = cluster?.proxy?.mode === "ipvs";
    const services = objects.filter((object) => textAt(object, "kind") === "Service");
    const { pods } = this.world.cluster;
    return new Clients({ traffic, pods, kubelet: this.#kubelet, isNew, random, roundRobin }, services);
  }
}

function partition<Entry>(entries: readonly Entry[], test: (entry: Entry) => boolean): readonly [Entry[], Entry[]] {
  const passed: Entry[] = [];
  const failed: Entry[] = [];
  for (const entry of entries) (test(entry) ? passed : failed).push(entry);
  return [passed, failed];
}

/** A Deployment has its pods from the time before it was paused. */
function resumed(object: JsonObject): JsonObject {
  return isPaused(object) ? { ...object, spec: { ...objectAt(object, "spec"), paused: false } } : object;
}

function isPaused(object: JsonObject): boolean {
  return textAt(object, "kind") === "Deployment" && at(object, "spec", "paused") === true;
}

function nodesOf(scenario: Scenario): readonly ScenarioNode[] {
  const { nodes } = scenario.cluster ?? {};
  if (nodes !== undefined && nodes.length > 0) return nodes;
  return ["a", "b", "c"].map((zone, index) => ({ name: `node-${index + 1}`, zone }));
}

/** Workloads whose pods of before and after must be told apart. */
function changingWorkloads(actions: readonly Action[]): ReadonlySet<string> {
  return new Set(
    actions.flatMap((action) => ("apply" in action ? [idOf(action.apply)] : "undo" in action ? [action.undo] : [])),
  );
}

/** A rollout by more than one workload: those that actions bring in, and those that make room for them. Their pods are counted together. */
function partsOf({ objects, actions = [] }: Scenario): ReadonlySet<string> {
  const there = new Set(objects.map(idOf));
  const broughtIn = actions.flatMap((action) =>
    "apply" in action && isWorkload(action.apply) && !there.has(idOf(action.apply)) ? [idOf(action.apply)] : [],
  );
  if (broughtIn.length === 0) return new Set();
  return new Set([...broughtIn, ...actions.flatMap((action) => ("scale" in action ? [action.scale] : []))]);
}

function firstNamed(actions: readonly Action[]): string | undefined {
  for (const action of actions) {
    if ("apply" in action && isWorkload(action.apply)) return idOf(action.apply);
    if ("undo" in action) return action.undo;
    if ("scale" in action) return action.scale;
    if ("pause" in action) return action.pause;
    if ("resume" in action) return action.resume;
  }
  return undefined;
}

function isWorkload(object: JsonObject): boolean {
  return ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"].includes(textAt(object, "kind") ?? "");
}
