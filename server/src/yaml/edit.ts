import { isArray, isObject } from "../base/json.ts";
import type { JsonPath, JsonValue } from "../base/json.ts";
import type { Span } from "../base/span.ts";
import type { YamlEntry, YamlMap, YamlNode, YamlScalar, YamlSequence } from "./node.ts";
import { entryAtPath, nodeAtPath, valueSpan } from "./path.ts";
import { quoteDouble, quoteIfNeeded, quoteSingle } from "./quote.ts";
import {
  columnOf,
  itemSpans,
  layoutOf,
  lineEndOf,
  renderAfterKey,
  renderBlock,
  renderFlow,
  renderItem,
  renderLiteral,
} from "./render.ts";
import type { Layout } from "./render.ts";

/** Replaces a part of a text; an empty span inserts. */
export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}

/** The text after edits whose spans do not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = text;
  for (const { span, newText } of edits.toSorted((a, b) => b.span.start - a.span.start)) {
    result = result.slice(0, span.start) + newText + result.slice(span.end);
  }
  return result;
}

/** Gives a scalar another value; texts keep the quotes of the old one where these can hold them. */
export function replaceScalar(
  text: string,
  node: YamlScalar,
  value: string | number | bigint | boolean | null,
): TextEdit {
  return { span: node.span, newText: typeof value === "string" ? inStyleOf(text, node, value) : String(value) };
}

function inStyleOf(text: string, node: YamlScalar, value: string): string {
  if (node.style === "double-quoted") return quoteDouble(value);
  if (node.style === "single-quoted") return quoteSingle(value) ?? quoteDouble(value);
  if (node.style === "plain") return quoteIfNeeded(value, true);
  return inBlockStyle(text, node, value) ?? quoteIfNeeded(value);
}

/** The value as a literal scalar with the old one's indentation, `undefined` where it has no lines or a literal cannot hold it. */
function inBlockStyle(text: string, node: YamlScalar, value: string): string | undefined {
  const indent = /[\n\r]([ ]+)\S/.exec(text.slice(node.span.start, node.span.end))?.[1];
  return indent === undefined ? undefined : renderLiteral(value, indent.length, layoutOf(text, null).lineBreak);
}

/** Renames the key at the end of a path; `undefined` where there is none, or it is no scalar. */
export function renameKey(text: string, root: YamlNode | null, path: JsonPath, name: string): TextEdit | undefined {
  const key = entryAtPath(root, path)?.key;
  return key?.type === "scalar" ? replaceScalar(text, key, name) : undefined;
}

/**
 * Sets the value at a path, with all maps on the way that are missing, in the style around it. A list's index may be its
 * length, to append. `undefined` where the path leads through something that is neither map nor list.
 */
export function setValue(text: string, root: YamlNode | null, path: JsonPath, value: JsonValue): TextEdit | undefined {
  const last = path.at(-1);
  if (last === undefined) return replaceAll(text, root, value);
  const span = valueSpan(root, path);
  if (span !== undefined) return replaceValue(text, root, path, span, value);
  const parentPath = path.slice(0, -1);
  const parent = nodeAtPath(root, parentPath);
  if (parent?.type === "map" && typeof last === "string") return addEntry(text, root, parent, last, value);
  if (parent?.type === "sequence" && last === parent.items.length) return addItem(text, root, parent, value);
  if (parent?.type === "sequence" && typeof last === "number") return fillItem(text, root, parent, last, value);
  if (parent !== undefined && !isNullScalar(parent)) return undefined;
  return setValue(text, root, parentPath, typeof last === "string" ? { [last]: value } : [value]);
}

function isNullScalar(node: YamlNode): boolean {
  return node.type === "scalar" && node.value === null;
}

function replaceAll(text: string, root: YamlNode | null, value: JsonValue): TextEdit {
  const layout = layoutOf(text, root);
  const newText = renderBlock(value, 0, layout);
  if (root !== null) return { span: root.span, newText };
  const separator = text === "" || /[\n\r]$/.test(text) ? "" : layout.lineBreak;
  return { span: { start: text.length, end: text.length }, newText: `${separator}${newText}${layout.lineBreak}` };
}

function replaceValue(text: string, root: YamlNode | null, path: JsonPath, span: Span, value: JsonValue): TextEdit {
  const node = nodeAtPath(root, path);
  const isCollection = isObject(value) || isArray(value);
  if (node?.type === "scalar" && !isCollection && sameSpan(node.span, span)) return replaceScalar(text, node, value);
  const entry = entryAtPath(root, path);
  const parent = nodeAtPath(root, path.slice(0, -1));
  const inFlow = (parent?.type === "map" || parent?.type === "sequence") && parent.flow;
  if (entry === undefined || (inFlow && entry.value !== null)) return { span, newText: renderFlow(value) };
  const start = colonEnd(text, entry);
  if (inFlow) return { span: { start, end: skipBlanks(text, start) }, newText: ` ${renderFlow(value)}` };
  const newText = renderAfterKey(value, columnOf(text, entry.key.span.start), layoutOf(text, root));
  return { span: { start, end: Math.max(start, span.end) }, newText };
}

function sameSpan(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end;
}

function skipBlanks(text: string, from: number): number {
  let end = from;
  while (text.charAt(end) === " " || text.charAt(end) === "\t") end++;
  return end;
}

/** The offset behind the `:` of an entry. */
function colonEnd(text: string, entry: YamlEntry): number {
  const colon = text.indexOf(":", entry.key.span.end);
  return colon < 0 ? entry.span.end : colon + 1;
}

function addEntry(text: string, root: YamlNode | null, map: YamlMap, name: string, value: JsonValue): TextEdit {
  const last = map.entries.at(-1);
  if (map.flow || last === undefined) {
    return addToFlow(text, map, last?.span.end, `${quoteIfNeeded(name, true)}: ${renderFlow(value)}`);
  }
  const layout = layoutOf(text, root);
  const column = columnOf(text, map.span.start);
  return addLine(text, last.span.end, renderBlock({ [name]: value }, column, layout), layout);
}

function addItem(text: string, root: YamlNode | null, sequence: YamlSequence, value: JsonValue): TextEdit {
  const last = sequence.items.at(-1);
  if (sequence.flow) return addToFlow(text, sequence, last?.span.end, renderFlow(value));
  const layout = layoutOf(text, root);
  const column = columnOf(text, sequence.span.start);
  return addLine(text, sequence.span.end, " ".repeat(column) + renderItem(value, column, layout), layout);
}

/** Gives an item that is nothing but a `-` a value. */
function fillItem(
  text: string,
  root: YamlNode | null,
  sequence: YamlSequence,
  index: number,
  value: JsonValue,
): TextEdit | undefined {
  const dash = itemSpans(text, sequence)[index];
  if (dash === undefined) return undefined;
  const newText = renderItem(value, columnOf(text, dash.start), layoutOf(text, root)).slice(1);
  return { span: { start: dash.end, end: dash.end }, newText };
}

/** Inserts a line behind the one that ends at `end`, behind its comment too. */
function addLine(text: string, end: number, line: string, layout: Layout): TextEdit {
  const at = lineEndOf(text, end);
  return { span: { start: at, end: at }, newText: layout.lineBreak + line };
}

/** Inserts a part behind the last one of a flow collection, keeping a trailing comma. */
function addToFlow(text: string, node: YamlMap | YamlSequence, lastEnd: number | undefined, part: string): TextEdit {
  if (lastEnd === undefined) {
    const at = node.span.start + 1;
    return { span: { start: at, end: at }, newText: part };
  }
  return { span: { start: lastEnd, end: lastEnd }, newText: flowJoint(text, node, lastEnd) + part };
}

/** Parts of a flow collection of several lines stand on lines of their own. */
function flowJoint(text: string, node: YamlMap | YamlSequence, lastEnd: number): string {
  const parts = node.type === "map" ? node.entries : node.items;
  const start = parts.at(-1)?.span.start ?? lastEnd;
  const lead = /([\n\r]+[ \t]*)$/.exec(text.slice(node.span.start, start))?.[1];
  return lead === undefined ? ", " : `,${lead}`;
}

/** Appends an item to the list at a path, which is made where it is missing. */
export function insertItem(
  text: string,
  root: YamlNode | null,
  path: JsonPath,
  value: JsonValue,
): TextEdit | undefined {
  const list = nodeAtPath(root, path);
  if (list?.type === "sequence") return addItem(text, root, list, value);
  return list === undefined || isNullScalar(list) ? setValue(text, root, path, [value]) : undefined;
}

/** Removes the entry or item at a path with its lines; the last one of a collection leaves `{}` or `[]`. `undefined` where there is none. */
export function removeEntry(text: string, root: YamlNode | null, path: JsonPath): TextEdit | undefined {
  const last = path.at(-1);
  const parentPath = path.slice(0, -1);
  const parent = nodeAtPath(root, parentPath);
  if (parent?.type !== "map" && parent?.type !== "sequence") return undefined;
  const spans = parent.type === "map" ? parent.entries.map(({ span }) => span) : itemSpans(text, parent);
  const index = parent.type === "map" ? parent.entries.findLastIndex(({ name }) => name === last) : Number(last);
  const span = spans[index];
  if (span === undefined || (typeof last === "number") !== (parent.type === "sequence")) return undefined;
  if (spans.length === 1) return setValue(text, root, parentPath, parent.type === "map" ? {} : []);
  return removePart(text, parent.flow, span, spans[index - 1], spans[index + 1]);
}

function removePart(
  text: string,
  flow: boolean,
  span: Span,
  previous: Span | undefined,
  next: Span | undefined,
): TextEdit {
  if (next !== undefined && (flow || previous === undefined)) {
    return { span: { start: span.start, end: next.start }, newText: "" };
  }
  const before = previous?.end ?? span.start;
  if (flow) return { span: { start: before, end: span.end }, newText: "" };
  return { span: { start: lineEndOf(text, before), end: lineEndOf(text, span.end) }, newText: "" };
}
