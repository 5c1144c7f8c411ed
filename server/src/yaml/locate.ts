import type { JsonPath } from "../base/json.ts";
import type { Span } from "../base/span.ts";
import { touches } from "../base/span.ts";
import type { YamlEntry, YamlMap, YamlNode, YamlSequence } from "./node.ts";
import { itemSpans } from "./render.ts";

/** What stands at an offset, or would stand there if something were typed. */
export interface Location {
  /** For a key that does not exist yet: the path of its map. */
  readonly path: JsonPath;
  readonly part: "key" | "value";
  /** `null` where nothing stands yet. */
  readonly node: YamlNode | null;
  /** The entry whose key or value it is. */
  readonly entry?: YamlEntry;
}

/**
 * The innermost thing at an offset of a document. With the document's `text`, places without a node count too: behind a
 * key without value, on an empty line (by the column of the cursor) and within a flow collection.
 */
export function locate(root: YamlNode | null, offset: number, text?: string): Location | undefined {
  if (root === null) return text === undefined ? undefined : { path: [], part: "key", node: null };
  return new Locator(offset, text).inNode(root, [], undefined);
}

class Locator {
  readonly #offset: number;
  readonly #text: string | undefined;

  constructor(offset: number, text: string | undefined) {
    this.#offset = offset;
    this.#text = text;
  }

  inNode(node: YamlNode, path: JsonPath, entry: YamlEntry | undefined): Location | undefined {
    const inside = touches(node.span, this.#offset);
    if (node.type === "map" && (inside || !node.flow)) return this.#inMap(node, path, inside);
    if (node.type === "sequence" && (inside || !node.flow)) return this.#inSequence(node, path, inside);
    if (!inside) return undefined;
    return { path, part: "value", node, ...(entry === undefined ? {} : { entry }) };
  }

  #inMap(map: YamlMap, path: JsonPath, inside: boolean): Location | undefined {
    const entry = this.#nearest(map.entries, (candidate) => candidate.span);
    const found = entry === undefined ? undefined : this.#inEntry(entry, [...path, entry.name], map.flow);
    if (found !== undefined) return found;
    if (map.flow ? inside : this.#mayStartAt(map.span.start)) return { path, part: "key", node: null };
    return inside ? { path, part: "value", node: map } : undefined;
  }

  #inEntry(entry: YamlEntry, path: JsonPath, flow: boolean): Location | undefined {
    if (touches(entry.key.span, this.#offset)) return { path, part: "key", node: entry.key, entry };
    if (entry.span.start > this.#offset) return undefined;
    const value = entry.value;
    if (value !== null && this.#offset >= value.span.start) return this.inNode(value, path, entry);
    const onLine = this.#isSameLine(entry.key.span.end);
    const within = touches(entry.span, this.#offset) || (onLine && this.#hasColon(entry) && !this.#hasComma(entry));
    const deeper = value === null && !flow && !onLine && this.#isDeeperThan(entry.key.span.start);
    return within || deeper ? { path, part: "value", node: value, entry } : undefined;
  }

  #inSequence(sequence: YamlSequence, path: JsonPath, inside: boolean): Location | undefined {
    const items = sequence.items.map((node, index) => ({ node, index }));
    const item = this.#nearest(items, ({ node }) => node?.span);
    const found = item?.node == null ? undefined : this.inNode(item.node, [...path, item.index], undefined);
    if (found !== undefined) return found;
    const emptyItem = this.#emptyItem(sequence, item?.index ?? -1);
    if (emptyItem !== undefined) return { path: [...path, emptyItem], part: "value", node: null };
    if (inside || (!sequence.flow && this.#mayStartAt(sequence.span.start)))
      return { path, part: "value", node: sequence };
    return undefined;
  }

  /** The index of an item without a node: behind the last one before the cursor in flow style, that of a bare `-` in block style. */
  #emptyItem(sequence: YamlSequence, before: number): number | undefined {
    if (sequence.flow) return touches(sequence.span, this.#offset) ? before + 1 : undefined;
    const dashes = itemSpans(this.#text ?? "", sequence);
    const index = dashes.findLastIndex(({ start }) => start < this.#offset);
    if (sequence.items[index] !== null) return undefined;
    const dash = dashes[index]!.start;
    return this.#isSameLine(dash) || this.#isDeeperThan(dash) ? index : undefined;
  }

  /** The last of the parts that starts at or before the offset. */
  #nearest<T>(parts: readonly T[], spanOf: (part: T) => Span | undefined): T | undefined {
    return parts.findLast((part) => {
      const span = spanOf(part);
      return span !== undefined && span.start <= this.#offset;
    });
  }

  /** Whether the cursor stands on an otherwise empty line, in the column of `start`, so that a sibling may be typed there. */
  #mayStartAt(start: number): boolean {
    if (this.#text === undefined || this.#offset < start) return false;
    const line = this.#line();
    return !/^\s*-\s/.test(line.text) && line.indent === this.#columnOf(start);
  }

  #isDeeperThan(start: number): boolean {
    return this.#text !== undefined && this.#line().indent > this.#columnOf(start);
  }

  #isSameLine(from: number): boolean {
    if (this.#text === undefined || from > this.#offset) return false;
    return !/[\n\r]/.test(this.#text.slice(from, this.#offset));
  }

  #hasColon(entry: YamlEntry): boolean {
    return this.#text?.slice(entry.key.span.end, this.#offset).trimStart().startsWith(":") === true;
  }

  #hasComma(entry: YamlEntry): boolean {
    return this.#text?.slice(entry.span.end, this.#offset).includes(",") === true;
  }

  /** The line of the cursor; its indentation is the column of the cursor where nothing but blanks stands on it. */
  #line(): { text: string; column: number; indent: number } {
    const text = this.#text ?? "";
    const start = lineStart(text, this.#offset);
    const end = text.slice(start).search(/[\n\r]/);
    const line = end < 0 ? text.slice(start) : text.slice(start, start + end);
    const column = this.#offset - start;
    const first = line.search(/\S/);
    return { text: line, column, indent: first < 0 ? column : first };
  }

  #columnOf(offset: number): number {
    return offset - lineStart(this.#text ?? "", offset);
  }
}

function lineStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && !/[\n\r]/.test(text.charAt(start - 1))) start--;
  return start;
}
