import { groupBy } from "../base/group.ts";
import { isObject, textMapAt } from "../base/json.ts";
import type { JsonObject } from "../base/json.ts";
import { assignedLabels, ordinalLabels, podLabelsOf } from "../kubernetes/pod-template.ts";
import { matchesRequirement, matchesSelector } from "../kubernetes/selector.ts";
import type { Labels, Requirement, Selector } from "../kubernetes/selector.ts";
import { podLabelKey } from "../index/keys.ts";
import { workloadsOf } from "../index/queries.ts";
import type { Environment, Resource } from "../index/types.ts";
import { podCount, podsOf } from "../simulation/pods.ts";
import type { Workload } from "./types.ts";

/** How many pods of a workload are looked at one by one, for labels that tell its pods apart. */
const maxPods = 1000;

/** The workload of an object that makes pods. */
export function workloadOf(resource: Resource): Workload {
  const replicas = resource.kind === "DaemonSet" ? undefined : podCount(resource.object, []);
  return { resource, podLabels: podLabelsOf(resource.object) ?? {}, replicas };
}

/** All definitions of workloads whose pods satisfy a query, by namespace; equal queries share one answer. */
export function matchWorkloads(environment: Environment, selector: Selector): ReadonlyMap<string, readonly Workload[]> {
  return environment.shared(`match ${JSON.stringify(selector)}`, (base) => {
    const matching = candidates(base, selector)
      .map(workloadOf)
      .filter((workload) => makesMatchingPods(workload, selector));
    return groupBy(matching, ({ resource }) => resource.namespace ?? "");
  });
}

/** Whether a workload makes pods with labels that satisfy the query. */
export function makesMatchingPods(workload: Workload, selector: Selector): boolean {
  if (selector.nothing) return false;
  const shared = selector.requirements.filter(({ key }) => !ordinalLabels.has(key));
  if (!shared.every((requirement) => isSatisfied(requirement, workload.podLabels))) return false;
  if (shared.length === selector.requirements.length) return true;
  return podsOf(workload.resource.object, { nodes: [], limit: maxPods }).some(({ object }) =>
    matchesSelector(selector, podLabels(object)),
  );
}

/** Labels that the cluster assigns exist on every pod of a controller, with a value that nobody knows yet. */
function isSatisfied(requirement: Requirement, labels: Labels): boolean {
  return (
    matchesRequirement(requirement, labels) ||
    (assignedLabels.has(requirement.key) && requirement.operator === "exists")
  );
}

function podLabels(pod: JsonObject): Labels {
  return isObject(pod) ? textMapAt(pod, "metadata", "labels") : {};
}

/** The shortest list that holds every match. */
function candidates(environment: Environment, { nothing, requirements }: Selector): readonly Resource[] {
  if (nothing) return [];
  let shortest: readonly Resource[] | undefined;
  for (const { key, operator, values } of requirements) {
    const isLabel = operator === "=" || operator === "==" || (operator === "in" && values.length === 1);
    if (!isLabel || ordinalLabels.has(key) || assignedLabels.has(key)) continue;
    const posting = environment.posting(podLabelKey(key, values[0] ?? ""));
    if (shortest === undefined || posting.length < shortest.length) shortest = posting;
  }
  return shortest ?? workloadsOf(environment);
}
