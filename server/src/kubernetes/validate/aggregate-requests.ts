import { addQuantities, compareQuantities, type Quantity } from "../quantity.ts";
import type { Field } from "./field.ts";
import { quantityOf } from "./resources.ts";

/**
 * What a pod's containers request (or are limited to) together: the sum of the regular ones and sidecars, or the most that an init container takes with the sidecars before it.
 * component-helpers, resource/helpers.go, AggregateContainerRequests and AggregateContainerLimits, v1.36.
 */
export function sumOfContainers(spec: Field, list: "requests" | "limits", resource: string): Quantity | undefined {
  const amountOf = (container: Field): Quantity | undefined =>
    quantityOf(container.at("resources", list).key(resource));
  let sum = spec.get("containers").items().map(amountOf).reduce(add, undefined);
  let sidecars: Quantity | undefined;
  let peak: Quantity | undefined;
  for (const container of spec.get("initContainers").items()) {
    const amount = amountOf(container);
    if (container.get("restartPolicy").text === "Always") {
      sum = add(sum, amount);
      sidecars = add(sidecars, amount);
      peak = larger(peak, sidecars);
    } else {
      peak = larger(peak, add(sidecars, amount));
    }
  }
  return larger(sum, peak);
}

function add(left: Quantity | undefined, right: Quantity | undefined): Quantity | undefined {
  return left === undefined || right === undefined ? (left ?? right) : addQuantities(left, right);
}

function larger(left: Quantity | undefined, right: Quantity | undefined): Quantity | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  return compareQuantities(left, right) >= 0 ? left : right;
}
