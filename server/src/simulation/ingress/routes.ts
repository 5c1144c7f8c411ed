import type { JsonObject, JsonValue } from "../../base/json.ts";
import { arrayAt, at, numberAt, textAt, textMapAt } from "../../base/json.ts";
import type { WeightedBackend } from "./weights.ts";
import { gatewayShares, virtualServiceRoutes, virtualServiceShares } from "./weights.ts";

const gatewayKinds = ["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute"] as const;

/** The kinds of routes whose weights are known. */
export type RouteKind = (typeof gatewayKinds)[number] | "VirtualService";

/** One rule of a route, with everything that it sends requests to. */
export interface Route {
  readonly kind: RouteKind;
  readonly namespace: string;
  readonly name: string;
  /** Which of the route's rules, from 0. */
  readonly rule: number;
  /** The hosts and paths that it takes, as written; "" where it takes everything. */
  readonly matches: string;
  readonly backends: readonly RouteBackend[];
}

/**
 * What becomes of requests that the weights give to a backend.
 * `missing`: no such Service; `not-granted`: in another namespace without a ReferenceGrant; `no-subset`: no DestinationRule declares it;
 * `unseen`: may exist where nobody looked; `foreign`: no Service of the cluster; `no-port`: the Service lacks the port, and no standard says what then.
 */
export type BackendState = "found" | "missing" | "not-granted" | "no-subset" | "unseen" | "foreign" | "no-port";

export interface RouteBackend extends WeightedBackend {
  readonly state: BackendState;
  /** Where it is found. */
  readonly service?: JsonObject;
  /** The labels of the subset: only pods that have them are asked. */
  readonly labels: Readonly<Record<string, string>>;
  /** Whether all its pods get equal parts; otherwise that is the proxy's own affair. */
  readonly isEven: boolean;
}

export interface RouteOptions {
  /** Whether all objects are known, so that one that is not there is missing. */
  readonly isClosed: boolean;
}

/** The rules of all routes among the objects that lead to a Service. */
export function routesTo(objects: readonly JsonObject[], service: JsonObject, options: RouteOptions): readonly Route[] {
  return objects
    .flatMap((object) => routesOf(object, objects, options))
    .filter(({ backends }) => backends.some((backend) => backend.service === service));
}

/** The rules of a route; an object of another kind has none. */
export function routesOf(route: JsonObject, objects: readonly JsonObject[], options: RouteOptions): readonly Route[] {
  const kind = routeKindOf(route);
  if (kind === undefined) return [];
  const isIstio = kind === "VirtualService";
  const rules = isIstio ? virtualServiceRoutes(route) : arrayAt(route, "spec", "rules");
  const shares = isIstio ? virtualServiceShares(route) : gatewayShares(route);
  const namespace = namespaceOf(route);
  return shares.map((backends, rule) => ({
    kind,
    namespace,
    name: textAt(route, "metadata", "name") ?? "",
    rule,
    matches: matchesOf(route, rules[rule], isIstio),
    backends: backends.map((backend) =>
      isIstio
        ? istioBackend(backend, namespace, objects, options)
        : gatewayBackend(backend, kind, namespace, objects, options),
    ),
  }));
}

/** `HTTPRoute` …, by group and kind. */
export function routeKindOf(object: JsonObject): RouteKind | undefined {
  const group = (textAt(object, "apiVersion") ?? "").split("/")[0];
  const kind = textAt(object, "kind");
  if (group === "networking.istio.io") return kind === "VirtualService" ? kind : undefined;
  return group === "gateway.networking.k8s.io" ? gatewayKinds.find((each) => each === kind) : undefined;
}

/**
 * The namespace and Service that a host of Istio means; `undefined` for hosts that are no Services of the cluster.
 * Imitates istio, pilot/pkg/model/config.go, ResolveShortnameToFQDN: a name without dots is one of the rule's own namespace.
 */
export function serviceOfHost(host: string, namespace: string): { namespace: string; name: string } | undefined {
  const [name = "", second, third] = host.split(".");
  if (second === undefined) return name === "" || name === "*" ? undefined : { namespace, name };
  return third === "svc" ? { namespace: second, name } : undefined;
}

/** Gateway API v1, HTTPRouteRule.backendRefs: a backend is invalid that is of an unknown kind, does not exist, or may not be referred to from here. */
function gatewayBackend(
  backend: WeightedBackend,
  kind: RouteKind,
  from: string,
  objects: readonly JsonObject[],
  options: RouteOptions,
): RouteBackend {
  const namespace = backend.namespace === "" ? from : backend.namespace;
  const placed = { ...backend, namespace, labels: {}, isEven: false };
  if (backend.kind !== "Service") return { ...placed, state: "foreign" };
  const service = serviceNamed(objects, namespace, backend.name);
  if (service === undefined) return { ...placed, state: options.isClosed ? "missing" : "unseen" };
  const isAllowed = namespace === from || isGranted(objects, kind, from, namespace, backend.name);
  if (!isAllowed) return { ...placed, service, state: options.isClosed ? "not-granted" : "unseen" };
  return { ...placed, service, state: hasPort(service, backend.port) ? "found" : "no-port" };
}

function istioBackend(
  backend: WeightedBackend,
  from: string,
  objects: readonly JsonObject[],
  options: RouteOptions,
): RouteBackend {
  const meant = serviceOfHost(backend.name, from);
  const placed = { ...backend, namespace: meant?.namespace ?? "", name: meant?.name ?? backend.name, labels: {} };
  if (meant === undefined) return { ...placed, isEven: false, state: "foreign" };
  const service = serviceNamed(objects, meant.namespace, meant.name);
  if (service === undefined) return { ...placed, isEven: false, state: options.isClosed ? "missing" : "unseen" };
  const rules = objects.filter((object) => isDestinationRuleOf(object, meant));
  const subset = rules
    .flatMap((rule) => arrayAt(rule, "spec", "subsets"))
    .find((each) => textAt(each, "name") === backend.subset);
  const isEven = rules.every((rule) => choosesEvenly(at(rule, "spec"))) && choosesEvenly(subset) && !hasZones(service);
  if (backend.subset !== "" && subset === undefined) {
    return { ...placed, service, isEven, state: options.isClosed ? "no-subset" : "unseen" };
  }
  const isFound = backend.port === undefined || hasPort(service, backend.port);
  return { ...placed, service, isEven, labels: textMapAt(subset, "labels"), state: isFound ? "found" : "no-port" };
}

/**
 * Whether equal pods get equal parts: all choices of `simple` but PASSTHROUGH do; hashing and zones depend on who asks.
 * istio/api, networking/v1alpha3/destination_rule.proto, LoadBalancerSettings.
 */
function choosesEvenly(rule: JsonValue | undefined): boolean {
  const balancer = at(rule, "trafficPolicy", "loadBalancer");
  if (at(balancer, "consistentHash") !== undefined || at(balancer, "localityLbSetting") !== undefined) return false;
  return textAt(balancer, "simple") !== "PASSTHROUGH" && at(rule, "trafficPolicy", "portLevelSettings") === undefined;
}

function hasZones(service: JsonObject): boolean {
  return textAt(service, "spec", "trafficDistribution") !== undefined;
}

function isDestinationRuleOf(object: JsonObject, service: { namespace: string; name: string }): boolean {
  if (textAt(object, "kind") !== "DestinationRule") return false;
  const meant = serviceOfHost(textAt(object, "spec", "host") ?? "", namespaceOf(object));
  return meant !== undefined && meant.namespace === service.namespace && meant.name === service.name;
}

/** Gateway API v1beta1, ReferenceGrant: every `from` and every `to` of a grant in the backend's namespace go together. */
function isGranted(
  objects: readonly JsonObject[],
  kind: RouteKind,
  from: string,
  namespace: string,
  name: string,
): boolean {
  return objects.some(
    (grant) =>
      textAt(grant, "kind") === "ReferenceGrant" &&
      namespaceOf(grant) === namespace &&
      arrayAt(grant, "spec", "from").some(
        (each) =>
          textAt(each, "group") === "gateway.networking.k8s.io" &&
          textAt(each, "kind") === kind &&
          textAt(each, "namespace") === from,
      ) &&
      arrayAt(grant, "spec", "to").some(
        (each) =>
          (textAt(each, "group") ?? "") === "" &&
          textAt(each, "kind") === "Service" &&
          (textAt(each, "name") ?? name) === name,
      ),
  );
}

function serviceNamed(objects: readonly JsonObject[], namespace: string, name: string): JsonObject | undefined {
  return objects.find(
    (object) =>
      textAt(object, "kind") === "Service" &&
      textAt(object, "metadata", "name") === name &&
      namespaceOf(object) === namespace,
  );
}

function hasPort(service: JsonObject, port: number | undefined): boolean {
  return arrayAt(service, "spec", "ports").some((each) => numberAt(each, "port") === port);
}

function namespaceOf(object: JsonObject): string {
  return textAt(object, "metadata", "namespace") ?? "default";
}

/** `shop.example /cart`: what a person tells the rules of a route apart by. */
function matchesOf(route: JsonObject, rule: JsonValue | undefined, isIstio: boolean): string {
  const hosts = arrayAt(route, "spec", isIstio ? "hosts" : "hostnames");
  const paths = arrayAt(rule, isIstio ? "match" : "matches").map((match) =>
    isIstio ? istioPath(match) : textAt(match, "path", "value"),
  );
  return [hosts[0], paths[0]].filter((each) => typeof each === "string").join(" ");
}

function istioPath(match: JsonValue): string | undefined {
  return textAt(match, "uri", "prefix") ?? textAt(match, "uri", "exact") ?? textAt(match, "uri", "regex");
}
