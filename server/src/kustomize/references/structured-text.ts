import { compareCodePoints, isArray, isObject, type JsonValue } from "../../base/json.ts";
import { toJson } from "../tree/json.ts";
import { type Node, noTag, stringTag } from "../tree/node.ts";
import { resolvePlain } from "../tree/resolve.ts";

/**
 * The text of structured data that stood in a scalar, in its former notation: JSON on one line or indented, or YAML.
 * kustomize api, filters/replacement/replacement.go, serializeStructuredData, v0.21.2.
 */
export function printStructured(node: Node, before: string): string {
  if (!/^\s*[[{]/.test(before)) return printYaml(node, 0).trim();
  const isIndented = before.includes("\n") && before.includes("  ");
  return JSON.stringify(
    sorted(toJson(node)),
    (_, value: unknown) => (typeof value === "bigint" ? Number(value) : value),
    isIndented ? 2 : undefined,
  ).replace(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
}

function sorted(value: JsonValue): JsonValue {
  if (isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => compareCodePoints(a, b));
  return Object.fromEntries(entries.map(([key, entry]) => [key, sorted(entry)]));
}

function printYaml(node: Node, depth: number): string {
  const indent = "  ".repeat(depth);
  if (node.kind === "scalar") return printScalar(node);
  if (node.kind === "map") {
    if (node.entries.length === 0) return "{}";
    return node.entries.map(({ key, value }) => `\n${indent}${printScalar(key)}:${printNested(value, depth)}`).join("");
  }
  return node.items.length === 0
    ? "[]"
    : node.items.map((item) => `\n${indent}- ${printYaml(item, depth + 1).trimStart()}`).join("");
}

/** Lists stand at the indentation of their key. */
function printNested(value: Node, depth: number): string {
  const isEmpty = value.entries.length === 0 && value.items.length === 0;
  if (value.kind === "scalar" || isEmpty) return ` ${printYaml(value, depth)}`;
  return printYaml(value, value.kind === "list" ? depth : depth + 1);
}

function printScalar({ text, tag, quoted }: Node): string {
  if (quoted) return JSON.stringify(text);
  const implied = resolvePlain(text).tag;
  if (tag !== noTag && tag !== stringTag && tag !== implied) return `${tag} ${text}`;
  const isPlain = /^(?:[^\s#&*!|>'"%@`{}[\],?:-](?:[^\n#:]*[^\s#:])?|[-+]?[\d.]+)?$/.test(text);
  return isPlain && (tag !== stringTag || implied === stringTag) ? text : JSON.stringify(text);
}
