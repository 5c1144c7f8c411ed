import { isObject } from "../../base/json.ts";
import type { JsonObject, JsonValue } from "../../base/json.ts";
import { parseQuantity, quantityText, roundUpToMilli } from "../quantity.ts";
import { changed, inEach, inField, inStruct, withoutEmptyMaps } from "./change.ts";
import type { Change } from "./change.ts";

/** `limits` and `requests` as they are stored (pkg/apis/core/v1/defaults.go, SetDefaults_ResourceList, v1.36). */
export const resourceRequirements: Change = (resources) =>
  changed(resources, inField("limits", resourceList), inField("requests", resourceList));

/** The `resources` of a container, which are always there. */
export const containerResources: Change = inStruct("resources", resourceRequirements);

/** A map of resources to quantities, rounded up to thousandths and written canonically. */
export function resourceList(list: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(list).map(([name, value]) => [name, storedQuantity(value, roundUpToMilli)]));
}

/** A field that holds one quantity. */
export function quantityField(field: string): Change {
  return (object) => (object[field] === undefined ? object : { ...object, [field]: storedQuantity(object[field]) });
}

/** The requests that limits imply: one by one, where a resource has none (pkg/apis/core/v1/defaults.go, SetDefaults_Pod, v1.36). */
export const requestsFromLimits: Change = inField("resources", (resources) => {
  const limits = resources["limits"];
  if (!isObject(limits) || Object.keys(limits).length === 0) return resources;
  const requests = isObject(resources["requests"]) ? resources["requests"] : {};
  return { ...resources, requests: { ...limits, ...requests } };
});

/** The lists of a LimitRange's item, whose defaults come from each other (pkg/apis/core/v1/defaults.go, SetDefaults_LimitRangeItem, v1.36). */
const limitRangeItem: Change = (item) => {
  const lists = ["max", "min", "default", "defaultRequest", "maxLimitRequestRatio"] as const;
  const stored = changed(item, withoutEmptyMaps(...lists), ...lists.map((field) => inField(field, resourceList)));
  if (stored["type"] !== "Container") return stored;
  const of = (field: (typeof lists)[number]): JsonObject => (isObject(stored[field]) ? stored[field] : {});
  const defaults = { ...of("max"), ...of("default") };
  const requests = { ...of("min"), ...defaults, ...of("defaultRequest") };
  return {
    ...stored,
    ...(Object.keys(defaults).length > 0 ? { default: defaults } : {}),
    ...(Object.keys(requests).length > 0 ? { defaultRequest: requests } : {}),
  };
};

/** The quantities of a LimitRange. */
export const limitRange: Change = inField("spec", inEach("limits", limitRangeItem));
/** The quantities of a ResourceQuota. */
export const resourceQuota: Change = inStruct("spec", inField("hard", resourceList));

/** A quantity as the API server writes it again; what is none stays as it is. */
function storedQuantity(value: JsonValue, round: typeof roundUpToMilli = (quantity) => quantity): JsonValue {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "bigint") return value;
  const parsed = parseQuantity(value.toString());
  return parsed.error === undefined ? quantityText(round(parsed.value)) : value;
}
