import type { JsonObject, JsonValue } from "../../base/json.ts";
import { arrayAt, numberAt, textAt } from "../../base/json.ts";
import type { Fraction } from "../fraction.ts";
import { shareOf, toFraction } from "../fraction.ts";

/** A backend of a weighted route with its exact share of the rule's requests. */
export interface WeightedBackend {
  /** `Service`, or what else a Gateway API backend may be. */
  readonly kind: string;
  /** As written; "" where the route's own namespace is meant. */
  readonly namespace: string;
  /** The name of a Gateway API backend, the host of an Istio destination. */
  readonly name: string;
  /** An Istio subset, "" where there is none. */
  readonly subset: string;
  readonly port: number | undefined;
  readonly weight: number;
  readonly share: Fraction;
}

/** The backends of each rule of a Gateway API HTTPRoute, GRPCRoute, TCPRoute …; a weight is 1 where it is absent, and with only zeros nothing is served. */
export function gatewayShares(route: JsonObject): readonly (readonly WeightedBackend[])[] {
  return arrayAt(route, "spec", "rules").map((rule) => {
    const backends = arrayAt(rule, "backendRefs").map((backend) => ({
      kind: (textAt(backend, "group") ?? "") === "" ? (textAt(backend, "kind") ?? "Service") : "",
      namespace: textAt(backend, "namespace") ?? "",
      name: textAt(backend, "name") ?? "",
      subset: "",
      port: numberAt(backend, "port"),
      weight: weightAt(backend) ?? 1,
    }));
    return withShares(backends);
  });
}

/** The routes of a VirtualService in the order of their protocols, which is that of {@link virtualServiceShares}. */
export function virtualServiceRoutes(virtualService: JsonObject): readonly JsonValue[] {
  return ["http", "tls", "tcp"].flatMap((protocol) => arrayAt(virtualService, "spec", protocol));
}

/** The destinations of each route of an Istio VirtualService (`http`, `tls`, `tcp`); a single destination gets everything, whatever its weight. */
export function virtualServiceShares(virtualService: JsonObject): readonly (readonly WeightedBackend[])[] {
  return virtualServiceRoutes(virtualService).map((route) => {
    const destinations = arrayAt(route, "route");
    return withShares(
      destinations.map((destination) => ({
        kind: "Service",
        namespace: "",
        name: textAt(destination, "destination", "host") ?? "",
        subset: textAt(destination, "destination", "subset") ?? "",
        port: numberAt(destination, "destination", "port", "number"),
        weight: destinations.length === 1 ? 100 : (weightAt(destination) ?? 0),
      })),
    );
  });
}

function withShares(backends: readonly Omit<WeightedBackend, "share">[]): readonly WeightedBackend[] {
  const total = backends.reduce((sum, { weight }) => sum + weight, 0);
  return backends.map((backend) => ({ ...backend, share: toFraction(shareOf(backend.weight, total)) }));
}

function weightAt(backend: JsonValue): number | undefined {
  const weight = numberAt(backend, "weight");
  return weight === undefined ? undefined : Math.max(0, Math.trunc(weight));
}
