import { canonicalJson, isArray, isObject, type JsonObject, type JsonPath, type JsonValue } from "../../base/json.ts";

/** A change for which the API server refuses the update of an object. */
export interface UpdateRefusal {
  /** As the API server prints it. */
  readonly field: string;
  readonly path: JsonPath;
  /** The API server's words after the field. */
  readonly message: string;
}

export type UpdateRule = (before: JsonObject, after: JsonObject) => readonly UpdateRefusal[];

/** Absent, null and empty values are the same for the API server's comparison, wherever they stand. */
export function isSame(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  return canonicalJson(normal(a)) === canonicalJson(normal(b));
}

function normal(value: JsonValue | undefined): JsonValue {
  if (isArray(value)) return value.length === 0 ? null : value.map(normal);
  if (!isObject(value)) return value === undefined || value === "" ? null : value;
  const entries = Object.entries(value).map(([key, entry]) => [key, normal(entry)] as const);
  const kept = entries.filter(([, entry]) => entry !== null);
  return kept.length === 0 ? null : Object.fromEntries(kept);
}

export function without(object: JsonObject, ...fields: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !fields.includes(key)));
}
