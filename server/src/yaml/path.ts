export { locate } from "./locate.ts";
export type { Location } from "./locate.ts";
import type { JsonPath, JsonValue } from "../base/json.ts";
import type { Span } from "../base/span.ts";
import { isMergeKey } from "./key.ts";
import type { YamlEntry, YamlMap, YamlNode } from "./node.ts";
import { Unreadable } from "./problem.ts";
import { evaluate } from "./value.ts";

/** The node at a path, through aliases and merge keys; where a key stands twice, the last one counts. `undefined` also for an empty value. */
export function nodeAtPath(root: YamlNode | null, path: JsonPath): YamlNode | undefined {
  const place = placeAt(root, path);
  return followed(place?.node ?? null) ?? undefined;
}

/** The span of the key at the end of a path, of the item where the path ends with an index. */
export function keySpan(root: YamlNode | null, path: JsonPath): Span | undefined {
  const place = placeAt(root, path);
  return place?.entry?.key.span ?? place?.node?.span;
}

/** The span of the value at a path as it is written (an alias has its own); an empty value has an empty span behind its key. */
export function valueSpan(root: YamlNode | null, path: JsonPath): Span | undefined {
  const place = placeAt(root, path);
  if (place === undefined) return undefined;
  if (place.node !== null) return place.node.span;
  return place.entry === undefined ? undefined : { start: place.entry.span.end, end: place.entry.span.end };
}

/** The entry at a path, `undefined` where the path ends with an index or leads nowhere. */
export function entryAtPath(root: YamlNode | null, path: JsonPath): YamlEntry | undefined {
  return placeAt(root, path)?.entry;
}

/** The JSON of a node, `undefined` where its aliases expand to too much. */
export function toJson(node: YamlNode | null): JsonValue | undefined {
  try {
    return evaluate(node).value;
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

/** An alias's target, every other node itself. */
function followed(node: YamlNode | null): YamlNode | null {
  return node?.type === "alias" ? node.target : node;
}

interface Place {
  readonly node: YamlNode | null;
  readonly entry?: YamlEntry;
}

function placeAt(root: YamlNode | null, path: JsonPath): Place | undefined {
  let place: Place = { node: root };
  for (const step of path) {
    const next = stepInto(followed(place.node), step);
    if (next === undefined) return undefined;
    place = next;
  }
  return place;
}

function stepInto(node: YamlNode | null, step: string | number): Place | undefined {
  if (node?.type === "map" && typeof step === "string") {
    const entry = entryOf(node, step);
    return entry === undefined ? undefined : { node: entry.value, entry };
  }
  if (node?.type !== "sequence" || typeof step !== "number") return undefined;
  const item = node.items[step];
  return item === undefined ? undefined : { node: item };
}

/** The entry that gives a map's key its value, also one that a merge key brings in. */
function entryOf(map: YamlMap, name: string): YamlEntry | undefined {
  for (let index = map.entries.length - 1; index >= 0; index--) {
    const entry = map.entries[index]!;
    const found = isMergeKey(entry.key) ? mergedEntry(entry.value, name) : entry.name === name ? entry : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function mergedEntry(value: YamlNode | null, name: string): YamlEntry | undefined {
  for (const item of value?.type === "sequence" ? value.items : [value]) {
    const map = followed(item);
    const found = map?.type === "map" ? entryOf(map, name) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
