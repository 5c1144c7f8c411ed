import type { JsonObject } from "../base/json.ts";
import { arrayAt, at, objectAt, textAt, textMapAt } from "../base/json.ts";
import type { Selector } from "../kubernetes/selector.ts";
import { matchesSelector, selectorFromSet, selectorOf } from "../kubernetes/selector.ts";
import type { PodOptions, SimulatedPod } from "./pods.ts";
import { generatePods, podCount, podTemplateOf } from "./pods.ts";

/**
 * The pods of objects that are applied together. A ReplicaSet or ReplicationController takes bare pods that match its selector as its own, and makes only those that are missing.
 * Imitates kube-controller-manager, pkg/controller/controller_ref_manager.go, ClaimPods, v1.36.
 */
export function podsOfObjects(objects: readonly JsonObject[], options: PodOptions): readonly SimulatedPod[] {
  const adopters = objects.map(adopterOf).filter((adopter) => adopter !== undefined);
  const adopted = new Map<JsonObject, JsonObject[]>();
  const pods: SimulatedPod[] = [];
  for (const object of objects.filter(({ kind }) => kind === "Pod")) {
    const owner = isOwned(object) ? undefined : adopters.find((adopter) => canAdopt(adopter, object))?.object;
    if (owner === undefined) pods.push(...generatePods(object, options));
    else adopted.set(owner, [...(adopted.get(owner) ?? []), object]);
  }
  for (const object of objects.filter(({ kind }) => kind !== "Pod"))
    pods.push(...podsWithAdopted(object, adopted.get(object) ?? [], options));
  return pods;
}

interface Adopter {
  readonly object: JsonObject;
  readonly selector: Selector;
}

function adopterOf(object: JsonObject): Adopter | undefined {
  if (podTemplateOf(object) === undefined) return undefined;
  const kind = textAt(object, "kind");
  if (kind === "ReplicationController") return { object, selector: selectorFromSet(controllerSelector(object)) };
  const selector = kind === "ReplicaSet" ? selectorOf(at(object, "spec", "selector")) : undefined;
  return selector === undefined || selector.error !== undefined ? undefined : { object, selector: selector.value };
}

/** A ReplicationController without selector has its template's labels (pkg/apis/core/v1/defaults.go, SetDefaults_ReplicationController, v1.36). */
function controllerSelector(object: JsonObject): Readonly<Record<string, string>> {
  const written = textMapAt(object, "spec", "selector");
  return Object.keys(written).length > 0 ? written : textMapAt(object, "spec", "template", "metadata", "labels");
}

function canAdopt({ object, selector }: Adopter, pod: JsonObject): boolean {
  const isSameNamespace = namespaceOf(object) === namespaceOf(pod);
  return (
    isSameNamespace &&
    selector.requirements.length > 0 &&
    matchesSelector(selector, textMapAt(pod, "metadata", "labels"))
  );
}

function isOwned(pod: JsonObject): boolean {
  return arrayAt(pod, "metadata", "ownerReferences").some((reference) => at(reference, "controller") === true);
}

/** Adopted pods keep name, labels and containers; those beyond `replicas` are deleted. */
function podsWithAdopted(
  workload: JsonObject,
  adopted: readonly JsonObject[],
  options: PodOptions,
): readonly SimulatedPod[] {
  const kept = adopted.slice(0, podCount(workload, options.nodes));
  const owner = {
    kind: textAt(workload, "kind") ?? "",
    namespace: namespaceOf(workload),
    name: textAt(workload, "metadata", "name") ?? "",
  };
  const own = kept
    .flatMap((pod) => [...generatePods(pod, options)])
    .map((pod, index) => ({ ...pod, workload: owner, ordinal: index + 1 }));
  if (kept.length === 0) return [...generatePods(workload, options)];
  const missing = {
    ...workload,
    spec: { ...objectAt(workload, "spec"), replicas: podCount(workload, options.nodes) - kept.length },
  };
  return [...own, ...generatePods(missing, options)];
}

function namespaceOf(object: JsonObject): string {
  return textAt(object, "metadata", "namespace") ?? "default";
}
