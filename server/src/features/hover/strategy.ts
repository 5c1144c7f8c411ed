import * as l10n from "@vscode/l10n";
import type { JsonObject, JsonValue } from "../../base/json.ts";
import { at, numberAt, textAt } from "../../base/json.ts";
import type { Resource } from "../../index/types.ts";
import { withDefaults } from "../../kubernetes/defaults/with-defaults.ts";
import { scaledValue } from "../../kubernetes/int-or-percent.ts";
import { selectedBy } from "../../resolve/selected-by.ts";
import { resolveFenceposts } from "../../simulation/rollout/deployment-arithmetic.ts";
import { podsText } from "../describe.ts";
import { durationText } from "../spell-out.ts";
import type { HoverRequest } from "./hover.ts";
import { bullets, code, paragraphs } from "../markdown.ts";

/** Hovers on how a workload replaces its pods: strategies with the numbers that they mean for this workload, and the times around them. */
export function strategyHover(request: HoverRequest): string | undefined {
  const { resource, path } = request.subject;
  if (resource.group !== "apps" || path[0] !== "spec" || path.length < 2) return undefined;
  const object = withDefaults(resource.object);
  switch (path[1]) {
    case "strategy":
      return resource.kind === "Deployment" ? deploymentStrategy(request, object) : undefined;
    case "updateStrategy":
      return resource.kind === "StatefulSet"
        ? statefulSetStrategy(resource, object)
        : daemonSetStrategy(request, object);
    case "minReadySeconds":
      return l10n.t(
        "A pod counts as available once it has been ready for {0} without a break.",
        durationText(numberAt(object, "spec", "minReadySeconds") ?? 0),
      );
    case "progressDeadlineSeconds":
      return progressDeadline(object);
    case "podManagementPolicy":
      return textAt(object, "spec", "podManagementPolicy") === "Parallel"
        ? l10n.t("**Parallel**: pods are created and deleted all at once. Updates keep to the update strategy.")
        : l10n.t(
            "**OrderedReady**: the next pod is created only when the one before it is ready; deletion goes backwards.",
          );
    default:
      return undefined;
  }
}

function progressDeadline(object: JsonObject): string {
  return l10n.t(
    "After {0} without progress the rollout is reported as failed (condition Progressing, reason ProgressDeadlineExceeded). Nothing is rolled back.",
    durationText(numberAt(object, "spec", "progressDeadlineSeconds") ?? 0),
  );
}

function deploymentStrategy({ subject }: HoverRequest, object: JsonObject): string | undefined {
  const { environment, resource } = subject;
  if (textAt(object, "spec", "strategy", "type") === "Recreate")
    return l10n.t("**Recreate**: all old pods end before the first new one starts; in between there is no pod at all.");
  const update = at(object, "spec", "strategy", "rollingUpdate");
  const [surge, unavailable] = [at(update, "maxSurge"), at(update, "maxUnavailable")];
  const [autoscaler] = selectedBy(environment, resource).autoscalers;
  const replicas = numberAt(object, "spec", "replicas") ?? 1;
  const sizes = autoscaler === undefined ? [replicas] : bounds(autoscaler, replicas);
  const lines = sizes.flatMap((size) => deploymentBounds(surge, unavailable, size) ?? []);
  if (lines.length === 0) return undefined;
  return paragraphs(
    l10n.t("**RollingUpdate**: new pods come while old ones go."),
    lines.length === 1 ? lines[0] : bullets(lines),
    l10n.t(
      "maxSurge {0} is rounded up, maxUnavailable {1} down; if both come to 0, one pod may be missing. Pods that are ending do not count.",
      code(valueText(surge)),
      code(valueText(unavailable)),
    ),
  );
}

function bounds(autoscaler: Resource, replicas: number): readonly number[] {
  const min = numberAt(autoscaler.object, "spec", "minReplicas") ?? 1;
  const max = numberAt(autoscaler.object, "spec", "maxReplicas") ?? replicas;
  return [...new Set([min, max])];
}

function deploymentBounds(
  surge: JsonValue | undefined,
  unavailable: JsonValue | undefined,
  replicas: number,
): string | undefined {
  const resolved = resolveFenceposts(surge, unavailable, replicas);
  if (resolved.error !== undefined) return undefined;
  const missing = replicas === 0 ? 0 : Math.min(resolved.value.unavailable, replicas);
  return l10n.t(
    "For {0}: at most {1} ({2} more), at least {3} available ({4} may be missing).",
    podsText(replicas),
    podsText(replicas + resolved.value.surge),
    resolved.value.surge,
    replicas - missing,
    missing,
  );
}

/** kube-controller-manager, pkg/controller/statefulset/stateful_set_control.go and stateful_set_utils.go, v1.36. */
function statefulSetStrategy(resource: Resource, object: JsonObject): string {
  if (textAt(object, "spec", "updateStrategy", "type") === "OnDelete")
    return l10n.t("**OnDelete**: a pod gets the new template only after somebody has deleted it.");
  const replicas = numberAt(object, "spec", "replicas") ?? 1;
  const first = numberAt(object, "spec", "ordinals", "start") ?? 0;
  const partition = numberAt(object, "spec", "updateStrategy", "rollingUpdate", "partition") ?? 0;
  const last = first + replicas - 1;
  const from = Math.max(first, partition);
  const updated = Math.max(0, last - from + 1);
  const unavailable = at(object, "spec", "updateStrategy", "rollingUpdate", "maxUnavailable");
  const scaled = unavailable === undefined ? undefined : scaledValue(unavailable, replicas, { roundUp: true }).value;
  return paragraphs(
    l10n.t(
      "**RollingUpdate**: from the highest ordinal down, the next pod only when the one before it is ready again.",
    ),
    updated === 0
      ? l10n.t("partition {0} is above all ordinals: no pod is updated.", partition)
      : partition <= first
        ? l10n.t("All {0} are updated, {1} first.", podsText(replicas), code(`${resource.name}-${last}`))
        : l10n.t(
            "partition {0}: {1} are updated ({2} to {3}), the others keep the old template.",
            partition,
            podsText(updated),
            code(`${resource.name}-${last}`),
            code(`${resource.name}-${from}`),
          ),
    scaled === undefined
      ? undefined
      : l10n.t("maxUnavailable {0}: up to {1} at a time.", code(valueText(unavailable)), podsText(Math.max(1, scaled))),
  );
}

/** kube-controller-manager, pkg/controller/daemon/util/daemonset_util.go, SurgeCount and UnavailableCount, v1.36. */
function daemonSetStrategy({ context }: HoverRequest, object: JsonObject): string | undefined {
  if (textAt(object, "kind") !== "DaemonSet") return undefined;
  if (textAt(object, "spec", "updateStrategy", "type") === "OnDelete")
    return l10n.t("**OnDelete**: a pod gets the new template only after somebody has deleted it.");
  const nodes = context.settings.nodes.length;
  const update = at(object, "spec", "updateStrategy", "rollingUpdate");
  const surge = scaledValue(at(update, "maxSurge") ?? 0, nodes, { roundUp: true });
  const unavailable = scaledValue(at(update, "maxUnavailable") ?? 0, nodes, { roundUp: true });
  if (surge.error !== undefined || unavailable.error !== undefined) return undefined;
  return surge.value > 0
    ? l10n.t("**RollingUpdate**: of {0} nodes up to {1} run an old and a new pod side by side.", nodes, surge.value)
    : l10n.t("**RollingUpdate**: of {0} nodes up to {1} are without a pod at a time.", nodes, unavailable.value);
}

function valueText(value: JsonValue | undefined): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
