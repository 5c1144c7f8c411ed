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
  if (kind === "replace" && operation.path === "") return replaceRoot(value, operation);
  switch (kind) {
    case "add":
      add(root, demandPath(operation), newValue(value), operation);
      break;
    case "remove":
      remove(root, demandPath(operation), operation);
      break;
    case "replace":
      replace(root, demandPath(operation), newValue(value), operation);
      break;
    case "move": {
      const from = demandFrom(operation);
      const moved = read(root, from, operation) ?? newValue(undefined);
      remove(root, from, operation);
      add(root, demandPath(operation), moved, operation);
      break;
    }
    case "copy":
      add(
        root,
        demandPath(operation),
        (read(root, demandFrom(operation), operation) ?? newValue(undefined)).copy(),
        operation,
      );
      break;
    case "test":
      test(root, demandPath(operation), operation);
      break;
    default:
      fail(operation, `Unexpected kind: ${kind}`);
  }
  return root;
}

function newValue(value: Node | undefined): Node {
  return value?.copy() ?? Node.scalar("null", nullTag);
}

function replaceRoot(value: Node | undefined, operation: Operation): Node {
  if (value === undefined || value.kind === "scalar")
    fail(operation, "replace operation value must be object or array");
  return value.copy();
}

function add(root: Node, path: string, value: Node, operation: Operation): void {
  const { container, key } = find(root, path, operation);
  if (container.kind === "map") {
    put(container, key, value);
    return;
  }
  const index = key === "-" ? container.items.length : listIndex(container, key, container.items.length + 1, operation);
  container.items = [...container.items.slice(0, index), value, ...container.items.slice(index)];
}

function remove(root: Node, path: string, operation: Operation): void {
  const { container, key } = find(root, path, operation);
  if (container.kind === "list") {
    const index = listIndex(container, key, container.items.length, operation);
    container.items = container.items.filter((_, other) => other !== index);
    return;
  }
  if (entry(container, key) === undefined) {
    fail(operation, `error in remove for path: '${path}': Unable to remove nonexistent key: ${key}: missing value`);
  }
  container.entries = container.entries.filter((other) => other.key.text !== key);
}

function replace(root: Node, path: string, value: Node, operation: Operation): void {
  const { container, key } = find(root, path, operation);
  if (container.kind === "map") {
    put(container, key, value);
    return;
  }
  const index = listIndex(container, key, container.items.length, operation);
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

function test(root: Node, path: string, operation: Operation): void {
  const found = path === "" ? root : read(root, path, operation);
  const isNull = (node: Node | undefined): boolean => node === undefined || node.tag === nullTag;
  const equal = isNull(found) ? isNull(operation.value) : !isNull(operation.value) && sameJson(found, operation.value);
  if (!equal) fail(operation, `testing value ${path} failed: test failed`);
}

/** The value at a path; `undefined` for a missing key of a map. */
function read(root: Node, path: string, operation: Operation): Node | undefined {
  const { container, key } = find(root, path, operation);
  return container.kind === "map"
    ? field(container, key)
    : container.items[listIndex(container, key, container.items.length, operation)];
}

interface Found {
  readonly container: Node;
  readonly key: string;
}

function find(root: Node, path: string, operation: Operation): Found {
  const parts = path.split("/").map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  const key = parts.at(-1);
  let container: Node | undefined = parts.length < 2 ? undefined : root;
  for (const part of parts.slice(1, -1)) container = child(container, part);
  if (key === undefined || container === undefined || container.kind === "scalar") {
    return fail(operation, `${operation.kind} operation does not apply: doc is missing path: ${path}: missing value`);
  }
  return { container, key };
}

function child(node: Node | undefined, part: string): Node | undefined {
  if (node?.kind === "map") return field(node, part);
  if (node?.kind !== "list" || !/^[-+]?\d+$/.test(part)) return undefined;
  return node.items.at(Number(part));
}

function listIndex(list: Node, key: string, limit: number, operation: Operation): number {
  const index = /^[-+]?\d+$/.test(key) ? Number(key) : NaN;
  if (Number.isNaN(index) || index >= limit || index < -limit) {
    return fail(
      operation,
      `${operation.kind} operation does not apply: doc is missing key: ${operation.path ?? ""}: Unable to access invalid index: ${key}`,
    );
  }
  return index < 0 ? index + limit : index;
}

function demandPath(operation: Operation): string {
  return operation.path ?? fail(operation, `${operation.kind} operation failed to decode path: missing value`);
}

function demandFrom(operation: Operation): string {
  return operation.from ?? fail(operation, `${operation.kind} operation failed to decode from: missing value`);
}

function fail(operation: Operation, message: string): never {
  return refuse("patch-fails", message, operation.node.origin);
}
