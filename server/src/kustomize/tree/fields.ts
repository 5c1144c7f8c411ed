import { refuse } from "../failure.ts";
import type { SourceRange } from "../types.ts";
import { toJson } from "./json.ts";
import { isYaml11NonString } from "./resolve.ts";
import { type Entry, isMissing, isString, Node, type NodeKind, noTag, nullTag, stringTag, textOf } from "./node.ts";

/** The first entry with the name; `undefined` also where the node is no map. */
export function entry(node: Node | undefined, name: string): Entry | undefined {
  return node?.kind === "map" ? node.entries.find(({ key }) => key.text === name) : undefined;
}

/** The value of the first entry with the name, also a null. */
export function field(node: Node | undefined, name: string): Node | undefined {
  return entry(node, name)?.value;
}

/** The value of a field; a node that is neither null nor a map is refused. kyaml, yaml/fns.go, FieldMatcher. */
export function get(node: Node | undefined, name: string): Node | undefined {
  if (isMissing(node)) return undefined;
  demandKind(node, "map");
  return field(node, name);
}

/** The text of a string field, empty where it is absent or null. */
export function fieldText(node: Node | undefined, ...path: readonly string[]): string {
  let current = node;
  for (const name of path) current = field(current, name);
  return textOf(current);
}

/** Refuses a node of another kind; nulls have every kind. kyaml, yaml/fns.go, ErrorIfInvalid. */
export function demandKind(node: Node | undefined, kind: NodeKind): void {
  if (isMissing(node) || node.kind === kind) return;
  refuse(
    "patch-fails",
    `wrong node kind: expected ${kindNames[kind]} but got ${kindNames[node.kind]}: node contents:\n${describe(node)}`,
    node.origin,
  );
}

const kindNames: Readonly<Record<NodeKind, string>> = {
  scalar: "ScalarNode",
  map: "MappingNode",
  list: "SequenceNode",
};

function describe(node: Node): string {
  return node.kind === "scalar"
    ? node.text
    : JSON.stringify(toJson(node), (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value));
}

/** Removes the first entry with the name. kyaml, yaml/fns.go, FieldClearer. */
export function clear(node: Node | undefined, name: string): void {
  demandKind(node, "map");
  if (node?.kind !== "map") return;
  const index = node.entries.findIndex(({ key }) => key.text === name);
  if (index >= 0) node.entries = [...node.entries.slice(0, index), ...node.entries.slice(index + 1)];
}

/**
 * Sets a field. An existing node takes over the value but keeps its quotes; a missing value or a null removes the field.
 * kyaml, yaml/fns.go, FieldSetter.
 */
export function setField(node: Node, name: string, value: Node | undefined, keepNull = false): Node | undefined {
  if (value === undefined || (value.tag === nullTag && !keepNull)) {
    clear(node, name);
    return undefined;
  }
  quoteForYaml11(value);
  const existing = get(node, name);
  if (existing !== undefined) {
    value.quoted = existing.quoted;
    existing.become(value);
    return existing;
  }
  if (node.kind === "map") node.entries = [...node.entries, { key: Node.scalar(name, noTag, value.origin), value }];
  return value;
}

/** Gives a scalar the value of another one, keeping its quotes. kyaml, yaml/fns.go, FieldSetter without a name. */
export function setScalar(node: Node, value: Node): void {
  demandKind(node, "scalar");
  if (isMissing(value)) return;
  value.quoted = node.quoted;
  node.become(value);
}

/** New strings that YAML 1.1 would take for something else get quotes. */
function quoteForYaml11(value: Node): void {
  if (isString(value) && isYaml11NonString(value.text)) value.quoted = true;
}

/** A string that keeps its type whatever it looks like. */
export function stringNode(text: string, origin?: SourceRange): Node {
  return Node.scalar(text, stringTag, origin, text.includes("\n"));
}

/**
 * The node at a path of field names, indices (`0`, `-` for the last) and matches (`[name=web]`, `[=value]`); `undefined` where there is none.
 * kyaml, yaml/fns.go, PathGetter.
 */
export function lookup(node: Node | undefined, path: readonly string[]): Node | undefined {
  let current = node;
  for (const part of cleanPath(path)) {
    current = step(current, part);
    if (current === undefined) return undefined;
  }
  return current;
}

/** The node at a path; missing parts are made on the way, the last one with the given kind. kyaml, yaml/fns.go, LookupCreate. */
export function lookupOrCreate(
  node: Node,
  path: readonly string[],
  kind: NodeKind,
  origin?: SourceRange,
): Node | undefined {
  let current: Node | undefined = node;
  const parts = cleanPath(path);
  for (const [index, part] of parts.entries()) {
    const next = parts[index + 1];
    const kindHere: NodeKind = next === undefined ? kind : isListMatch(next) || isIndex(next) ? "list" : "map";
    current =
      isListMatch(part) || isIndex(part) || part === "-" || part === "*"
        ? stepOrAppend(current, part, origin)
        : getOrCreate(current, part, kindHere, origin);
    if (current === undefined) return undefined;
  }
  return current;
}

function getOrCreate(
  node: Node | undefined,
  name: string,
  kind: NodeKind,
  origin: SourceRange | undefined,
): Node | undefined {
  if (isMissing(node)) return undefined;
  return get(node, name) ?? setField(node, name, new Node(kind, noTag, origin));
}

function stepOrAppend(node: Node | undefined, part: string, origin: SourceRange | undefined): Node | undefined {
  const found = step(node, part);
  if (found !== undefined || node === undefined || !isListMatch(part)) return found;
  const [name, value] = splitListMatch(part);
  const created = name === "" ? Node.scalar(value, noTag, origin) : Node.map(origin);
  if (name !== "")
    created.entries = [{ key: Node.scalar(name, noTag, origin), value: Node.scalar(value, noTag, origin) }];
  node.items = [...node.items, created];
  return created;
}

function step(node: Node | undefined, part: string): Node | undefined {
  if (part === "*") refuse("other", "wildcard is not supported in PathGetter");
  if (/^-\d+$/.test(part)) refuse("other", `array index ${part} cannot be negative`);
  if (isIndex(part) || part === "-") {
    const items = listItems(node);
    return part === "-" ? items.at(-1) : items[Number(part)];
  }
  return isListMatch(part) ? matchItem(node, ...splitListMatch(part)) : get(node, part);
}

/** The items of a list; nothing but a list has any. kyaml, yaml/rnode.go, RNode.Elements. */
export function listItems(node: Node | undefined): readonly Node[] {
  demandKind(node, "list");
  return node?.items ?? [];
}

/** The first item whose field has the value, or the first scalar item of that text. kyaml, yaml/fns.go, ElementMatcher. */
function matchItem(node: Node | undefined, name: string, value: string): Node | undefined {
  return listItems(node).find((item) =>
    name === "" ? item.text === value : item.kind === "map" && field(item, name)?.text === value,
  );
}

function cleanPath(path: readonly string[]): readonly string[] {
  return path.map((part) => part.trim()).filter((part) => part !== "");
}

/** Whether a part of a path selects an item of a list by a value: `[name=web]`. */
export function isListMatch(part: string): boolean {
  return part.startsWith("[") && part.endsWith("]");
}

/** Whether a part of a path is an index as Go reads integers. */
export function isIndex(part: string): boolean {
  return /^\+?\d+$/.test(part);
}

/** The field and the value of `[name=web]`. */
export function splitListMatch(part: string): readonly [name: string, value: string] {
  const inner = part.slice(1, -1);
  const sign = inner.indexOf("=");
  if (sign < 0) refuse("other", "list path element must contain fieldName=fieldValue for element to match");
  return [inner.slice(0, sign), inner.slice(sign + 1)];
}

/** Splits at `/` (or another delimiter) unless a backslash precedes it. kyaml, utils/pathsplitter.go, PathSplitter. */
export function splitPath(path: string, delimiter: string): readonly string[] {
  const parts = path.split(delimiter);
  if (parts.length > 1 && parts[0] === "") parts.shift();
  const result: string[] = [];
  for (const part of parts) {
    const previous = result.at(-1);
    if (previous?.endsWith("\\") === true) result[result.length - 1] = previous.slice(0, -1) + delimiter + part;
    else result.push(part);
  }
  return result;
}

/** Splits at dots, but not within brackets: `metadata.annotations.[a.b/c]`. kyaml, utils/pathsplitter.go, SmarterPathSplitter. */
export function splitFieldPath(path: string): readonly string[] {
  const result: string[] = [];
  const parts = splitPath(path, ".");
  for (let index = 0; index < parts.length; index++) {
    let part = parts[index] ?? "";
    if (!part.startsWith("[") || part.endsWith("]")) {
      result.push(part);
      continue;
    }
    while (index < parts.length - 1) {
      index++;
      part += `.${parts[index] ?? ""}`;
      if (parts[index]?.endsWith("]") === true) break;
    }
    result.push(part.includes("=") ? part : part.replace(/^[[\]]+|[[\]]+$/g, ""));
  }
  return result;
}
