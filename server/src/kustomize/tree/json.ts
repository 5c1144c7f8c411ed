import type { JsonObject, JsonValue } from "../../base/json.ts";
import { attempt, Refusal, refuse } from "../failure.ts";
import { boolTag, floatTag, intTag, mergeTag, Node, noTag, nullTag, stringTag } from "./node.ts";
import { resolvePlain, resolveTagged, type ScalarValue } from "./resolve.ts";

/**
 * The value that kustomize prints: the node is written as YAML and read back, so that a text without a tag gets its meaning here.
 * Duplicate keys, keys that are no strings, infinite numbers and tags that contradict their text are refused.
 * kyaml, yaml/rnode.go, RNode.MarshalJSON, v0.21.2.
 */
export function toJson(node: Node): JsonValue {
  const { finished } = node;
  return finished === undefined ? makeJson(node) : (finished.json ??= makeJson(finished));
}

function makeJson(node: Node): JsonValue {
  if (node.kind === "map") return mapToJson(node);
  if (node.kind === "list") return node.items.map(toJson);
  const value = valueOf(node);
  if (typeof value === "number" && !Number.isFinite(value))
    refuse("invalid-yaml", `json: unsupported value: ${printInfinity(value)}`, node.origin);
  return value;
}

/** The whole object; a document that is no map is refused. */
export function toJsonObject(node: Node): JsonObject {
  return node.kind === "map"
    ? mapToJson(node, true)
    : refuse("invalid-yaml", "yaml: unmarshal errors: cannot unmarshal into map[string]interface {}", node.origin);
}

function mapToJson(node: Node, outermost = false): JsonObject {
  const result: Record<string, JsonValue> = {};
  for (const { key, value } of node.entries) {
    const name = key.text;
    if (key.kind !== "scalar") refuse("invalid-yaml", "yaml: invalid map key", key.origin);
    if (!outermost && !isStringKey(key))
      refuse("invalid-yaml", "json: unsupported type: map[interface {}]interface {}", key.origin);
    if (Object.hasOwn(result, name))
      refuse("invalid-yaml", `yaml: unmarshal errors: mapping key ${JSON.stringify(name)} already defined`, key.origin);
    if (value.isClosed) defineClosed(result, name, value);
    else define(result, name, toJson(value));
  }
  return result;
}

function isStringKey(key: Node): boolean {
  const tag = resolvedTag(key);
  return tag === stringTag || tag === mergeTag;
}

/** Sets a property that is made when somebody asks for it; one that can't be printed is null. */
function defineClosed(target: Record<string, JsonValue>, name: string, node: Node): void {
  let value: JsonValue | undefined;
  const get = (): JsonValue => {
    if (value === undefined) {
      const made = attempt(() => toJson(node));
      value = made instanceof Refusal ? null : made;
    }
    return value;
  };
  Object.defineProperty(target, name, { get, enumerable: true, configurable: true });
}

/** Sets a property, also one called `__proto__`. */
function define(target: Record<string, JsonValue>, name: string, value: JsonValue): void {
  if (name === "__proto__")
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  else target[name] = value;
}

/** The meaning of a scalar once it is printed and read back. */
export function valueOf(node: Node): ScalarValue {
  const tag = printedTag(node);
  if (tag === noTag) return node.quoted || node.text.includes("\n") ? node.text : resolvePlain(node.text).value;
  if (tag === stringTag) return node.text;
  const resolved = resolveTagged(tag, node.text);
  if (resolved === undefined) {
    return refuse(
      "invalid-yaml",
      `yaml: cannot decode ${resolvePlain(node.text).tag} \`${node.text}\` as a ${tag}`,
      node.origin,
    );
  }
  return resolved.value;
}

function resolvedTag(node: Node): string {
  const tag = printedTag(node);
  if (tag !== noTag) return tag;
  return node.quoted ? stringTag : resolvePlain(node.text).tag;
}

/** The tag that is printed: one that the text implies is left out, before quotes it means something. go.yaml.in/yaml/v3, encode.go, encoder.node, v3.0.5. */
function printedTag(node: Node): string {
  if (node.tag === noTag) return noTag;
  if (node.quoted) return node.tag === stringTag ? noTag : node.tag;
  return resolvePlain(node.text).tag === node.tag ? noTag : node.tag;
}

/** A node that means the given JSON value, read as kustomize reads its own JSON. */
export function fromJson(value: JsonValue, origin: Node["origin"]): Node {
  if (Array.isArray(value)) {
    const list = Node.list(origin);
    list.items = value.map((item: JsonValue) => fromJson(item, origin));
    return list;
  }
  if (typeof value === "object" && value !== null) {
    const map = Node.map(origin);
    map.entries = Object.entries(value).map(([name, entry]) => ({
      key: Node.scalar(name, stringTag, origin),
      value: fromJson(entry, origin),
    }));
    return map;
  }
  return scalarFromJson(value, origin);
}

/** A scalar as it comes out of JSON in Go, where every number is a float. */
export function scalarFromJson(value: ScalarValue, origin: Node["origin"]): Node {
  switch (typeof value) {
    case "string":
      return Node.scalar(value, stringTag, origin, needsQuotes(value));
    case "boolean":
      return Node.scalar(String(value), boolTag, origin);
    case "object":
      return Node.scalar("null", nullTag, origin);
    default: {
      const text = shortestFloat(Number(value));
      return Node.scalar(text, /[.e]/.test(text) ? floatTag : intTag, origin);
    }
  }
}

/** Whether go.yaml.in/yaml/v3 writes the string with quotes or as a block, so that YAML 1.1 reads a string as well (encode.go, stringv). */
function needsQuotes(text: string): boolean {
  const isOldBool = /^(?:[yYnN]|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)$/.test(text);
  const isBase60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/.test(text);
  return isOldBool || isBase60 || text.includes("\n") || resolvePlain(text).tag !== stringTag;
}

/** Go's shortest form of a float (`strconv.FormatFloat` with `g`): an exponent from a million on and below a ten-thousandth. */
export function shortestFloat(value: number): string {
  const [mantissa = "", exponent = "0"] = value.toExponential().split("e");
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(value);
  return `${mantissa}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

function printInfinity(value: number): string {
  return Number.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
}
