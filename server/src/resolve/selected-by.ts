import { at, objectAt, textAt, textMapAt } from "../base/json.ts";
import { kindKey, looseSelectorsKey, selectorKey } from "../index/keys.ts";
import { byNamespace } from "../index/queries.ts";
import type { Environment, Resource } from "../index/types.ts";
import { ordinalLabels, podLabelsOf } from "../kubernetes/pod-template.ts";
import {
  networkPolicySelector,
  nothing,
  selectorFromSet,
  selectorOf,
  serviceSelector,
} from "../kubernetes/selector.ts";
import type { Selector } from "../kubernetes/selector.ts";
import { makesMatchingPods, matchWorkloads, workloadOf } from "./workloads.ts";
import type { Workload } from "./types.ts";

/** Everything that picks out the pods of a workload, or scales it; each list in the order of the environment's objects. */
export interface SelectedBy {
  readonly services: readonly Resource[];
  readonly disruptionBudgets: readonly Resource[];
  readonly networkPolicies: readonly Resource[];
  readonly autoscalers: readonly Resource[];
}

/** Who selects or scales a workload. */
export function selectedBy(environment: Environment, workload: Resource): SelectedBy {
  const made = workloadOf(workload);
  const selecting = candidates(environment, workload).filter(
    (resource) => resource.namespace === workload.namespace && makesMatchingPods(made, podSelectorOf(resource)),
  );
  const ofKind = (group: string, kind: string): readonly Resource[] =>
    selecting.filter((resource) => resource.group === group && resource.kind === kind);
  return {
    services: ofKind("", "Service"),
    disruptionBudgets: ofKind("policy", "PodDisruptionBudget"),
    networkPolicies: ofKind("networking.k8s.io", "NetworkPolicy"),
    autoscalers: autoscalersOf(environment, workload),
  };
}

/** The Services whose endpoints the pods of a workload become. */
export function servicesSelecting(environment: Environment, workload: Resource): readonly Resource[] {
  return selectedBy(environment, workload).services;
}

/** The pods that an object (Service, PodDisruptionBudget, NetworkPolicy, ReplicationController) looks for in its namespace. */
function podSelectorOf({ group, kind, object }: Pick<Resource, "group" | "kind" | "object">): Selector {
  switch (`${group}/${kind}`) {
    case "/Service":
      return serviceSelector(object) ?? nothing;
    case "/ReplicationController":
      return selectorFromSet(textMapAt(object, "spec", "selector"));
    case "networking.k8s.io/NetworkPolicy":
      return networkPolicySelector(object).value ?? nothing;
    default:
      return selectorOf(at(object, "spec", "selector")).value ?? nothing;
  }
}

/** The workloads whose pods an object of `podSelectorOf` picks out. */
export function workloadsSelectedBy(environment: Environment, resource: Resource): readonly Workload[] {
  return matchWorkloads(environment, podSelectorOf(resource)).get(resource.namespace ?? "") ?? [];
}

/** The object that a HorizontalPodAutoscaler scales, by kind and name. */
export function scaleTargetOf(
  autoscaler: Resource,
): { readonly group: string; readonly kind: string; readonly name: string } | undefined {
  const target = objectAt(autoscaler.object, "spec", "scaleTargetRef");
  const [kind, name] = [textAt(target, "kind"), textAt(target, "name")];
  if (kind === undefined || name === undefined) return undefined;
  const apiVersion = textAt(target, "apiVersion") ?? "";
  return { group: apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "", kind, name };
}

/** Objects under one of the workload's labels, and those that name no label. */
function candidates(environment: Environment, workload: Resource): readonly Resource[] {
  const labels = Object.entries(podLabelsOf(workload.object) ?? {}).filter(([key]) => !ordinalLabels.has(key));
  return [
    ...labels.flatMap(([key, value]) => environment.posting(selectorKey(key, value))),
    ...environment.posting(looseSelectorsKey),
  ];
}

function autoscalersOf(environment: Environment, workload: Resource): readonly Resource[] {
  const autoscalers =
    byNamespace(environment, kindKey("autoscaling", "HorizontalPodAutoscaler")).get(workload.namespace ?? "") ?? [];
  return autoscalers.filter((autoscaler) => {
    const target = scaleTargetOf(autoscaler);
    return target?.kind === workload.kind && target.name === workload.name && target.group === workload.group;
  });
}
