import type { Random } from "../../base/random.ts";
import { seededRandom } from "../../base/random.ts";
import type { Fraction } from "../fraction.ts";
import { shareOf, toFraction } from "../fraction.ts";
import type { BackendState, Route, RouteBackend, RouteKind } from "./routes.ts";

export interface RouteBalanceInput {
  readonly route: Route;
  /** The names of the ready pods behind a backend, those of its subset where it has one. */
  readonly podsOf: (backend: RouteBackend) => readonly string[];
  readonly requests?: number;
  readonly seed?: number;
}

/** How the requests that one rule of a route takes spread over its backends and their pods: plain JSON. */
export interface RouteBalance {
  /** `HTTPRoute/shop/web`. */
  readonly route: string;
  /** Which of the route's rules, from 0. */
  readonly rule: number;
  readonly matches: string;
  readonly seed: number;
  readonly requests: number;
  /** Answered by the proxy with an error, or not at all. */
  readonly failed: number;
  /** Of which nobody can tell what became of them. */
  readonly unknown: number;
  /** What everybody gets where no backend has a weight; `null` where one has, and for Istio, which refuses such an object. */
  readonly status: RouteStatus | null;
  readonly backends: readonly BackendBalance[];
}

/** What a client gets instead of an answer of a pod. */
export type RouteStatus = "500" | "503" | "UNAVAILABLE" | "rejected";

export interface BackendBalance {
  /** `shop/web`; for what is no Service of the cluster its name or host. */
  readonly service: string;
  readonly subset: string | null;
  readonly weight: number;
  readonly expectedShare: Fraction;
  readonly requests: number;
  readonly state: Exclude<BackendState, "found"> | "served" | "no-endpoints";
  /** `null`: pods answer, or nobody can tell. */
  readonly status: RouteStatus | null;
  readonly endpoints: readonly RouteEndpoint[];
}

/** A pod behind a backend; `null` where the proxy alone knows how it chooses among several. */
export interface RouteEndpoint {
  readonly pod: string;
  readonly expectedShare: Fraction | null;
  readonly requests: number | null;
}

/** How requests to a rule spread: each draws a backend by its weight, and that backend or its absence answers. */
export function balanceRoute({ route, podsOf, requests: wanted, seed = 1 }: RouteBalanceInput): RouteBalance {
  const requests = Math.max(0, Math.trunc(wanted ?? 10_000));
  const random = seededRandom(seed);
  const total = route.backends.reduce((sum, { weight }) => sum + weight, 0);
  const drawn = drawBackends(route.backends, total, requests, random);
  const backends = route.backends.map((backend, index) =>
    backendBalance(route.kind, backend, podsOf(backend), drawn[index] ?? 0, random),
  );
  const status = total > 0 || route.kind === "VirtualService" ? null : errorOf(route.kind, "missing");
  const sumOf = (test: (backend: BackendBalance) => boolean): number =>
    backends.filter(test).reduce((sum, each) => sum + each.requests, 0);
  return {
    route: `${route.kind}/${route.namespace}/${route.name}`,
    rule: route.rule,
    matches: route.matches,
    seed,
    requests,
    failed: status === null ? sumOf((backend) => backend.status !== null) : requests,
    unknown: total === 0 && status === null ? requests : sumOf(isUnknown),
    status,
    backends,
  };
}

function isUnknown({ state, status }: BackendBalance): boolean {
  return state !== "served" && status === null;
}

function drawBackends(
  backends: readonly RouteBackend[],
  total: number,
  requests: number,
  random: Random,
): readonly number[] {
  const counts = backends.map(() => 0);
  if (total === 0) return counts;
  for (let index = 0; index < requests; index++) {
    let left = random() * total;
    const chosen = backends.findIndex(({ weight }) => (left -= weight) < 0);
    counts[chosen]!++;
  }
  return counts;
}

function backendBalance(
  kind: RouteKind,
  backend: RouteBackend,
  pods: readonly string[],
  requests: number,
  random: Random,
): BackendBalance {
  const { namespace, name, subset, weight, share, state: found } = backend;
  const state = found === "found" ? (pods.length > 0 ? "served" : "no-endpoints") : found;
  return {
    service: namespace === "" ? name : `${namespace}/${name}`,
    subset: subset === "" ? null : subset,
    weight,
    expectedShare: share,
    requests,
    state,
    status: state === "served" ? null : errorOf(kind, state),
    endpoints: state === "served" ? endpointsOf(backend, pods, requests, random) : [],
  };
}

/** Only one pod, or a proxy that is known to treat all alike: everything else would be a guess. */
function endpointsOf(
  { share, isEven }: RouteBackend,
  pods: readonly string[],
  requests: number,
  random: Random,
): readonly RouteEndpoint[] {
  if (!isEven && pods.length > 1) return pods.map((pod) => ({ pod, expectedShare: null, requests: null }));
  const counts = pods.map(() => 0);
  for (let index = 0; index < requests; index++) counts[Math.floor(random() * pods.length)]!++;
  const expectedShare = toFraction(shareOf(share.numerator, share.denominator * pods.length));
  return pods.map((pod, index) => ({ pod, expectedShare, requests: counts[index] ?? 0 }));
}

/**
 * What a client gets where a backend can't answer; `null` where no standard says it.
 * Gateway API v1, httproute_types.go, grpcroute_types.go and v1alpha2 for TLS and TCP: 500, UNAVAILABLE, a rejected connection for invalid backends; 503 is recommended where there are no endpoints.
 * Envoy below Istio answers 503 for a cluster that it does not know or that has no healthy host.
 */
function errorOf(kind: RouteKind, state: BackendBalance["state"]): RouteStatus | null {
  if (state === "unseen" || state === "no-port") return null;
  if (kind === "VirtualService") return state === "foreign" ? null : "503";
  if (state === "foreign") return null;
  if (kind === "GRPCRoute") return "UNAVAILABLE";
  if (kind === "TLSRoute" || kind === "TCPRoute") return "rejected";
  return state === "no-endpoints" ? "503" : "500";
}
