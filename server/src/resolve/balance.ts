import type { Environment, Resource } from "../index/types.ts";
import { balance } from "../simulation/proxy/balance.ts";
import type { BalanceInput, BalanceResult } from "../simulation/proxy/balance-types.ts";
import type { SimulatedNode } from "../simulation/nodes.ts";
import { withClusterIp } from "./cluster.ts";
import { resolveService } from "./service.ts";
import { podMakers, podsOfAll, slicesOf } from "./slices.ts";

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
