import { demandKind, get } from "../tree/fields.ts";
import { isEmptyMap, isMissing, type Node, textOf } from "../tree/node.ts";

/** The first item whose keys have the values; with the key "" the first scalar of that text. kyaml, yaml/fns.go, ElementMatcher, v0.21.2. */
export function findItem(list: Node | undefined, keys: readonly string[], values: readonly string[]): Node | undefined {
  if (list?.kind !== "list") return undefined;
  if ((keys[0] ?? "") === "") return list.items.find(({ text }) => text === (values[0] ?? ""));
  if (keys.length !== values.length) return undefined;
  return list.items.find(
    (item) => item.kind === "map" && keys.every((key, index) => get(item, key)?.text === values[index]),
  );
}

/**
 * Puts an item in place of those whose keys have the values, or at the end; without an item those are removed.
 * kyaml, yaml/fns.go, ElementSetter, v0.21.2.
 */
export function setItem(list: Node, item: Node | undefined, keys: readonly string[], values: readonly string[]): void {
  demandKind(list, "list");
  const usedKeys = keys.length === 0 ? [""] : keys;
  const expectsMaps = usedKeys[0] !== "" && values.length > 0 && values[0] !== "";
  const items: Node[] = [];
  let isPlaced = false;
  for (const candidate of list.items) {
    if (isMissing(candidate) || isEmptyMap(candidate)) continue;
    if (candidate.kind !== "map" && expectsMaps) items.push(candidate);
    else if (!hasKeys(candidate, usedKeys, values)) {
      if (values.length > 0) items.push(candidate);
    } else {
      isPlaced = true;
      if (item !== undefined) items.push(item);
    }
  }
  list.items = isPlaced || isMissing(item) ? items : [...items, item];
}

function hasKeys(item: Node, keys: readonly string[], values: readonly string[]): boolean {
  let found: Node | undefined;
  for (const [index, key] of keys.entries()) {
    const value = values[index];
    if (value !== undefined) found = matchField(item, key, value);
    if (found === undefined) return false;
  }
  return true;
}

/** A value of "" matches any. */
function matchField(item: Node, key: string, value: string): Node | undefined {
  if (key === "") {
    demandKind(item, "scalar");
    return textOf(item) === value ? item : undefined;
  }
  const found = get(item, key);
  return value === "" || found?.text === value ? found : undefined;
}

/** Adds the items of a list behind those of another one, in place of items with the same keys. kyaml, yaml/walk/associative_sequence.go, appendListNode, v0.21.2. */
export function appendItems(list: Node, source: Node, keys: readonly string[]): Node {
  for (const item of [...source.items]) {
    if ((keys[0] ?? "") === "") {
      setItem(list, item, [""], [item.text]);
      continue;
    }
    const values: string[] = [];
    for (const key of keys) {
      const value = get(item, key);
      if (value === undefined) list.items = [...list.items, item];
      else values.push(value.text);
    }
    if (keys.length > 1) setItem(list, undefined, keys, values);
    setItem(list, item, keys, values);
  }
  return list;
}
