import { arrayAt, at, isArray, isObject, textAt } from "../base/json.ts";
import type { JsonObject, JsonPath, JsonValue } from "../base/json.ts";
import type { YamlNode } from "../yaml/node.ts";
import type { ResourceFacts } from "./facts.ts";
import { prune } from "./prune.ts";
import { spanTableOf } from "./span-table.ts";

/** An object of a document and where it stands in it. */
export interface WrittenObject {
  readonly at: JsonPath;
  readonly object: JsonObject;
}

/** The objects of a document: itself, or the items of a List. Whatever has no `apiVersion` and `kind` is none. */
export function objectsOf(value: JsonValue | undefined): readonly WrittenObject[] {
  if (!isObject(value) || !isTyped(value)) return [];
  const kind = textAt(value, "kind") ?? "";
  if (!kind.endsWith("List") || !isArray(at(value, "items"))) return [{ at: [], object: value }];
  return arrayAt(value, "items").flatMap((item, index) => {
    const object = isObject(item) ? withType(item, value, kind) : undefined;
    return object === undefined ? [] : [{ at: ["items", index], object }];
  });
}

/** The facts of one object. `node` is the one of the object's value. */
export function resourceFactsOf({ at: path, object }: WrittenObject, node: YamlNode | null): ResourceFacts {
  const kept = prune(object);
  const namespace = textAt(kept, "metadata", "namespace");
  return {
    apiVersion: textAt(kept, "apiVersion") ?? "",
    kind: textAt(kept, "kind") ?? "",
    name: textAt(kept, "metadata", "name") ?? "",
    namespace: namespace === "" ? undefined : namespace,
    at: path,
    object: kept,
    spans: spanTableOf(kept, node),
  };
}

function isTyped(value: JsonObject): boolean {
  return isFilled(textAt(value, "apiVersion")) && isFilled(textAt(value, "kind"));
}

function isFilled(text: string | undefined): boolean {
  return text !== undefined && text !== "";
}

/** Items of a typed list (`DeploymentList`) may leave out what the list already says. */
function withType(item: JsonObject, list: JsonObject, kind: string): JsonObject | undefined {
  if (isTyped(item)) return item;
  const apiVersion = textAt(list, "apiVersion");
  if (kind === "List" || apiVersion === undefined) return undefined;
  return { ...item, apiVersion, kind: kind.slice(0, -"List".length) };
}
