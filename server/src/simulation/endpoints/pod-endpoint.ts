import type { JsonObject } from "../../base/json.ts";
import { arrayAt, at, textAt } from "../../base/json.ts";
import { isPodReady } from "../../kubernetes/pod-status.ts";
import { addressFamily } from "../address.ts";
import type { SimulatedNode } from "../nodes.ts";
import type { AddressType, Endpoint } from "./slice.ts";

/** Whether a pod is an endpoint at all: it has an address and has not ended. Imitates k8s.io/endpointslice, util/controller_utils.go, ShouldPodBeInEndpoints, v1.36. */
export function isPodInEndpoints(pod: JsonObject, includeTerminating: boolean): boolean {
  const phase = textAt(pod, "status", "phase");
  if (phase === "Failed" || phase === "Succeeded") return false;
  if (podAddresses(pod).length === 0) return false;
  return includeTerminating || !isTerminating(pod);
}

/** The endpoint of a pod in a slice of one address type; it has no addresses where the pod has none of that family. Imitates k8s.io/endpointslice, utils.go, podToEndpoint, v1.36. */
export function podToEndpoint(
  pod: JsonObject,
  node: SimulatedNode | undefined,
  service: JsonObject,
  addressType: AddressType,
): Endpoint {
  const serving = isPodReady(pod);
  const terminating = isTerminating(pod);
  const ready = at(service, "spec", "publishNotReadyAddresses") === true || (serving && !terminating);
  const nodeName = textAt(pod, "spec", "nodeName") ?? "";
  const namespace = textAt(pod, "metadata", "namespace");
  return {
    addresses: podAddresses(pod)
      .filter((address) => addressFamily(address) === addressType)
      .slice(0, 1),
    conditions: { ready, serving, terminating },
    ...(hasHostname(pod, service) ? { hostname: textAt(pod, "spec", "hostname") ?? "" } : {}),
    ...(nodeName === "" ? {} : { nodeName }),
    ...(node?.zone === undefined || node.zone === "" ? {} : { zone: node.zone }),
    targetRef: {
      kind: "Pod",
      ...(namespace === undefined ? {} : { namespace }),
      name: textAt(pod, "metadata", "name") ?? "",
    },
  };
}

/** Whether the endpoint carries the pod's hostname: its subdomain must be the Service's name. Imitates k8s.io/endpointslice, util/controller_utils.go, ShouldSetHostname, v1.36. */
export function hasHostname(pod: JsonObject, service: JsonObject): boolean {
  const hostname = textAt(pod, "spec", "hostname") ?? "";
  const isSameNamespace =
    (textAt(pod, "metadata", "namespace") ?? "default") === (textAt(service, "metadata", "namespace") ?? "default");
  return hostname !== "" && textAt(pod, "spec", "subdomain") === textAt(service, "metadata", "name") && isSameNamespace;
}

/** All addresses that the pod's status reports, the first of each family counts. */
export function podAddresses(pod: JsonObject): readonly string[] {
  const several = arrayAt(pod, "status", "podIPs").map((entry) => textAt(entry, "ip") ?? "");
  const addresses = several.length > 0 ? several : [textAt(pod, "status", "podIP") ?? ""];
  return addresses.filter((address) => address !== "");
}

function isTerminating(pod: JsonObject): boolean {
  return (textAt(pod, "metadata", "deletionTimestamp") ?? "") !== "";
}
