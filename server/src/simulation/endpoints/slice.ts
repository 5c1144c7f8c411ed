import type { JsonObject, JsonValue } from "../../base/json.ts";
import { arrayAt, at, isObject, numberAt, objectAt, textAt, textMapAt } from "../../base/json.ts";

/** One endpoint of an EndpointSlice; an unset condition is absent. */
export interface Endpoint {
  readonly addresses: readonly string[];
  readonly conditions: EndpointConditions;
  readonly hostname?: string;
  readonly nodeName?: string;
  readonly zone?: string;
  readonly hints?: EndpointHints;
  readonly targetRef?: TargetReference;
}

/** Unset conditions are absent: readers take `ready` and `serving` for true, `terminating` for false. */
export interface EndpointConditions {
  readonly ready?: boolean;
  readonly serving?: boolean;
  readonly terminating?: boolean;
}

/** Whom kube-proxy lets use the endpoint: names of zones and of nodes. */
export interface EndpointHints {
  readonly forZones?: readonly { readonly name: string }[];
  readonly forNodes?: readonly { readonly name: string }[];
}

/** The object behind an address, usually a pod. */
export interface TargetReference {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** A port of an EndpointSlice; the name of an unnamed port is "". */
export interface EndpointPort {
  readonly name: string;
  readonly protocol: string;
  /** `undefined` stands for all ports (only in hand-made slices). */
  readonly port: number | undefined;
  readonly appProtocol?: string;
}

/** What the addresses of a slice are; FQDN slices are only written by hand. */
export type AddressType = "IPv4" | "IPv6" | "FQDN";

/** An EndpointSlice, of a controller (then without name) or written by hand. */
export interface Slice {
  readonly name?: string;
  readonly namespace: string;
  /** From the label `kubernetes.io/service-name`. */
  readonly service: string;
  readonly addressType: AddressType;
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly EndpointPort[];
  readonly endpoints: readonly Endpoint[];
}

/** Names the Service that a slice belongs to. */
export const SERVICE_NAME_LABEL = "kubernetes.io/service-name";
/** Names who writes a slice. */
export const MANAGED_BY_LABEL = "endpointslice.kubernetes.io/managed-by";
/** Marks what belongs to a headless Service, so that kube-proxy passes it by. */
export const HEADLESS_LABEL = "service.kubernetes.io/headless";
/** Writes slices for Services with a selector. */
export const SLICE_CONTROLLER = "endpointslice-controller.k8s.io";
/** Writes slices after hand-written v1 Endpoints. */
export const MIRRORING_CONTROLLER = "endpointslicemirroring-controller.k8s.io";

/** Reads a `discovery.k8s.io/v1` EndpointSlice. */
export function sliceOf(object: JsonObject): Slice {
  const labels = textMapAt(object, "metadata", "labels");
  const name = textAt(object, "metadata", "name");
  const addressType = textAt(object, "addressType");
  return {
    ...(name === undefined ? {} : { name }),
    namespace: textAt(object, "metadata", "namespace") ?? "default",
    service: labels[SERVICE_NAME_LABEL] ?? "",
    addressType: addressType === "IPv6" || addressType === "FQDN" ? addressType : "IPv4",
    labels,
    ports: arrayAt(object, "ports").filter(isObject).map(portOf),
    endpoints: arrayAt(object, "endpoints").filter(isObject).map(endpointOf),
  };
}

/** The slice as an API object. */
export function sliceObject(slice: Slice): JsonObject {
  const { name, namespace, labels, addressType } = slice;
  return {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { ...(name === undefined ? { generateName: `${slice.service}-` } : { name }), namespace, labels },
    addressType,
    ports: slice.ports.map(({ name: portName, protocol, port, appProtocol }) => ({
      name: portName,
      protocol,
      ...(port === undefined ? {} : { port }),
      ...(appProtocol === undefined ? {} : { appProtocol }),
    })),
    endpoints: slice.endpoints.map(endpointObject),
  };
}

/** The endpoint as it stands in an API object: only what is set. */
export function endpointObject(endpoint: Endpoint): JsonObject {
  const object: Record<string, JsonValue> = { addresses: endpoint.addresses, conditions: { ...endpoint.conditions } };
  if (endpoint.hostname !== undefined) object["hostname"] = endpoint.hostname;
  if (endpoint.nodeName !== undefined) object["nodeName"] = endpoint.nodeName;
  if (endpoint.zone !== undefined) object["zone"] = endpoint.zone;
  if (endpoint.targetRef !== undefined) object["targetRef"] = { ...endpoint.targetRef };
  if (endpoint.hints !== undefined) object["hints"] = hintsObject(endpoint.hints);
  return object;
}

/** Ready is taken for granted where it is not set, as all readers of slices do. */
export function isReady(endpoint: Endpoint): boolean {
  return endpoint.conditions.ready !== false;
}

function hintsObject(hints: EndpointHints): JsonObject {
  return {
    ...(hints.forZones === undefined ? {} : { forZones: hints.forZones.map(({ name }) => ({ name })) }),
    ...(hints.forNodes === undefined ? {} : { forNodes: hints.forNodes.map(({ name }) => ({ name })) }),
  };
}

/** The port of an EndpointSlice or of an Endpoints object, which write it alike. */
export function portOf(object: JsonObject): EndpointPort {
  const appProtocol = textAt(object, "appProtocol");
  return {
    name: textAt(object, "name") ?? "",
    protocol: textAt(object, "protocol") ?? "TCP",
    port: numberAt(object, "port"),
    ...(appProtocol === undefined ? {} : { appProtocol }),
  };
}

function endpointOf(object: JsonObject): Endpoint {
  const hostname = textAt(object, "hostname");
  const nodeName = textAt(object, "nodeName");
  const zone = textAt(object, "zone");
  const hints = objectAt(object, "hints");
  const target = objectAt(object, "targetRef");
  return {
    addresses: arrayAt(object, "addresses").filter((address) => typeof address === "string"),
    conditions: conditionsOf(objectAt(object, "conditions")),
    ...(hostname === undefined ? {} : { hostname }),
    ...(nodeName === undefined ? {} : { nodeName }),
    ...(zone === undefined ? {} : { zone }),
    ...(hints === undefined ? {} : { hints: hintsOf(hints) }),
    ...(target === undefined ? {} : { targetRef: targetOf(target) }),
  };
}

function conditionsOf(object: JsonObject | undefined): EndpointConditions {
  const [ready, serving, terminating] = [at(object, "ready"), at(object, "serving"), at(object, "terminating")];
  return {
    ...(typeof ready === "boolean" ? { ready } : {}),
    ...(typeof serving === "boolean" ? { serving } : {}),
    ...(typeof terminating === "boolean" ? { terminating } : {}),
  };
}

function hintsOf(object: JsonObject): EndpointHints {
  return {
    ...(at(object, "forZones") === undefined ? {} : { forZones: namesOf(arrayAt(object, "forZones")) }),
    ...(at(object, "forNodes") === undefined ? {} : { forNodes: namesOf(arrayAt(object, "forNodes")) }),
  };
}

function namesOf(list: readonly JsonValue[]): readonly { readonly name: string }[] {
  return list.map((entry) => ({ name: textAt(entry, "name") ?? "" }));
}

function targetOf(object: JsonObject): TargetReference {
  const namespace = textAt(object, "namespace");
  return {
    kind: textAt(object, "kind") ?? "",
    ...(namespace === undefined ? {} : { namespace }),
    name: textAt(object, "name") ?? "",
  };
}
