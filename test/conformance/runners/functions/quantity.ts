import { textAt } from "../../../../server/src/base/json.ts";
import type { JsonObject } from "../../../../server/src/base/json.ts";
import * as quantity from "../../../../server/src/kubernetes/quantity.ts";
import { answerOf } from "./answer.ts";
import type { FunctionAnswers } from "./answer.ts";

export const quantityAnswers: FunctionAnswers = {
  "resource.ParseQuantity": (input) => answerOf(quantity.parseQuantity(textAt(input, "text") ?? ""), described),
  "resource.Quantity.UnmarshalJSON": (input) =>
    answerOf(quantity.quantityFromJson(textAt(input, "json") ?? ""), described),
  "resource.Quantity.Cmp": (input) => {
    const a = quantity.parseQuantity(textAt(input, "a") ?? "");
    const b = quantity.parseQuantity(textAt(input, "b") ?? "");
    if (a.error !== undefined) return a;
    if (b.error !== undefined) return b;
    return { out: quantity.compareQuantities(a.value, b.value) };
  },
};

function described(value: quantity.Quantity): JsonObject {
  return {
    canonical: quantity.canonicalQuantity(value),
    decimal: quantity.quantityDecimal(value),
    format: value.format,
    milliValue: quantity.quantityMilliValue(value).toString(),
    string: quantity.quantityText(value),
    value: quantity.quantityValue(value).toString(),
  };
}
