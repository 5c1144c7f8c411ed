import { addressFamily, canonicalAddress } from "../address.ts";
import type { NameRequest } from "./request.ts";
import { parseRequest } from "./request.ts";
import type { DnsEndpoint, DnsService, DnsSubset, Zone } from "./zone.ts";
import { endpointName } from "./zone.ts";

/** Options of CoreDNS' plugin `kubernetes` that decide what exists. */
export interface LookupOptions {
  /** Names `<dashed address>.<namespace>.pod`: `disabled` is the plugin's default, `insecure` that of kubeadm's Corefile. */
  readonly podsMode?: "disabled" | "insecure" | "verified";
  /** Option `namespaces`: only these are exposed; all by default. */
  readonly exposedNamespaces?: readonly string[];
  /** Option `ignore empty_service`. */
  readonly ignoreEmptyServices?: boolean;
  /** Option `endpoint_pod_names`. */
  readonly endpointPodNames?: boolean;
  readonly zonal?: boolean;
}

/** Something that a name stands for: an address, or the name that an ExternalName Service or an FQDN slice points to. */
export interface Item {
  readonly host: string;
  /** 0 for names below `.pod`, −1 where a slice has no ports. */
  readonly port: number;
  /** The name that SRV records give as target: as stored, with the zone as asked. */
  readonly target: string;
}

/** `undefined`: no such name (NXDOMAIN); an empty list: a name without records of this type (NODATA). */
export type Found = readonly Item[] | undefined;

/** All that a name in lower case stands for. Imitates CoreDNS, plugin/kubernetes/kubernetes.go, Records, v1.15. */
export function findItems(zone: Zone, name: string, origin: string, options: LookupOptions): Found {
  const request = parseRequest(name, origin.toLowerCase(), { zonal: options.zonal === true });
  if (request === undefined) return undefined;
  const { kind, namespace = "" } = request;
  if (kind === undefined) return [];
  if (isReverseName(name) || (namespace !== "" && !isExposed(zone, namespace, options))) return undefined;
  if (namespace === "") return undefined;
  return kind === "pod" ? findPods(zone, request, origin, options) : findServices(zone, request, origin, options);
}

/** Whether the plugin speaks of a namespace: it exists, and the option `namespaces` names it or is absent. Imitates CoreDNS, plugin/kubernetes/namespace.go, namespaceExposed, v1.15. */
export function isExposed(zone: Zone, namespace: string, options: Pick<LookupOptions, "exposedNamespaces">): boolean {
  const exposed = options.exposedNamespaces ?? [];
  return zone.hasNamespace(namespace) && (exposed.length === 0 || exposed.includes(namespace));
}

/** Imitates CoreDNS, plugin/kubernetes/kubernetes.go, findPods, v1.15. */
function findPods(zone: Zone, request: NameRequest, origin: string, options: LookupOptions): Found {
  const { namespace = "", service: name } = request;
  const mode = options.podsMode ?? "disabled";
  if (mode === "disabled") return undefined;
  if (name === undefined || name === "") return [];
  const isIpv4 = name.split("-").length === 4 && !name.includes("--");
  const address = name.replaceAll("-", isIpv4 ? "." : ":");
  const exists = mode === "insecure" ? canonicalAddress(address) !== undefined : zone.hasPod(namespace, address);
  return exists ? [{ host: address, port: 0, target: `${name}.${namespace}.pod.${origin}` }] : undefined;
}

/** Imitates CoreDNS, plugin/kubernetes/kubernetes.go, findServices, v1.15. */
function findServices(zone: Zone, request: NameRequest, origin: string, options: LookupOptions): Found {
  const { namespace = "", service: name = "" } = request;
  if (name === "") return [];
  const service = zone.service(namespace, name);
  if (service === undefined) return undefined;
  const own = `${service.name}.${service.namespace}.svc.${origin}`;
  if (service.kind === "external") return externalItems(service, request, own);
  if (request.topologyPolicy !== undefined) return topologyItems(zone, service, request, own, options);
  const subsets = zone.subsetsOf(namespace, name);
  if (
    service.kind === "cluster" &&
    options.ignoreEmptyServices === true &&
    !subsets.some(({ endpoints }) => endpoints.length > 0)
  )
    return undefined;
  if (service.kind === "headless" || isAsked(request.endpoint)) {
    const items = endpointItems(subsets, request, own, options, () => true);
    return items.length > 0 ? items : undefined;
  }
  const ports = service.ports.filter((port) => matchesPort(request, port.name, port.protocol));
  if (ports.length === 0) return undefined;
  return ports.flatMap(({ port }) => service.clusterIPs.map((host) => ({ host, port, target: own })));
}

/** An ExternalName has neither endpoints nor ports, and points to a name. */
function externalItems(service: DnsService, request: NameRequest, own: string): Found {
  const hasMore =
    isAsked(request.endpoint) ||
    isAsked(request.port) ||
    isAsked(request.protocol) ||
    request.topologyPolicy !== undefined;
  if (hasMore || service.externalName === "" || addressFamily(service.externalName) !== undefined) return undefined;
  return [{ host: service.externalName, port: 0, target: own }];
}

/** Names of one topology zone: `pin` gives its endpoints alone, `prefer` all where it has none; headless Services only. */
function topologyItems(
  zone: Zone,
  service: DnsService,
  request: NameRequest,
  own: string,
  options: LookupOptions,
): Found {
  const subsets = zone.subsetsOf(service.namespace, service.name);
  const all = service.kind === "headless" ? endpointItems(subsets, {}, own, options, () => true) : [];
  if (all.length === 0) return undefined;
  const local = endpointItems(
    subsets,
    {},
    own,
    options,
    ({ topologyZone }) => topologyZone.toLowerCase() === request.topologyZone,
  );
  return local.length > 0 || request.topologyPolicy === "pin" ? local : all;
}

function endpointItems(
  subsets: readonly DnsSubset[],
  request: NameRequest,
  own: string,
  options: LookupOptions,
  isMeant: (endpoint: DnsEndpoint) => boolean,
): readonly Item[] {
  const items: Item[] = [];
  for (const { endpoints, ports } of subsets) {
    for (const endpoint of endpoints.filter(isMeant)) {
      const name = endpointName(endpoint, options.endpointPodNames === true);
      if (isAsked(request.endpoint) && name.toLowerCase() !== request.endpoint) continue;
      for (const port of ports.filter((candidate) => matchesPort(request, candidate.name, candidate.protocol)))
        items.push({ host: endpoint.address, port: port.port, target: `${name}.${own}` });
    }
  }
  return items;
}

/** A part that is empty or was not asked matches everything. */
function matchesPort(request: NameRequest, name: string, protocol: string): boolean {
  return (
    (!isAsked(request.port) || request.port === name.toLowerCase()) &&
    (!isAsked(request.protocol) || request.protocol === protocol.toLowerCase())
  );
}

function isAsked(part: string | undefined): boolean {
  return part !== undefined && part !== "";
}

function isReverseName(name: string): boolean {
  return name.endsWith(".in-addr.arpa.") || name.endsWith(".ip6.arpa.");
}
