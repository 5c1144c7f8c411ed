import type { Span } from "../../base/span.ts";
import type { FileId, Place } from "../../index/types.ts";
import { namesOf } from "../../kubernetes/relations/names.ts";
import type { Name } from "../../kubernetes/relations/names.ts";
import type { ReadFile } from "../../model/read.ts";
import type { Reference } from "../../resolve/relations/occurrences.ts";

/** A file as it is now, as far as it is at hand. */
export type TextSource = (file: FileId) => Pick<ReadFile, "text"> | undefined;

/** Where a reference's name stands; names within longer texts are found in the text itself, and have the place of the whole scalar without it. */
export function placesOfName({ resource, name }: Reference, textOf: TextSource): readonly Place[] {
  const scalar = resource.origin(name.path, name.isKey ? "key" : "value");
  if (scalar === undefined) return [];
  if (name.span === undefined) return [scalar];
  const read = textOf(scalar.file);
  if (read === undefined) return [scalar];
  const { start, text } = withoutQuotes(read.text, scalar);
  return namesOf({ ...name.mention, value: text })
    .filter((each) => isLike(each, name))
    .flatMap(({ span }) => placeInside(scalar.file, start, span, name.text));
}

function isLike(a: Name, b: Name): boolean {
  return a.text === b.text && a.namespace === b.namespace && a.isKey === b.isKey && a.isCertain === b.isCertain;
}

function placeInside(file: FileId, start: number, span: Span | undefined, text: string): readonly Place[] {
  const inside = span ?? { start: 0, end: text.length };
  return [{ file, start: start + inside.start, end: start + inside.end }];
}

/** The characters of a scalar as they stand in the file. */
function withoutQuotes(text: string, { start, end }: Span): { readonly start: number; readonly text: string } {
  const written = text.slice(start, end);
  const quote = /^["']/.exec(written)?.[0];
  if (quote === undefined || written.length < 2 || !written.endsWith(quote)) return { start, text: written };
  return { start: start + 1, text: written.slice(1, -1) };
}
