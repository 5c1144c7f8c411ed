import { isArray, isObject } from "../base/json.ts";
import type { JsonValue } from "../base/json.ts";
import { packSpans } from "../base/span-table.ts";
import type { SpanTable } from "../base/span-table.ts";
import type { YamlEntry, YamlNode } from "../yaml/node.ts";
import { entryOf, resolveAlias } from "../yaml/path.ts";

/** The places of everything in `object`, which must be (a pruned copy of) the value of `node`. */
export function spanTableOf(object: JsonValue, node: YamlNode): SpanTable {
  const numbers: number[] = [];
  addNode(numbers, object, node, undefined, 0);
  return packSpans(numbers);
}

function addNode(
  numbers: number[],
  value: JsonValue,
  node: YamlNode | null,
  entry: YamlEntry | undefined,
  fallback: number,
): void {
  const target = node === null ? null : resolveAlias(node);
  const span = node?.span ?? { start: fallback, end: fallback };
  numbers.push(entry?.key.span.start ?? 0, entry?.key.span.end ?? 0, span.start, span.end);
  if (isArray(value)) {
    for (const [index, item] of value.entries()) {
      addNode(numbers, item, target?.type === "sequence" ? (target.items[index] ?? null) : null, undefined, span.start);
    }
  } else if (isObject(value)) {
    for (const [name, item] of Object.entries(value)) {
      const found = target?.type === "map" ? entryOf(target, name) : undefined;
      addNode(numbers, item, found?.value ?? null, found, found?.span.end ?? span.start);
    }
  }
}
