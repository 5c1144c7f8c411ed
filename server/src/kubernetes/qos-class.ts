import { arrayAt, objectAt } from "../base/json.ts";
import type { JsonObject, JsonValue } from "../base/json.ts";
import { addQuantities, compareQuantities, quantityFromJson } from "./quantity.ts";
import type { Quantity } from "./quantity.ts";

/** What the kubelet sacrifices first when a node runs out of memory: `BestEffort`, then `Burstable`, then `Guaranteed`. */
export type QosClass = "Guaranteed" | "Burstable" | "BestEffort";

/**
 * The quality of service of the pods of a spec, whose missing requests are its limits. Resources of the pod itself win over those of its containers.
 * Imitates pkg/apis/core/v1/helper/qos/qos.go, ComputePodQOS, v1.36.
 */
export function qosClass(podSpec: JsonObject): QosClass {
  const ofPod = objectAt(podSpec, "resources");
  const holders =
    ofPod === undefined ? [...arrayAt(podSpec, "containers"), ...arrayAt(podSpec, "initContainers")] : [podSpec];
  const requests = new Map<string, Quantity>();
  const limits = new Map<string, Quantity>();
  let limited = true;
  for (const holder of holders) {
    const own = amountsOf(holder, "limits");
    for (const [name, amount] of own) addTo(limits, name, amount);
    for (const [name, amount] of new Map([...own, ...amountsOf(holder, "requests")])) addTo(requests, name, amount);
    limited &&= own.size === computeResources.length;
  }
  if (requests.size === 0 && limits.size === 0) return "BestEffort";
  const equal = [...requests].every(([name, amount]) => {
    const limit = limits.get(name);
    return limit !== undefined && compareQuantities(limit, amount) === 0;
  });
  return limited && equal && requests.size === limits.size ? "Guaranteed" : "Burstable";
}

const computeResources = ["cpu", "memory"] as const;

/** The positive amounts of cpu and memory. */
function amountsOf(holder: JsonValue, field: "requests" | "limits"): ReadonlyMap<string, Quantity> {
  const list = objectAt(holder, "resources", field) ?? {};
  const amounts = new Map<string, Quantity>();
  for (const name of computeResources) {
    const written = list[name];
    if (typeof written !== "string" && typeof written !== "number") continue;
    const amount = quantityFromJson(JSON.stringify(written));
    if (amount.error === undefined && amount.value.unscaled > 0n) amounts.set(name, amount.value);
  }
  return amounts;
}

function addTo(sums: Map<string, Quantity>, name: string, amount: Quantity): void {
  const sum = sums.get(name);
  sums.set(name, sum === undefined ? amount : addQuantities(sum, amount));
}
