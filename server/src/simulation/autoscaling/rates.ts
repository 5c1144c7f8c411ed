import { arrayAt, numberAt, textAt } from "../../base/json.ts";
import type { JsonObject, JsonValue } from "../../base/json.ts";
import { toInt32 } from "./replica-calculator.ts";

/** A past recommendation. Times are seconds. */
export interface Recommendation {
  readonly replicas: number;
  readonly at: number;
}

/** A past rescale: how many replicas it added or removed. */
export interface ScaleEvent {
  readonly change: number;
  readonly at: number;
  /** Older than every policy: the next event takes its place. */
  readonly outdated: boolean;
}

export interface Limits {
  readonly current: number;
  readonly desired: number;
  readonly min: number;
  readonly max: number;
}

/** A number of replicas and the reason of condition ScalingLimited. */
export interface Limited {
  readonly replicas: number;
  readonly reason: "DesiredWithinRange" | "TooFewReplicas" | "TooManyReplicas" | "ScaleUpLimit" | "ScaleDownLimit";
}

/** Without `behavior`: up to twice the size, at least 4, within min and max (horizontal.go, convertDesiredReplicasWithRules, v1.36). */
export function withinRules({ current, desired, min, max }: Limits): Limited {
  const upLimit = toInt32(Math.max(2 * current, 4));
  if (desired < min) return { replicas: min, reason: "TooFewReplicas" };
  if (max > upLimit && desired > upLimit) return { replicas: upLimit, reason: "ScaleUpLimit" };
  if (max <= upLimit && desired > max) return { replicas: max, reason: "TooManyReplicas" };
  return { replicas: desired, reason: "DesiredWithinRange" };
}

export interface ScaleEvents {
  readonly up: readonly ScaleEvent[];
  readonly down: readonly ScaleEvent[];
}

/** With `behavior`: as far as its policies allow, within min and max (horizontal.go, convertDesiredReplicasWithBehaviorRate, v1.36). */
export function withinPolicies(limits: Limits, behavior: JsonObject, events: ScaleEvents, now: number): Limited {
  const { current, desired, min, max } = limits;
  if (desired > current) {
    const rate = Math.max(current, upLimit(current, behavior["scaleUp"], events, now));
    const allowed = Math.min(max, rate);
    if (desired > allowed) return { replicas: allowed, reason: max > rate ? "ScaleUpLimit" : "TooManyReplicas" };
  } else if (desired < current) {
    const rate = Math.min(current, downLimit(current, behavior["scaleDown"], events, now));
    const allowed = Math.max(min, rate);
    if (desired < allowed) return { replicas: allowed, reason: min < rate ? "ScaleDownLimit" : "TooFewReplicas" };
  }
  return { replicas: desired, reason: "DesiredWithinRange" };
}

/** horizontal.go, calculateScaleUpLimitWithScalingRules, v1.36. */
function upLimit(current: number, rules: JsonValue | undefined, events: ScaleEvents, now: number): number {
  const select = textAt(rules, "selectPolicy") ?? "Max";
  if (select === "Disabled") return current;
  const proposals = arrayAt(rules, "policies").map((policy) => {
    const start = startOfPeriod(current, policy, events, now);
    const value = numberAt(policy, "value") ?? 0;
    return textAt(policy, "type") === "Percent" ? toInt32(Math.ceil(start * (1 + value / 100))) : (start + value) | 0;
  });
  return select === "Min" ? Math.min(...proposals) : Math.max(...proposals);
}

/** horizontal.go, calculateScaleDownLimitWithBehaviors, v1.36. `Max` is the largest removal. */
function downLimit(current: number, rules: JsonValue | undefined, events: ScaleEvents, now: number): number {
  const select = textAt(rules, "selectPolicy") ?? "Max";
  if (select === "Disabled") return current;
  const proposals = arrayAt(rules, "policies").map((policy) => {
    const start = startOfPeriod(current, policy, events, now);
    const value = numberAt(policy, "value") ?? 0;
    return textAt(policy, "type") === "Percent" ? toInt32(Math.trunc(start * (1 - value / 100))) : (start - value) | 0;
  });
  return select === "Min" ? Math.max(...proposals) : Math.min(...proposals);
}

/** The size at the start of a policy's period, from the rescales since. */
function startOfPeriod(current: number, policy: JsonValue, events: ScaleEvents, now: number): number {
  const period = numberAt(policy, "periodSeconds") ?? 0;
  const changed = (list: readonly ScaleEvent[]): number =>
    list.filter((event) => event.at > now - period).reduce((sum, event) => sum + event.change, 0);
  return current - changed(events.up) + changed(events.down);
}

/** The events with a new one; it takes the place of the last one that every policy has forgotten (horizontal.go, storeScaleEvent, v1.36). */
export function withScaleEvent(
  events: readonly ScaleEvent[],
  change: number,
  rules: JsonValue | undefined,
  now: number,
): readonly ScaleEvent[] {
  const periods = arrayAt(rules, "policies").map((policy) => numberAt(policy, "periodSeconds") ?? 0);
  const longest = Math.max(0, ...periods);
  const marked = events.map((event) => (event.at < now - longest ? { ...event, outdated: true } : event));
  const place = marked.findLastIndex((event) => event.outdated);
  const added: ScaleEvent = { change, at: now, outdated: false };
  return place < 0 ? [...marked, added] : marked.with(place, added);
}

export interface Stabilized {
  readonly replicas: number;
  readonly reason: "ScaleUpStabilized" | "ScaleDownStabilized";
  readonly log: readonly Recommendation[];
}

/** Without `behavior`: the highest recommendation of the window (horizontal.go, stabilizeRecommendation, v1.36). */
export function stabilized(log: readonly Recommendation[], desired: number, window: number, now: number): Stabilized {
  const recent = log.filter((entry) => entry.at >= now - window);
  const replicas = Math.max(desired, ...recent.map((entry) => entry.replicas));
  const old = log.findLastIndex((entry) => entry.at < now - window);
  return { replicas, reason: "ScaleDownStabilized", log: withEntry(log, old, { replicas: desired, at: now }) };
}

export interface Windows {
  readonly up: number;
  readonly down: number;
}

/** With `behavior`: the current size, moved only as far as all recommendations of the windows agree (horizontal.go, stabilizeRecommendationWithBehaviors, v1.36). */
export function stabilizedWithBehavior(
  log: readonly Recommendation[],
  current: number,
  desired: number,
  windows: Windows,
  now: number,
): Stabilized {
  const since = (window: number): readonly number[] =>
    log.filter((entry) => entry.at > now - window).map((entry) => entry.replicas);
  const lowest = Math.min(desired, ...since(windows.up));
  const highest = Math.max(desired, ...since(windows.down));
  const replicas = Math.min(Math.max(current, lowest), highest);
  const old = log.findLastIndex((entry) => entry.at < now - windows.up && entry.at < now - windows.down);
  return {
    replicas,
    reason: desired >= current ? "ScaleUpStabilized" : "ScaleDownStabilized",
    log: withEntry(log, old, { replicas: desired, at: now }),
  };
}

function withEntry(log: readonly Recommendation[], place: number, entry: Recommendation): readonly Recommendation[] {
  return place < 0 ? [...log, entry] : log.with(place, entry);
}
