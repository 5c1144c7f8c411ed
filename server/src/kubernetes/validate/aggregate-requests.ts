import { compareQuantities, parseQuantity, quantityDecimal, quantityText, type Quantity } from "../quantity.ts";
import type { Field } from "./field.ts";
import { quantityOf } from "./resources.ts";

/**
 * What a pod's containers request together: the sum of the regular ones and sidecars, or the most that an init container needs beside the sidecars before it.
 * component-helpers, resource/helpers.go, AggregateContainerRequests, v0.36.
 */
export function sumOfRequests(spec: Field, resource: string): Quantity | undefined {
  let sum: Quantity | undefined;
  for (const container of spec.get("containers").items()) sum = add(sum, requestOf(container, resource));
  let sidecars: Quantity | undefined;
  let peak: Quantity | undefined;
  for (const container of spec.get("initContainers").items()) {
    const request = requestOf(container, resource);
    if (container.get("restartPolicy").text === "Always") {
      sum = add(sum, request);
      sidecars = add(sidecars, request);
      peak = larger(peak, sidecars);
    } else {
      peak = larger(peak, add(sidecars, request));
    }
  }
  return larger(sum, peak);
}

/** A request that is missing is the limit. */
function requestOf(container: Field, resource: string): Quantity | undefined {
  const resources = container.get("resources");
  return quantityOf(resources.get("requests").key(resource)) ?? quantityOf(resources.get("limits").key(resource));
}

function add(left: Quantity | undefined, right: Quantity | undefined): Quantity | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  const exponent = Math.min(left.exponent, right.exponent);
  const shift = (quantity: Quantity): bigint => quantity.unscaled * 10n ** BigInt(quantity.exponent - exponent);
  const total: Quantity = { unscaled: shift(left) + shift(right), exponent, format: left.format, storage: "decimal" };
  return parseQuantity(quantityText(total)).value ?? parseQuantity(quantityDecimal(total)).value;
}

function larger(left: Quantity | undefined, right: Quantity | undefined): Quantity | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  return compareQuantities(left, right) >= 0 ? left : right;
}
