import type { ScenarioResult, ServiceField } from "../../../server/src/protocol/webview.ts";
import type { Engine } from "../engine/engine.ts";
import { type ApiObject, at, idOf, qualifiedName, textAt, withValue } from "./json.ts";
import { imageOf, isWorkload } from "./tuning.ts";

type BalanceInput = Parameters<Engine["balance"]>[0];
type BalanceResult = ReturnType<Engine["balance"]>;
export type ProxyMode = NonNullable<NonNullable<BalanceInput["proxy"]>["mode"]>;
export type Scheduler = NonNullable<NonNullable<BalanceInput["proxy"]>["scheduler"]>;

export const proxyModes: readonly ProxyMode[] = ["nftables", "iptables", "ipvs"];
export const schedulers: readonly Scheduler[] = ["rr", "wrr", "lc", "wlc", "sh", "dh", "sed", "nq", "mh", "lblc"];

/** What the person changed of the balancing. */
export interface BalanceTuning {
  readonly mode?: ProxyMode;
  readonly scheduler: Scheduler;
  /** Fields of the Service. */
  readonly values: Readonly<Partial<Record<ServiceField, string | number>>>;
  readonly clients: number;
  readonly sharesAddress: boolean;
  /** A node's name; all nodes when absent. */
  readonly node?: string;
  readonly origin: "pods" | "outside";
  /** `Infinity` as text, so that it survives being kept. */
  readonly requestsPerConnection: number | "forever";
  readonly requests: number;
  readonly seed: number;
  /** Through which Ingress or route, by its id, or `direct`; the first one when absent. */
  readonly way?: string;
  readonly notReady: readonly string[];
  readonly ending: readonly string[];
  /** Pods that are deleted after half of the requests, and end after a tenth more. */
  readonly leaving: readonly string[];
}

export const balanceAsWritten: BalanceTuning = {
  scheduler: "rr",
  values: {},
  clients: 20,
  sharesAddress: false,
  origin: "pods",
  requestsPerConnection: 1,
  requests: 10_000,
  seed: 1,
  notReady: [],
  ending: [],
  leaving: [],
};

/** One pod behind the Service with its share; excluded ones stay, with the reason. */
export interface Share {
  readonly pod: string;
  readonly workload: string;
  /** Which of the stages leads here. */
  readonly stage: number;
  readonly node: string;
  readonly zone: string;
  readonly version: string;
  readonly generation: "old" | "new";
  /** `null` where the proxy alone knows how it chooses. */
  readonly share: { readonly numerator: number; readonly denominator: number } | null;
  readonly requests: number;
  readonly excluded?: "not-ready" | "ending" | "elsewhere";
}

export interface Balance {
  readonly service: ApiObject;
  readonly result: BalanceResult;
  readonly shares: readonly Share[];
  /** The Services that the requests go through, each with its part of all: one, or several behind an Ingress or a route. */
  readonly stages: readonly Stage[];
  /** The Ingress or route in front, when the requests come through it. */
  readonly front?: Front;
}

export interface Stage {
  readonly service: string;
  readonly part: { readonly numerator: number; readonly denominator: number };
  readonly requests: number;
  /** Of a route. */
  readonly backend?: Pick<ReturnType<Engine["balanceRoute"]>["backends"][number], "weight" | "state" | "status">;
}

/** What stands before the Services. */
export interface Front {
  /** `HTTPRoute/shop/web#1`. */
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly matches: string;
  /** Who chooses a pod: ingress-nginx itself, or a proxy of which nothing is known. */
  readonly chooser: "nginx" | "weights" | "unknown";
  /** Of an Ingress: what tells its controller. */
  readonly controller?: ReturnType<Engine["ingressesTo"]>[number]["controller"]["because"];
  /** Of a route: what became of requests that no pod answered. */
  readonly failed?: number;
  readonly unknown?: number;
  readonly status?: string | null;
}

/** The Service that the view is about: the one that the object names, else the one that is asked. */
export function serviceOf(found: ScenarioResult): ApiObject | undefined {
  const { scenario, object } = found;
  const services = objectsOf(found).filter((each) => textAt(each, "kind") === "Service");
  const asked = scenario.traffic?.service;
  return (
    services.find((each) => idOf(each) === object) ??
    services.find((each) => qualifiedName(each) === asked || textAt(each, "metadata", "name") === asked) ??
    services[0]
  );
}

const servicePaths: Readonly<Record<ServiceField, readonly string[]>> = {
  sessionAffinity: ["spec", "sessionAffinity"],
  sessionAffinityTimeoutSeconds: ["spec", "sessionAffinityConfig", "clientIP", "timeoutSeconds"],
  internalTrafficPolicy: ["spec", "internalTrafficPolicy"],
  externalTrafficPolicy: ["spec", "externalTrafficPolicy"],
  trafficDistribution: ["spec", "trafficDistribution"],
};

/** The value of a field of the Service: what the person chose, else what the manifest says. */
export function serviceValue(
  service: ApiObject | undefined,
  tuning: BalanceTuning,
  field: ServiceField,
): string | number | undefined {
  const found = tuning.values[field] ?? at(service, ...servicePaths[field]);
  return typeof found === "string" || typeof found === "number" ? found : undefined;
}

/** The nodes that the pods stand on. */
export function nodesOf({ scenario }: ScenarioResult): readonly { readonly name: string; readonly zone?: string }[] {
  const nodes = scenario.cluster?.nodes ?? [];
  return nodes.length > 0 ? nodes : ["a", "b", "c"].map((zone, index) => ({ name: `node-${index + 1}`, zone }));
}

/** What the balancing view shows, with what the person made of the pods. */
export interface World {
  readonly found: ScenarioResult;
  readonly tuning: BalanceTuning;
  readonly objects: readonly ApiObject[];
  readonly workloads: readonly ApiObject[];
  readonly pods: ReturnType<Engine["podsOf"]>;
}

/** The objects as the person has tuned them. */
export function worldOf(engine: Engine, found: ScenarioResult, tuning: BalanceTuning): World {
  const objects = objectsOf(found);
  const workloads = objects.filter((object) => isWorkload(object) || textAt(object, "kind") === "Pod");
  const pods = workloads
    .flatMap((workload) => engine.podsOf(workload, { nodes: nodesOf(found), limit: maxPods }))
    .map((pod) => ({ ...pod, object: stateOf(pod.object, pod.name, tuning) }));
  return { found, tuning, objects, workloads, pods };
}

/** What the balancing view is about: of a rollout more than its own objects. */
export function objectsOf({ scenario, balancing }: ScenarioResult): readonly ApiObject[] {
  return balancing ?? scenario.objects;
}

/** What kube-proxy makes of one Service. */
export function proxied(
  engine: Engine,
  { found, tuning, workloads, pods }: World,
  service: ApiObject,
): Pick<Balance, "result" | "shares"> {
  const nodes = nodesOf(found);
  const podObjects = pods.map(({ object }) => object);
  const slices = engine.predictSlices(service, podObjects, nodes).map((group) => {
    const { endpoints, namespace, service: of, addressType, labels, ports } = group;
    return { endpoints, namespace, service: of, addressType, labels, ports };
  });
  const result = engine.balance({ ...inputOf(tuning, found), service, slices, nodes, pods });
  return { result, shares: sharesOf(result, versionsOf(workloads), tuning) };
}

const maxPods = 200;

function inputOf(
  tuning: BalanceTuning,
  { scenario }: ScenarioResult,
): Omit<BalanceInput, "service" | "slices" | "nodes"> {
  const { clients: count, origin, sharesAddress, node, requestsPerConnection, requests, seed, scheduler } = tuning;
  const leaving = tuning.leaving.map((pod) => {
    return { pod, atRequest: Math.floor(requests * 0.5), goneAtRequest: Math.floor(requests * 0.6) };
  });
  const mode = tuning.mode ?? scenario.cluster?.proxy?.mode ?? "nftables";
  const perConnection = requestsPerConnection === "forever" ? Number.POSITIVE_INFINITY : requestsPerConnection;
  return {
    proxy: { mode, scheduler },
    requests,
    seed,
    clients: { count, origin, sharesAddress, ...(node === undefined ? {} : { node }) },
    connections: { requestsPerConnection: perConnection },
    leaving,
  };
}

/** The Service with the fields that the person chose. */
export function withServiceValues(service: ApiObject, tuning: BalanceTuning): ApiObject {
  let result = service;
  for (const [field, value] of Object.entries(tuning.values)) {
    const path = servicePaths[field as ServiceField];
    result = withValue(result, path, value);
  }
  return result;
}

/** The pod with what the person makes of it: not ready, or being deleted. */
function stateOf(pod: ApiObject, name: string, tuning: BalanceTuning): ApiObject {
  if (tuning.ending.includes(name)) return withValue(pod, ["metadata", "deletionTimestamp"], "2026-01-01T00:00:00Z");
  if (!tuning.notReady.includes(name)) return pod;
  return withValue(pod, ["status", "conditions"], [{ type: "Ready", status: "False" }]);
}

/** Version by workload: the tag of the image; colours by the order in which versions appear. */
function versionsOf(
  workloads: readonly ApiObject[],
): ReadonlyMap<string, { version: string; generation: "old" | "new" }> {
  const first = workloads.map(imageOf).find((image) => image !== "");
  return new Map(
    workloads.map((workload) => {
      const image = imageOf(workload);
      return [idOf(workload), { version: tagOf(image), generation: image === first || image === "" ? "old" : "new" }];
    }),
  );
}

/** `web:1.5` of `registry/web:1.5`; digests are shortened. */
export function tagOf(image: string): string {
  const last = image.split("/").at(-1) ?? image;
  const [name = "", digest] = last.split("@");
  return digest === undefined ? (name.split(":")[1] ?? name) : digest.replace(/^sha256:/, "").slice(0, 8);
}

function sharesOf(
  result: BalanceResult,
  versions: ReturnType<typeof versionsOf>,
  tuning: BalanceTuning,
): readonly Share[] {
  return result.endpoints.map(({ pod, address, node, zone, workload, state, expectedShare, requests }) => {
    const found = versions.get(workload ?? "");
    const name = pod ?? address;
    const isExcluded = expectedShare.numerator === 0 && requests === 0;
    const excluded =
      tuning.ending.includes(name) || state === "terminating"
        ? "ending"
        : state === "not-ready"
          ? "not-ready"
          : "elsewhere";
    return {
      pod: name,
      workload: workload ?? "",
      stage: 0,
      node: node ?? "",
      zone: zone ?? "",
      version: found?.version ?? "",
      generation: found?.generation ?? "old",
      share: expectedShare,
      requests,
      ...(isExcluded ? { excluded } : {}),
    };
  });
}
