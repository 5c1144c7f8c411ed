import { isArray, isObject } from "../base/json.ts";
import type { JsonValue } from "../base/json.ts";
import { packSpans } from "../base/span-table.ts";
import type { SpanTable } from "../base/span-table.ts";
import { isMergeKey } from "../yaml/key.ts";
import type { YamlEntry, YamlMap, YamlNode } from "../yaml/node.ts";

/** The places of everything in `object`, which must be (a pruned copy of) the value of `node`. */
export function spanTableOf(object: JsonValue, node: YamlNode | null): SpanTable {
  const numbers: number[] = [];
  addNode(numbers, object, node, undefined, 0);
  return packSpans(numbers);
}

/** @param fallback where a value stands that nobody wrote: behind its key */
function addNode(
  numbers: number[],
  value: JsonValue,
  node: YamlNode | null,
  key: YamlNode | undefined,
  fallback: number,
): void {
  const span = node?.span ?? { start: fallback, end: fallback };
  numbers.push(key?.span.start ?? 0, key?.span.end ?? 0, span.start, span.end);
  const target = node?.type === "alias" ? node.target : node;
  if (isArray(value)) {
    const items = target?.type === "sequence" ? target.items : [];
    for (const [index, item] of value.entries()) addNode(numbers, item, items[index] ?? null, undefined, span.start);
  } else if (isObject(value)) {
    const entries = target?.type === "map" ? lastEntries(target) : new Map<string, YamlEntry>();
    for (const [name, item] of Object.entries(value)) {
      const entry = entries.get(name);
      addNode(numbers, item, entry?.value ?? null, entry?.key, entry?.key.span.end ?? span.start);
    }
  }
}

/** The entry that each key's value comes from: the last one of that name, merged ones included. */
function lastEntries(map: YamlMap): Map<string, YamlEntry> {
  const entries = new Map<string, YamlEntry>();
  for (const entry of map.entries) {
    if (isMergeKey(entry.key))
      for (const source of mergedMaps(entry.value))
        for (const [name, merged] of lastEntries(source)) entries.set(name, merged);
    else entries.set(entry.name, entry);
  }
  return entries;
}

/** The maps of a merge key, the one that wins last. */
function mergedMaps(value: YamlNode | null): readonly YamlMap[] {
  const sources = value?.type === "sequence" ? value.items.toReversed() : [value];
  return sources.flatMap((source) => {
    const map = source?.type === "alias" ? source.target : source;
    return map?.type === "map" ? [map] : [];
  });
}
