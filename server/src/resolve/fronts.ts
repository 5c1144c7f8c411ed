import { arrayAt, textAt } from "../base/json.ts";
import { kindKey } from "../index/keys.ts";
import { find } from "../index/queries.ts";
import type { Environment, Resource } from "../index/types.ts";
import { routeKindOf, routesOf } from "../simulation/ingress/routes.ts";
import { backendsOf } from "./backends.ts";
import { withNamespace } from "./slices.ts";

/** What stands before a Service, and the Services that share its requests. */
export interface Fronts {
  /** Ingresses, routes, and what their answers hang on: IngressClasses, DestinationRules and ReferenceGrants. */
  readonly objects: readonly Resource[];
  /** Other Services behind the same hosts and paths. */
  readonly services: readonly Resource[];
}

const routeKinds = [
  ...["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute"].map((kind) => kindKey("gateway.networking.k8s.io", kind)),
  kindKey("networking.istio.io", "VirtualService"),
];
/** Names the controller that serves an Ingress. */
const ingressClass = kindKey("networking.k8s.io", "IngressClass");
const helpers = [
  kindKey("gateway.networking.k8s.io", "ReferenceGrant"),
  kindKey("networking.istio.io", "DestinationRule"),
];

/** Whatever leads requests from outside of the cluster, or through a mesh, to one of the Services. */
export function frontsOf(environment: Environment, services: readonly Resource[]): Fronts {
  const ingresses = ingressesTo(environment, services);
  const routes = routeKinds
    .flatMap((key) => environment.posting(key))
    .filter((route) => targetsOf(environment, route).some((target) => services.includes(target)));
  const others = [
    ...ingresses.flatMap((ingress) => backendsOf(environment, ingress).map(({ service }) => service)),
    ...routes.flatMap((route) => targetsOf(environment, route)),
  ].filter((service) => service !== undefined);
  return {
    objects: [
      ...ingresses,
      ...(ingresses.length === 0 ? [] : environment.posting(ingressClass)),
      ...routes,
      ...(routes.length === 0 ? [] : helpers.flatMap((key) => environment.posting(key))),
    ],
    services: [...new Set(others)].filter((service) => !services.includes(service)),
  };
}

/** The first Service behind an Ingress or a route. */
export function firstServiceBehind(environment: Environment, front: Resource): Resource | undefined {
  const behindIngress = backendsOf(environment, front).map(({ service }) => service);
  return [...behindIngress, ...targetsOf(environment, front)].find((service) => service !== undefined);
}

/** The Services that the rules of a route name. */
function targetsOf(environment: Environment, route: Resource): readonly Resource[] {
  const object = withNamespace(route);
  if (routeKindOf(object) === undefined) return [];
  return routesOf(object, [], { isClosed: false })
    .flatMap(({ backends }) => backends)
    .flatMap(({ namespace, name }) => find(environment, { group: "", kind: "Service", namespace, name }).slice(0, 1));
}

/** The Ingresses that lead to a Service, and those that share a host and path with one of them: a canary and its primary. */
function ingressesTo(environment: Environment, services: readonly Resource[]): readonly Resource[] {
  const all = environment.posting(kindKey("networking.k8s.io", "Ingress"));
  const leading = all.filter((ingress) =>
    backendsOf(environment, ingress).some(({ service }) => service !== undefined && services.includes(service)),
  );
  const places = new Set(leading.flatMap(placesOf));
  return all.filter((ingress) => leading.includes(ingress) || placesOf(ingress).some((place) => places.has(place)));
}

/** Namespace, host, path and path type of each rule. */
function placesOf({ namespace, object }: Resource): readonly string[] {
  return arrayAt(object, "spec", "rules").flatMap((rule) =>
    arrayAt(rule, "http", "paths").map((path) =>
      [namespace ?? "", textAt(rule, "host") ?? "", textAt(path, "path"), textAt(path, "pathType")].join(" "),
    ),
  );
}
