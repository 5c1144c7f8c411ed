import { isObject, isSameJson, type JsonObject, type JsonValue } from "../../base/json.ts";

const scalarTypes: ReadonlySet<JsonValue | undefined> = new Set(["boolean", "integer", "number", "string"]);
const scalarKeys = keys("type description enum format default nullable minimum maximum minLength maxLength pattern");
const objectKeys = keys(
  "type description required properties additionalProperties x-kubernetes-map-type x-kubernetes-preserve-unknown-fields",
);
const arrayKeys = keys("type description items minItems maxItems x-kubernetes-list-type");
const intOrStringKeys = keys("anyOf description pattern x-kubernetes-int-or-string");

/** What was found of schemas that hold others: each rule asks again on its way down. */
const known = new WeakMap<JsonObject, boolean>();

/**
 * Whether a schema and all below it are such that no rule but those of nested contexts finds anything: most of every CustomResourceDefinition is.
 * It asks less than the rules do, and may say no to what they would accept.
 */
export function isOrdinary(schema: JsonValue | undefined): boolean {
  if (!isObject(schema)) return false;
  if (scalarTypes.has(schema["type"])) return isOrdinaryScalar(schema);
  let answer = known.get(schema);
  if (answer === undefined) {
    answer = isOrdinaryArray(schema) || isOrdinaryObject(schema) || isOrdinaryIntOrString(schema);
    known.set(schema, answer);
  }
  return answer;
}

function isOrdinaryScalar(schema: JsonObject): boolean {
  const { type, format, default: value, pattern } = schema;
  return (
    hasOnly(schema, scalarKeys) &&
    (format === undefined || (type === "integer" && (format === "int32" || format === "int64"))) &&
    (value === undefined || typeof value === type || (type === "integer" && Number.isInteger(value))) &&
    (pattern === undefined || (typeof pattern === "string" && isPattern(pattern)))
  );
}

function isOrdinaryArray(schema: JsonObject): boolean {
  const listType = schema["x-kubernetes-list-type"];
  return (
    schema["type"] === "array" &&
    hasOnly(schema, arrayKeys) &&
    (listType === undefined || listType === "atomic") &&
    isOrdinary(schema["items"])
  );
}

function isOrdinaryObject(schema: JsonObject): boolean {
  if (schema["type"] !== "object" || !hasOnly(schema, objectKeys)) return false;
  const { properties, additionalProperties } = schema;
  const mapType = schema["x-kubernetes-map-type"];
  const preserve = schema["x-kubernetes-preserve-unknown-fields"];
  if ((mapType !== undefined && mapType !== "atomic") || (preserve !== undefined && preserve !== true)) return false;
  if (additionalProperties !== undefined) return properties === undefined && isOrdinary(additionalProperties);
  return properties === undefined || (isObject(properties) && Object.values(properties).every(isOrdinary));
}

function isOrdinaryIntOrString(schema: JsonObject): boolean {
  const { anyOf, pattern } = schema;
  return (
    schema["x-kubernetes-int-or-string"] === true &&
    hasOnly(schema, intOrStringKeys) &&
    isIntOrString(anyOf) &&
    (pattern === undefined || (typeof pattern === "string" && isPattern(pattern)))
  );
}

const intOrString: JsonValue = [{ type: "integer" }, { type: "string" }];

/** Whether `anyOf` is what a schema with `x-kubernetes-int-or-string` may have there. */
export function isIntOrString(anyOf: JsonValue | undefined): boolean {
  return isSameJson(anyOf, intOrString);
}

function keys(names: string): ReadonlySet<string> {
  return new Set(names.split(" "));
}

function hasOnly(schema: JsonObject, allowed: ReadonlySet<string>): boolean {
  for (const key in schema) if (!allowed.has(key)) return false;
  return true;
}

/** Go's syntax knows some things that JavaScript's lacks: inline flags and named groups of its own. */
export function isPattern(pattern: string): boolean {
  const portable = pattern
    .replace(/\(\?[imsU]+(-[imsU]+)?\)/g, "")
    .replaceAll("(?P<", "(?<")
    .replace(/\\[Az]/g, "")
    .replace(/\[\[:\w+:\]\]/g, "[a]");
  try {
    new RegExp(portable);
    return true;
  } catch {
    return false;
  }
}
