import type { ScenarioResult, ServiceField } from "../../../server/src/protocol/webview.ts";
import type { Engine } from "../simulation.ts";
import { type ApiObject, at, idOf, listAt, omit, qualifiedName, textAt, withValue } from "./json.ts";
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
  /** Past the Ingress, where there is one: as pods of the cluster do. */
  readonly direct: boolean;
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
  direct: false,
  notReady: [],
  ending: [],
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
  readonly share: { readonly numerator: number; readonly denominator: number };
  readonly requests: number;
  readonly excluded?: "not-ready" | "ending" | "elsewhere";
}

export interface Balance {
  readonly service: ApiObject;
  readonly result: BalanceResult;
  readonly shares: readonly Share[];
  /** The Services that the requests go through, each with its part of all: one, or two behind an Ingress with a canary. */
  readonly stages: readonly Stage[];
  /** The Ingress in front, when the requests come through it. */
  readonly ingress?: { readonly name: string; readonly canary: number; readonly total: number };
}

export interface Stage {
  readonly service: string;
  /** From 0 to 1. */
  readonly part: number;
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

/** How the Service's requests spread over its pods, by kube-proxy or by the Ingress in front. */
export function balance(engine: Engine, found: ScenarioResult, tuning: BalanceTuning): Balance | undefined {
  const original = serviceOf(found);
  if (original === undefined) return undefined;
  const service = withServiceValues(original, tuning);
  const behind = proxied(engine, found, tuning, service);
  const name = textAt(service, "metadata", "name") ?? "";
  const plain: Balance = { service, ...behind, stages: [{ service: name, part: 1 }] };
  const ingress = tuning.direct ? undefined : ingressOf(found, name);
  return ingress === undefined ? plain : throughIngress(engine, found, tuning, plain, ingress);
}

/** What kube-proxy makes of one Service. */
function proxied(
  engine: Engine,
  found: ScenarioResult,
  tuning: BalanceTuning,
  service: ApiObject,
): Pick<Balance, "result" | "shares"> {
  const nodes = nodesOf(found);
  const workloads = found.scenario.objects.filter((object) => isWorkload(object) || textAt(object, "kind") === "Pod");
  const pods = workloads.flatMap((workload) => engine.podsOf(workload, { nodes, limit: maxPods }));
  const objects = pods.map(({ name, object }) => stateOf(object, name, tuning));
  const groups = engine.predictSlices(service, objects, nodes);
  const slices = groups.map(({ endpoints, namespace, service: of, addressType, labels, ports }) => {
    return { endpoints, namespace, service: of, addressType, labels, ports };
  });
  const result = engine.balance({ ...inputOf(tuning, found), service, slices, nodes, pods });
  return { result, shares: sharesOf(result, versionsOf(workloads), tuning) };
}

/** The Ingress that leads to a Service, and the canary beside it. */
interface IngressFront {
  readonly ingress: ApiObject;
  readonly canary?: { readonly ingress: ApiObject; readonly service: ApiObject };
}

/** ingress-nginx sends requests to the pods itself: kube-proxy is not asked. */
function throughIngress(
  engine: Engine,
  found: ScenarioResult,
  tuning: BalanceTuning,
  primary: Balance,
  { ingress, canary }: IngressFront,
): Balance {
  const policy = canary === undefined ? undefined : engine.canaryPolicyOf(canary.ingress);
  const second = canary === undefined ? undefined : proxied(engine, found, tuning, canary.service);
  const usable = (shares: readonly Share[]): readonly string[] =>
    shares.filter(({ excluded }) => excluded !== "not-ready" && excluded !== "ending").map(({ pod }) => pod);
  const answer = engine.balanceIngress({
    primary: usable(primary.shares),
    ...(policy === undefined || second === undefined ? {} : { canary: { policy, pods: usable(second.shares) } }),
    balancer: engine.ingressBalancer(engine.ingressAnnotations(ingress)),
    requests: tuning.requests,
    clients: tuning.clients,
    seed: tuning.seed,
  });
  const shares = [primary.shares, second?.shares ?? []].flatMap((each, stage) =>
    each.map((share): Share => {
      const backend = stage === 0 ? "primary" : "canary";
      const mine = answer.endpoints.find(({ pod, backend: of }) => pod === share.pod && of === backend);
      const nothing = { numerator: 0, denominator: 1 };
      const { expectedShare = nothing, requests = 0 } = mine ?? {};
      return {
        ...omit(share, "excluded"),
        stage,
        share: expectedShare,
        requests,
        ...(mine === undefined ? { excluded: share.excluded ?? "not-ready" } : {}),
      };
    }),
  );
  const names = [primary.service, ...(canary === undefined ? [] : [canary.service])];
  const result = { ...primary.result, rejected: answer.failed, dropped: 0, reset: 0, because: [] };
  return {
    service: primary.service,
    result,
    shares,
    stages: names.map((object, stage) => ({
      service: textAt(object, "metadata", "name") ?? "",
      part: partOf(shares, stage),
    })),
    ingress: {
      name: textAt(ingress, "metadata", "name") ?? "",
      canary: policy?.weight ?? 0,
      total: Math.max(100, policy?.weightTotal ?? 100),
    },
  };
}

function partOf(shares: readonly Share[], stage: number): number {
  return shares
    .filter((share) => share.stage === stage)
    .reduce((sum, { share }) => sum + share.numerator / share.denominator, 0);
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

/** Whether an Ingress of the scenario leads to the Service. */
export function hasIngress(found: ScenarioResult): boolean {
  return ingressOf(found, textAt(serviceOf(found), "metadata", "name") ?? "") !== undefined;
}

const canaryAnnotation = "nginx.ingress.kubernetes.io/canary";

function ingressOf({ scenario }: ScenarioResult, service: string): IngressFront | undefined {
  const ingresses = scenario.objects.filter((object) => textAt(object, "kind") === "Ingress");
  const isCanary = (object: ApiObject): boolean =>
    textAt(object, "metadata", "annotations", canaryAnnotation) === "true";
  const ingress = ingresses.find((object) => !isCanary(object) && backendsOf(object).includes(service));
  if (ingress === undefined) return undefined;
  for (const candidate of ingresses.filter(isCanary)) {
    const [backend] = backendsOf(candidate);
    const target = scenario.objects.find(
      (object) => textAt(object, "kind") === "Service" && textAt(object, "metadata", "name") === backend,
    );
    if (target !== undefined) return { ingress, canary: { ingress: candidate, service: target } };
  }
  return { ingress };
}

/** Names of the Services behind all paths of an Ingress. */
function backendsOf(ingress: ApiObject): readonly string[] {
  const paths = listAt(ingress, "spec", "rules").flatMap((rule) => listAt(rule, "http", "paths"));
  const names = paths.map((path) => textAt(path, "backend", "service", "name"));
  return [...names, textAt(ingress, "spec", "defaultBackend", "service", "name")].filter((name) => name !== undefined);
}
