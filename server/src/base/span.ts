/** A half-open range of UTF-16 offsets, `start` inclusive, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Whether `offset` lies in the span; its end counts, since a cursor behind the last character still touches it. */
export function touches(span: Span, offset: number): boolean {
  return offset >= span.start && offset <= span.end;
}

/** The span moved by `by` characters, for spans that are relative to a document of a file. */
export function shift(span: Span, by: number): Span {
  return { start: span.start + by, end: span.end + by };
}
