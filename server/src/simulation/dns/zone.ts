import type { JsonObject } from "../../base/json.ts";
import { arrayAt, at, textAt } from "../../base/json.ts";
import { canonicalAddress, dashedAddress, placeholderAddress } from "../address.ts";
import { serviceFamilies } from "../endpoints/families.ts";
import type { ServicePort } from "../endpoints/ports.ts";
import { servicePorts } from "../endpoints/ports.ts";
import { isHeadless } from "../endpoints/predict.ts";
import type { Slice } from "../endpoints/slice.ts";
import { isReady } from "../endpoints/slice.ts";

/** What the cluster's DNS server watches. */
export interface ZoneSource {
  readonly services: readonly JsonObject[];
  readonly slices: readonly Slice[];
  /** Needed for `<dashed address>.<namespace>.pod` names in mode `verified`. */
  readonly pods?: readonly JsonObject[];
  /** All that exist; by default those of the Services, slices and pods. */
  readonly namespaces?: readonly string[];
}

/** A Service as the DNS server keeps it. */
export interface DnsService {
  readonly namespace: string;
  readonly name: string;
  readonly kind: "cluster" | "headless" | "external";
  /** Placeholders where the manifest names none. */
  readonly clusterIPs: readonly string[];
  readonly externalName: string;
  readonly ports: readonly ServicePort[];
}

/** One address of one slice that is ready. */
export interface DnsEndpoint {
  readonly address: string;
  readonly hostname: string;
  readonly podName: string;
  readonly topologyZone: string;
}

/** The ready endpoints of one slice; a slice without ports has the port −1. */
export interface DnsSubset {
  readonly namespace: string;
  readonly service: string;
  readonly endpoints: readonly DnsEndpoint[];
  readonly ports: readonly { readonly name: string; readonly protocol: string; readonly port: number }[];
}

/** The DNS server's view of a cluster: an index that questions are answered from. */
export class Zone {
  readonly services: readonly DnsService[];
  readonly subsets: readonly DnsSubset[];
  readonly #servicesByKey = new Map<string, DnsService>();
  readonly #servicesByAddress = new Map<string, DnsService>();
  readonly #subsetsByKey = new Map<string, DnsSubset[]>();
  readonly #subsetsByAddress = new Map<string, DnsSubset[]>();
  readonly #podNamespacesByAddress = new Map<string, Set<string>>();
  readonly #namespaces: ReadonlySet<string>;

  constructor(source: ZoneSource) {
    this.services = source.services.map(dnsService);
    this.subsets = source.slices.map(dnsSubset);
    for (const service of this.services) {
      this.#servicesByKey.set(keyOf(service.namespace, service.name), service);
      for (const address of service.clusterIPs)
        if (!this.#servicesByAddress.has(address)) this.#servicesByAddress.set(address, service);
    }
    for (const subset of this.subsets) {
      append(this.#subsetsByKey, keyOf(subset.namespace, subset.service), subset);
      for (const address of new Set(subset.endpoints.map((endpoint) => endpoint.address)))
        append(this.#subsetsByAddress, address, subset);
    }
    for (const pod of source.pods ?? []) this.#addPod(pod);
    this.#namespaces = new Set(
      source.namespaces ??
        [...source.services, ...(source.pods ?? [])]
          .map(namespaceOf)
          .concat(source.slices.map(({ namespace }) => namespace)),
    );
  }

  service(namespace: string, name: string): DnsService | undefined {
    return this.#servicesByKey.get(keyOf(namespace, name));
  }

  subsetsOf(namespace: string, service: string): readonly DnsSubset[] {
    return this.#subsetsByKey.get(keyOf(namespace, service)) ?? [];
  }

  serviceWithAddress(address: string): DnsService | undefined {
    return this.#servicesByAddress.get(address);
  }

  subsetsWithAddress(address: string): readonly DnsSubset[] {
    return this.#subsetsByAddress.get(address) ?? [];
  }

  hasPod(namespace: string, address: string): boolean {
    return this.#podNamespacesByAddress.get(address)?.has(namespace) === true;
  }

  hasNamespace(namespace: string): boolean {
    return this.#namespaces.has(namespace);
  }

  #addPod(pod: JsonObject): void {
    const phase = textAt(pod, "status", "phase");
    const address = textAt(pod, "status", "podIP") ?? "";
    if (phase === "Succeeded" || phase === "Failed" || address === "") return;
    const namespaces = this.#podNamespacesByAddress.get(address) ?? new Set<string>();
    this.#podNamespacesByAddress.set(address, namespaces.add(namespaceOf(pod)));
  }
}

/** The first label of an endpoint's name. Imitates CoreDNS, plugin/kubernetes/kubernetes.go, endpointHostname, v1.15. */
export function endpointName(
  endpoint: Pick<DnsEndpoint, "address" | "hostname" | "podName">,
  usesPodNames: boolean,
): string {
  if (endpoint.hostname !== "") return endpoint.hostname;
  if (usesPodNames && endpoint.podName !== "") return endpoint.podName;
  return dashedAddress(endpoint.address);
}

function dnsService(service: JsonObject): DnsService {
  const isExternal = textAt(service, "spec", "type") === "ExternalName";
  const kind = isExternal ? "external" : isHeadless(service) ? "headless" : "cluster";
  return {
    namespace: namespaceOf(service),
    name: textAt(service, "metadata", "name") ?? "",
    kind,
    clusterIPs: kind === "cluster" ? clusterAddresses(service) : [],
    externalName: textAt(service, "spec", "externalName") ?? "",
    ports: servicePorts(service),
  };
}

/** The addresses that the Service names, else a placeholder for each of its families. */
function clusterAddresses(service: JsonObject): readonly string[] {
  const several = arrayAt(service, "spec", "clusterIPs").filter(
    (address) => typeof address === "string" && address !== "",
  );
  const written = several.length > 0 ? several : [at(service, "spec", "clusterIP")];
  const addresses = written.filter((address) => typeof address === "string" && address !== "").map(String);
  if (addresses.length > 0) return addresses.map((address) => canonicalAddress(address) ?? address);
  const name = textAt(service, "metadata", "name") ?? "";
  return serviceFamilies(service).map((family) => placeholderAddress("clusterIP", family, namespaceOf(service), name));
}

/** Imitates CoreDNS, plugin/kubernetes/object/endpoint.go, EndpointSliceToEndpoints, v1.15. */
function dnsSubset(slice: Slice): DnsSubset {
  const ports = slice.ports.map(({ name, protocol, port }) => ({ name, protocol, port: port ?? -1 }));
  const endpoints = slice.endpoints.filter(isReady).flatMap((endpoint) => {
    const podName = endpoint.targetRef?.name ?? "";
    const shared = {
      hostname: endpoint.hostname ?? "",
      podName: podName.length < 64 ? podName : "",
      topologyZone: endpoint.zone ?? "",
    };
    return endpoint.addresses.map((address) => ({ address, ...shared }));
  });
  return {
    namespace: slice.namespace,
    service: slice.service,
    endpoints,
    ports: ports.length > 0 ? ports : [{ name: "", protocol: "", port: -1 }],
  };
}

function keyOf(namespace: string, name: string): string {
  return `${namespace}/${name}`.toLowerCase();
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function namespaceOf(object: JsonObject): string {
  return textAt(object, "metadata", "namespace") ?? "default";
}
