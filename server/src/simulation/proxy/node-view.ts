import type { JsonObject } from "../../base/json.ts";
import { textAt } from "../../base/json.ts";
import type { Slice } from "../endpoints/slice.ts";
import { isReady } from "../endpoints/slice.ts";
import type { SimulatedNode } from "../nodes.ts";
import type { PortCategories, ProxyEndpoint } from "./categorize.ts";
import { categorize, categorizeEndpoints } from "./categorize.ts";

/** The modes of kube-proxy on Linux. */
export type ProxyMode = "iptables" | "nftables" | "ipvs";

/** Where requests come from: pods of the cluster (to the clusterIP), or outside (node port, load balancer or external IP). */
export type TrafficOrigin = "pods" | "outside";

/** What becomes of new connections on one node: they get one of the candidates, are refused at once, or get no answer. */
export interface NodeView {
  readonly node: SimulatedNode;
  readonly verdict: "serve" | "reject" | "drop";
  readonly candidates: readonly ProxyEndpoint[];
  /** Whether traffic of this origin is meant for the port at all. */
  readonly isExposed: boolean;
  /** Only pods that are leaving are left. */
  readonly isTerminatingFallback: boolean;
  /** Hints leave out ready endpoints. */
  readonly isNarrowedByHints: boolean;
}

/** Whose traffic to which port, through which rules. */
export interface ViewOptions {
  readonly mode: ProxyMode;
  readonly origin: TrafficOrigin;
  /** Index of the Service port. */
  readonly portIndex: number;
}

/** What kube-proxy's rules on a node do with new connections to a Service port. Imitates kube-proxy, pkg/proxy/{iptables,nftables,ipvs}/proxier.go, v1.36. */
export function nodeView(
  service: JsonObject,
  slices: readonly Slice[],
  node: SimulatedNode,
  options: ViewOptions,
): NodeView {
  const categories = categorizeEndpoints(service, slices, node)[options.portIndex];
  if (categories === undefined) return refusal(node, "reject");
  const { policy } = categories;
  if (options.origin === "outside" && !policy.isExternallyAccessible)
    return { ...refusal(node, "drop"), isExposed: false };
  const isLocal = options.origin === "pods" ? policy.internalIsLocal : policy.externalIsLocal;
  const candidates = candidatesOf(categories, node, isLocal, options.mode);
  if (candidates.length === 0) return refusal(node, categories.hasAny ? "drop" : "reject");
  const ready = categories.endpoints.filter((endpoint) => endpoint.isReady && (!isLocal || endpoint.isLocal));
  return {
    node,
    verdict: "serve",
    candidates,
    isExposed: true,
    isTerminatingFallback: candidates.every((endpoint) => !endpoint.isReady),
    isNarrowedByHints: !isLocal && candidates.length < ready.length,
  };
}

/** Whether a load balancer that checks `healthCheckNodePort` sends connections to the node: with policy Local only where a local endpoint is ready. */
export function isHealthyForBalancer(service: JsonObject, view: NodeView): boolean {
  const checks =
    textAt(service, "spec", "type") === "LoadBalancer" && textAt(service, "spec", "externalTrafficPolicy") === "Local";
  return !checks || view.candidates.some((endpoint) => endpoint.isLocal && endpoint.isReady);
}

/** The endpoints of a headless Service, whose clients choose among the addresses that DNS answers. */
export function headlessCandidates(slices: readonly Slice[], portName: string | undefined): readonly ProxyEndpoint[] {
  const byKey = new Map<string, ProxyEndpoint>();
  for (const slice of slices) {
    const port = slice.ports.find(({ name }) => portName === undefined || name === portName)?.port ?? 0;
    for (const endpoint of slice.endpoints.filter(isReady)) {
      const address = endpoint.addresses[0] ?? "";
      const shared = {
        isLocal: false,
        isReady: true,
        isServing: true,
        isTerminating: false,
        zoneHints: [],
        nodeHints: [],
      };
      byKey.set(`${address}:${port}`, { ...shared, key: `${address}:${port}`, address, port, endpoint });
    }
  }
  return [...byKey.values()];
}

/** With policy Local and no local endpoint, ipvs alone falls back to the endpoints of the whole cluster. */
function candidatesOf(
  categories: PortCategories,
  node: SimulatedNode,
  isLocal: boolean,
  mode: ProxyMode,
): readonly ProxyEndpoint[] {
  if (!isLocal) return categories.cluster;
  if (categories.local.length > 0 || mode !== "ipvs") return categories.local;
  return categorize(categories.endpoints, { ...categories.policy, internalIsLocal: false }, node).cluster;
}

function refusal(node: SimulatedNode, verdict: "reject" | "drop"): NodeView {
  return { node, verdict, candidates: [], isExposed: true, isTerminatingFallback: false, isNarrowedByHints: false };
}
