import type { JsonObject, JsonValue } from "../../../server/src/base/json.ts";
import { isObject, objectAt, textAt } from "../../../server/src/base/json.ts";
import { mirroredSlices } from "../../../server/src/simulation/endpoints/legacy.ts";
import type { SliceGroup } from "../../../server/src/simulation/endpoints/predict.ts";
import { groupSlices, predictSlices } from "../../../server/src/simulation/endpoints/predict.ts";
import type { Slice } from "../../../server/src/simulation/endpoints/slice.ts";
import { sliceOf } from "../../../server/src/simulation/endpoints/slice.ts";
import type { SimulatedNode } from "../../../server/src/simulation/nodes.ts";
import { podTemplateOf } from "../../../server/src/simulation/pods.ts";

/** Objects and pods of one recorded case (endpointslice, dns). */
export interface RecordedCluster {
  readonly objects: readonly JsonObject[];
  /** Pods that workloads made; `owner` is the workload. */
  readonly pods?: readonly JsonObject[];
}

export const recordedNodes: readonly SimulatedNode[] = [0, 1, 2, 3, 4, 5].map((index) => ({ name: `ep-node-${index}`, zone: ["a", "b", "c"][index % 3] ?? "" }));

export function servicesOf(cluster: RecordedCluster): readonly JsonObject[] {
  return cluster.objects.filter((object) => object["kind"] === "Service");
}

/** All pods of the case; those of workloads get the containers of their template. */
export function podsOfCase(cluster: RecordedCluster): readonly JsonObject[] {
  const bare = cluster.objects.filter((object) => object["kind"] === "Pod");
  return [...bare, ...(cluster.pods ?? []).map((pod) => withTemplate(pod, cluster.objects))];
}

/** The slices that the engine predicts for all Services of the case. */
export function predictedGroups(cluster: RecordedCluster): readonly SliceGroup[] {
  const pods = podsOfCase(cluster);
  const handMade = cluster.objects.filter((object) => object["kind"] === "EndpointSlice").map(sliceOf);
  const services = servicesOf(cluster);
  const orphans = handMade.filter((slice) => !services.some((service) => isOf(slice, service)));
  const predicted = services.flatMap((service) => {
    const endpoints = cluster.objects.find((object) => object["kind"] === "Endpoints" && sameName(object, service));
    const mirrored = endpoints === undefined ? [] : groupSlices(mirroredSlices(endpoints, service));
    return [...predictSlices(service, pods, recordedNodes, handMade), ...mirrored];
  });
  return [...predicted, ...groupSlices(orphans)];
}

function isOf(slice: Slice, service: JsonObject): boolean {
  return slice.service === textAt(service, "metadata", "name") && slice.namespace === (textAt(service, "metadata", "namespace") ?? "default");
}

function sameName(a: JsonObject, b: JsonObject): boolean {
  return textAt(a, "metadata", "name") === textAt(b, "metadata", "name") && textAt(a, "metadata", "namespace") === textAt(b, "metadata", "namespace");
}

function withTemplate(pod: JsonObject, objects: readonly JsonObject[]): JsonObject {
  const owner = objects.find((object) => `${textAt(object, "kind") ?? ""}/${textAt(object, "metadata", "name") ?? ""}` === pod["owner"]);
  const template = owner === undefined ? undefined : podTemplateOf(owner);
  const spec: Record<string, JsonValue> = { ...objectAt(template, "spec"), ...objectAt(pod, "spec") };
  return { ...pod, spec };
}

export function isRecordedCluster(value: unknown): value is RecordedCluster & { readonly id: string } {
  return typeof value === "object" && value !== null && "objects" in value && Array.isArray(value.objects) && value.objects.every(isObject);
}
