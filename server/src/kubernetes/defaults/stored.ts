import { isArray, isObject } from "../../base/json.ts";
import type { JsonObject, JsonValue } from "../../base/json.ts";
import { isZero } from "./change.ts";

/** Maps with free keys, which vanish when they are empty; other empty maps are structs, which stay. */
const freeMaps: ReadonlySet<string> = new Set([
  "annotations",
  "binaryData",
  "capacity",
  "data",
  "hard",
  "labels",
  "limits",
  "matchLabels",
  "nodeSelector",
  "requests",
  "stringData",
  "volumeAttributes",
]);

const quantityMaps: ReadonlySet<string> = new Set(["capacity", "hard", "limits", "requests"]);

/** Plain fields, no pointers in Go, whose false, 0 or "" vanishes. Only fields that are of this type wherever they occur. */
const plainFields: ReadonlySet<string> = new Set([
  ...["hostIPC", "hostNetwork", "hostPID", "paused", "publishNotReadyAddresses", "stdin", "stdinOnce", "tty"],
  ...["healthCheckNodePort", "hostPort", "initialDelaySeconds", "minReadySeconds", "nodePort"],
  ...["clusterIP", "externalName", "generateName", "hostIP", "hostname", "image", "loadBalancerIP", "namespace"],
  ...["nodeName", "priorityClassName", "serviceAccount", "serviceAccountName"],
  ...["subPath", "subPathExpr", "subdomain", "workingDir"],
]);

/**
 * An object as it comes out of storage: without nulls, empty lists, empty maps and unset plain fields.
 * Imitates the `omitempty` of the types in k8s.io/api, v1.36.
 */
export function storedObject(object: JsonObject): JsonObject {
  const entries = Object.entries(object)
    .map(
      ([key, value]) =>
        [key, freeMaps.has(key) ? storedFreeMap(value, quantityMaps.has(key)) : storedValue(value)] as const,
    )
    .filter(([key, value]) => !isOmitted(key, value));
  return Object.fromEntries(entries);
}

function storedValue(value: JsonValue): JsonValue {
  if (isArray(value)) return value.map(storedValue);
  return isObject(value) ? storedObject(value) : value;
}

/** The keys of such a map mean nothing to the type; its values are texts or quantities, which read null as "" and 0. */
function storedFreeMap(value: JsonValue, isQuantities: boolean): JsonValue {
  if (!isObject(value)) return value;
  const empty = isQuantities ? "0" : "";
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, entry ?? empty]));
}

function isOmitted(key: string, value: JsonValue): boolean {
  if (value === null) return true;
  if (isArray(value)) return value.length === 0;
  if (isObject(value)) return freeMaps.has(key) && Object.keys(value).length === 0;
  return plainFields.has(key) && isZero(value);
}
