import type { JsonObject } from "../../base/json.ts";
import { objectAt, textAt, textMapAt } from "../../base/json.ts";
import { matchesSelector, serviceSelector } from "../../kubernetes/selector.ts";
import type { AddressFamily } from "../address.ts";
import type { SimulatedNode } from "../nodes.ts";
import { addressTypes, withFamilies } from "./families.ts";
import { asksForTopologyHints, distributionHints } from "./hints.ts";
import type { DesiredGroup, PackingResult } from "./packing.ts";
import { packSlices } from "./packing.ts";
import { isPodInEndpoints, podToEndpoint } from "./pod-endpoint.ts";
import { endpointPorts, portsKey } from "./ports.ts";
import type { AddressType, Endpoint, EndpointPort, Slice } from "./slice.ts";
import { HEADLESS_LABEL, MANAGED_BY_LABEL, SERVICE_NAME_LABEL, SLICE_CONTROLLER } from "./slice.ts";
import { cpuRatioByZone, topologyHints } from "./topology-hints.ts";

/** Facts about the cluster that manifests do not tell. */
export interface PredictOptions {
  /** The cluster's address families, the primary first; IPv4 by default. */
  readonly families?: readonly AddressFamily[];
  /** Flag --max-endpoints-per-slice of kube-controller-manager; 100 by default. */
  readonly maxEndpointsPerSlice?: number;
}

/** Slices of one Service that differ in their endpoints alone. */
export interface SliceGroup {
  readonly namespace: string;
  readonly service: string;
  /** Only hand-made slices have a name to speak of. */
  readonly name?: string;
  readonly addressType: AddressType;
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly EndpointPort[];
  /** Endpoints per slice, largest first. */
  readonly sizes: readonly number[];
  /** The endpoints of all of these slices. */
  readonly endpoints: readonly Endpoint[];
}

/**
 * The slices that the Service has once the controller is done: its own, and those that others made, which stay as they are.
 * @param pods all pods that may be meant; those of other namespaces or labels are ignored
 */
export function predictSlices(
  service: JsonObject,
  pods: readonly JsonObject[],
  nodes: readonly SimulatedNode[],
  existing: readonly Slice[] = [],
  options: PredictOptions = {},
): readonly SliceGroup[] {
  const mine = existing.filter(
    (slice) => slice.service === nameOf(service) && slice.namespace === namespaceOf(service),
  );
  const [own, foreign] = [mine.filter(isControlled), mine.filter((slice) => !isControlled(slice))];
  const { create, update, unchanged } = reconcileSlices(service, pods, nodes, own, options);
  return [
    ...groupSlices([...unchanged, ...update, ...create].map(unnamed)),
    ...foreign.map((slice) => groupOf([slice])),
  ];
}

/** One sync of a Service: which of its slices are made, changed and deleted. Imitates k8s.io/endpointslice, reconciler.go, Reconcile, v1.36. */
export function reconcileSlices(
  service: JsonObject,
  pods: readonly JsonObject[],
  nodes: readonly SimulatedNode[],
  existing: readonly Slice[] = [],
  options: PredictOptions = {},
): PackingResult {
  const total: { create: Slice[]; update: Slice[]; unchanged: Slice[]; delete: Slice[] } = {
    create: [],
    update: [],
    unchanged: [],
    delete: [],
  };
  if (serviceSelector(service) === undefined) return { ...total, unchanged: existing };
  const families = addressTypes(withFamilies(service, options.families));
  const selected = selectedPods(service, pods);
  for (const addressType of families) {
    const changes = packSlices(
      newSlice(service, addressType),
      desiredGroups(service, selected, nodes, addressType),
      existing.filter((slice) => slice.addressType === addressType),
      options.maxEndpointsPerSlice ?? 100,
    );
    const hinted = asksForTopologyHints(service)
      ? topologyHints(changes, cpuRatioByZone(nodes))
      : distributionHints(service, changes);
    total.create.push(...hinted.create);
    total.update.push(...hinted.update);
    total.unchanged.push(...hinted.unchanged);
    total.delete.push(...changes.delete);
  }
  total.delete.push(...existing.filter((slice) => !families.some((family) => family === slice.addressType)));
  return total;
}

/** The pods of the Service's namespace that its selector finds. */
export function selectedPods(service: JsonObject, pods: readonly JsonObject[]): readonly JsonObject[] {
  const selector = serviceSelector(service);
  if (selector === undefined) return [];
  const namespace = namespaceOf(service);
  return pods.filter(
    (pod) => namespaceOf(pod) === namespace && matchesSelector(selector, textMapAt(pod, "metadata", "labels")),
  );
}

/** Whether a Service has no virtual address. The API server gives one to every Service that does not say `None`. */
export function isHeadless(service: JsonObject): boolean {
  return textAt(service, "spec", "clusterIP") === "None";
}

/** Groups slices that differ in their endpoints alone. */
export function groupSlices(slices: readonly Slice[]): readonly SliceGroup[] {
  const groups = new Map<string, Slice[]>();
  for (const slice of slices) {
    const key = JSON.stringify([
      slice.name ?? null,
      slice.addressType,
      portsKey(slice.ports),
      Object.entries(slice.labels).sort(),
    ]);
    groups.set(key, [...(groups.get(key) ?? []), slice]);
  }
  return [...groups.values()].map(groupOf);
}

function groupOf(slices: readonly Slice[]): SliceGroup {
  const [first] = slices;
  return {
    namespace: first?.namespace ?? "",
    service: first?.service ?? "",
    ...(first?.name === undefined ? {} : { name: first.name }),
    addressType: first?.addressType ?? "IPv4",
    labels: first?.labels ?? {},
    ports: first?.ports ?? [],
    sizes: slices.map(({ endpoints }) => endpoints.length).sort((a, b) => b - a),
    endpoints: slices.flatMap(({ endpoints }) => endpoints),
  };
}

function desiredGroups(
  service: JsonObject,
  pods: readonly JsonObject[],
  nodes: readonly SimulatedNode[],
  addressType: AddressFamily,
): readonly DesiredGroup[] {
  const nodeByName = new Map(nodes.map((node) => [node.name, node]));
  const publishesAll = objectAt(service, "spec")?.["publishNotReadyAddresses"] === true;
  const groups = new Map<string, { ports: readonly EndpointPort[]; endpoints: Endpoint[] }>();
  for (const pod of pods.filter((candidate) => isPodInEndpoints(candidate, true))) {
    const { ports } = endpointPorts(service, pod);
    const key = portsKey(ports);
    const group = groups.get(key) ?? { ports, endpoints: [] };
    groups.set(key, group);
    const node = nodeByName.get(textAt(pod, "spec", "nodeName") ?? "");
    if (node === undefined && !publishesAll) continue;
    const endpoint = podToEndpoint(pod, node, service, addressType);
    if (endpoint.addresses.length > 0) group.endpoints.push(endpoint);
  }
  return [...groups.values()];
}

/** An empty slice of the controller. Imitates k8s.io/endpointslice, utils.go, newEndpointSlice and setEndpointSliceLabels, v1.36. */
function newSlice(service: JsonObject, addressType: AddressFamily): Slice {
  const own = Object.entries(textMapAt(service, "metadata", "labels")).filter(
    ([key]) => ![SERVICE_NAME_LABEL, MANAGED_BY_LABEL, HEADLESS_LABEL].includes(key),
  );
  const labels = {
    ...Object.fromEntries(own),
    [MANAGED_BY_LABEL]: SLICE_CONTROLLER,
    [SERVICE_NAME_LABEL]: nameOf(service),
    ...(isHeadless(service) ? { [HEADLESS_LABEL]: "" } : {}),
  };
  return { namespace: namespaceOf(service), service: nameOf(service), addressType, labels, ports: [], endpoints: [] };
}

function isControlled(slice: Slice): boolean {
  return slice.labels[MANAGED_BY_LABEL] === SLICE_CONTROLLER;
}

/** Names that the controller invents are not told apart. */
function unnamed({ namespace, service, addressType, labels, ports, endpoints }: Slice): Slice {
  return { namespace, service, addressType, labels, ports, endpoints };
}

function nameOf(object: JsonObject): string {
  return textAt(object, "metadata", "name") ?? "";
}

function namespaceOf(object: JsonObject): string {
  return textAt(object, "metadata", "namespace") ?? "default";
}
