import * as l10n from "@vscode/l10n";
import { objectAt } from "../../base/json.ts";
import type { Resource } from "../../index/types.ts";
import type { Environment } from "../../index/types.ts";
import { workloadsSelectedBy } from "../../resolve/selected-by.ts";
import { budgetStatus } from "../../simulation/disruption/budget.ts";
import { podsText } from "../describe.ts";
import type { HoverRequest } from "./hover.ts";
import { bullets, linked, paragraphs } from "./markdown.ts";
import { isPath } from "./paths.ts";

/** Hovers on a PodDisruptionBudget: how many of its pods may go at once. */
export function budgetHover({ subject, link }: HoverRequest): string | undefined {
  const { environment, resource, path } = subject;
  if (resource.group !== "policy" || resource.kind !== "PodDisruptionBudget") return undefined;
  const asked = [["kind"], ["metadata", "name"], ["spec", "minAvailable"], ["spec", "maxUnavailable"]];
  if (!asked.some((each) => isPath(path, each))) return undefined;
  const workloads = workloadsSelectedBy(environment, resource);
  const evictions = evictionsOf(environment, resource);
  return paragraphs(
    workloads.length === 0 ? l10n.t("It selects no pods here.") : undefined,
    evictions === undefined ? undefined : evictionText(evictions),
    bullets(workloads.map((workload) => `${linked(workload.resource, link)} · ${podsText(workload.replicas)}`)),
  );
}

function evictionText({ allowed, pods }: { readonly allowed: number; readonly pods: number }): string {
  return allowed === 0
    ? l10n.t("With all {0} healthy **none** may go: draining a node waits without end.", podsText(pods))
    : l10n.t("With all {0} healthy {1} may go at a time; at least {2} stay.", podsText(pods), allowed, pods - allowed);
}

/** How many pods may be evicted while all are healthy; `undefined` where their number is not known or there are none. */
export function evictionsOf(
  environment: Environment,
  budget: Resource,
): { readonly allowed: number; readonly pods: number } | undefined {
  const spec = objectAt(budget.object, "spec");
  const sizes = workloadsSelectedBy(environment, budget).map(({ replicas }) => replicas);
  const scales = sizes.filter((size) => size !== undefined);
  const pods = scales.reduce((sum, size) => sum + size, 0);
  if (spec === undefined || scales.length < sizes.length || pods === 0) return undefined;
  const { disruptionsAllowed, condition } = budgetStatus(spec, { matching: pods, healthy: pods, scales });
  return condition.reason === "SyncFailed" ? undefined : { allowed: disruptionsAllowed, pods };
}
