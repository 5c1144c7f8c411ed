import { isArray, isObject } from "../base/json.ts";
import type { JsonObject, JsonPath, JsonValue } from "../base/json.ts";
import { groupOf } from "../kubernetes/pod-template.ts";

/** Texts are cut to this many characters: enough for every name, label, image and host. */
export const maxTextLength = 400;

/** Objects with more values than this lose what comes last. */
const maxValues = 5000;

const cutMark = "…";

/**
 * The object without what no cross-file answer needs: `status`, managed fields, the last applied configuration, the schemas of CustomResourceDefinitions;
 * the values of Secrets become empty texts, long texts (ConfigMaps, scripts) are cut. Keys stay, and so does their order, so that places can be found.
 * Texts are copies, so that the object does not keep the text of its whole file alive.
 */
export function prune(object: JsonObject): JsonObject {
  const drop = dropper(object);
  let left = maxValues;
  const copy = (value: JsonValue, path: JsonPath): JsonValue => {
    left--;
    if (typeof value === "string") return copyText(value);
    if (isArray(value)) return value.slice(0, Math.max(0, left)).map((item, index) => copy(item, [...path, index]));
    if (!isObject(value)) return value;
    const result: Record<string, JsonValue> = {};
    for (const [key, entry] of Object.entries(value)) {
      const treatment = drop([...path, key]);
      if (treatment === "drop" || left <= 0) continue;
      define(result, key, treatment === "hide" ? "" : copy(entry, [...path, key]));
    }
    return result;
  };
  return copy(object, []) as JsonObject;
}

type Treatment = "keep" | "drop" | "hide";

function dropper(object: JsonObject): (path: JsonPath) => Treatment {
  const group = typeof object["apiVersion"] === "string" ? groupOf(object["apiVersion"]) : "";
  const isSecret = group === "" && object["kind"] === "Secret";
  const isDefinition = group === "apiextensions.k8s.io";
  return (path) => {
    const [first, second, third, fourth] = path;
    if (path.length === 1) return first === "status" ? "drop" : "keep";
    if (path.length === 2 && first === "metadata" && second === "managedFields") return "drop";
    if (path.length === 3 && second === "annotations" && third === "kubectl.kubernetes.io/last-applied-configuration")
      return "hide";
    if (isSecret && path.length === 2 && (first === "data" || first === "stringData")) return "hide";
    if (isDefinition && first === "spec" && second === "versions" && typeof third === "number" && path.length === 4)
      return fourth === "schema" ? "drop" : "keep";
    return isDefinition && first === "spec" && second === "validation" ? "drop" : "keep";
  };
}

/** A short text of its own: JavaScript engines make slices that hold on to the text they were cut from. */
function copyText(text: string): string {
  if (text.length > maxTextLength) return flat(text.slice(0, maxTextLength) + cutMark);
  return text.length < 13 ? text : flat(text);
}

function flat(text: string): string {
  return ` ${text}`.slice(1);
}

/** Sets a key as JSON means it, also `__proto__`. */
function define(target: Record<string, JsonValue>, key: string, value: JsonValue): void {
  if (key === "__proto__")
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
}
