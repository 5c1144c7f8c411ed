import { arrayAt, isObject, numberAt, objectAt } from "../../base/json.ts";
import type { JsonObject, JsonValue } from "../../base/json.ts";
import type { Random } from "../../base/random.ts";
import type { PodBehaviour, PodRule, PodTiming } from "../scenario.ts";
import type { Cluster } from "./cluster.ts";
import type { Pod, PodChange } from "./pods.ts";

/** What the kubelet does to a pod at a later time. */
export interface PodEvent {
  readonly pod: Pod;
  readonly does: "start" | "ready" | "available" | "exit";
}

export interface KubeletOptions {
  readonly cluster: Cluster;
  readonly behaviour: PodBehaviour;
  /** Whether a pod belongs to the newest revision of its workload. */
  readonly isNew: (pod: Pod) => boolean;
  readonly revisionOf: (pod: Pod) => number;
  readonly random: Random;
  readonly plan: (atMs: number, event: PodEvent) => void;
}

/** Starts pods, makes them ready and ends them, by the scenario's timings. */
export class Kubelet {
  readonly #options: KubeletOptions;
  readonly #common = new Map<JsonObject, PodTiming>();
  readonly #timings = new Map<Pod, PodTiming>();
  readonly #startedAt = new Map<Pod, number>();
  /** While the state before is set up, pods are ready at once. */
  instant = true;

  constructor(options: KubeletOptions) {
    this.#options = options;
    options.cluster.pods.observe((pod, change) => this.#observe(pod, change));
  }

  /** Carries out what was planned; a pod that is gone, or ending, starts no more. */
  carryOut({ pod, does }: PodEvent): void {
    const { pods } = this.#options.cluster;
    if (does === "exit") pods.remove(pod);
    else if (does === "available") pods.setAvailable(pod);
    else if (pod.deletedAt !== undefined) return;
    else if (does === "start") pods.start(pod);
    else pods.setReady(pod);
  }

  /** Whether the application of a pod accepts connections at this time. */
  listens(pod: Pod, atMs: number): boolean {
    const startedAt = this.#startedAt.get(pod);
    if (startedAt === undefined || pod.gone) return false;
    const timing = this.timingOf(pod);
    if (atMs < startedAt + timing.listensAfterMs) return false;
    return pod.deletedAt === undefined || atMs < pod.deletedAt + Math.min(timing.preStopMs, timing.gracePeriodMs);
  }

  timingOf(pod: Pod): PodTiming {
    let timing = this.#timings.get(pod);
    if (timing === undefined) {
      timing = this.#resolve(pod);
      this.#timings.set(pod, timing);
    }
    return timing;
  }

  #observe(pod: Pod, change: PodChange): void {
    const { cluster, plan } = this.#options;
    const { now } = cluster;
    if (change === "created") this.#created(pod);
    else if (change === "started") this.#started(pod);
    else if (change === "ready" && !pod.available) plan(now + pod.group.minReadyMs(), { pod, does: "available" });
    else if (change === "terminating") plan(now + this.#timeToExit(pod), { pod, does: "exit" });
    else if (change === "gone") {
      this.#timings.delete(pod);
      this.#startedAt.delete(pod);
    }
  }

  #created(pod: Pod): void {
    const { cluster, plan } = this.#options;
    if (pod.node === undefined) return;
    if (this.instant) {
      // Long before the beginning: whatever a template needs to start has happened.
      this.#startedAt.set(pod, Number.NEGATIVE_INFINITY);
      cluster.pods.setReady(pod);
    } else {
      plan(cluster.now + this.timingOf(pod).startupMs, { pod, does: "start" });
    }
  }

  #started(pod: Pod): void {
    if (this.instant) return;
    const { cluster, plan, random } = this.#options;
    this.#startedAt.set(pod, cluster.now);
    const timing = this.timingOf(pod);
    if (this.#rules(pod).some((rule) => rule.ready === "never")) return;
    const jitter = timing.readyJitterMs > 0 ? Math.floor(random() * timing.readyJitterMs) : 0;
    plan(cluster.now + timing.readyAfterMs + jitter, { pod, does: "ready" });
  }

  /** A pod that never ran has nothing to end. */
  #timeToExit(pod: Pod): number {
    if (pod.phase === "Pending" || this.instant) return 0;
    const { preStopMs, terminationMs, gracePeriodMs } = this.timingOf(pod);
    return Math.min(preStopMs + terminationMs, gracePeriodMs);
  }

  #resolve(pod: Pod): PodTiming {
    const common = this.#commonTiming(pod.template);
    const rules = this.#rules(pod);
    return rules.length === 0 ? common : rules.reduce<PodTiming>((timing, rule) => ({ ...timing, ...rule }), common);
  }

  #commonTiming(template: JsonObject): PodTiming {
    let timing = this.#common.get(template);
    if (timing === undefined) {
      timing = { ...assumedTiming(template), ...this.#options.behaviour.default };
      this.#common.set(template, timing);
    }
    return timing;
  }

  #rules(pod: Pod): readonly PodRule[] {
    const { rules } = this.#options.behaviour;
    if (rules === undefined || rules.length === 0) return noRules;
    return rules.filter(
      ({ workload, revision, ordinal }) =>
        (workload === undefined || workload === pod.workload) &&
        (ordinal === undefined || ordinal === pod.ordinal) &&
        (revision === undefined || this.#hasRevision(pod, revision)),
    );
  }

  /** The pods of the state before are old; all that an action brings in are new. */
  #hasRevision(pod: Pod, revision: "new" | "old" | number): boolean {
    if (typeof revision === "number") return this.#options.revisionOf(pod) === revision;
    return (revision === "new") === (!this.instant && this.#options.isNew(pod));
  }
}

const noRules: readonly PodRule[] = [];

const defaultGraceSeconds = 30;

/**
 * How long a pod of this template is assumed to take: two seconds to start, three until it serves; known from the template are the readiness probe's delays,
 * a preStop sleep and the grace period. Without a readiness probe a pod counts as ready as soon as it runs, although it may not serve yet.
 */
export function assumedTiming(template: JsonObject): PodTiming {
  const containers = arrayAt(template, "spec", "containers");
  const probes = containers.map((container) => objectAt(container, "readinessProbe")).filter(isObject);
  const listensAfterMs = 3000;
  const readyAfterMs = Math.max(0, ...probes.map((probe) => firstSuccessMs(probe, listensAfterMs)));
  const sleeps = containers.map((container) => numberAt(container, "lifecycle", "preStop", "sleep", "seconds") ?? 0);
  const graceSeconds = numberAt(template, "spec", "terminationGracePeriodSeconds") ?? defaultGraceSeconds;
  return {
    startupMs: 2000,
    readyAfterMs,
    readyJitterMs: 0,
    listensAfterMs,
    preStopMs: Math.max(0, ...sleeps, ...containers.map(preStopSleepCommand)) * 1000,
    terminationMs: 1000,
    gracePeriodMs: graceSeconds * 1000,
    endpointPropagationMs: 500,
  };
}

/** The first probe that finds the application listening, with as many successes as are asked for. */
function firstSuccessMs(probe: JsonObject, listensAfterMs: number): number {
  const delay = (numberAt(probe, "initialDelaySeconds") ?? 0) * 1000;
  const period = Math.max(1, numberAt(probe, "periodSeconds") ?? 10) * 1000;
  const needed = Math.max(1, numberAt(probe, "successThreshold") ?? 1);
  const missed = Math.max(0, Math.ceil((listensAfterMs - delay) / period));
  return delay + (missed + needed - 1) * period;
}

/** The seconds of a preStop command like `["sleep", "10"]` or `["sh", "-c", "sleep 10"]`; 0 for any other. */
function preStopSleepCommand(container: JsonValue): number {
  const words = arrayAt(container, "lifecycle", "preStop", "exec", "command").filter(
    (word) => typeof word === "string",
  );
  return Number(/^(?:\S*sh -c )?\S*sleep (\d+)$/.exec(words.join(" "))?.[1] ?? 0);
}
