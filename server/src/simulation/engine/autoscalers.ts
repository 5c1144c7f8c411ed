import { arrayAt, objectAt, textAt } from "../../base/json.ts";
import type { JsonObject } from "../../base/json.ts";
import { newAutoscaler, reconcileAutoscaler } from "../autoscaling/autoscaler.ts";
import type { AutoscalerMemory } from "../autoscaling/autoscaler.ts";
import type { MetricsSource, Sample, ScaledPod } from "../autoscaling/samples.ts";
import type { Load, Scenario, WorkloadId } from "../scenario.ts";
import type { AutoscalerRow } from "../timeline.ts";
import type { Pod } from "./pods.ts";
import type { World } from "./world.ts";
import type { Workload } from "./workload.ts";

interface Autoscaler {
  readonly name: string;
  readonly namespace: string;
  readonly target: WorkloadId;
  readonly spec: JsonObject;
  memory: AutoscalerMemory;
}

/** Longer than every default window: after so much quiet no recommendation of the past holds anything back. */
const quietMs = 600_000;

/** An autoscaler that goes up and down for ever is left alone so long after the last change of load. */
const longestMs = 6 * 3_600_000;

/** The HorizontalPodAutoscalers of the cluster, fed from the scenario's loads. */
export class Autoscalers {
  readonly syncPeriodMs = 15_000;
  readonly #world: World;
  readonly #loads: readonly Load[];
  readonly #autoscalers: readonly Autoscaler[];
  #lastChangeMs = 0;

  constructor(world: World, scenario: Scenario) {
    this.#world = world;
    this.#loads = scenario.load ?? [];
    this.#autoscalers = scenario.objects
      .filter((object) => textAt(object, "kind") === "HorizontalPodAutoscaler")
      .map((object) => autoscalerOf(object));
  }

  get any(): boolean {
    return this.#autoscalers.length > 0;
  }

  /** Whether something may still change without anything else happening: loads to come, or windows that run out. */
  isWaiting(now: number): boolean {
    if (!this.any) return false;
    const lastLoad = Math.max(0, ...this.#loads.map((load) => load.atMs));
    return now <= Math.min(Math.max(lastLoad, this.#lastChangeMs) + quietMs, lastLoad + longestMs);
  }

  /** One sync of each autoscaler. */
  sync(now: number): void {
    for (const autoscaler of this.#autoscalers) {
      const target = this.#world.workload(autoscaler.target);
      if (target !== undefined) this.#syncOne(autoscaler, target, now);
    }
  }

  row(workload: WorkloadId, now: number): AutoscalerRow | undefined {
    const autoscaler = this.#autoscalers.find(({ target }) => target === workload);
    if (autoscaler === undefined) return undefined;
    const metric = metricNames(autoscaler.spec)[0] ?? "cpu";
    return { desired: autoscaler.memory.desired, loadMilli: this.#loadOf(workload, metric, now) ?? 0 };
  }

  #syncOne(autoscaler: Autoscaler, target: Workload, now: number): void {
    const { spec, namespace, name, memory } = autoscaler;
    const statusReplicas = target.groups().reduce((sum, group) => sum + group.active, 0);
    const output = reconcileAutoscaler({
      namespace,
      spec,
      scale: { specReplicas: target.desired, statusReplicas, selector: "app" },
      controlling: [`${namespace}/${name}`],
      source: this.#sourceOf(target, now),
      memory,
      now: now / 1000,
    });
    autoscaler.memory = output.memory;
    for (const event of output.events) this.#world.cluster.record(`HorizontalPodAutoscaler/${name}`, event);
    if (output.rescaleTo === undefined) return;
    this.#lastChangeMs = now;
    target.scale(output.rescaleTo);
  }

  #sourceOf(target: Workload, now: number): MetricsSource {
    const pods = target.groups().flatMap((group) => [...group.pods]);
    const samples = (metric: string): ReadonlyMap<string, Sample> | undefined => {
      const load = this.#loadOf(target.id, metric, now);
      return load === undefined ? undefined : shared(pods, load, now);
    };
    const whole = (metric: string): bigint | undefined => {
      const load = this.#loadOf(target.id, metric, now);
      return load === undefined ? undefined : BigInt(Math.trunc(load));
    };
    return {
      pods: pods.map(scaledPod),
      resource: (resource) => samples(resource),
      podsMetric: samples,
      objectMetric: whole,
      externalMetric: (metric) => {
        const value = whole(metric);
        return value === undefined ? undefined : [value];
      },
    };
  }

  /** The demand that holds now: the last one that has begun. */
  #loadOf(workload: WorkloadId, metric: string, now: number): number | undefined {
    const begun = this.#loads.filter(
      (load) => load.workload === workload && load.metric === metric && load.atMs <= now,
    );
    return begun.toSorted((a, b) => a.atMs - b.atMs).at(-1)?.milli;
  }
}

function autoscalerOf(object: JsonObject): Autoscaler {
  const spec = objectAt(object, "spec") ?? {};
  return {
    name: textAt(object, "metadata", "name") ?? "",
    namespace: textAt(object, "metadata", "namespace") ?? "default",
    target: `${textAt(spec, "scaleTargetRef", "kind") ?? ""}/${textAt(spec, "scaleTargetRef", "name") ?? ""}`,
    spec,
    memory: newAutoscaler,
  };
}

function metricNames(spec: JsonObject): readonly string[] {
  return arrayAt(spec, "metrics").flatMap((metric) => {
    const named = ["resource", "containerResource"].map((source) => textAt(metric, source, "name"));
    const custom = ["pods", "object", "external"].map((source) => textAt(metric, source, "metric", "name"));
    return [...named, ...custom].filter((name) => name !== undefined);
  });
}

/** The ready pods share a demand evenly; without any it waits. */
function shared(pods: readonly Pod[], load: number, now: number): ReadonlyMap<string, Sample> {
  const ready = pods.filter((pod) => pod.ready && pod.deletedAt === undefined);
  const milli = ready.length === 0 ? 0 : Math.ceil(load / ready.length);
  return new Map(ready.map((pod) => [pod.name, { milli, timestamp: now / 1000, window: 0 }]));
}

function scaledPod(pod: Pod): ScaledPod {
  return {
    name: pod.name,
    phase: pod.phase,
    deleting: pod.deletedAt !== undefined,
    ready: pod.ready ? "True" : "False",
    readySince: pod.readySince / 1000,
    startTime: pod.createdAt / 1000,
    spec: objectAt(pod.template, "spec") ?? {},
  };
}
