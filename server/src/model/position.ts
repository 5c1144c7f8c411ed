import type { Position, Range } from "../base/lines.ts";
import { lowerBound } from "../base/sorted.ts";
import type { Span } from "../base/span.ts";
import type { FileFacts } from "./facts.ts";

/** The position of an offset of a file, without its text. Offsets between documents belong to the end of the document before. */
export function positionIn(file: FileFacts, offset: number): Position {
  const { documents } = file;
  const document =
    documents[Math.max(0, lowerBound(documents.length, (index) => documents[index]!.start <= offset) - 1)];
  if (document === undefined) return { line: 0, character: 0 };
  const { lineStarts } = document.facts;
  const inside = Math.max(0, Math.min(offset, document.end) - document.start);
  const line = Math.max(0, lowerBound(lineStarts.length, (index) => lineStarts[index]! <= inside) - 1);
  return { line: document.line + line, character: inside - lineStarts[line]! + (line === 0 ? document.character : 0) };
}

/** The range of a span of a file, without its text. */
export function rangeIn(file: FileFacts, span: Span): Range {
  return { start: positionIn(file, span.start), end: positionIn(file, span.end) };
}
