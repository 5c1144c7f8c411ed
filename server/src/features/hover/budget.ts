import * as l10n from "@vscode/l10n";
import { workloadsSelectedBy } from "../../resolve/selected-by.ts";
import { podsText } from "../describe.ts";
import { evictionsOf } from "../evictions.ts";
import type { HoverRequest } from "./hover.ts";
import { bullets, linked, paragraphs } from "../markdown.ts";
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
