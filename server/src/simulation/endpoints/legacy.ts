import type { JsonObject } from "../../base/json.ts";
import { arrayAt, at, isObject, textAt, textMapAt } from "../../base/json.ts";
import { findPort } from "../../kubernetes/find-port.ts";
import { isPodReady } from "../../kubernetes/pod-status.ts";
import { serviceSelector } from "../../kubernetes/selector.ts";
import type { AddressFamily } from "../address.ts";
import { addressFamily, canonicalAddress } from "../address.ts";
import { serviceFamilies } from "./families.ts";
import { hasHostname, isPodInEndpoints, podAddresses } from "./pod-endpoint.ts";
import { portsKey } from "./ports.ts";
import { isHeadless, selectedPods } from "./predict.ts";
import type { Endpoint, EndpointPort, Slice, TargetReference } from "./slice.ts";
import { HEADLESS_LABEL, MANAGED_BY_LABEL, MIRRORING_CONTROLLER, portOf, SERVICE_NAME_LABEL } from "./slice.ts";

/** One address of a v1 Endpoints object. */
export interface LegacyAddress {
  readonly ip: string;
  readonly hostname?: string;
  readonly nodeName?: string;
  /** What stands behind it, usually a pod. */
  readonly targetRef?: TargetReference;
}

/** Addresses that offer the same ports. */
export interface LegacySubset {
  readonly addresses: readonly LegacyAddress[];
  readonly notReadyAddresses: readonly LegacyAddress[];
  readonly ports: readonly EndpointPort[];
}

/** A v1 Endpoints object. */
export interface LegacyEndpoints {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** More than 1000 addresses: some are left out, and an annotation says so. */
  readonly isTruncated: boolean;
  readonly subsets: readonly LegacySubset[];
}

const CAPACITY = 1000;
const LEADER_ANNOTATION = "control-plane.alpha.kubernetes.io/leader";

/** The v1 Endpoints object of a Service, `undefined` where the controller makes none. Imitates kube-controller-manager, pkg/controller/endpoint/endpoints_controller.go, syncService, v1.36. */
export function legacyEndpoints(
  service: JsonObject,
  pods: readonly JsonObject[],
  families?: readonly AddressFamily[],
): LegacyEndpoints | undefined {
  if (serviceSelector(service) === undefined) return undefined;
  const [family] = serviceFamilies(service, families);
  const publishesAll = at(service, "spec", "publishNotReadyAddresses") === true;
  const offers: Offer[] = [];
  for (const pod of selectedPods(service, pods).filter((candidate) => isPodInEndpoints(candidate, publishesAll))) {
    const ip = podAddresses(pod).find((address) => addressFamily(address) === family);
    if (ip !== undefined) offers.push(...offersOf(service, pod, ip, publishesAll || isPodReady(pod)));
  }
  const own = Object.entries(textMapAt(service, "metadata", "labels")).filter(([key]) => key !== HEADLESS_LABEL);
  const subsets = repackSubsets(offers);
  return {
    namespace: textAt(service, "metadata", "namespace") ?? "default",
    name: textAt(service, "metadata", "name") ?? "",
    labels: {
      ...Object.fromEntries(own),
      "endpoints.kubernetes.io/managed-by": "endpoint-controller",
      ...(isHeadless(service) ? { [HEADLESS_LABEL]: "" } : {}),
    },
    isTruncated: countAddresses(subsets, "addresses") + countAddresses(subsets, "notReadyAddresses") > CAPACITY,
    subsets: truncate(subsets),
  };
}

/** A hand-written v1 Endpoints object as the API server stores it: repacked. Imitates kube-apiserver, pkg/registry/core/endpoint/strategy.go, Canonicalize, v1.36. */
export function storedEndpoints(object: JsonObject): LegacyEndpoints {
  const offers = arrayAt(object, "subsets").filter(isObject).flatMap(writtenOffers);
  return {
    namespace: textAt(object, "metadata", "namespace") ?? "default",
    name: textAt(object, "metadata", "name") ?? "",
    labels: textMapAt(object, "metadata", "labels"),
    isTruncated: false,
    subsets: repackSubsets(offers),
  };
}

/**
 * The slices that mirror a hand-written v1 Endpoints object for a Service without selector: one for each set of ports and each family.
 * Imitates kube-controller-manager, pkg/controller/endpointslicemirroring/reconciler.go, reconcile, v1.36.
 */
export function mirroredSlices(endpoints: JsonObject, service: JsonObject): readonly Slice[] {
  const { namespace, name, labels, subsets } = storedEndpoints(endpoints);
  const isLeaderElection = LEADER_ANNOTATION in textMapAt(endpoints, "metadata", "annotations");
  const isSkipped = labels["endpointslice.kubernetes.io/skip-mirror"] === "true" || isLeaderElection;
  if (isSkipped || Object.keys(textMapAt(service, "spec", "selector")).length > 0) return [];
  const groups = new Map<string, Slice>();
  for (const { ports, ...subset } of subsets) {
    for (const [addressType, endpoint] of mirroredEndpoints(subset)) {
      const key = `${addressType} ${portsKey(ports)}`;
      const own = { ...labels, [SERVICE_NAME_LABEL]: name, [MANAGED_BY_LABEL]: MIRRORING_CONTROLLER };
      const slice = groups.get(key) ?? { namespace, service: name, addressType, labels: own, ports, endpoints: [] };
      groups.set(key, { ...slice, endpoints: [...slice.endpoints, endpoint] });
    }
  }
  return [...groups.values()].map((slice) => ({ ...slice, endpoints: slice.endpoints.slice(0, CAPACITY) }));
}

/** That one address offers one port (`undefined`: a headless Service without ports). */
interface Offer {
  readonly address: LegacyAddress;
  readonly port: EndpointPort | undefined;
  readonly ready: boolean;
}

function offersOf(service: JsonObject, pod: JsonObject, ip: string, ready: boolean): readonly Offer[] {
  const nodeName = textAt(pod, "spec", "nodeName") ?? "";
  const address: LegacyAddress = {
    ip,
    ...(hasHostname(pod, service) ? { hostname: textAt(pod, "spec", "hostname") ?? "" } : {}),
    ...(nodeName === "" ? {} : { nodeName }),
    targetRef: { kind: "Pod", name: textAt(pod, "metadata", "name") ?? "" },
  };
  const ports = arrayAt(service, "spec", "ports").filter(isObject);
  if (ports.length === 0) return isHeadless(service) ? [{ address, port: undefined, ready }] : [];
  return ports.flatMap((servicePort) => {
    const found = findPort(pod, servicePort);
    return found.error === undefined ? [{ address, port: { ...portOf(servicePort), port: found.value }, ready }] : [];
  });
}

/** Ports that the same addresses offer share a subset. Imitates kube-controller-manager, pkg/api/v1/endpoints/util.go, RepackSubsets, v1.36. */
function repackSubsets(offers: readonly Offer[]): readonly LegacySubset[] {
  const addresses = new Map<string, LegacyAddress>();
  const byPort = new Map<
    string,
    { port: EndpointPort | undefined; addresses: Map<string, { address: LegacyAddress; ready: boolean }> }
  >();
  for (const { address, port, ready } of offers) {
    const portKey = port === undefined ? "" : portsKey([port]);
    const entry = byPort.get(portKey) ?? {
      port,
      addresses: new Map<string, { address: LegacyAddress; ready: boolean }>(),
    };
    byPort.set(portKey, entry);
    const key = `${address.ip} ${address.targetRef?.kind ?? ""} ${address.targetRef?.name ?? ""}`;
    const first = addresses.get(key) ?? address;
    addresses.set(key, first);
    entry.addresses.set(key, { address: first, ready: ready && (entry.addresses.get(key)?.ready ?? true) });
  }
  const bySet = new Map<
    string,
    { ports: EndpointPort[]; addresses: readonly { address: LegacyAddress; ready: boolean }[] }
  >();
  for (const { port, addresses } of byPort.values()) {
    const sorted = [...addresses].sort(([a], [b]) => (a < b ? -1 : 1));
    const key = JSON.stringify(sorted.map(([address, { ready }]) => [address, ready]));
    const entry = bySet.get(key) ?? { ports: [], addresses: sorted.map(([, value]) => value) };
    if (port !== undefined) entry.ports.push(port);
    bySet.set(key, entry);
  }
  return [...bySet.values()].map(({ ports, addresses }) => ({
    addresses: addresses.filter(({ ready }) => ready).map(({ address }) => address),
    notReadyAddresses: addresses.filter(({ ready }) => !ready).map(({ address }) => address),
    ports,
  }));
}

/** Imitates kube-controller-manager, pkg/controller/endpoint/endpoints_controller.go, truncateEndpoints, v1.36: ready addresses first, in proportion to the subsets. */
function truncate(subsets: readonly LegacySubset[]): readonly LegacySubset[] {
  const ready = countAddresses(subsets, "addresses");
  const notReady = countAddresses(subsets, "notReadyAddresses");
  if (ready + notReady <= CAPACITY) return subsets;
  const kind = ready > CAPACITY ? "addresses" : "notReadyAddresses";
  const [room, total] = kind === "addresses" ? [CAPACITY, ready] : [CAPACITY - ready, notReady];
  let left = room;
  return subsets.map((subset) => {
    const kept = subset[kind].slice(0, Math.min(left, Math.ceil((subset[kind].length / total) * room)));
    left -= kept.length;
    return kind === "addresses"
      ? { ...subset, addresses: kept, notReadyAddresses: [] }
      : { ...subset, notReadyAddresses: kept };
  });
}

function countAddresses(subsets: readonly LegacySubset[], kind: "addresses" | "notReadyAddresses"): number {
  return subsets.reduce((sum, subset) => sum + subset[kind].length, 0);
}

/** At most 1000 addresses of a subset are mirrored, invalid ones are skipped. */
function mirroredEndpoints(
  subset: Pick<LegacySubset, "addresses" | "notReadyAddresses">,
): readonly (readonly [AddressFamily, Endpoint])[] {
  const ready = subset.addresses.flatMap((address) => mirroredEndpoint(address, true));
  const notReady = subset.notReadyAddresses.flatMap((address) => mirroredEndpoint(address, false));
  return [...ready, ...notReady].slice(0, CAPACITY);
}

function mirroredEndpoint(address: LegacyAddress, ready: boolean): readonly (readonly [AddressFamily, Endpoint])[] {
  const { ip, ...rest } = address;
  const family = addressFamily(ip);
  return family === undefined
    ? []
    : [[family, { addresses: [canonicalAddress(ip) ?? ip], conditions: { ready }, ...rest }]];
}

function writtenOffers(subset: JsonObject): readonly Offer[] {
  const written = arrayAt(subset, "ports").filter(isObject).map(portOf);
  const ports = written.length === 0 ? [undefined] : written;
  const offersAt = (field: string, ready: boolean): readonly Offer[] =>
    arrayAt(subset, field)
      .filter(isObject)
      .flatMap((address) => ports.map((port) => ({ address: writtenAddress(address), port, ready })));
  return [...offersAt("addresses", true), ...offersAt("notReadyAddresses", false)];
}

function writtenAddress(address: JsonObject): LegacyAddress {
  const [hostname, nodeName] = [textAt(address, "hostname") ?? "", textAt(address, "nodeName")];
  const [kind, target] = [textAt(address, "targetRef", "kind") ?? "", textAt(address, "targetRef", "name")];
  return {
    ip: textAt(address, "ip") ?? "",
    ...(hostname === "" ? {} : { hostname }),
    ...(nodeName === undefined ? {} : { nodeName }),
    ...(target === undefined ? {} : { targetRef: { kind, name: target } }),
  };
}
