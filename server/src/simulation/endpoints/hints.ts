import type { JsonObject } from "../../base/json.ts";
import { textAt, textMapAt } from "../../base/json.ts";
import type { Endpoint, EndpointHints } from "./slice.ts";

/** Anything with endpoints: a slice, or a list of endpoints in a test. */
export interface WithEndpoints {
  readonly endpoints: readonly Endpoint[];
}

/** What one sync of the controller writes and what it leaves alone. */
export interface SliceChanges<S extends WithEndpoints> {
  readonly create: readonly S[];
  readonly update: readonly S[];
  readonly unchanged: readonly S[];
}

/** Whether an annotation asks for CPU-proportional zone hints; the deprecated one wins. Imitates k8s.io/endpointslice, utils.go, hintsEnabled, v1.36. */
export function asksForTopologyHints(service: JsonObject): boolean {
  const annotations = textMapAt(service, "metadata", "annotations");
  const value =
    annotations["service.kubernetes.io/topology-aware-hints"] ?? annotations["service.kubernetes.io/topology-mode"];
  return value === "Auto" || value === "auto";
}

/** Writes the hints of `spec.trafficDistribution`; a value that is none, or absent, removes them. Imitates k8s.io/endpointslice, trafficdist/trafficdist.go, ReconcileHints, v1.36. */
export function distributionHints<S extends WithEndpoints>(
  service: JsonObject,
  slices: SliceChanges<S>,
): SliceChanges<S> {
  const distribution = textAt(service, "spec", "trafficDistribution");
  switch (distribution) {
    case "PreferClose":
    case "PreferSameZone":
      return applyHints(slices, (endpoint) => zoneHint(endpoint));
    case "PreferSameNode":
      return applyHints(slices, (endpoint) => joinHints(zoneHint(endpoint), nodeHint(endpoint)));
    default:
      return withoutHints(slices);
  }
}

/** Removes all hints; an unchanged slice that had some becomes an update. Imitates k8s.io/endpointslice, topologycache/utils.go, RemoveHintsFromSlices, v1.36. */
export function withoutHints<S extends WithEndpoints>(slices: SliceChanges<S>): SliceChanges<S> {
  const hadHints = slices.unchanged.filter((slice) => slice.endpoints.some((endpoint) => endpoint.hints !== undefined));
  return {
    create: slices.create.map((slice) => mapEndpoints(slice, (endpoint) => setHints(endpoint, undefined))),
    update: [...slices.update, ...hadHints].map((slice) =>
      mapEndpoints(slice, (endpoint) => setHints(endpoint, undefined)),
    ),
    unchanged: slices.unchanged.filter((slice) => !hadHints.includes(slice)),
  };
}

/** The endpoint with other hints, or with none. */
export function setHints(endpoint: Endpoint, hints: EndpointHints | undefined): Endpoint {
  const { hints: former, ...rest } = endpoint;
  if (former === undefined && hints === undefined) return endpoint;
  return hints === undefined ? rest : { ...rest, hints };
}

/** The slice with every endpoint changed. */
export function mapEndpoints<S extends WithEndpoints>(slice: S, change: (endpoint: Endpoint) => Endpoint): S {
  return { ...slice, endpoints: slice.endpoints.map(change) };
}

/** Only an endpoint whose condition says ready gets hints. */
export function isHintable(endpoint: Endpoint): boolean {
  return endpoint.conditions.ready === true;
}

function applyHints<S extends WithEndpoints>(
  slices: SliceChanges<S>,
  hintsOf: (endpoint: Endpoint) => EndpointHints | undefined,
): SliceChanges<S> {
  const change = (endpoint: Endpoint): Endpoint =>
    setHints(endpoint, isHintable(endpoint) ? hintsOf(endpoint) : undefined);
  const isOutdated = (slice: S): boolean =>
    slice.endpoints.some((endpoint) => !sameHints(endpoint.hints, change(endpoint).hints));
  const outdated = slices.unchanged.filter(isOutdated);
  return {
    create: slices.create.map((slice) => mapEndpoints(slice, change)),
    update: [...slices.update, ...outdated].map((slice) => mapEndpoints(slice, change)),
    unchanged: slices.unchanged.filter((slice) => !outdated.includes(slice)),
  };
}

function zoneHint(endpoint: Endpoint): EndpointHints | undefined {
  return endpoint.zone === undefined || endpoint.zone === "" ? undefined : { forZones: [{ name: endpoint.zone }] };
}

function nodeHint(endpoint: Endpoint): EndpointHints | undefined {
  return endpoint.nodeName === undefined || endpoint.nodeName === ""
    ? undefined
    : { forNodes: [{ name: endpoint.nodeName }] };
}

function joinHints(zones: EndpointHints | undefined, nodes: EndpointHints | undefined): EndpointHints | undefined {
  return zones === undefined && nodes === undefined ? undefined : { ...zones, ...nodes };
}

function sameHints(a: EndpointHints | undefined, b: EndpointHints | undefined): boolean {
  return names(a?.forZones) === names(b?.forZones) && names(a?.forNodes) === names(b?.forNodes);
}

function names(list: EndpointHints["forZones"]): string {
  return (list ?? []).map(({ name }) => name).join(",");
}
