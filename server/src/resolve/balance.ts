import type { Environment, Resource } from "../index/types.ts";
import { podsOfObjects } from "../simulation/adoption.ts";
import { balance } from "../simulation/proxy/balance.ts";
import type { BalanceInput, BalanceResult } from "../simulation/proxy/balance-types.ts";
import type { SimulatedNode } from "../simulation/nodes.ts";
import type { RouteBalance } from "../simulation/ingress/balance-route.ts";
import { balanceRoute } from "../simulation/ingress/balance-route.ts";
import { podsBehind } from "../simulation/ingress/backend-pods.ts";
import { routesTo } from "../simulation/ingress/routes.ts";
import { withClusterIp } from "./cluster.ts";
import { resolveService } from "./service.ts";
import type { ClusterFacts } from "./to-scenario.ts";
import { balanceScenario } from "./to-scenario.ts";
import { podMakers, podsOfAll, slicesOf } from "./slices.ts";

/** More pods of one workload are not told one by one. */
const maxPods = 1000;

/** How requests to a Service of the environment spread over its pods, all of them ready. */
export function balanceService(
  environment: Environment,
  service: Resource,
  nodes: readonly SimulatedNode[],
  options: Omit<BalanceInput, "service" | "slices" | "nodes" | "pods">,
): BalanceResult {
  const resolution = resolveService(environment, service, nodes);
  const pods = podsOfAll(podMakers(environment, resolution.workloads, service.namespace ?? ""), nodes);
  return balance({
    ...options,
    service: withClusterIp(service),
    slices: slicesOf(environment, resolution, nodes),
    nodes,
    pods,
  });
}

/** How requests spread that come through the routes of the Gateway API and of Istio that lead to a Service; one entry for each rule. */
export function balanceRoutes(
  environment: Environment,
  service: Resource,
  facts: ClusterFacts,
  options: Pick<BalanceInput, "requests" | "seed">,
): readonly RouteBalance[] {
  const { objects } = balanceScenario(environment, service, facts).scenario;
  const [asked] = objects;
  if (asked === undefined) return [];
  const pods = podsOfObjects(objects, { nodes: facts.nodes, limit: maxPods });
  const podsOf = podsBehind(objects, pods, facts.nodes);
  return routesTo(objects, asked, { isClosed: environment.open.length === 0 }).map((route) =>
    balanceRoute({ ...options, route, podsOf }),
  );
}
