import type { Scenario } from "../../../server/src/simulation/scenario.ts";

/** An API object, as the scenario has it. */
export type ApiObject = Scenario["objects"][number];
type Value = ApiObject[string] | undefined;

/** The value below a path of keys, `undefined` where the path leads nowhere. */
export function at(value: Value, ...path: readonly string[]): Value {
  let current: Value = value;
  for (const key of path) {
    if (!isMap(current) || !Object.hasOwn(current, key)) return undefined;
    current = current[key];
  }
  return current;
}

/** The text below a path of keys. */
export function textAt(value: Value, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === "string" ? found : undefined;
}

/** The number below a path of keys. */
export function numberAt(value: Value, ...path: readonly string[]): number | undefined {
  const found = at(value, ...path);
  return typeof found === "number" ? found : undefined;
}

/** The list below a path of keys, an empty one where there is none. */
export function listAt(value: Value, ...path: readonly string[]): readonly ApiObject[string][] {
  const found = at(value, ...path);
  return isList(found) ? found : [];
}

/** The object with another value at the path; maps that are missing on the way are made. */
export function withValue(object: ApiObject, path: readonly string[], value: ApiObject[string]): ApiObject {
  const [key, ...rest] = path;
  if (key === undefined) return object;
  const below = object[key];
  return { ...object, [key]: rest.length === 0 ? value : withValue(isMap(below) ? below : {}, rest, value) };
}

/** The object without some of its keys. */
export function omit<Type extends object, Key extends keyof Type>(
  object: Type,
  ...keys: readonly Key[]
): Omit<Type, Key> {
  const left: readonly PropertyKey[] = keys;
  return Object.fromEntries(Object.entries(object).filter(([key]) => !left.includes(key))) as Omit<Type, Key>;
}

/** What a person reads of a value: texts and numbers as they are, nothing of maps. */
export function plainText(value: Value): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** `Deployment/web`. */
export function idOf(object: ApiObject): string {
  return `${textAt(object, "kind") ?? ""}/${textAt(object, "metadata", "name") ?? ""}`;
}

/** `shop/web`. */
export function qualifiedName(object: ApiObject): string {
  return `${textAt(object, "metadata", "namespace") ?? "default"}/${textAt(object, "metadata", "name") ?? ""}`;
}

function isList(value: Value): value is readonly ApiObject[string][] {
  return Array.isArray(value);
}

function isMap(value: Value): value is ApiObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
