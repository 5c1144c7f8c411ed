import { objectAt, textAt } from "../base/json.ts";
import type { JsonObject } from "../base/json.ts";
import { identityText } from "../index/environment.ts";
import { kindKey, workloadsKey } from "../index/keys.ts";
import { byNamespace } from "../index/queries.ts";
import type { Environment, QueryKey, Resource } from "../index/types.ts";
import { podsOfObjects } from "../simulation/adoption.ts";
import { mirroredSlices } from "../simulation/endpoints/legacy.ts";
import { predictSlices } from "../simulation/endpoints/predict.ts";
import { isReady, sliceOf } from "../simulation/endpoints/slice.ts";
import type { Endpoint, EndpointPort, Slice } from "../simulation/endpoints/slice.ts";
import type { SimulatedNode } from "../simulation/nodes.ts";
import type { SimulatedPod } from "../simulation/pods.ts";
import type { PredictedEndpoint, PredictedSlice, ServiceResolution, SlicePort, Workload } from "./types.ts";

/** More pods of one workload are not shown one by one. */
const maxPodsShown = 1000;

/** What the EndpointSlice controller would publish for these workloads once every pod is ready, then what is written by hand. */
export function predictedSlices(
  service: Resource,
  makers: readonly Resource[],
  manual: readonly Resource[],
  nodes: readonly SimulatedNode[],
): readonly PredictedSlice[] {
  const pods = podsOfAll(makers, nodes);
  const owners = new Map(pods.map((pod) => [pod.name, pod]));
  const controlled = controlledSlices(service, pods, nodes).map((slice) => ({
    addressType: slice.addressType,
    ports: slice.ports.map(portOf),
    endpoints: slice.endpoints.map((endpoint) => predictedEndpoint(endpoint, owners, service)),
    source: undefined,
  }));
  return [
    ...controlled,
    ...manual.flatMap((resource) => writtenSlices(service, resource).map((slice) => manualSlice(slice, resource))),
  ];
}

/** The slices of a Service as readers of the API see them: those of the controllers, one for each set of ports, and those written by hand. */
export function slicesOf(
  environment: Environment,
  { service, workloads, manual }: ServiceResolution,
  nodes: readonly SimulatedNode[],
): readonly Slice[] {
  const pods = podsOfAll(podMakers(environment, workloads, service.namespace ?? ""), nodes);
  return [...controlledSlices(service, pods, nodes), ...manual.flatMap((resource) => writtenSlices(service, resource))];
}

function controlledSlices(
  service: Resource,
  pods: readonly SimulatedPod[],
  nodes: readonly SimulatedNode[],
): readonly Slice[] {
  return predictSlices(
    withNamespace(service),
    pods.map(({ object }) => object),
    nodesOf(pods, nodes),
  );
}

/** The slices of a hand-made EndpointSlice, or those that Endpoints are mirrored to. */
function writtenSlices(service: Resource, resource: Resource): readonly Slice[] {
  const object = withNamespace(resource);
  return resource.kind === "Endpoints" ? mirroredSlices(object, withNamespace(service)) : [sliceOf(object)];
}

/** The pods of objects that are applied together; of several definitions of one object the last holds. */
export function podsOfAll(makers: readonly Resource[], nodes: readonly SimulatedNode[]): readonly SimulatedPod[] {
  const definitions = new Map(makers.map((resource) => [identityText(resource), resource]));
  return podsOfObjects([...definitions.values()].map(withNamespace), { nodes, limit: maxPodsShown });
}

/** Whatever may make the pods of the selected workloads: also ReplicaSets and ReplicationControllers that take bare Pods for their own. */
export function podMakers(
  environment: Environment,
  workloads: readonly Workload[],
  namespace: string,
): readonly Resource[] {
  const selected = workloads.map(({ resource }) => resource);
  const ofKinds = (...keys: readonly QueryKey[]): readonly Resource[] =>
    keys.flatMap((key) => byNamespace(environment, key).get(namespace) ?? []);
  const adopters = selected.some(({ kind }) => kind === "Pod")
    ? ofKinds(kindKey("apps", "ReplicaSet"), kindKey("", "ReplicationController"))
    : [];
  const orphans = selected.some(({ kind }) => kind === "ReplicaSet" || kind === "ReplicationController")
    ? ofKinds(kindKey("", "Pod"))
    : [];
  if (adopters.length + orphans.length === 0) return selected;
  const makers = new Set([...selected, ...adopters, ...orphans]);
  // In the order in which they are applied: the first that may take a Pod does.
  return ofKinds(workloadsKey).filter((resource) => makers.has(resource));
}

/** The object with the namespace that it has in its environment. */
export function withNamespace(resource: Resource): JsonObject {
  const { object, namespace } = resource;
  if (namespace === null || resource.writtenNamespace === namespace) return object;
  return { ...object, metadata: { ...objectAt(object, "metadata"), namespace } };
}

/** Also the nodes that pods name themselves: they are taken to exist. */
function nodesOf(pods: readonly SimulatedPod[], nodes: readonly SimulatedNode[]): readonly SimulatedNode[] {
  const names = new Set(nodes.map(({ name }) => name));
  const others: SimulatedNode[] = [];
  for (const { object } of pods) {
    const name = textAt(object, "spec", "nodeName");
    if (name === undefined || name === "" || names.has(name)) continue;
    names.add(name);
    others.push({ name });
  }
  return others.length === 0 ? nodes : [...nodes, ...others];
}

function predictedEndpoint(
  endpoint: Endpoint,
  owners: ReadonlyMap<string, SimulatedPod>,
  service: Resource,
): PredictedEndpoint {
  const pod = endpoint.targetRef?.name ?? "";
  const owner = owners.get(pod)?.workload;
  return {
    workload: owner === undefined ? "" : `${owner.kind}/${owner.name}`,
    pod,
    namespace: service.namespace ?? "",
    hostname: endpoint.hostname ?? null,
    ready: isReady(endpoint),
    serving: endpoint.conditions.serving !== false,
    terminating: endpoint.conditions.terminating === true,
  };
}

function manualSlice(slice: Slice, resource: Resource): PredictedSlice {
  const endpoints = slice.endpoints.map((endpoint) => ({
    workload: `${resource.kind}/${resource.name}`,
    pod: null,
    namespace: resource.namespace ?? "",
    hostname: endpoint.hostname ?? null,
    ready: isReady(endpoint),
    serving: endpoint.conditions.serving ?? isReady(endpoint),
    terminating: endpoint.conditions.terminating === true,
    addresses: endpoint.addresses,
  }));
  return { addressType: slice.addressType, ports: slice.ports.map(portOf), endpoints, source: resource };
}

function portOf({ name, protocol, port, appProtocol }: EndpointPort): SlicePort {
  return { name, protocol, port: port ?? null, appProtocol: appProtocol ?? null };
}
