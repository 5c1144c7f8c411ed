import { at } from "../base/json.ts";
import type { Span } from "../base/span.ts";
import { touches } from "../base/span.ts";
import type { Environment, Place, Resource } from "../index/types.ts";
import { declarationAt } from "../kubernetes/relations/declarations.ts";
import type { DeclarationType } from "../kubernetes/relations/declarations.ts";
import { isLabelQuery, namesOf } from "../kubernetes/relations/names.ts";
import type { Name } from "../kubernetes/relations/names.ts";
import { mentionsAlong } from "../kubernetes/relations/relations.ts";
import type { Mention } from "../kubernetes/relations/relations.ts";
import type { Target } from "../resolve/relations/types.ts";
import type { YamlScalar } from "../yaml/node.ts";
import { cursorAt } from "./context.ts";
import type { Cursor, CursorSubject, FileContext } from "./context.ts";

/** What stands under the cursor and has, or is, a name. */
export interface Symbol {
  readonly environment: Environment;
  readonly resource: Resource;
  /** What it names: several where relations share the field. */
  readonly names: readonly Name[];
  /** What it declares. */
  readonly declaration: { readonly target: Target; readonly type: DeclarationType } | undefined;
  /** The map of labels that is asked for, where the cursor stands on its key. */
  readonly query: Mention | undefined;
  /** The cursor is on a key of a map. */
  readonly isKey: boolean;
  /** Where the name stands in the file, without quotes. */
  readonly span: Span;
  readonly cursor: Cursor;
}

/** The named thing at an offset, as an environment sees it. */
export function symbolAt(context: FileContext, environment: Environment, offset: number): Symbol | undefined {
  const cursor = cursorAt({ ...context, environments: [environment] }, offset);
  const subject = cursor?.subject;
  if (cursor === undefined || subject === undefined || !isOnText(cursor)) return undefined;
  const { resource, path } = subject;
  const isKey = cursor.location.part === "key";
  const mentions = mentionsAlong(resource.object, path, (each) => at(resource.object, ...each));
  const names = mentions.flatMap((mention) => namesUnder(mention, cursor, subject));
  const place = declarationAt(resource.object, path);
  const isPlace = place !== undefined && (place.part === "entry" || (place.part === "key") === isKey);
  const query = mentions.find((mention) => mention.path.length === path.length && isLabelQuery(mention));
  if (names.length === 0 && !isPlace && query === undefined) return undefined;
  return {
    environment,
    resource,
    names: names.map(({ name }) => name),
    declaration: isPlace ? { target: { resource, path, part: place.part }, type: place.type } : undefined,
    query: query !== undefined && typeof query.value === "object" ? query : undefined,
    isKey,
    span: names.find(({ span }) => span !== undefined)?.span ?? spanOf(cursor),
    cursor,
  };
}

/** Whether the cursor touches something written, not the blanks beside it. */
function isOnText({ location: { node, part, entry } }: Cursor): boolean {
  return part === "key" ? entry !== undefined : node !== null;
}

interface FoundName {
  readonly name: Name;
  /** Where it stands in the file, where it is a part of a text. */
  readonly span: Span | undefined;
}

/** The names of a mention that the cursor touches. Parts of texts are looked for in the document itself: facts hold the beginning of long texts only. */
function namesUnder(mention: Mention, cursor: Cursor, { path }: CursorSubject): readonly FoundName[] {
  const isKey = cursor.location.part === "key";
  const all = namesOf(mention);
  const whole = all.filter(
    ({ path: own, span, label, isKey: onKey }) =>
      span === undefined && isSamePath(own, path) && (label !== undefined || onKey === isKey),
  );
  if (whole.length > 0) return whole.map((name) => ({ name, span: undefined }));
  if (!isSamePath(mention.path, path)) return [];
  return partsUnder(mention, all, cursor);
}

function partsUnder(mention: Mention, all: readonly Name[], cursor: Cursor): readonly FoundName[] {
  const { node, entry, part } = cursor.location;
  const scalar = part === "key" ? entry?.key : node;
  if (scalar?.type !== "scalar") return [];
  const { start, text } = contentOf(cursor, scalar);
  const from = start + cursor.document.placed.start;
  const known = part === "key" ? all : namesOf({ ...mention, value: text });
  return touched(
    known.filter((name) => name.isKey === (part === "key") && name.span !== undefined),
    from,
    cursor,
  );
}

function touched(names: readonly Name[], from: number, { offset, document }: Cursor): readonly FoundName[] {
  return names.flatMap((name) => {
    if (name.span === undefined) return [];
    const span = { start: name.span.start + from, end: name.span.end + from };
    return touches(span, offset + document.placed.start) ? [{ name, span }] : [];
  });
}

function isSamePath(a: readonly (string | number)[], b: readonly (string | number)[]): boolean {
  return a.length === b.length && a.every((step, index) => step === b[index]);
}

/** A scalar's characters as they stand in the document, without quotes. */
export function contentOf(
  { document }: Pick<Cursor, "document">,
  { span, style }: YamlScalar,
): { readonly start: number; readonly text: string } {
  const quotes = style === "double-quoted" || style === "single-quoted" ? 1 : 0;
  const start = span.start + quotes;
  return { start, text: document.text.slice(start, span.end - quotes) };
}

/** The whole scalar under the cursor, without quotes. */
function spanOf(cursor: Cursor): Span {
  const { document, location, offset } = cursor;
  const { node, entry, part } = location;
  const found = part === "key" ? entry?.key : node;
  const shift = document.placed.start;
  if (found?.type !== "scalar") return { start: offset + shift, end: offset + shift };
  const { start, text } = contentOf(cursor, found);
  return { start: start + shift, end: start + text.length + shift };
}

/** Where a target stands; a label that nobody wrote has the place of its object. */
export function placeOfTarget({ resource, path, part }: Target): Place {
  const found = resource.origin(path, part);
  if (found !== undefined) return found;
  return (part === "entry" ? resource.origin(path.slice(0, -1), "key") : undefined) ?? resource.place;
}
