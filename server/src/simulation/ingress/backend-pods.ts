import type { JsonObject } from "../../base/json.ts";
import { textAt, textMapAt } from "../../base/json.ts";
import { mirroredSlices } from "../endpoints/legacy.ts";
import { predictSlices } from "../endpoints/predict.ts";
import type { Slice } from "../endpoints/slice.ts";
import { isReady, sliceOf } from "../endpoints/slice.ts";
import type { SimulatedNode } from "../nodes.ts";
import type { SimulatedPod } from "../pods.ts";
import type { RouteBackend } from "./routes.ts";

/** The ready pods behind the backends of routes, by name; an endpoint that is no pod goes by its address. */
export function podsBehind(
  objects: readonly JsonObject[],
  pods: readonly Pick<SimulatedPod, "name" | "object">[],
  nodes: readonly SimulatedNode[],
): (backend: Pick<RouteBackend, "service" | "labels">) => readonly string[] {
  const podObjects = pods.map(({ object }) => object);
  const labelsOf = new Map(pods.map(({ name, object }) => [name, textMapAt(object, "metadata", "labels")]));
  return ({ service, labels }) => {
    if (service === undefined) return [];
    const endpoints = predictSlices(service, podObjects, nodes, writtenSlices(objects, service)).flatMap(
      (group) => group.endpoints,
    );
    const names = endpoints.filter(isReady).map(({ targetRef, addresses }) => targetRef?.name ?? addresses[0] ?? "");
    return [...new Set(names)].filter((name) => hasLabels(labelsOf.get(name) ?? {}, labels));
  };
}

function hasLabels(found: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([key, value]) => found[key] === value);
}

/** The slices that somebody wrote by hand, of any Service: who asks takes those of its own. */
function writtenSlices(objects: readonly JsonObject[], service: JsonObject): readonly Slice[] {
  return objects.flatMap((object) => {
    const kind = textAt(object, "kind");
    if (kind === "Endpoints") return mirroredSlices(object, service);
    return kind === "EndpointSlice" ? [sliceOf(object)] : [];
  });
}
