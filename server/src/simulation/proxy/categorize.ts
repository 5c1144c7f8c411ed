import type { JsonObject } from "../../base/json.ts";
import { arrayAt, compareCodePoints, textAt } from "../../base/json.ts";
import type { AddressFamily } from "../address.ts";
import { addressFamily } from "../address.ts";
import type { ServicePort } from "../endpoints/ports.ts";
import { servicePorts } from "../endpoints/ports.ts";
import type { Endpoint, Slice } from "../endpoints/slice.ts";
import { isReady } from "../endpoints/slice.ts";
import type { SimulatedNode } from "../nodes.ts";

/** An endpoint of a Service port as kube-proxy on one node sees it. */
export interface ProxyEndpoint {
  /** `address:port`, IPv6 addresses in brackets: its identity. */
  readonly key: string;
  readonly address: string;
  readonly port: number;
  readonly isLocal: boolean;
  readonly isReady: boolean;
  readonly isServing: boolean;
  readonly isTerminating: boolean;
  readonly zoneHints: readonly string[];
  readonly nodeHints: readonly string[];
  readonly endpoint: Endpoint;
}

/** Which endpoints the traffic policies of a Service port let it use. */
export interface PortPolicy {
  readonly internalIsLocal: boolean;
  readonly externalIsLocal: boolean;
  /** By node port, load balancer address or external IP. */
  readonly isExternallyAccessible: boolean;
}

/** The endpoints that rules of a node lead to, each list sorted. */
export interface Categories {
  /** For traffic with policy Cluster. */
  readonly cluster: readonly ProxyEndpoint[];
  /** For traffic with policy Local. */
  readonly local: readonly ProxyEndpoint[];
  /** Both together. */
  readonly reachable: readonly ProxyEndpoint[];
  /** Whether traffic without endpoint here is dropped rather than rejected. */
  readonly hasAny: boolean;
}

/** What kube-proxy on one node knows of one Service port. */
export interface PortCategories extends Categories {
  readonly port: ServicePort;
  readonly policy: PortPolicy;
  readonly usesCluster: boolean;
  readonly usesLocal: boolean;
  /** All that kube-proxy knows, whatever their state, sorted. */
  readonly endpoints: readonly ProxyEndpoint[];
}

/** How kube-proxy is set up. */
export interface CategorizeOptions {
  /** The family of this kube-proxy's rules; IPv4 by default. */
  readonly family?: AddressFamily;
  /** Gate PreferSameTrafficDistribution, on since 1.34. */
  readonly honoursNodeHints?: boolean;
}

const LOCAL = "Local";

/**
 * The endpoints that kube-proxy on a node uses for each port of a Service; none for headless and ExternalName Services, which it skips.
 * Imitates kube-proxy, pkg/proxy/{serviceport,servicechangetracker,endpointslicecache}.go, v1.36.
 */
export function categorizeEndpoints(
  service: JsonObject,
  slices: readonly Slice[],
  node: SimulatedNode,
  options: CategorizeOptions = {},
): readonly PortCategories[] {
  if (isSkipped(service)) return [];
  const family = options.family ?? "IPv4";
  return servicePorts(service).map((port) => {
    const policy = policyOf(service, port, family);
    const endpoints = portEndpoints(slices, port, node.name, family);
    const { usesCluster, usesLocal } = policyUse(policy);
    return { port, policy, usesCluster, usesLocal, endpoints, ...categorize(endpoints, policy, node, options) };
  });
}

/** Which endpoints are used out of all of a port. Imitates kube-proxy, pkg/proxy/topology.go, CategorizeEndpoints, v1.36. */
export function categorize(
  endpoints: readonly ProxyEndpoint[],
  policy: PortPolicy,
  node: SimulatedNode,
  options: CategorizeOptions = {},
): Categories {
  const { usesCluster, usesLocal } = policyUse(policy);
  const isAllowed = topologyFilter(endpoints, node, options.honoursNodeHints !== false);
  const cluster = usesCluster ? readyOrTerminating(endpoints, isAllowed) : [];
  if (!usesLocal) return { cluster, local: [], reachable: cluster, hasAny: cluster.length > 0 };
  const own = endpoints.filter((endpoint) => endpoint.isLocal);
  const local = readyOrTerminating(own, () => true);
  const reachable = [...new Map([...cluster, ...local].map((endpoint) => [endpoint.key, endpoint])).values()];
  const hasAny = cluster.length > 0 || endpoints.some((endpoint) => endpoint.isReady || isLeaving(endpoint));
  return { cluster, local, reachable: sortEndpoints(reachable), hasAny };
}

/** Whether the port ever uses endpoints of the whole cluster, and those of the node alone. Imitates kube-proxy, pkg/proxy/serviceport.go, UsesClusterEndpoints and UsesLocalEndpoints, v1.36. */
function policyUse(policy: PortPolicy): { readonly usesCluster: boolean; readonly usesLocal: boolean } {
  return {
    usesCluster: !policy.internalIsLocal || policy.isExternallyAccessible,
    usesLocal: policy.internalIsLocal || (policy.externalIsLocal && policy.isExternallyAccessible),
  };
}

/** Ready endpoints; where there are none, those that are leaving but still serve (and then hints do not count). */
function readyOrTerminating(
  endpoints: readonly ProxyEndpoint[],
  isAllowed: (endpoint: ProxyEndpoint) => boolean,
): readonly ProxyEndpoint[] {
  const ready = endpoints.filter((endpoint) => endpoint.isReady && isAllowed(endpoint));
  return ready.length > 0 ? ready : endpoints.filter(isLeaving);
}

/** Hints are all or nothing, and ready endpoints alone decide. Imitates kube-proxy, pkg/proxy/topology.go, topologyModeFromHints, v1.36. */
function topologyFilter(
  endpoints: readonly ProxyEndpoint[],
  node: SimulatedNode,
  honoursNodeHints: boolean,
): (endpoint: ProxyEndpoint) => boolean {
  const ready = endpoints.filter((endpoint) => endpoint.isReady);
  const forNode = (endpoint: ProxyEndpoint): boolean => endpoint.nodeHints.includes(node.name);
  if (honoursNodeHints && ready.every(({ nodeHints }) => nodeHints.length > 0) && ready.some(forNode)) return forNode;
  const zone = node.zone ?? "";
  const forZone = (endpoint: ProxyEndpoint): boolean => endpoint.zoneHints.includes(zone);
  if (ready.every(({ zoneHints }) => zoneHints.length > 0) && ready.some(forZone)) return forZone;
  return () => true;
}

/** The endpoints of one port out of all slices; one that stands twice counts once. Imitates kube-proxy, pkg/proxy/endpointslicecache.go, addEndpoints, v1.36. */
function portEndpoints(
  slices: readonly Slice[],
  port: ServicePort,
  nodeName: string,
  family: AddressFamily,
): readonly ProxyEndpoint[] {
  const byKey = new Map<string, ProxyEndpoint>();
  for (const slice of slices.filter(({ addressType }) => addressType === family)) {
    for (const slicePort of slice.ports) {
      const number = slicePort.port ?? 0;
      if (slicePort.name !== port.name || slicePort.protocol !== port.protocol || number === 0) continue;
      for (const endpoint of slice.endpoints) {
        const found = proxyEndpoint(endpoint, number, nodeName, family);
        // Where an address was used again, the pod that leaves loses.
        if (found !== undefined && (!byKey.has(found.key) || !found.isTerminating)) byKey.set(found.key, found);
      }
    }
  }
  return sortEndpoints([...byKey.values()]);
}

function proxyEndpoint(
  endpoint: Endpoint,
  port: number,
  nodeName: string,
  family: AddressFamily,
): ProxyEndpoint | undefined {
  const [address] = endpoint.addresses;
  if (address === undefined || (addressFamily(address) === "IPv6") !== (family === "IPv6")) return undefined;
  return {
    key: address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`,
    address,
    port,
    isLocal: nodeName !== "" && endpoint.nodeName === nodeName,
    isReady: isReady(endpoint),
    isServing: endpoint.conditions.serving !== false,
    isTerminating: endpoint.conditions.terminating === true,
    zoneHints: (endpoint.hints?.forZones ?? []).map(({ name }) => name),
    nodeHints: (endpoint.hints?.forNodes ?? []).map(({ name }) => name),
    endpoint,
  };
}

/** Imitates kube-proxy, pkg/proxy/serviceport.go, newBaseServiceInfo, v1.36. */
function policyOf(service: JsonObject, port: ServicePort, family: AddressFamily): PortPolicy {
  const externalIPs = arrayAt(service, "spec", "externalIPs").filter((address) => isOfFamily(address, family));
  const balancers = arrayAt(service, "status", "loadBalancer", "ingress").filter((ingress) => {
    const mode = textAt(ingress, "ipMode");
    return (mode === undefined || mode === "VIP") && isOfFamily(textAt(ingress, "ip") ?? "", family);
  });
  return {
    internalIsLocal: textAt(service, "spec", "internalTrafficPolicy") === LOCAL,
    externalIsLocal: textAt(service, "spec", "externalTrafficPolicy") === LOCAL,
    isExternallyAccessible: port.nodePort !== 0 || externalIPs.length > 0 || balancers.length > 0,
  };
}

function isOfFamily(address: unknown, family: AddressFamily): boolean {
  return typeof address === "string" && addressFamily(address) === family;
}

/** Imitates kube-proxy, pkg/proxy/util/utils.go, ShouldSkipService, v1.36; a Service without clusterIP in its manifest gets one. */
function isSkipped(service: JsonObject): boolean {
  return textAt(service, "spec", "clusterIP") === "None" || textAt(service, "spec", "type") === "ExternalName";
}

function isLeaving(endpoint: ProxyEndpoint): boolean {
  return endpoint.isServing && endpoint.isTerminating;
}

function sortEndpoints(endpoints: readonly ProxyEndpoint[]): readonly ProxyEndpoint[] {
  return [...endpoints].sort((a, b) => compareCodePoints(a.key, b.key));
}
