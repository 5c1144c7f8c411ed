import * as l10n from "@vscode/l10n";
import { numberAt } from "../../base/json.ts";
import type { Environment, Resource } from "../../index/types.ts";
import { selectedBy } from "../../resolve/selected-by.ts";
import { canRollOut } from "../../resolve/to-scenario.ts";
import type { CursorSubject } from "../context.ts";
import { listText } from "../describe.ts";
import { evictionsOf } from "../evictions.ts";
import { firstLine, simulate } from "./code-lens.ts";
import type { Lens } from "./code-lens.ts";

/** What picks out the pods of a workload, scales it and protects it: `selected by web, web-canary · HPA 2-10 · PDB 1`. And its rollout, for kinds that have one. */
export function workloadLenses({ environment, resource }: CursorSubject): readonly Lens[] {
  const { services, autoscalers, disruptionBudgets, networkPolicies } = selectedBy(environment, resource);
  const parts = [
    services.length === 0 ? "" : l10n.t("selected by {0}", listText(services.map(({ name }) => name))),
    ...autoscalers.map(autoscalerText),
    ...disruptionBudgets.map((budget) => budgetText(environment, budget)),
    networkPolicies.length === 0 ? "" : l10n.t("NetworkPolicy {0}", listText(networkPolicies.map(({ name }) => name))),
  ].filter((part) => part !== "");
  const targets = [...services, ...autoscalers, ...disruptionBudgets, ...networkPolicies];
  const place = firstLine(resource);
  const selected: Lens = {
    place,
    title: parts.join(" · "),
    action: { kind: "places", places: targets.map((target) => target.place) },
  };
  const rollout: Lens = { place, title: l10n.t("rollout"), action: simulate("rollout", resource) };
  return [...(parts.length === 0 ? [] : [selected]), ...(canRollOut(resource) ? [rollout] : [])];
}

function autoscalerText({ object }: Resource): string {
  const [min, max] = [numberAt(object, "spec", "minReplicas") ?? 1, numberAt(object, "spec", "maxReplicas")];
  return `HPA ${min}-${max ?? "?"}`;
}

/** The number is how many pods may go while all are healthy. */
function budgetText(environment: Environment, budget: Resource): string {
  const evictions = evictionsOf(environment, budget);
  return evictions === undefined ? "PDB" : `PDB ${evictions.allowed}`;
}
