import type { ScenarioResult } from "../../../server/src/protocol/webview.ts";
import type { Engine } from "../engine/engine.ts";
import {
  type Balance,
  type BalanceTuning,
  type Front,
  nodesOf,
  objectsOf,
  proxied,
  type Share,
  serviceOf,
  type Stage,
  withServiceValues,
  type World,
  worldOf,
} from "./balancing.ts";
import { type ApiObject, at, omit, textAt } from "./json.ts";

/** How the Service's requests spread over its pods: by kube-proxy, or by the Ingress or route in front. */
export function balance(engine: Engine, found: ScenarioResult, tuning: BalanceTuning): Balance | undefined {
  const original = serviceOf(found);
  if (original === undefined) return undefined;
  const world = worldOf(engine, found, tuning);
  const way = chosenWay(waysOf(engine, found), tuning);
  if (way !== undefined) return throughWay(engine, world, way, original);
  const service = withServiceValues(original, tuning);
  const { result, shares } = proxied(engine, world, service);
  const part = { numerator: 1, denominator: 1 };
  const stage = { service: textAt(service, "metadata", "name") ?? "", part, requests: result.requests };
  return { service, result, shares, stages: [stage] };
}

type IngressPath = ReturnType<Engine["ingressesTo"]>[number];
type Route = ReturnType<Engine["routesTo"]>[number];

/** A way by which requests come to the Service. */
export type Way =
  | { readonly id: string; readonly label: string; readonly path: IngressPath }
  | { readonly id: string; readonly label: string; readonly route: Route };

/** Past everything that stands in front, as pods of the cluster go. */
export const direct = "direct";

/** The Ingresses and routes that lead to the Service. */
export function waysOf(engine: Engine, found: ScenarioResult): readonly Way[] {
  const service = serviceOf(found);
  if (service === undefined) return [];
  const objects = objectsOf(found);
  const paths = engine.ingressesTo(objects, service).map((path, index): Way => {
    const name = `Ingress ${textAt(path.ingress, "metadata", "name") ?? ""}`;
    return { id: `${name}#${index}`, label: labelOf(name, path.matches), path };
  });
  // What the files leave open may hold what a route names.
  const isClosed = found.notices.length === 0;
  const routes = engine.routesTo(objects, service, { isClosed }).map((route): Way => {
    const name = `${route.kind} ${route.name}`;
    return { id: `${name}#${route.rule}`, label: labelOf(name, route.matches), route };
  });
  return [...paths, ...routes];
}

function labelOf(name: string, matches: string): string {
  return matches === "" ? name : `${name} · ${matches}`;
}

/** The way that the person chose, or the first. */
export function chosenWay(ways: readonly Way[], { way }: BalanceTuning): Way | undefined {
  return way === direct ? undefined : (ways.find(({ id }) => id === way) ?? ways[0]);
}

/** How requests spread that come by a way: its proxy knows the pods itself, and kube-proxy is not asked. */
export function throughWay(engine: Engine, world: World, way: Way, service: ApiObject): Balance {
  const plain = proxied(engine, world, "path" in way ? way.path.primary : service);
  return "path" in way
    ? throughIngress(engine, world, way.id, way.path, plain)
    : throughRoute(engine, world, way.id, way.route, { ...plain, service });
}

function throughIngress(
  engine: Engine,
  world: World,
  id: string,
  { ingress, canary, primary, matches, controller }: IngressPath,
  plain: Pick<Balance, "result" | "shares">,
): Balance {
  const { tuning } = world;
  const policy = canary === undefined ? undefined : engine.canaryPolicyOf(canary.ingress);
  const second = canary === undefined ? undefined : proxied(engine, world, canary.service);
  const answer = engine.balanceIngress({
    primary: usable(plain.shares),
    ...(policy === undefined || second === undefined ? {} : { canary: { policy, pods: usable(second.shares) } }),
    balancer: engine.ingressBalancer(engine.ingressAnnotations(ingress)),
    requests: tuning.requests,
    clients: tuning.clients,
    seed: tuning.seed,
  });
  const isKnown = controller.isNginx || answer.endpoints.length < 2;
  const shares = [plain.shares, second?.shares ?? []].flatMap((each, stage) =>
    each.map((share): Share => {
      const backend = stage === 0 ? "primary" : "canary";
      const mine = answer.endpoints.find(({ pod, backend: of }) => pod === share.pod && of === backend);
      return answered(share, stage, isKnown || mine === undefined ? mine : { expectedShare: null, requests: null });
    }),
  );
  const names = [primary, ...(canary === undefined ? [] : [canary.service])];
  const weight = policy?.weight ?? 0;
  const whole = Math.max(100, policy?.weightTotal ?? 100);
  const canaryPods = answer.endpoints.filter(({ backend }) => backend === "canary");
  const canaryPart = canaryPods.length === 0 ? 0 : Math.min(weight, whole);
  const ofCanary = canaryPods.reduce((sum, { requests }) => sum + requests, 0);
  const stages = names.map((object, stage): Stage => ({
    service: textAt(object, "metadata", "name") ?? "",
    part: { numerator: stage === 0 ? whole - canaryPart : canaryPart, denominator: whole },
    requests: stage === 0 ? answer.requests - ofCanary : ofCanary,
  }));
  const result = { ...plain.result, rejected: answer.failed, dropped: 0, reset: 0, because: [] };
  const name = textAt(ingress, "metadata", "name") ?? "";
  const chooser = controller.isNginx ? "nginx" : "unknown";
  const front: Front = { id, kind: "Ingress", name, matches, chooser, controller: controller.because };
  return { service: primary, result, shares, stages, front };
}

function throughRoute(
  engine: Engine,
  world: World,
  id: string,
  route: Route,
  { service, result }: Pick<Balance, "service" | "result">,
): Balance {
  const { objects, pods, found, tuning } = world;
  const podsOf = engine.podsBehind(objects, pods, nodesOf(found));
  const { requests, seed } = tuning;
  const answer = engine.balanceRoute({ route, podsOf, requests, seed });
  const labelsOf = new Map(pods.map(({ name, object }) => [name, at(object, "metadata", "labels")]));
  const shares = route.backends.flatMap((backend, stage) => {
    if (backend.state !== "found" || backend.service === undefined) return [];
    const mine = new Map(answer.backends[stage]?.endpoints.map((endpoint) => [endpoint.pod, endpoint]));
    return proxied(engine, world, backend.service)
      .shares.filter(({ pod }) => hasLabels(labelsOf.get(pod), backend.labels))
      .map((share) => answered(share, stage, mine.get(share.pod)));
  });
  const stages = answer.backends.map(({ service: name, subset, expectedShare, requests: drawn, ...backend }): Stage => {
    const short = name.slice(name.indexOf("/") + 1);
    const { weight, state, status } = backend;
    return {
      service: subset === null ? short : `${short} · ${subset}`,
      part: expectedShare,
      requests: drawn,
      backend: { weight, state, status },
    };
  });
  const front: Front = {
    id,
    kind: route.kind,
    name: route.name,
    matches: route.matches,
    chooser: "weights",
    failed: answer.failed,
    unknown: answer.unknown,
    status: answer.status,
  };
  const none = { rejected: 0, dropped: 0, reset: 0, because: [] };
  return { service, result: { ...result, ...none, requests: answer.requests }, shares, stages, front };
}

function hasLabels(found: ApiObject[string] | undefined, wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([key, value]) => textAt(found, key) === value);
}

/** The pods that a proxy of its own would ask: where clients stand does not matter. */
function usable(shares: readonly Share[]): readonly string[] {
  return shares.filter(({ excluded }) => excluded !== "not-ready" && excluded !== "ending").map(({ pod }) => pod);
}

interface Answer {
  readonly expectedShare: Share["share"];
  readonly requests: number | null;
}

/** What kube-proxy tells of a pod, with the share that the proxy in front gives it. */
function answered(share: Share, stage: number, mine: Answer | undefined): Share {
  const known = { ...omit(share, "excluded"), stage };
  if (mine !== undefined) return { ...known, share: mine.expectedShare, requests: mine.requests ?? 0 };
  const nothing = { numerator: 0, denominator: 1 };
  return { ...known, share: nothing, requests: 0, excluded: share.excluded ?? "not-ready" };
}
