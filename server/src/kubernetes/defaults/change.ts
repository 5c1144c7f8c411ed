/** Small steps of defaulting. Each leaves values of a wrong type alone: other parts complain about them. */

import { isArray, isObject } from "../../base/json.ts";
import type { JsonObject, JsonValue } from "../../base/json.ts";

/** One step: an object in, the same or a changed one out. */
export type Change = (object: JsonObject) => JsonObject;

/** Applies changes one after the other. */
export function changed(object: JsonObject, ...changes: readonly Change[]): JsonObject {
  return changes.reduce((current, change) => change(current), object);
}

/** Sets fields that are absent or null: pointers in Go. */
export function fillAbsent(defaults: JsonObject): Change {
  return (object) => fill(object, defaults, (value) => value === undefined || value === null);
}

/** Sets fields that are absent, null, empty texts or 0: plain values in Go. */
export function fillEmpty(defaults: JsonObject): Change {
  return (object) => fill(object, defaults, isZero);
}

/** Changes a map where there is one. */
export function inField(field: string, ...changes: readonly Change[]): Change {
  return (object) => {
    const value = object[field];
    return isObject(value) ? { ...object, [field]: changed(value, ...changes) } : object;
  };
}

/** Changes a map, an empty one where there is none: structs in Go, which are always there. */
export function inStruct(field: string, ...changes: readonly Change[]): Change {
  const change = inField(field, ...changes);
  return (object) =>
    change(object[field] === undefined || object[field] === null ? { ...object, [field]: {} } : object);
}

/** Changes every map of a list. */
export function inEach(field: string, ...changes: readonly Change[]): Change {
  return (object) => {
    const list = object[field];
    if (!isArray(list)) return object;
    return { ...object, [field]: list.map((entry) => (isObject(entry) ? changed(entry, ...changes) : entry)) };
  };
}

/** Applies changes to objects that meet a condition. */
export function when(condition: (object: JsonObject) => boolean, ...changes: readonly Change[]): Change {
  return (object) => (condition(object) ? changed(object, ...changes) : object);
}

/** Takes a field away. */
export function without(field: string): Change {
  return (object) => Object.fromEntries(Object.entries(object).filter(([key]) => key !== field));
}

/** Takes plain fields away that hold nothing: Go does not write them. */
export function withoutEmpty(...fields: readonly string[]): Change {
  return (object) =>
    Object.fromEntries(Object.entries(object).filter(([key, value]) => !(fields.includes(key) && isZero(value))));
}

/** Takes maps with free keys away that are empty. */
export function withoutEmptyMaps(...fields: readonly string[]): Change {
  const isEmptyMap = (value: JsonValue): boolean => isObject(value) && Object.keys(value).length === 0;
  return (object) =>
    Object.fromEntries(Object.entries(object).filter(([key, value]) => !(fields.includes(key) && isEmptyMap(value))));
}

/** Whether a value is what Go has for a plain field that was not written. */
export function isZero(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || value === "" || value === 0 || value === false;
}

function fill(
  object: JsonObject,
  defaults: JsonObject,
  isMissing: (value: JsonValue | undefined) => boolean,
): JsonObject {
  const missing = Object.entries(defaults).filter(([field]) => isMissing(object[field]));
  return missing.length === 0 ? object : { ...object, ...Object.fromEntries(missing) };
}
