import type { Position, Range } from "../base/lines.ts";
import { lowerBound } from "../base/sorted.ts";
import type { Span } from "../base/span.ts";
import type { FileFacts, PlacedDocument } from "./facts.ts";

/** The position of an offset of a file, without its text. Offsets between documents belong to the end of the document before. */
export function positionIn(file: FileFacts, offset: number): Position {
  const document = documentBefore(file, offset) ?? file.documents[0];
  return document === undefined ? { line: 0, character: 0 } : positionOf(document, offset);
}

/** The position of an offset inside of a document; `undefined` for those between documents. */
export function positionWithin(file: FileFacts, offset: number): Position | undefined {
  const document = documentBefore(file, offset);
  return document === undefined || offset > document.end ? undefined : positionOf(document, offset);
}

function documentBefore({ documents }: FileFacts, offset: number): PlacedDocument | undefined {
  return documents[lowerBound(documents.length, (index) => documents[index]!.start <= offset) - 1];
}

function positionOf(document: PlacedDocument, offset: number): Position {
  const { lineStarts } = document.facts;
  const inside = Math.max(0, Math.min(offset, document.end) - document.start);
  const line = Math.max(0, lowerBound(lineStarts.length, (index) => lineStarts[index]! <= inside) - 1);
  return { line: document.line + line, character: inside - lineStarts[line]! + (line === 0 ? document.character : 0) };
}

/** The range of a span of a file, without its text. */
export function rangeIn(file: FileFacts, span: Span): Range {
  return { start: positionIn(file, span.start), end: positionIn(file, span.end) };
}
