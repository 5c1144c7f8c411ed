import { isArray, isObject } from "../base/json.ts";
import type { JsonArray, JsonObject, JsonValue } from "../base/json.ts";
import type { Span } from "../base/span.ts";
import type { YamlNode, YamlSequence } from "./node.ts";
import { isPrintableLine, quoteIfNeeded } from "./quote.ts";

/** How a document is laid out, so that new lines look like the old ones. */
export interface Layout {
  readonly lineBreak: string;
  /** Columns by which a map stands right of its key. */
  readonly step: number;
  /** Columns by which a list stands right of its key: 0 or the step. */
  readonly listStep: number;
}

/** The layout that the first collections of a document show; two columns and lists in their key's column where it shows none. */
export function layoutOf(text: string, root: YamlNode | null): Layout {
  const seen: { map?: number; list?: number } = {};
  look(text, root, seen);
  return {
    lineBreak: text.includes("\r\n") ? "\r\n" : "\n",
    step: seen.map ?? (seen.list !== undefined && seen.list > 0 ? seen.list : 2),
    listStep: seen.list ?? 0,
  };
}

function look(text: string, node: YamlNode | null, seen: { map?: number; list?: number }): void {
  if (node === null || (seen.map !== undefined && seen.list !== undefined)) return;
  if (node.type === "sequence") for (const item of node.items) look(text, item, seen);
  if (node.type !== "map" || node.flow) return;
  const column = columnOf(text, node.span.start);
  for (const { value } of node.entries) {
    if (value !== null && (value.type === "map" || value.type === "sequence") && !value.flow) {
      const shift = columnOf(text, value.span.start) - column;
      if (value.type === "map" && shift > 0) seen.map ??= shift;
      if (value.type === "sequence" && shift >= 0) seen.list ??= shift;
    }
    look(text, value, seen);
  }
}

/** The column of an offset, in UTF-16 units. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStartOf(text, offset);
}

function lineStartOf(text: string, offset: number): number {
  return Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1;
}

/** Where the line of an offset ends, before its line break. */
export function lineEndOf(text: string, offset: number): number {
  const found = text.slice(offset).search(/[\n\r]/);
  return found < 0 ? text.length : offset + found;
}

/** The spans of a list's items, with their `-` in block style. */
export function itemSpans(text: string, sequence: YamlSequence): readonly Span[] {
  const spans: Span[] = [];
  let from = sequence.span.start;
  for (const item of sequence.items) {
    const start = sequence.flow ? (item?.span.start ?? from) : text.indexOf("-", from);
    const end = item?.span.end ?? start + 1;
    spans.push({ start, end });
    from = lineEndOf(text, end);
  }
  return spans;
}

/** A value on one line, in flow style. */
export function renderFlow(value: JsonValue): string {
  if (typeof value === "string") return quoteIfNeeded(value, true);
  if (isArray(value)) return `[${value.map(renderFlow).join(", ")}]`;
  if (!isObject(value)) return String(value);
  const entries = Object.entries(value).map(([key, entry]) => `${quoteIfNeeded(key, true)}: ${renderFlow(entry)}`);
  return `{${entries.join(", ")}}`;
}

/** What follows a key's `:` in block style; `column` is the key's. */
export function renderAfterKey(value: JsonValue, column: number, layout: Layout): string {
  const literal = typeof value === "string" ? renderLiteral(value, column + layout.step, layout.lineBreak) : undefined;
  if (literal !== undefined) return ` ${literal}`;
  if (!hasParts(value)) return ` ${renderScalar(value)}`;
  const step = isArray(value) ? layout.listStep : layout.step;
  return layout.lineBreak + renderBlock(value, column + step, layout);
}

/** A text of several lines as a literal scalar, `undefined` where it has one line only, or a literal cannot hold it. */
export function renderLiteral(value: string, column: number, lineBreak: string): string | undefined {
  const lines = value.split("\n");
  if (lines.length < 2 || /^[ \n]/.test(value) || /\n\n$/.test(value) || !lines.every(isPrintableLine))
    return undefined;
  const margin = " ".repeat(column);
  const body = value.endsWith("\n") ? lines.slice(0, -1) : lines;
  return [value.endsWith("\n") ? "|" : "|-", ...body.map((line) => (line === "" ? "" : margin + line))].join(lineBreak);
}

/** A map or list in block style, each line starting at the column, without a final line break. */
export function renderBlock(value: JsonValue, column: number, layout: Layout): string {
  const margin = " ".repeat(column);
  if (!hasParts(value)) return margin + renderScalar(value);
  const lines = isArray(value)
    ? value.map((item) => renderItem(item, column, layout))
    : Object.entries(value).map(([key, entry]) => `${quoteIfNeeded(key)}:${renderAfterKey(entry, column, layout)}`);
  return lines.map((line) => margin + line).join(layout.lineBreak);
}

/** A list item with its `-`, which stands in the column. */
export function renderItem(value: JsonValue, column: number, layout: Layout): string {
  return `- ${renderBlock(value, column + 2, layout).trimStart()}`;
}

function hasParts(value: JsonValue): value is JsonArray | JsonObject {
  return isArray(value) ? value.length > 0 : isObject(value) && Object.keys(value).length > 0;
}

/** A scalar or an empty collection. */
function renderScalar(value: JsonValue): string {
  return typeof value === "string" ? quoteIfNeeded(value) : renderFlow(value);
}
