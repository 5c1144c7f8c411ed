import { at, isObject } from "../../base/json.ts";
import type { JsonPath, JsonValue } from "../../base/json.ts";
import type { Span } from "../../base/span.ts";
import { isLabelQuery } from "../../kubernetes/relations/names.ts";
import { mentionsAlong } from "../../kubernetes/relations/relations.ts";
import type { Mention } from "../../kubernetes/relations/relations.ts";
import { quoteDouble, quoteIfNeeded } from "../../yaml/quote.ts";
import type { FileContext } from "../context.ts";
import type { Choice } from "./choice.ts";
import { hostChoices } from "./hosts.ts";
import { queryChoices, templateChoices, templateLabelsPath } from "./labels.ts";
import { nameChoices } from "./names.ts";
import { structureAt } from "./structure.ts";
import { typedText, typingPositionAt } from "./position.ts";
import type { TypedText, TypingPosition } from "./position.ts";

/** One choice, with the text that it puts in place of what is typed. */
export interface Completion {
  readonly label: string;
  readonly kind: "value" | "label" | "template";
  readonly detail: string;
  readonly documentation: string | undefined;
  /** What it replaces, in offsets of the file. */
  readonly span: Span;
  readonly newText: string;
  /** The same with places to type over and choices, in the notation of the protocol. */
  readonly snippet?: string;
  /** The better ones come first. */
  readonly sortText: string;
}

/** More are not sent at once; typing a letter narrows them down. */
const maxChoices = 200;

/** What may stand at an offset: only what exists. */
export function completionsAt(context: FileContext, offset: number, hasTemplates = false): readonly Completion[] {
  const position = typingPositionAt(context, offset);
  if (position === undefined) return [];
  const names = namesAt(context, position);
  const { before } = typedText(position);
  const structure = hasTemplates
    ? structureAt(context, position).filter(({ label }) => isTyped({ text: label }, before))
    : [];
  return [...names, ...structure].map((each, index) => ({ ...each, sortText: String(index).padStart(4, "0") }));
}

function namesAt(context: FileContext, position: TypingPosition): readonly Completion[] {
  const typed = typedText(position);
  // A number in quotes is a text, which is no number of a port.
  const wanted = (choice: Choice): boolean =>
    isTyped(choice, typed.before) && !(typed.isQuoted && choice.isNumber === true);
  const seen = new Map<string, Choice>();
  for (const found of choicesAt(context, position, typed).filter(wanted)) {
    const choice = hasValue(position) ? withoutValue(found) : found;
    const key = `${choice.text}=${choice.value ?? ""}`;
    const known = seen.get(key);
    if (known === undefined || choice.rank < known.rank) seen.set(key, choice);
  }
  return [...seen.values()]
    .sort((a, b) => a.rank - b.rank || (labelOf(a) < labelOf(b) ? -1 : 1))
    .slice(0, maxChoices)
    .map((choice) => toCompletion(position, typed, choice));
}

function labelOf({ text, value }: Choice): string {
  return value === undefined ? text : `${text}: ${value}`;
}

/** Whether the cursor is on the key of an entry that has a value already, which stays. */
function hasValue({ part, entry }: TypingPosition): boolean {
  return part === "key" && entry !== undefined && entry.value !== null;
}

function withoutValue({ text, detail, documentation, rank }: Choice): Choice {
  return { text, detail, documentation, rank };
}

/** Whether the letters that are typed occur in a choice in their order. */
function isTyped({ text, span }: Pick<Choice, "text" | "span">, before: string): boolean {
  let next = 0;
  const letters = before.slice(span?.start ?? 0).toLowerCase();
  for (const letter of text.toLowerCase()) if (letter === letters[next]) next++;
  return next >= letters.length;
}

function choicesAt(context: FileContext, position: TypingPosition, typed: TypedText): readonly Choice[] {
  const { resource, path, part, environment } = position;
  const probe = part === "key" && position.entry === undefined ? [...path, ""] : path;
  const mentions = mentionsAlong(resource.object, probe, (each) => valueAt(position, each));
  const fromQueries = mentions.filter(isLabelQuery).flatMap((mention) => labelChoices(position, mention));
  const fromTemplate = templateLabelChoices(position);
  if (part === "key" || position.isCollection) return [...fromQueries, ...fromTemplate];
  const scalars = mentions.filter(
    (mention) => !isLabelQuery(mention) && !mention.isKey && mention.path.length === path.length,
  );
  const fromNames = scalars.flatMap((mention) =>
    partChoices(mention, typed, nameChoices(environment, resource, mention)),
  );
  const hosts = scalars.some(({ relation }) => relation.row.by === "dns-name")
    ? hostChoices(environment, resource, typed.before, context.settings.clusterDomain)
    : [];
  return [...fromQueries, ...fromTemplate, ...fromNames, ...hosts];
}

function valueAt({ resource }: TypingPosition, path: JsonPath): JsonValue | undefined {
  return at(resource.object, ...path);
}

/** Names within longer texts go where the cursor is: behind `$(`, behind a comma. */
function partChoices(mention: Mention, { before }: TypedText, choices: readonly Choice[]): readonly Choice[] {
  const { format = "" } = mention.relation.row;
  if (format.startsWith("$(NAME)")) {
    const start = /\$\(([^()\s]*)$/.exec(before);
    if (start === null) return [];
    const span = { start: start.index + 2, end: before.length };
    return choices.map((choice) => ({ ...choice, span }));
  }
  if (!format.startsWith("list:")) return choices;
  const start = before.lastIndexOf(",") + 1;
  const blanks = /^\s*/.exec(before.slice(start))?.[0].length ?? 0;
  return choices.map((choice) => ({ ...choice, span: { start: start + blanks, end: before.length } }));
}

/** The labels of a query: a new key with its value, the value of a key, or the fields of an expression. */
function labelChoices(position: TypingPosition, mention: Mention): readonly Choice[] {
  const { environment, resource, path, part, entry } = position;
  const inside = path.slice(mention.path.length);
  const { by } = mention.relation.row;
  const isPlainMap = by === "labels" || by === "node-label";
  const rest = isPlainMap ? inside : inside[0] === "matchLabels" ? inside.slice(1) : undefined;
  if (rest !== undefined) {
    if (part === "key" && rest.length <= 1)
      return queryChoices(environment, resource, without(mention, entry?.name), undefined);
    if (rest.length === 0) return position.isCollection ? [] : queryChoices(environment, resource, mention, undefined);
    return rest.length === 1 ? queryChoices(environment, resource, mention, String(rest[0])) : [];
  }
  if (part === "key" || inside[0] !== "matchExpressions" || inside.length < 3) return [];
  return expressionChoices(position, mention, inside);
}

function expressionChoices(
  { environment, resource }: TypingPosition,
  mention: Mention,
  inside: JsonPath,
): readonly Choice[] {
  const expression = [...mention.path, "matchExpressions", inside[1]!];
  const key = at(resource.object, ...expression, "key");
  if (inside[2] === "key") {
    const all = queryChoices(environment, resource, { ...mention, value: {} }, undefined);
    return all.map(({ text, detail, documentation, rank }) => ({ text, detail, documentation, rank }));
  }
  return inside[2] === "values" && typeof key === "string" ? queryChoices(environment, resource, mention, key) : [];
}

/** The query without the key that is being typed. */
function without(mention: Mention, key: string | undefined): Mention {
  const { value } = mention;
  if (key === undefined || !isObject(value)) return mention;
  const strip = (map: JsonValue | undefined): JsonValue =>
    isObject(map) ? Object.fromEntries(Object.entries(map).filter(([name]) => name !== key)) : {};
  const labels = at(value, "matchLabels");
  return { ...mention, value: labels === undefined ? strip(value) : { ...value, matchLabels: strip(labels) } };
}

function templateLabelChoices({
  environment,
  resource,
  path,
  part,
  entry,
  isCollection,
}: TypingPosition): readonly Choice[] {
  const labels = templateLabelsPath(resource);
  if (labels === undefined || !labels.every((step, index) => path[index] === step)) return [];
  const rest = path.slice(labels.length);
  if (rest.length === 0)
    return isCollection && part === "value" ? [] : templateChoices(environment, resource, labels, undefined);
  if (rest.length > 1) return [];
  const key = part === "key" && entry !== undefined ? undefined : String(rest[0]);
  return templateChoices(environment, resource, labels, key);
}

function toCompletion(position: TypingPosition, typed: TypedText, choice: Choice): Completion {
  const { placed } = position.document;
  const own = choice.span;
  const inside =
    own === undefined
      ? typed.span
      : { start: typed.span.start + own.start, end: Math.max(typed.span.start + own.end, position.offset) };
  const lead = choice.value === undefined ? leadOf(position) : lineOf(position);
  const whole = choice.value === undefined ? inside : entrySpan(position, typed, inside);
  const span = /^[\r\n]/.test(lead) ? withBlanksBefore(whole, position) : whole;
  return {
    label: labelOf(choice),
    kind: choice.value === undefined ? "value" : "label",
    detail: choice.detail,
    documentation: choice.documentation,
    span: { start: span.start + placed.start, end: span.end + placed.start },
    newText: lead + written(choice, typed, position.isJson),
    sortText: "",
  };
}

/** A key with its value takes the place of the whole key, never of a value that is there already. */
function entrySpan({ entry, part }: TypingPosition, { isQuoted }: TypedText, span: Span): Span {
  if (part === "key" && entry !== undefined) return entry.key.span;
  return isQuoted ? { start: span.start - 1, end: span.end + 1 } : span;
}

function written(choice: Choice, { isQuoted }: TypedText, isJson: boolean): string {
  if (isJson && choice.value !== undefined) return `${quoteDouble(choice.text)}: ${quoteDouble(choice.value)}`;
  if (isJson && choice.isNumber !== true && choice.span === undefined)
    return isQuoted ? quoteDouble(choice.text).slice(1, -1) : quoteDouble(choice.text);
  if (choice.value !== undefined) return `${quoteIfNeeded(choice.text)}: ${quoteIfNeeded(choice.value)}`;
  if (isQuoted || choice.span !== undefined || choice.isNumber === true) return choice.text;
  return quoteIfNeeded(choice.text, true);
}

/** A map's first entry begins a line of its own where its key stands on the line of the cursor. */
function lineOf({ document: { text }, offset, part, entry }: TypingPosition): string {
  if (part === "key" || entry === undefined) return "";
  const between = text.slice(entry.key.span.end, offset);
  if (/[\n\r{]/.test(between)) return "";
  const keyStart = entry.key.span.start;
  const column = keyStart - Math.max(text.lastIndexOf("\n", keyStart - 1), text.lastIndexOf("\r", keyStart - 1)) - 1;
  return `${text.includes("\r\n") ? "\r\n" : "\n"}${" ".repeat(column + 2)}`;
}

/** Blanks at the end of a line go where a new line begins. */
function withBlanksBefore({ start, end }: Span, { document: { text } }: TypingPosition): Span {
  return { start: start - (/[ \t]*$/.exec(text.slice(Math.max(0, start - 100), start))?.[0].length ?? 0), end };
}

/** What has to stand before a value that is the first behind its colon or dash. */
function leadOf({ document: { text }, offset, scalar }: TypingPosition): string {
  if (scalar !== undefined) return "";
  return /[:\-,]$/.test(text.slice(Math.max(0, offset - 1), offset)) ? " " : "";
}
