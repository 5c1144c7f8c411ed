import type { JsonObject } from "../base/json.ts";
import type { Place } from "../index/types.ts";
import type { ReadFile } from "../model/read.ts";
import { documentText } from "../yaml/new-document.ts";
import type { Change } from "./finding.ts";

/** Writes an object behind a document, in its layout. Nothing where the file is JSON, which has no documents. */
export function newDocument(read: ReadFile, behind: Place, object: JsonObject): readonly Change[] {
  const document = read.documents.find(({ placed }) => placed.start <= behind.start && behind.start <= placed.end);
  if (document === undefined || /^\s*\{/.test(document.text)) return [];
  const kept = document.text.trimEnd().length;
  const at = document.placed.start + kept;
  const text = documentText(object, document.text, document.parsed?.root ?? null);
  return [{ kind: "replace", place: { file: behind.file, start: at, end: at }, text }];
}
