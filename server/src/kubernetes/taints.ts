import { arrayAt, at, isObject, textAt } from "../base/json.ts";
import type { JsonObject, JsonValue } from "../base/json.ts";
import { parseInt } from "./go-text.ts";
import { matchesRequiredNodeAffinity } from "./node-affinity.ts";

/** What a cluster has switched on. */
export interface TolerationOptions {
  /** Whether `Lt` and `Gt` work: the feature gate TaintTolerationComparisonOperators, off by default. */
  readonly comparisonOperators: boolean;
}

/** What a DaemonSet makes of a node. */
export interface DaemonDecision {
  readonly shouldRun: boolean;
  /** Pods that are already there may stay under taints that only keep new ones away. */
  readonly shouldContinueRunning: boolean;
}

const defaultOptions: TolerationOptions = { comparisonOperators: false };

/**
 * Whether a toleration covers a taint. An empty effect or key covers any.
 * Imitates k8s.io/api, core/v1/toleration.go, Toleration.ToleratesTaint, v1.36.
 */
export function toleratesTaint(toleration: JsonValue, taint: JsonValue, options = defaultOptions): boolean {
  const effect = field(toleration, "effect");
  const key = field(toleration, "key");
  if (effect !== "" && effect !== field(taint, "effect")) return false;
  if (key !== "" && key !== field(taint, "key")) return false;
  switch (field(toleration, "operator")) {
    case "":
    case "Equal":
      return field(toleration, "value") === field(taint, "value");
    case "Exists":
      return true;
    case "Lt":
      return options.comparisonOperators && compareValues(taint, toleration) < 0;
    case "Gt":
      return options.comparisonOperators && compareValues(taint, toleration) > 0;
    default:
      return false;
  }
}

/** The first taint of the given effects that no toleration covers (component-helpers, scheduling/corev1/helpers.go, FindMatchingUntoleratedTaint, v1.36). */
function untoleratedTaint(
  taints: readonly JsonValue[],
  tolerations: readonly JsonValue[],
  effects: readonly string[],
): JsonObject | undefined {
  return taints
    .filter(isObject)
    .filter((taint) => effects.includes(field(taint, "effect")))
    .find((taint) => !tolerations.some((toleration) => toleratesTaint(toleration, taint)));
}

/**
 * Whether a DaemonSet runs a pod of this `spec` on a node. Unreadable affinities count as no match.
 * Imitates kube-controller-manager, pkg/controller/daemon/daemon_controller.go, NodeShouldRunDaemonPod, v1.36.
 */
export function daemonDecision(podSpec: JsonObject, node: JsonObject): DaemonDecision {
  const wantedNode = field(podSpec, "nodeName");
  const fitsNode = wantedNode === "" || wantedNode === textAt(node, "metadata", "name");
  if (!fitsNode || matchesRequiredNodeAffinity(podSpec, node).value !== true) {
    return { shouldRun: false, shouldContinueRunning: false };
  }
  const taints = arrayAt(node, "spec", "taints");
  const tolerations = daemonTolerations(podSpec);
  return {
    shouldRun: untoleratedTaint(taints, tolerations, ["NoExecute", "NoSchedule"]) === undefined,
    shouldContinueRunning: untoleratedTaint(taints, tolerations, ["NoExecute"]) === undefined,
  };
}

/** The template's tolerations and those that a DaemonSet adds (pkg/controller/daemon/util/daemonset_util.go, AddOrUpdateDaemonPodTolerations, v1.36). */
function daemonTolerations(podSpec: JsonObject): readonly JsonValue[] {
  const conditions: readonly (readonly [string, string])[] = [
    ["not-ready", "NoExecute"],
    ["unreachable", "NoExecute"],
    ["disk-pressure", "NoSchedule"],
    ["memory-pressure", "NoSchedule"],
    ["pid-pressure", "NoSchedule"],
    ["unschedulable", "NoSchedule"],
  ];
  const network = at(podSpec, "hostNetwork") === true ? [["network-unavailable", "NoSchedule"] as const] : [];
  const added = [...conditions, ...network].map(([condition, effect]) => ({
    key: `node.kubernetes.io/${condition}`,
    operator: "Exists",
    effect,
  }));
  return [...arrayAt(podSpec, "tolerations"), ...added];
}

/** The taint's value against the toleration's as integers; 0 where one is none, so that neither `Lt` nor `Gt` holds. */
function compareValues(taint: JsonValue, toleration: JsonValue): number {
  const left = decimalInteger(field(taint, "value"));
  const right = decimalInteger(field(toleration, "value"));
  if (left === undefined || right === undefined || left === right) return 0;
  return left < right ? -1 : 1;
}

/** A 64-bit integer in its one spelling, without needless zeros or a plus sign. */
function decimalInteger(text: string): bigint | undefined {
  return /^(0|-?[1-9][0-9]*)$/.test(text) ? parseInt(text, 64).value : undefined;
}

function field(value: JsonValue, name: string): string {
  return textAt(value, name) ?? "";
}
