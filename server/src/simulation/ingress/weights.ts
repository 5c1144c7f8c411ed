import type { JsonObject, JsonValue } from "../../base/json.ts";
import { arrayAt, numberAt, textAt } from "../../base/json.ts";
import type { Fraction } from "../fraction.ts";
import { shareOf, toFraction } from "../fraction.ts";

/** A backend of a weighted route with its exact share of the rule's requests. */
export interface WeightedBackend {
  readonly name: string;
  /** An Istio subset, "" where there is none. */
  readonly subset: string;
  readonly weight: number;
  readonly share: Fraction;
}

/** The backends of each rule of a Gateway API HTTPRoute, GRPCRoute, TCPRoute …; a weight is 1 where it is absent, and with only zeros nothing is served. */
export function gatewayShares(route: JsonObject): readonly (readonly WeightedBackend[])[] {
  return arrayAt(route, "spec", "rules").map((rule) => {
    const backends = arrayAt(rule, "backendRefs").map((backend) => ({
      name: textAt(backend, "name") ?? "",
      subset: "",
      weight: weightAt(backend) ?? 1,
    }));
    return withShares(backends);
  });
}

/** The destinations of each route of an Istio VirtualService (`http`, `tls`, `tcp`); a single destination gets everything, whatever its weight. */
export function virtualServiceShares(virtualService: JsonObject): readonly (readonly WeightedBackend[])[] {
  const routes = ["http", "tls", "tcp"].flatMap((protocol) => arrayAt(virtualService, "spec", protocol));
  return routes.map((route) => {
    const destinations = arrayAt(route, "route");
    return withShares(
      destinations.map((destination) => ({
        name: textAt(destination, "destination", "host") ?? "",
        subset: textAt(destination, "destination", "subset") ?? "",
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
