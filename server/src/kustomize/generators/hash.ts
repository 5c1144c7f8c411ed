import { compareCodePoints, isArray, isObject, type JsonValue } from "../../base/json.ts";
import { sha256 } from "../../base/sha256.ts";
import { refuse } from "../failure.ts";
import { note, type Resource } from "../resource.ts";
import { field, lookup } from "../tree/fields.ts";
import { toJson } from "../tree/json.ts";
import type { Node } from "../tree/node.ts";

/** Puts the hash of its contents behind the name of every object that asks for it. kustomize api, internal/builtins/HashTransformer.go, v0.21.2. */
export function addHashes(resources: readonly Resource[]): void {
  for (const resource of resources) {
    if (!resource.isEnabled(note.needsHash)) continue;
    const hash = hashOf(resource);
    resource.storePreviousId();
    resource.setName(`${resource.name}-${hash}`, lookup(resource.node, ["metadata", "name"])?.origin);
  }
}

/** The hash covers kind, data and type, but not the name. kustomize api, hasher/hasher.go, v0.21.2. */
function hashOf({ node, kind }: Resource): string {
  if (kind !== "ConfigMap" && kind !== "Secret") {
    refuse("other", `the contents hash of a ${kind} depends on how kustomize keeps it in memory`, node.origin);
  }
  const hashed: Record<string, JsonValue> = { kind, name: "", data: contents(node, "data") };
  if (kind === "Secret") hashed["type"] = contents(node, "type");
  const other = contents(node, kind === "Secret" ? "stringData" : "binaryData");
  if (isObject(other)) hashed[kind === "Secret" ? "stringData" : "binaryData"] = other;
  return encodeDigits(sha256(goJson(hashed)).slice(0, 10));
}

function contents(node: Node, name: string): JsonValue {
  const found = field(node, name);
  if (found === undefined) return "";
  return found.kind === "scalar" ? found.text : toJson(found);
}

/** What stands behind a name with a hash. */
export const hashSuffix = /-[2456789bcdfghkmt]{10}$/;

/** Digits and vowels become consonants, so that no words arise. */
function encodeDigits(digits: string): string {
  const letters: Readonly<Record<string, string>> = { "0": "g", "1": "h", "3": "k", a: "m", e: "t" };
  return digits.replace(/[013ae]/g, (digit) => letters[digit] ?? digit);
}

/** JSON as Go's encoding/json writes it: sorted keys, and the characters of HTML escaped. */
function goJson(value: JsonValue): string {
  if (typeof value === "bigint") return value.toString();
  if (isArray(value)) return `[${value.map(goJson).join(",")}]`;
  if (isObject(value)) {
    const entries = Object.entries(value).sort(([a], [b]) => compareCodePoints(a, b));
    return `{${entries.map(([key, entry]) => `${goText(key)}:${goJson(entry)}`).join(",")}}`;
  }
  return typeof value === "string" ? goText(value) : JSON.stringify(value);
}

function goText(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
