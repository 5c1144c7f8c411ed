import type { JsonObject, JsonValue } from "../../base/json.ts";
import { arrayAt, canonicalJson, isObject, numberAt, textAt } from "../../base/json.ts";
import { findPort } from "../../kubernetes/find-port.ts";
import type { EndpointPort } from "./slice.ts";

/** What becomes of a Service's ports on one pod. */
export interface PodPorts {
  /** The ports of the slice in which the pod stands, in the order of the Service. */
  readonly ports: readonly EndpointPort[];
  /** Service ports whose named targetPort the pod does not have; they are silently left out. */
  readonly unresolved: readonly { readonly name: string; readonly targetPort: string }[];
}

/** The Service's ports as one pod has them. Imitates k8s.io/endpointslice, utils.go, getEndpointPorts, v1.36. */
export function endpointPorts(service: JsonObject, pod: JsonObject): PodPorts {
  const ports: EndpointPort[] = [];
  const unresolved: { name: string; targetPort: string }[] = [];
  for (const servicePort of arrayAt(service, "spec", "ports").filter(isObject)) {
    const name = textAt(servicePort, "name") ?? "";
    const port = findPort(pod, servicePort);
    if (port.error === undefined) ports.push(endpointPort(servicePort, port.value));
    else unresolved.push({ name, targetPort: textAt(servicePort, "targetPort") ?? "" });
  }
  return { ports, unresolved };
}

/** Equal for port lists that share a slice: order does not count. */
export function portsKey(ports: readonly EndpointPort[]): string {
  return ports
    .map(({ name, protocol, port, appProtocol }) => canonicalJson([name, protocol, port ?? null, appProtocol ?? null]))
    .sort()
    .join();
}

/** What kube-proxy and CoreDNS know of a Service port. */
export interface ServicePort {
  readonly name: string;
  readonly protocol: string;
  readonly port: number;
  readonly nodePort: number;
}

/** The ports of a Service with their defaults. */
export function servicePorts(service: JsonObject): readonly ServicePort[] {
  return arrayAt(service, "spec", "ports").map((port) => ({
    name: textAt(port, "name") ?? "",
    protocol: protocolOf(port),
    port: numberAt(port, "port") ?? 0,
    nodePort: numberAt(port, "nodePort") ?? 0,
  }));
}

function endpointPort(servicePort: JsonObject, port: number): EndpointPort {
  const appProtocol = textAt(servicePort, "appProtocol");
  return {
    name: textAt(servicePort, "name") ?? "",
    protocol: protocolOf(servicePort),
    port,
    ...(appProtocol === undefined ? {} : { appProtocol }),
  };
}

function protocolOf(port: JsonValue): string {
  const protocol = textAt(port, "protocol");
  return protocol === undefined || protocol === "" ? "TCP" : protocol;
}
