import { arrayAt, at, numberAt, objectAt } from "../../base/json.ts";
import type { JsonObject } from "../../base/json.ts";
import { parseSelector } from "../../kubernetes/parse-selector.ts";
import type { ControllerEvent } from "../rollout/events.ts";
import { proposalOf } from "./metrics.ts";
import type { MetricCurrent, MetricFailure } from "./metrics.ts";
import { milliOf } from "./pod-groups.ts";
import { stabilized, stabilizedWithBehavior, withinPolicies, withinRules, withScaleEvent } from "./rates.ts";
import type { Recommendation, ScaleEvent, ScaleEvents } from "./rates.ts";
import type { Tolerances } from "./replica-calculator.ts";
import type { MetricsSource } from "./samples.ts";

/** Defaults of the controller manager. */
const downscaleStabilisationSeconds = 300;
const defaultTolerance = 0.1;

export interface AutoscalerCondition {
  readonly status: "True" | "False";
  readonly reason: string;
  readonly message: string;
}

/** What the controller remembers of one autoscaler between syncs. */
export interface AutoscalerMemory {
  readonly recommendations: readonly Recommendation[];
  readonly scaleEvents: ScaleEvents;
  readonly conditions: Readonly<Record<string, AutoscalerCondition>>;
  /** status.currentReplicas and status.desiredReplicas. */
  readonly current: number;
  readonly desired: number;
  readonly currentMetrics: readonly (MetricCurrent | undefined)[];
}

export const newAutoscaler: AutoscalerMemory = {
  recommendations: [],
  scaleEvents: { up: [], down: [] },
  conditions: {},
  current: 0,
  desired: 0,
  currentMetrics: [],
};

/** The scale of the target, as its `scale` subresource tells it. */
export interface TargetScale {
  readonly specReplicas: number;
  readonly statusReplicas: number;
  readonly selector: string;
}

export interface AutoscalerInput {
  readonly namespace: string;
  /** After defaulting. */
  readonly spec: JsonObject;
  /** What the API server says where there is no such target. */
  readonly scale: TargetScale | { readonly error: string };
  /** All autoscalers that this controller has seen with these pods, `namespace/name`, this one included. */
  readonly controlling: readonly string[];
  readonly source: MetricsSource;
  readonly memory: AutoscalerMemory;
  /** Seconds. */
  readonly now: number;
}

export interface AutoscalerOutput {
  readonly memory: AutoscalerMemory;
  readonly events: readonly ControllerEvent[];
  /** What the metrics ask for, before all limits. */
  readonly proposal?: { readonly replicas: number; readonly metric: string };
  /** The new size of the target, `undefined` where it stays. */
  readonly rescaleTo?: number;
}

/**
 * One sync of the horizontal pod autoscaler.
 * Imitates kube-controller-manager, pkg/controller/podautoscaler/horizontal.go, reconcileAutoscaler, v1.36.
 */
export function reconcileAutoscaler(input: AutoscalerInput): AutoscalerOutput {
  return new AutoscalerSync(input).run();
}

class AutoscalerSync {
  readonly #input: AutoscalerInput;
  readonly #events: ControllerEvent[] = [];
  #memory: AutoscalerMemory;

  constructor(input: AutoscalerInput) {
    this.#input = input;
    this.#memory = input.memory;
  }

  run(): AutoscalerOutput {
    const { scale, spec } = this.#input;
    if ("error" in scale) {
      const message = `the HPA controller was unable to get the target's current scale: ${scale.error}`;
      this.#warn("FailedGetScale", scale.error);
      this.#condition("AbleToScale", "False", "FailedGetScale", message);
      return this.#end();
    }
    this.#condition(
      "AbleToScale",
      "True",
      "SucceededGetScale",
      "the HPA controller was able to get the target's current scale",
    );
    const current = scale.specReplicas;
    this.#recordInitialRecommendation(current);
    const min = numberAt(spec, "minReplicas") ?? 1;
    const max = numberAt(spec, "maxReplicas") ?? 0;
    if (current === 0 && min !== 0) {
      const message = "scaling is disabled since the replica count of the target is zero";
      this.#condition("ScalingActive", "False", "ScalingDisabled", message);
      return this.#keep(current, []);
    }
    if (current > max) return this.#rescale(current, max, "Current number of replicas above Spec.MaxReplicas", []);
    if (current < min) return this.#rescale(current, min, "Current number of replicas below Spec.MinReplicas", []);
    return this.#scaleByMetrics(scale, min, max);
  }

  #scaleByMetrics(scale: TargetScale, min: number, max: number): AutoscalerOutput {
    const current = scale.specReplicas;
    const computed = this.#compute(scale);
    if ("error" in computed) {
      this.#memory = { ...this.#memory, current, currentMetrics: computed.statuses };
      this.#warn("FailedComputeMetricsReplicas", computed.error);
      return this.#end();
    }
    const { replicas, metric, statuses } = computed;
    const desired = this.#limit(current, Math.max(0, replicas), min, max);
    const proposal = { replicas, metric };
    if (desired === current) return { ...this.#keep(current, statuses), proposal };
    const because = replicas > current ? `${replicas > 0 ? metric : ""} above target` : "";
    const reason = replicas < current ? "All metrics below target" : because;
    return { ...this.#rescale(current, desired, reason, statuses), proposal };
  }

  /** The largest proposal of all metrics; where some fail, only upwards (horizontal.go, computeReplicasForMetrics, v1.36). */
  #compute(scale: TargetScale): Computed {
    const problem = this.#checkSelector(scale.selector);
    if (problem !== undefined) return { error: problem, statuses: [] };
    const { spec, source, now, namespace } = this.#input;
    const { specReplicas, statusReplicas } = scale;
    const calculation = { source, now, specReplicas, statusReplicas, tolerances: tolerancesOf(spec) };
    const failures: MetricFailure[] = [];
    const statuses: (MetricCurrent | undefined)[] = [];
    let best = { replicas: 0, metric: "" };
    const metrics = arrayAt(spec, "metrics");
    for (const metric of metrics) {
      const result = proposalOf(metric, calculation, namespace);
      if ("failure" in result) {
        this.#warn(result.failure.reason, result.failure.message);
        failures.push(result.failure);
        statuses.push(undefined);
        continue;
      }
      const { replicas, name, current } = result.proposal;
      statuses.push(current);
      if (best.replicas === 0 || replicas > best.replicas) best = { replicas, metric: name };
    }
    const [first] = failures;
    if (first !== undefined && (failures.length >= metrics.length || best.replicas < specReplicas)) {
      const message = `the HPA was unable to compute the replica count: ${first.message}`;
      this.#condition("ScalingActive", "False", first.reason, message);
      const counts = `${failures.length} invalid out of ${metrics.length}`;
      return { error: `invalid metrics (${counts}), first error is: ${first.error}`, statuses };
    }
    const message = `the HPA was able to successfully calculate a replica count from ${best.metric}`;
    this.#condition("ScalingActive", "True", "ValidMetricFound", message);
    return { ...best, statuses };
  }

  /** The error of a selector that cannot be used, `undefined` where it can (horizontal.go, validateAndParseSelector, v1.36). */
  #checkSelector(selector: string): string | undefined {
    if (selector === "") {
      const error = "selector is required";
      this.#warn("SelectorRequired", error);
      this.#condition("ScalingActive", "False", "InvalidSelector", "the HPA target's scale is missing a selector");
      return error;
    }
    const parsed = parseSelector(selector);
    if (parsed.error !== undefined) {
      const error = `couldn't convert selector into a corresponding internal selector object: ${parsed.error}`;
      this.#warn("InvalidSelector", error);
      this.#condition("ScalingActive", "False", "InvalidSelector", error);
      return error;
    }
    const { controlling } = this.#input;
    if (controlling.length <= 1) return undefined;
    const error = `pods by selector ${selector} are controlled by multiple HPAs: [${controlling.join(" ")}]`;
    this.#warn("AmbiguousSelector", error);
    this.#condition("ScalingActive", "False", "AmbiguousSelector", error);
    return error;
  }

  /** Stabilises the proposal over time, then limits its rate and size. */
  #limit(current: number, proposed: number, min: number, max: number): number {
    const { spec, now } = this.#input;
    const behavior = objectAt(spec, "behavior");
    const log = this.#memory.recommendations;
    const stable =
      behavior === undefined
        ? stabilized(log, proposed, downscaleStabilisationSeconds, now)
        : stabilizedWithBehavior(log, current, proposed, windowsOf(behavior), now);
    this.#memory = { ...this.#memory, recommendations: stable.log };
    if (stable.replicas === proposed) {
      this.#condition("AbleToScale", "True", "ReadyForNewScale", "recommended size matches current size");
    } else {
      this.#condition("AbleToScale", "True", stable.reason, stabilizationMessages[stable.reason]);
    }
    const limits = { current, desired: stable.replicas, min, max };
    const limited =
      behavior === undefined ? withinRules(limits) : withinPolicies(limits, behavior, this.#memory.scaleEvents, now);
    const status = limited.replicas === stable.replicas ? "False" : "True";
    this.#condition("ScalingLimited", status, limited.reason, limitMessages[limited.reason]);
    return limited.replicas;
  }

  #rescale(
    current: number,
    desired: number,
    reason: string,
    currentMetrics: AutoscalerMemory["currentMetrics"],
  ): AutoscalerOutput {
    const message = `the HPA controller was able to update the target scale to ${desired}`;
    this.#condition("AbleToScale", "True", "SucceededRescale", message);
    this.#events.push({
      type: "Normal",
      reason: "SuccessfulRescale",
      message: `New size: ${desired}; reason: ${reason}`,
      because: "scaled-by-autoscaler",
      data: { from: current, to: desired, metric: reason },
    });
    this.#memory = {
      ...this.#memory,
      current,
      desired,
      currentMetrics,
      scaleEvents: this.#withEvent(current, desired),
    };
    return { ...this.#end(), rescaleTo: desired };
  }

  #withEvent(current: number, desired: number): ScaleEvents {
    const { spec, now } = this.#input;
    const events = this.#memory.scaleEvents;
    const behavior = objectAt(spec, "behavior");
    if (behavior === undefined) return events;
    const record = (list: readonly ScaleEvent[], rules: "scaleUp" | "scaleDown"): readonly ScaleEvent[] =>
      withScaleEvent(list, Math.abs(desired - current), behavior[rules], now);
    return desired > current
      ? { ...events, up: record(events.up, "scaleUp") }
      : { ...events, down: record(events.down, "scaleDown") };
  }

  #keep(current: number, currentMetrics: AutoscalerMemory["currentMetrics"]): AutoscalerOutput {
    this.#memory = { ...this.#memory, current, desired: current, currentMetrics };
    return this.#end();
  }

  #end(): AutoscalerOutput {
    return { memory: this.#memory, events: this.#events };
  }

  /** Without it the first sync could remove pods at once. */
  #recordInitialRecommendation(replicas: number): void {
    if (this.#memory.recommendations.length > 0) return;
    this.#memory = { ...this.#memory, recommendations: [{ replicas, at: this.#input.now }] };
  }

  #condition(type: string, status: "True" | "False", reason: string, message: string): void {
    const conditions = { ...this.#memory.conditions, [type]: { status, reason, message } };
    this.#memory = { ...this.#memory, conditions };
  }

  #warn(reason: string, message: string): void {
    this.#events.push({ type: "Warning", reason, message });
  }
}

type Computed =
  | { readonly replicas: number; readonly metric: string; readonly statuses: AutoscalerMemory["currentMetrics"] }
  | { readonly error: string; readonly statuses: AutoscalerMemory["currentMetrics"] };

const stabilizationMessages = {
  ScaleUpStabilized: "recent recommendations were lower than current one, applying the lowest recent recommendation",
  ScaleDownStabilized:
    "recent recommendations were higher than current one, applying the highest recent recommendation",
} as const;

const limitMessages = {
  DesiredWithinRange: "the desired count is within the acceptable range",
  TooFewReplicas: "the desired replica count is less than the minimum replica count",
  TooManyReplicas: "the desired replica count is more than the maximum replica count",
  ScaleUpLimit: "the desired replica count is increasing faster than the maximum scale rate",
  ScaleDownLimit: "the desired replica count is decreasing faster than the maximum scale rate",
} as const;

function windowsOf(behavior: JsonObject): { readonly up: number; readonly down: number } {
  return {
    up: numberAt(behavior, "scaleUp", "stabilizationWindowSeconds") ?? 0,
    down: numberAt(behavior, "scaleDown", "stabilizationWindowSeconds") ?? downscaleStabilisationSeconds,
  };
}

function tolerancesOf(spec: JsonObject): Tolerances {
  const of = (rules: "scaleUp" | "scaleDown"): number => {
    const milli = milliOf(at(spec, "behavior", rules, "tolerance"));
    return milli === undefined ? defaultTolerance : milli / 1000;
  };
  return { scaleUp: of("scaleUp"), scaleDown: of("scaleDown") };
}
