import type { JsonObject } from "../../base/json.ts";
import { numberAt, textAt } from "../../base/json.ts";
import type { Random } from "../../base/random.ts";
import { seededRandom } from "../../base/random.ts";
import { parseIp } from "../../kubernetes/ip-address.ts";
import { servicePorts } from "../endpoints/ports.ts";
import { isHeadless } from "../endpoints/predict.ts";
import type { Endpoint, Slice } from "../endpoints/slice.ts";
import type { BigFraction } from "../fraction.ts";
import { addShares, noShare, shareOf, toFraction } from "../fraction.ts";
import type { SimulatedNode } from "../nodes.ts";
import type { ProxyEndpoint } from "./categorize.ts";
import { categorizeEndpoints } from "./categorize.ts";
import type { BalanceEndpoint, BalanceInput, BalanceResult, LeavingPod } from "./balance-types.ts";
import type { BalanceReason } from "./explain.ts";
import { explain } from "./explain.ts";
import type { NodeView, ProxyMode, TrafficOrigin } from "./node-view.ts";
import { headlessCandidates, isHealthyForBalancer, nodeView } from "./node-view.ts";
import type { Counts, NodePicker } from "./sampling.ts";
import { Sampler, evenSample } from "./sampling.ts";
import { sharesOnNode } from "./shares.ts";
import type { Scheduler, Target } from "./schedulers.ts";
import { countsConnections, randomPicker, schedulerPicker } from "./schedulers.ts";

/** How requests to a Service spread over its pods: exact shares, and a sample that the seed repeats. */
export function balance(input: BalanceInput): BalanceResult {
  const plan = planOf(input);
  return isHeadless(input.service) ? balanceHeadless(plan) : balanceByProxy(plan);
}

/** The input with its defaults. */
interface Plan {
  readonly input: BalanceInput;
  readonly mode: ProxyMode;
  readonly scheduler: Scheduler | null;
  readonly requests: number;
  readonly seed: number;
  readonly origin: TrafficOrigin;
  readonly nodes: readonly SimulatedNode[];
  readonly clients: number;
  readonly portIndex: number;
  readonly random: Random;
}

function planOf(input: BalanceInput): Plan {
  const mode = input.proxy?.mode ?? "nftables";
  const only = input.clients?.node;
  const nodes = only === undefined ? input.nodes : input.nodes.filter(({ name }) => name === only);
  const ports = servicePorts(input.service);
  const seed = input.seed ?? 1;
  const count = input.clients?.count ?? 10 * Math.max(1, nodes.length);
  return {
    input,
    mode,
    scheduler: mode === "ipvs" ? (input.proxy?.scheduler ?? "rr") : null,
    requests: atLeast(0, input.requests ?? 10_000),
    seed,
    origin: input.clients?.origin ?? "pods",
    nodes: nodes.length === 0 ? [{ name: "" }] : nodes,
    clients: atLeast(1, count),
    portIndex:
      input.port === undefined ? 0 : ports.findIndex(({ name, port }) => name === input.port || port === input.port),
    random: seededRandom(seed),
  };
}

/** A stretch of requests between which nothing changes. */
interface Stretch {
  readonly views: readonly NodeView[];
  readonly requests: number;
  /** Pods that have ended before it. */
  readonly gone: ReadonlySet<string>;
}

function balanceByProxy(plan: Plan): BalanceResult {
  const stretches = stretchesOf(plan);
  const endpoints = allEndpoints(plan);
  const indexOf = new Map(endpoints.map((endpoint, index) => [endpoint.key, index]));
  const counts: Counts = {
    perEndpoint: new Float64Array(endpoints.length),
    rejected: 0,
    dropped: 0,
    reset: 0,
    connections: 0,
  };
  const balanced = balancedNodes(plan, stretches[0]?.views ?? []);
  const sampler = new Sampler(sampleOptions(plan, endpoints, balanced), plan.nodes.length, plan.requests);
  for (const { views, requests, gone } of stretches) {
    sampler.reset((index) => gone.has(endpoints[index]?.endpoint.targetRef?.name ?? ""), counts);
    const pickers = views.map((view) => nodePicker(plan, view, indexOf));
    sampler.run(pickers, requests, counts);
  }
  const shares = expectedShares(plan, stretches, endpoints, balanced, counts);
  return resultOf(plan, endpoints, shares, counts, reasonsOf(plan, stretches[0]?.views ?? [], counts));
}

function balanceHeadless(plan: Plan): BalanceResult {
  const { input, requests, random } = plan;
  const candidates = headlessCandidates(input.slices, servicePorts(input.service)[plan.portIndex]?.name);
  const perEndpoint = evenSample(candidates.length, requests, random);
  const counts: Counts = {
    perEndpoint,
    rejected: candidates.length === 0 ? requests : 0,
    dropped: 0,
    reset: 0,
    connections: requests,
  };
  const shares = candidates.map(() => shareOf(1, candidates.length));
  return resultOf(plan, candidates, shares, counts, [{ code: "headless", endpoints: candidates.length }]);
}

/** The nodes' views before the first pod leaves, after it has, and so on. */
function stretchesOf({ input, requests, nodes, mode, origin, portIndex }: Plan): readonly Stretch[] {
  const [leaving, gone] = [new Set<string>(), new Set<string>()];
  const stretches: Stretch[] = [];
  let start = 0;
  for (const { at, pod, isGone } of [...changesOf(input.leaving ?? []), { at: requests, pod: "", isGone: false }]) {
    const end = Math.max(start, Math.min(requests, at));
    if (end > start || (requests === 0 && stretches.length === 0)) {
      const slices = input.slices.map((slice) => withLeaving(slice, leaving, gone));
      const views = nodes.map((node) => nodeView(input.service, slices, node, { mode, origin, portIndex }));
      stretches.push({ views, requests: end - start, gone: new Set(gone) });
    }
    start = end;
    (isGone ? gone : leaving).add(pod);
  }
  return stretches;
}

function changesOf(
  leaving: readonly LeavingPod[],
): readonly { readonly at: number; readonly pod: string; readonly isGone: boolean }[] {
  const changes = leaving.flatMap(({ pod, atRequest, goneAtRequest }) => [
    { at: atRequest, pod, isGone: false },
    ...(goneAtRequest === undefined ? [] : [{ at: goneAtRequest, pod, isGone: true }]),
  ]);
  return changes.sort((a, b) => a.at - b.at);
}

function withLeaving(slice: Slice, leaving: ReadonlySet<string>, gone: ReadonlySet<string>): Slice {
  if (leaving.size === 0) return slice;
  const podOf = (endpoint: Endpoint): string => endpoint.targetRef?.name ?? "";
  const left = slice.endpoints.filter((endpoint) => !gone.has(podOf(endpoint)));
  return {
    ...slice,
    endpoints: left.map((endpoint) => (leaving.has(podOf(endpoint)) ? asTerminating(endpoint) : endpoint)),
  };
}

function asTerminating(endpoint: Endpoint): Endpoint {
  return { ...endpoint, conditions: { ready: false, serving: endpoint.conditions.ready !== false, terminating: true } };
}

/** All that kube-proxy knows of the port, whatever their state, in the order of the slices. */
function allEndpoints({ input, nodes, portIndex }: Plan): readonly ProxyEndpoint[] {
  const known = nodes
    .slice(0, 1)
    .flatMap((node) => categorizeEndpoints(input.service, input.slices, node)[portIndex]?.endpoints ?? []);
  const order = new Map(
    input.slices.flatMap(({ endpoints }) => endpoints).map(({ addresses }, index) => [addresses[0] ?? "", index]),
  );
  return [...known].sort((a, b) => (order.get(a.address) ?? 0) - (order.get(b.address) ?? 0));
}

/** From outside, connections are spread over the nodes that the load balancer finds healthy. */
function balancedNodes({ input, origin }: Plan, views: readonly NodeView[]): readonly number[] {
  if (origin === "pods") return [];
  return views.flatMap((view, index) => (isHealthyForBalancer(input.service, view) ? [index] : []));
}

function sampleOptions(
  plan: Plan,
  endpoints: readonly ProxyEndpoint[],
  balanced: readonly number[],
): ConstructorParameters<typeof Sampler>[0] {
  const { input, clients, nodes, origin } = plan;
  const {
    requestsPerConnection = 1,
    concurrency = 10,
    slowness = {},
    requestIntervalMs = 10,
  } = input.connections ?? {};
  const durations = endpoints.map(({ endpoint }) =>
    atLeast(1, concurrency * (slowness[endpoint.targetRef?.name ?? ""] ?? 1)),
  );
  return {
    clients,
    nodeOfClient:
      origin === "outside" ? undefined : Array.from({ length: clients }, (_, client) => client % nodes.length),
    balanced,
    addresses: Array.from({ length: clients }, (_, client) => clientAddress(plan, client)),
    affinityMs: affinitySeconds(input.service) === undefined ? undefined : (affinitySeconds(input.service) ?? 0) * 1000,
    sharesAddress: input.clients?.sharesAddress === true,
    requestIntervalMs: requestIntervalMs > 0 ? requestIntervalMs : 10,
    requestsPerConnection: Math.max(1, requestsPerConnection),
    durations,
    followsConnections: plan.scheduler !== null && countsConnections(plan.scheduler),
  };
}

function nodePicker(plan: Plan, view: NodeView, indexOf: ReadonlyMap<string, number>): NodePicker {
  const endpoints = view.candidates.map(({ key }) => indexOf.get(key) ?? -1);
  const picker =
    plan.scheduler === null
      ? randomPicker(endpoints.length, plan.random)
      : schedulerPicker(plan.scheduler, targetsOf(view), virtualAddress(plan.input.service), plan.random);
  const positions = new Int32Array(indexOf.size).fill(-1);
  for (const [position, endpoint] of endpoints.entries()) positions[endpoint] = position;
  return { verdict: view.verdict, endpoints, positions, picker };
}

/** Every endpoint's part of all requests, over all stretches and nodes. */
function expectedShares(
  plan: Plan,
  stretches: readonly Stretch[],
  endpoints: readonly ProxyEndpoint[],
  balanced: readonly number[],
  counts: Counts,
): readonly BigFraction[] {
  const isEven =
    (plan.scheduler === "lc" || plan.scheduler === "wlc") && plan.input.connections?.slowness === undefined;
  if (plan.scheduler !== null && countsConnections(plan.scheduler) && !isEven)
    return endpoints.map((_, index) => shareOf(counts.perEndpoint[index] ?? 0, plan.requests));
  const parts = new Map(endpoints.map(({ key }) => [key, new Map<number, number>()]));
  const whole = plan.origin === "pods" ? plan.clients : balanced.length;
  for (const { views, requests } of stretches) {
    for (const [index, view] of views.entries()) {
      const clients = clientsOn(plan, index);
      const weight = plan.origin === "pods" ? clients.length : balanced.includes(index) ? 1 : 0;
      const context = {
        destination: virtualAddress(plan.input.service),
        clients: clients.map((client) => clientAddress(plan, client)),
      };
      const { counts: own, total } = sharesOnNode(plan.scheduler, targetsOf(view), context);
      for (const [position, { key }] of view.candidates.entries()) {
        const part = parts.get(key);
        part?.set(total, (part.get(total) ?? 0) + Math.max(1, requests) * weight * (own[position] ?? 0));
      }
    }
  }
  const requests = Math.max(1, plan.requests);
  return endpoints.map(({ key }) => sumOfParts(parts.get(key) ?? new Map<number, number>(), requests * whole));
}

/** Parts by their denominators, each of a whole that is counted besides. */
function sumOfParts(parts: ReadonlyMap<number, number>, whole: number): BigFraction {
  return [...parts].reduce((sum, [total, part]) => addShares(sum, shareOf(part, total * whole)), noShare);
}

/** Clients are dealt to the nodes in turn; those outside may come in through any. */
function clientsOn({ clients, nodes, origin }: Plan, node: number): readonly number[] {
  if (origin === "outside") return Array.from({ length: clients }, (_, client) => client);
  const count = Math.max(0, Math.ceil((clients - node) / nodes.length));
  return Array.from({ length: count }, (_, index) => node + index * nodes.length);
}

function reasonsOf(plan: Plan, views: readonly NodeView[], counts: Counts): readonly BalanceReason[] {
  const { input, mode, scheduler } = plan;
  const served = views.filter(({ verdict }) => verdict === "serve");
  const sizes = served.map(({ candidates }) => candidates.length);
  const seconds = affinitySeconds(input.service);
  const perConnection = input.connections?.requestsPerConnection ?? 1;
  const reasons: (BalanceReason | undefined)[] = [
    served.length === 0
      ? undefined
      : scheduler === null
        ? { code: "random", mode, endpoints: Math.max(...sizes) }
        : { code: "scheduler", scheduler, endpoints: Math.max(...sizes) },
    refusalReason(plan, views),
    new Set(sizes).size > 1
      ? { code: "uneven-nodes", fewest: Math.min(...sizes), most: Math.max(...sizes) }
      : undefined,
    served.some((view) => view.isNarrowedByHints) ? { code: "hints" } : undefined,
    served.some((view) => view.isTerminatingFallback) ? { code: "terminating-fallback" } : undefined,
    seconds === undefined ? undefined : { code: "affinity", seconds },
    seconds !== undefined && input.clients?.sharesAddress === true ? { code: "shared-address" } : undefined,
    perConnection > 1 ? { code: "keep-alive", connections: counts.connections } : undefined,
  ];
  return reasons.filter((reason) => reason !== undefined);
}

/** Why some or all connections fail. */
function refusalReason({ input, portIndex, origin }: Plan, views: readonly NodeView[]): BalanceReason | undefined {
  if (textAt(input.service, "spec", "type") === "ExternalName") return { code: "external-name" };
  if (portIndex < 0) return { code: "no-such-port" };
  if (views.some(({ verdict }) => verdict === "reject")) return { code: "no-endpoints" };
  if (origin === "outside" && views.every(({ isExposed }) => !isExposed)) return { code: "not-exposed" };
  const nodes = views.filter(({ verdict }) => verdict === "drop").length;
  return nodes === 0 ? undefined : { code: "no-local-endpoints", nodes };
}

function resultOf(
  plan: Plan,
  endpoints: readonly ProxyEndpoint[],
  shares: readonly BigFraction[],
  counts: Counts,
  because: readonly BalanceReason[],
): BalanceResult {
  const { input, mode, scheduler, seed, requests } = plan;
  const workloads = new Map(
    (input.pods ?? []).map(({ name, workload }) => [
      `${workload.namespace}/${name}`,
      `${workload.kind}/${workload.name}`,
    ]),
  );
  const namespace = textAt(input.service, "metadata", "namespace") ?? "default";
  const rows = endpoints.map(({ endpoint, address, isReady, isTerminating }, index): BalanceEndpoint => {
    const pod = endpoint.targetRef?.name ?? null;
    return {
      pod,
      address,
      node: endpoint.nodeName ?? null,
      zone: endpoint.zone ?? null,
      workload: pod === null ? null : (workloads.get(`${endpoint.targetRef?.namespace ?? namespace}/${pod}`) ?? null),
      state: isTerminating ? "terminating" : isReady ? "ready" : "not-ready",
      expectedShare: toFraction(shares[index] ?? noShare),
      requests: counts.perEndpoint[index] ?? 0,
    };
  });
  const port = servicePorts(input.service)[plan.portIndex];
  const { rejected, dropped, reset, connections } = counts;
  return {
    version: 1,
    service: `${namespace}/${textAt(input.service, "metadata", "name") ?? ""}`,
    port: port === undefined ? null : port.name === "" ? String(port.port) : port.name,
    proxy: mode,
    scheduler,
    seed,
    requests,
    rejected,
    dropped,
    reset,
    connections,
    endpoints: rows,
    because,
    explanation: explain(because),
  };
}

/** Imitates pkg/apis/core/v1/defaults.go, SetDefaults_Service, v1.36: three hours. */
function affinitySeconds(service: JsonObject): number | undefined {
  if (textAt(service, "spec", "sessionAffinity") !== "ClientIP") return undefined;
  return numberAt(service, "spec", "sessionAffinityConfig", "clientIP", "timeoutSeconds") ?? 10_800;
}

function targetsOf(view: NodeView): readonly Target[] {
  return view.candidates.map(({ address, port }, index) => ({
    address: numericAddress(address) ?? INVENTED_PODS + index,
    port,
    weight: 1,
  }));
}

function virtualAddress(service: JsonObject): number {
  return numericAddress(textAt(service, "spec", "clusterIP") ?? "") ?? INVENTED_SERVICE;
}

/** Clients have addresses of their node's pod network: 10.244.<node>.2 and on. */
function clientAddress({ nodes, input }: Plan, client: number): number {
  const shared = input.clients?.sharesAddress === true ? 0 : client;
  return (INVENTED_CLIENTS + (shared % nodes.length) * 256 + 2 + Math.floor(shared / nodes.length)) >>> 0;
}

/** 10.244.0.0, 10.245.0.1 and 10.96.0.10, for what only the cluster knows. */
const INVENTED_CLIENTS = 0x0af40000;
const INVENTED_PODS = 0x0af50001;
const INVENTED_SERVICE = 0x0a60000a;

function numericAddress(address: string): number | undefined {
  const parsed = parseIp(address);
  return parsed?.family === 4 ? Number(parsed.bits) : undefined;
}

function atLeast(minimum: number, value: number): number {
  return Number.isFinite(value) ? Math.max(minimum, Math.trunc(value)) : minimum;
}
