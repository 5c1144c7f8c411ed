import * as l10n from "@vscode/l10n";
import type { JsonArray, JsonObject, JsonPath, JsonValue } from "../../base/json.ts";
import { arrayAt, at, isArray, isObject, objectAt, scalarText } from "../../base/json.ts";
import { isLabelQuery } from "../../kubernetes/relations/names.ts";
import { mentionsAlong } from "../../kubernetes/relations/relations.ts";
import type { SchemaType } from "../../kubernetes/schema/schema.ts";
import { columnOf, layoutOf, renderAfterKey, renderBlock, renderItem } from "../../yaml/render.ts";
import type { FileContext } from "../context.ts";
import { freeName } from "../diagnostics/fixes/general.ts";
import { fieldType } from "../field-type.ts";
import type { Completion } from "./completion.ts";
import { nameChoices } from "./names.ts";
import { draftOf, typedText } from "./position.ts";
import type { TypingPosition } from "./position.ts";
import { templates } from "./templates.ts";
import type { Template } from "./templates.ts";

/** The fields that may begin at a place, and the items of its list, each with what it can't do without; block style alone. */
export function structureAt(context: FileContext, position: TypingPosition): readonly Completion[] {
  const { resource, path, part, scalar, isCollection, entry, isFlow } = position;
  if (isFlow) return [];
  const type = fieldType(resource.apiVersion, resource.kind, path);
  const isItem = typeof path.at(-1) === "number" && part === "value";
  if (isItem && (scalar !== undefined || (!isCollection && entry === undefined)) && type?.kind === "struct")
    return itemChoices(context, position, type);
  return part === "value" && isCollection ? [] : fieldChoices(context, position);
}

/** Behind a `-` on which nothing stands yet. */
function itemChoices(context: FileContext, position: TypingPosition, type: SchemaType): readonly Completion[] {
  const { resource, path } = position;
  const others = arrayAt(resource.object, ...path.slice(0, -1)).filter((_, index) => index !== path.at(-1));
  return (templates.get(type.name) ?? []).flatMap((template) => {
    const label = template.name === "" ? l10n.t("new {0}", shortName(type)) : template.name;
    return offered(context, position, template, { label, path, wrap: (value) => distinct(value, others) });
  });
}

/** Names and numbers by which items of a list are told apart, other than those that are there. */
function distinct(value: JsonObject, others: JsonArray): JsonObject {
  const free = (key: string, own: JsonValue): JsonValue => {
    const taken = others.flatMap((other) => scalarText(at(other, key)) ?? []);
    if (!taken.includes(scalarText(own) ?? "")) return own;
    if (typeof own === "string" && key === "name") return freeName(own, taken);
    return typeof own === "number" ? free(key, own + 1) : own;
  };
  return Object.fromEntries(Object.entries(value).map(([key, own]) => [key, free(key, own)]));
}

/** Fields that the map does not have, on a line where a key may begin. */
function fieldChoices(context: FileContext, position: TypingPosition): readonly Completion[] {
  const { resource, path, entry, part } = position;
  // The first key of a map is, without its colon, a text in the place of the map.
  const isFirst = part === "value" || entry === undefined;
  const map = isFirst ? path : path.slice(0, -1);
  const parent = fieldType(resource.apiVersion, resource.kind, map);
  if (parent?.kind !== "struct" || !isKeyPlace(position)) return [];
  const siblings = objectAt(resource.object, ...map) ?? {};
  return [...parent.fields.values()]
    .filter(({ name }) => !Object.hasOwn(siblings, name) || (!isFirst && name === entry?.name))
    .flatMap(({ name, type }) => {
      const element = type.kind === "list" ? type.element : type;
      return (templates.get(element.name) ?? []).flatMap((template) => {
        const label = template.name === "" ? name : `${name} (${template.name})`;
        const wrap = (value: JsonObject): JsonValue => (type.kind === "list" ? [value] : value);
        return offered(context, position, template, { label, path: [...map, name], wrap });
      });
    });
}

/** A key without colon and value, alone on its line or behind the `-` of its item. */
function isKeyPlace(position: TypingPosition): boolean {
  const { document, offset, entry, part } = position;
  if (part === "key" && entry !== undefined && entry.value !== null) return false;
  const { text } = document;
  const start = startOf(position);
  const line = text.slice(start - columnOf(text, start), start);
  const rest = /^[^\r\n]*/.exec(text.slice(offset))?.[0] ?? "";
  return /^[ \t]*(?:- +)*$/.test(line) && rest.trim() === "";
}

/** Where what is being typed begins. */
function startOf({ part, entry, scalar, offset }: TypingPosition): number {
  return (part === "key" ? entry?.key : scalar)?.span.start ?? offset;
}

function shortName({ name }: SchemaType): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

interface Place {
  readonly label: string;
  /** Where the value goes. */
  readonly path: JsonPath;
  /** Makes what goes there of a template's value. */
  readonly wrap: (value: JsonObject) => JsonValue;
}

/** A template with the names that exist; without its optional field, or not at all, where there are none. */
function offered(
  context: FileContext,
  position: TypingPosition,
  { value, optional }: Template,
  { label, path, wrap }: Place,
): readonly Completion[] {
  const isComplete = (stops: Stops): boolean => stops.every((texts) => texts.length > 0);
  const without = Object.fromEntries(Object.entries(value).filter(([key]) => key !== optional));
  for (const each of optional === undefined ? [value] : [value, without]) {
    const filling = { label, path, value: wrap(each) };
    const stops = stopsOf(context, position, filling);
    if (isComplete(stops)) return [filled(position, filling, stops)];
  }
  return [];
}

interface Filling {
  readonly label: string;
  readonly path: JsonPath;
  readonly value: JsonValue;
}

/** What may stand at each leaf, the first by default. */
type Stops = readonly (readonly string[])[];

/** A mark in the place of a value, which the layout leaves alone. */
const mark = (index: number): string => `DRYDOCK${index}MARK`;

function filled(position: TypingPosition, filling: Filling, stops: Stops): Completion {
  const { document, offset } = position;
  const { placed, text } = document;
  const typed = typedText(position);
  const marked = replaceLeaves(filling.value, (_, index) => mark(index));
  const rendered = lead(position) + layout(text, position, filling, marked);
  const write = (stop: (index: number) => string): string =>
    rendered.replace(/DRYDOCK(\d+)MARK/g, (_, index: string) => stop(Number(index)));
  const plain = write((index) => stops[index]?.[0] ?? "");
  const span = typed.before === "" && position.scalar === undefined ? { start: offset, end: offset } : typed.span;
  return {
    label: filling.label,
    kind: "template",
    detail: l10n.t("template"),
    documentation: plain.trimStart(),
    span: { start: span.start + placed.start, end: span.end + placed.start },
    newText: plain,
    snippet: write((index) => placeholder(index + 1, stops[index] ?? [])),
    sortText: "",
  };
}

/** A blank between a bare `-` and its item. */
function lead({ document: { text }, offset, scalar }: TypingPosition): string {
  return scalar === undefined && text[offset - 1] === "-" ? " " : "";
}

function layout(text: string, position: TypingPosition, { path }: Filling, value: JsonValue): string {
  const { document } = position;
  const style = layoutOf(text, document.parsed?.root ?? null);
  const column = columnOf(text, startOf(position)) + lead(position).length;
  const name = path.at(-1);
  if (typeof name === "number") return renderBlock(value, column, style).trimStart();
  if (isArray(value) && value.length === 1 && style.listStep === 0) {
    // Readers take both; a list right of its key is what people write by hand.
    return `${name ?? ""}:${style.lineBreak}${" ".repeat(column + style.step)}${renderItem(value[0] ?? null, column + style.step, style)}`;
  }
  return `${name ?? ""}:${renderAfterKey(value, column, style)}`;
}

/** What the template says, or the names that exist. */
function stopsOf(context: FileContext, position: TypingPosition, { path, value }: Filling): Stops {
  const { environment, resource, document } = position;
  const stops: (readonly string[])[] = [];
  let object = withValue(resource.object, path, value);
  replaceLeaves(value, (leaf, _, inside) => {
    if (leaf !== null) {
      stops.push([scalarText(leaf) ?? ""]);
      return leaf;
    }
    const place = [...path, ...inside];
    const draft = draftOf(context, environment, document, isObject(object) ? object : {});
    const names = mentionsAlong(draft.object, place, (each) => at(draft.object, ...each))
      .filter((mention) => mention.path.length === place.length && !mention.isKey && !isLabelQuery(mention))
      .flatMap((mention) => nameChoices(environment, draft, mention))
      .toSorted((a, b) => a.rank - b.rank);
    const texts = [...new Set(names.map(({ text }) => text))];
    stops.push(texts);
    // The next leaf may depend on this one: the keys of the first ConfigMap.
    object = withValue(isObject(object) ? object : {}, place, texts[0] ?? null);
    return leaf;
  });
  return stops;
}

/** A placeholder of an editor's snippet: a text to type over, or a choice. */
function placeholder(number: number, texts: readonly string[]): string {
  const [only = ""] = texts;
  if (texts.length > 1) return `\${${number}|${texts.map((text) => text.replace(/[\\,|]/g, "\\$&")).join(",")}|}`;
  return `\${${number}:${only.replace(/[\\$}]/g, "\\$&")}}`;
}

/** The value with other scalars, counted in their order. */
function replaceLeaves(
  value: JsonValue,
  leafOf: (leaf: JsonValue, index: number, path: JsonPath) => JsonValue,
): JsonValue {
  let count = 0;
  const walk = (each: JsonValue, path: JsonPath): JsonValue => {
    if (isArray(each)) return each.map((item, index) => walk(item, [...path, index]));
    if (isObject(each) && Object.keys(each).length > 0)
      return Object.fromEntries(Object.entries(each).map(([key, item]) => [key, walk(item, [...path, key])]));
    return isObject(each) ? each : leafOf(each, count++, path);
  };
  return walk(value, []);
}

/** The object with a value at a path, whatever stood there. */
function withValue(object: JsonValue, path: JsonPath, value: JsonValue): JsonValue {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  if (typeof first === "number") {
    const items = isArray(object) ? object : [];
    const length = Math.max(items.length, first + 1);
    return Array.from({ length }, (_, index) => {
      const item = items[index] ?? null;
      return index === first ? withValue(item, rest, value) : item;
    });
  }
  const map: JsonObject = isObject(object) ? object : {};
  return { ...map, [first]: withValue(map[first] ?? null, rest, value) };
}
