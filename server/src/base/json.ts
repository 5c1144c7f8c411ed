/**
 * A JSON value as the API server decodes it. Integers beyond 2^53 are `bigint`, so that none loses a digit; everything else is plain JSON.
 */
export type JsonValue = string | number | bigint | boolean | null | JsonArray | JsonObject;
export type JsonArray = readonly JsonValue[];
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** A way into a JSON value: keys of maps and indices of lists. */
export type JsonPath = readonly (string | number)[];

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isArray(value: JsonValue | undefined): value is JsonArray {
  return Array.isArray(value);
}

/** The value at a path, `undefined` where the path leads nowhere or through a value of another type. */
export function at(value: JsonValue | undefined, ...path: JsonPath): JsonValue | undefined {
  let current = value;
  for (const step of path) {
    if (typeof step === "number") {
      if (!isArray(current)) return undefined;
      current = current[step];
    } else {
      if (!isObject(current) || !Object.hasOwn(current, step)) return undefined;
      current = current[step];
    }
  }
  return current;
}

/** The text at a path, `undefined` where there is none. */
export function textAt(value: JsonValue | undefined, ...path: JsonPath): string | undefined {
  const found = at(value, ...path);
  return typeof found === "string" ? found : undefined;
}

/** A text or number as text; `undefined` for everything else. */
export function scalarText(value: JsonValue | undefined): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "bigint" ? String(value) : undefined;
}

/** The number at a path, `undefined` where there is none. */
export function numberAt(value: JsonValue | undefined, ...path: JsonPath): number | undefined {
  const found = at(value, ...path);
  return typeof found === "number" ? found : undefined;
}

/** The map at a path, `undefined` where there is none. */
export function objectAt(value: JsonValue | undefined, ...path: JsonPath): JsonObject | undefined {
  const found = at(value, ...path);
  return isObject(found) ? found : undefined;
}

/** The list at a path, an empty one where there is none: the API server treats both alike. */
export function arrayAt(value: JsonValue | undefined, ...path: JsonPath): JsonArray {
  const found = at(value, ...path);
  return isArray(found) ? found : [];
}

/** The map at a path with its text values alone: labels, selectors, annotations. */
export function textMapAt(value: JsonValue | undefined, ...path: JsonPath): Readonly<Record<string, string>> {
  const result: Record<string, string> = {};
  for (const [key, entry] of Object.entries(objectAt(value, ...path) ?? {})) {
    if (typeof entry === "string") result[key] = entry;
  }
  return result;
}

/** Whether two values are the same JSON: the order of keys says nothing. */
export function isSameJson(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  if (left === right) return true;
  if (isArray(left)) {
    return (
      isArray(right) && left.length === right.length && left.every((item, index) => isSameJson(item, right[index]))
    );
  }
  if (isObject(left)) {
    if (!isObject(right)) return false;
    const keys = Object.keys(left);
    return (
      keys.length === Object.keys(right).length &&
      keys.every((key) => Object.hasOwn(right, key) && isSameJson(left[key], right[key]))
    );
  }
  return typeof left === "bigint" && typeof right === "number" && String(left) === String(right);
}

/** JSON with sorted keys and without spaces; equal values give equal texts, integers keep all their digits. */
export function canonicalJson(value: JsonValue): string {
  if (typeof value === "bigint") return value.toString();
  if (isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (isObject(value)) {
    const entries = Object.entries(value).sort(([a], [b]) => compareCodePoints(a, b));
    return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry)}`).join(",")}}`;
  }
  return JSON.stringify(value);
}

/** Order of code points (Go's string order), which differs from JavaScript's order of UTF-16 units beyond the BMP. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left === right) continue;
    return isSurrogate(left) === isSurrogate(right) ? left - right : isSurrogate(left) ? 1 : -1;
  }
  return a.length - b.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}
