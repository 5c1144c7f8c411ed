import { refuse } from "../failure.ts";
import { entry, field } from "../tree/fields.ts";
import { Node, nullTag, stringTag, textOf } from "../tree/node.ts";
import { sameJson } from "./same-json.ts";

/** One operation of a JSON patch. */
export interface Operation {
  readonly node: Node;
  readonly kind: string;
  readonly path: string | undefined;
  readonly from: string | undefined;
  readonly value: Node | undefined;
}

/** The operations in the items of a list; nothing where an item is no map. */
export function readOperations(list: Node): readonly Operation[] | undefined {
  if (list.kind !== "list" || list.items.some((item) => item.kind !== "map" && item.tag !== nullTag)) return undefined;
  return list.items.map((node) => ({
    node,
    kind: pointer(node, "op") ?? "unknown",
    path: pointer(node, "path"),
    from: pointer(node, "from"),
    value: field(node, "value"),
  }));
}

function pointer(node: Node, name: string): string | undefined {
  const found = field(node, name);
  return found?.kind === "scalar" && found.tag === stringTag ? textOf(found) : undefined;
}

/**
 * Applies a JSON patch in place. Maps take `replace` of a missing key; indices may be negative.
 * gopkg.in/evanphx/json-patch.v4, patch.go, Patch.Apply.
 */
export function applyJsonPatch(document: Node, operations: readonly Operation[]): Node {
  let root = document;
  for (const operation of operations) root = applyOperation(root, operation);
  return root;
}

function applyOperation(root: Node, operation: Operation): Node {
  const { kind, value } = operation;
  const to: Access = { operation, side: "path" };
  const from: Access = { operation, side: "from" };
  if (kind === "replace" && operation.path === "") return replaceRoot(value, operation);
  switch (kind) {
    case "add":
      add(root, newValue(value), to);
      break;
    case "remove":
      remove(root, to);
      break;
    case "replace":
      replace(root, newValue(value), to);
      break;
    case "move": {
      const moved = read(root, from) ?? newValue(undefined);
      remove(root, from);
      add(root, moved, to);
      break;
    }
    case "copy":
      add(root, (read(root, from) ?? newValue(undefined)).copy(), to);
      break;
    case "test":
      test(root, to);
      break;
    default:
      fail(operation, `Unexpected kind: ${kind}`);
  }
  return root;
}

/** One of the two paths of an operation, on the way to its place. */
interface Access {
  readonly operation: Operation;
  readonly side: "path" | "from";
}

function newValue(value: Node | undefined): Node {
  return value?.copy() ?? Node.scalar("null", nullTag);
}

function replaceRoot(value: Node | undefined, operation: Operation): Node {
  if (value === undefined || value.kind === "scalar")
    fail(operation, "replace operation value must be object or array");
  return value.copy();
}

function add(root: Node, value: Node, access: Access): void {
  const { container, key } = find(root, access);
  if (container.kind === "map") {
    put(container, key, value);
    return;
  }
  const index = key === "-" ? container.items.length : listIndex(key, container.items.length + 1, access);
  container.items = [...container.items.slice(0, index), value, ...container.items.slice(index)];
}

function remove(root: Node, access: Access): void {
  const { container, key } = find(root, access);
  if (container.kind === "list") {
    const index = listIndex(key, container.items.length, access);
    container.items = container.items.filter((_, other) => other !== index);
    return;
  }
  if (entry(container, key) === undefined)
    failAt(access, key, `Unable to remove nonexistent key: ${key}: missing value`);
  container.entries = container.entries.filter((other) => other.key.text !== key);
}

function replace(root: Node, value: Node, access: Access): void {
  const { container, key } = find(root, access);
  if (container.kind === "map") {
    put(container, key, value);
    return;
  }
  const index = listIndex(key, container.items.length, access);
  inherit(value, container.items[index]);
  container.items = container.items.with(index, value);
}

function put(map: Node, key: string, value: Node): void {
  const index = map.entries.findIndex((other) => other.key.text === key);
  const known = map.entries[index];
  if (known === undefined)
    map.entries = [...map.entries, { key: Node.scalar(key, stringTag, value.origin, true), value }];
  else {
    inherit(value, known.value);
    map.entries = map.entries.with(index, { key: known.key, value });
  }
}

/** The places of the value that is replaced stay known. */
function inherit(value: Node, before: Node | undefined): void {
  if (before?.origin !== undefined) value.earlier = [...before.earlier, before.origin];
}

function test(root: Node, access: Access): void {
  const { operation } = access;
  const path = pathOf(access);
  const found = path === "" ? root : read(root, access);
  const isNull = (node: Node | undefined): boolean => node === undefined || node.tag === nullTag;
  const equal = isNull(found) ? isNull(operation.value) : !isNull(operation.value) && sameJson(found, operation.value);
  if (!equal) fail(operation, `testing value ${path} failed: test failed`);
}

/** The value at a path; `undefined` for a missing key of a map. */
function read(root: Node, access: Access): Node | undefined {
  const { container, key } = find(root, access);
  return container.kind === "map"
    ? field(container, key)
    : container.items[listIndex(key, container.items.length, access)];
}

interface Found {
  readonly container: Node;
  readonly key: string;
}

function find(root: Node, access: Access): Found {
  const path = pathOf(access);
  const parts = path.split("/").map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  const key = parts.at(-1);
  let container: Node | undefined = parts.length < 2 ? undefined : root;
  for (const part of parts.slice(1, -1)) container = child(container, part);
  if (key === undefined || container === undefined || container.kind === "scalar") {
    const { kind } = access.operation;
    return fail(access.operation, `${kind} operation does not apply: ${missingPath(access, path)}: missing value`);
  }
  return { container, key };
}

function missingPath({ operation: { kind }, side }: Access, path: string): string {
  if (kind === "test") return `is missing path: ${path}`;
  if (kind === "move" || kind === "copy")
    return `doc is missing ${side === "from" ? "from" : "destination"} path: ${path}`;
  return `doc is missing path: ${kind === "replace" ? path : `"${path}"`}`;
}

function child(node: Node | undefined, part: string): Node | undefined {
  if (node?.kind === "map") return field(node, part);
  if (node?.kind !== "list" || !/^[-+]?\d+$/.test(part)) return undefined;
  return node.items.at(Number(part));
}

function listIndex(key: string, limit: number, access: Access): number {
  const index = /^[-+]?\d+$/.test(key) ? Number(key) : NaN;
  if (Number.isNaN(index)) failAt(access, key, notAnIndex(key, access));
  if (index >= limit || index < -limit)
    failAt(access, key, `Unable to access invalid index: ${String(index)}: invalid index referenced`);
  return index < 0 ? index + limit : index;
}

function notAnIndex(key: string, { operation: { kind }, side }: Access): string {
  const reason = `strconv.Atoi: parsing ${JSON.stringify(key)}: invalid syntax`;
  const isAdded = kind === "add" || ((kind === "move" || kind === "copy") && side === "path");
  return isAdded ? `value was not a proper array index: '${key}': ${reason}` : reason;
}

/** The last part of a path leads nowhere. */
function failAt(access: Access, key: string, reason: string): never {
  const { operation, side } = access;
  const { kind } = operation;
  const path = pathOf(access);
  if (kind === "replace")
    fail(operation, `replace operation does not apply: doc is missing key: ${path}: missing value`);
  if (kind === "copy" && side === "path") fail(operation, `error while adding value during copy: ${reason}`);
  if (kind === "move" && side === "from") fail(operation, `error in move for path: '${key}': ${reason}`);
  return fail(operation, `error in ${kind} for ${side}: '${path}': ${reason}`);
}

function pathOf({ operation, side }: Access): string {
  return operation[side] ?? fail(operation, `${operation.kind} operation failed to decode ${side}: missing value`);
}

function fail(operation: Operation, message: string): never {
  return refuse("patch-fails", message, operation.node.origin);
}
