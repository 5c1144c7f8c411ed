import { isArray, isObject } from "./json.ts";
import type { JsonPath, JsonValue } from "./json.ts";
import type { Span } from "./span.ts";

/**
 * Where every value of a JSON object stands in its text, without text or syntax tree: four numbers a node (start and end of its key, start and end of its value),
 * in preorder, maps in the order of `Object.keys`. List items and the root have no key; what has no place of its own (`app:` without a value) has an empty span.
 */
export type SpanTable = Uint16Array | Uint32Array;

/** Which part of a map entry is meant: `web` of `app: web`, `app`, or both. */
export type SpanPart = "value" | "key" | "entry";

const numbersPerNode = 4;

/** The place of the value at a path; `undefined` where the path leads nowhere. Items of lists answer with their value for every part. */
export function spanAt(root: JsonValue, spans: SpanTable, path: JsonPath, part: SpanPart = "value"): Span | undefined {
  const node = nodeNumber(root, path);
  if (node === undefined) return undefined;
  const [keyStart, keyEnd, start, end] = spans.subarray(node * numbersPerNode, node * numbersPerNode + numbersPerNode);
  if (keyStart === undefined || keyEnd === undefined || start === undefined || end === undefined) return undefined;
  if (keyEnd === 0 || part === "value") return { start, end };
  return part === "key" ? { start: keyStart, end: keyEnd } : { start: keyStart, end: Math.max(keyEnd, end) };
}

/** The key of the value that stands exactly there; `undefined` where there is none. */
export function keySpanOf(spans: SpanTable, value: Span): Span | undefined {
  for (let at = 0; at < spans.length; at += numbersPerNode) {
    const keyEnd = spans[at + 1]!;
    if (keyEnd > 0 && spans[at + 2] === value.start && spans[at + 3] === value.end)
      return { start: spans[at]!, end: keyEnd };
  }
  return undefined;
}

/** Packs numbers, in 16 bits where all of them fit. */
export function packSpans(numbers: readonly number[]): SpanTable {
  return numbers.every((number) => number < 0x10000) ? Uint16Array.from(numbers) : Uint32Array.from(numbers);
}

function nodeNumber(root: JsonValue, path: JsonPath): number | undefined {
  let node = 0;
  let value = root;
  for (const step of path) {
    const children = childrenOf(value);
    node++;
    const wanted = children.findIndex(([name]) => name === step);
    if (wanted < 0) return undefined;
    for (const [, child] of children.slice(0, wanted)) node += size(child);
    value = children[wanted]![1];
  }
  return node;
}

function childrenOf(value: JsonValue): readonly (readonly [string | number, JsonValue])[] {
  if (isArray(value)) return value.map((item, index) => [index, item] as const);
  return isObject(value) ? Object.entries(value) : [];
}

function size(value: JsonValue): number {
  let total = 1;
  for (const [, child] of childrenOf(value)) total += size(child);
  return total;
}
