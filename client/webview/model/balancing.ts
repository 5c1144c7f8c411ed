import type { ScenarioResult, ServiceField } from "../../../server/src/protocol/webview.ts";
import type { Engine } from "../simulation.ts";
import { type ApiObject, at, idOf, numberAt, qualifiedName, textAt, withValue } from "./json.ts";
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
  readonly notReady: readonly string[];
  readonly ending: readonly string[];
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
};

/** One pod behind the Service with its share; excluded ones stay, with the reason. */
export interface Share {
  readonly pod: string;
  readonly workload: string;
  readonly node: string;
  readonly zone: string;
  readonly version: string;
  readonly generation: "old" | "new";
  readonly share: { readonly numerator: number; readonly denominator: number };
  readonly requests: number;
  readonly excluded?: "not-ready" | "ending" | "elsewhere";
}

export interface Balance {
  readonly service: ApiObject;
  readonly result: BalanceResult;
  readonly shares: readonly Share[];
  /** The weighted stage in front of the Services. */
  readonly ingress?: { readonly name: string; readonly canary: number; readonly total: number };
}

/** The Service that the view is about: the one that the object names, else the one that is asked. */
export function serviceOf({ scenario, object }: ScenarioResult): ApiObject | undefined {
  const services = scenario.objects.filter((each) => textAt(each, "kind") === "Service");
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

/** All pods behind the Service before anything is excluded, for the choosers. */
export function balance(engine: Engine, found: ScenarioResult, tuning: BalanceTuning): Balance | undefined {
  const original = serviceOf(found);
  if (original === undefined) return undefined;
  const service = withServiceValues(original, tuning);
  const nodes = nodesOf(found);
  const workloads = found.scenario.objects.filter((object) => isWorkload(object) || textAt(object, "kind") === "Pod");
  const pods = workloads.flatMap((workload) => engine.podsOf(workload, { nodes, limit: maxPods }));
  const objects = pods.map(({ name, object }) => stateOf(object, name, tuning));
  const groups = engine.predictSlices(service, objects, nodes);
  const slices = groups.map(({ endpoints, namespace, service: of, addressType, labels, ports }) => {
    return { endpoints, namespace, service: of, addressType, labels, ports };
  });
  const result = engine.balance({ ...inputOf(tuning, found), service, slices, nodes, pods });
  const versions = versionsOf(workloads);
  return { service, result, shares: sharesOf(result, versions, tuning), ...ingressOf(engine, found, service) };
}

const maxPods = 200;

function inputOf(
  tuning: BalanceTuning,
  { scenario }: ScenarioResult,
): Omit<BalanceInput, "service" | "slices" | "nodes"> {
  const { clients: count, origin, sharesAddress, node, requestsPerConnection, requests, seed, scheduler } = tuning;
  const mode = tuning.mode ?? scenario.cluster?.proxy?.mode ?? "nftables";
  const perConnection = requestsPerConnection === "forever" ? Number.POSITIVE_INFINITY : requestsPerConnection;
  return {
    proxy: { mode, scheduler },
    requests,
    seed,
    clients: { count, origin, sharesAddress, ...(node === undefined ? {} : { node }) },
    connections: { requestsPerConnection: perConnection },
  };
}

function withServiceValues(service: ApiObject, tuning: BalanceTuning): ApiObject {
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

function ingressOf(engine: Engine, { scenario }: ScenarioResult, service: ApiObject): Pick<Balance, "ingress"> {
  const name = textAt(service, "metadata", "name") ?? "";
  const ingresses = scenario.objects.filter((object) => textAt(object, "kind") === "Ingress");
  const mine = ingresses.find((object) => JSON.stringify(object["spec"] ?? null).includes(`"name":"${name}"`));
  if (mine === undefined) return {};
  const policy = ingresses.map((object) => engine.canaryPolicyOf(object)).find((each) => each !== undefined);
  const total = Math.max(100, policy?.weightTotal ?? 100);
  return { ingress: { name: textAt(mine, "metadata", "name") ?? "", canary: policy?.weight ?? 0, total } };
}

/** Seconds that session affinity lasts. */
export function affinitySeconds(service: ApiObject): number {
  return numberAt(service, ...servicePaths.sessionAffinityTimeoutSeconds) ?? 10_800;
}
