import type { Span } from "../base/span.ts";
import type { YamlProblem } from "./problem.ts";
import { problem } from "./problem.ts";

/** One document of a file, in the file's offsets. A `---` line before the first document belongs to it. */
export interface DocumentSlice extends Span {
  /** A separator that is none: it swallows this document and ends the reading of the file. */
  readonly problem?: YamlProblem;
}

/**
 * The documents of a file, as kubectl splits them at lines that start with `---`.
 * k8s.io/apimachinery, pkg/util/yaml/decoder.go, YAMLReader.Read, v0.36.3.
 */
export function splitDocuments(text: string): readonly DocumentSlice[] {
  const slices: DocumentSlice[] = [];
  let start = 0;
  for (let line = nextSeparator(text, 0); line >= 0; line = nextSeparator(text, lineEnd(text, line))) {
    const end = lineEnd(text, line);
    if (!isSeparator(text, line, end)) {
      slices.push({ start, end: text.length, problem: badSeparator(text, line, end) });
      return slices;
    }
    // A separator before any text opens the document, every other one closes it.
    if (line > start) {
      slices.push({ start, end: line });
      start = end;
    }
  }
  if (start < text.length) slices.push({ start, end: text.length });
  return slices;
}

/** The start of the next line at or behind `from` (itself a line's start) that begins with `---`, or -1. */
function nextSeparator(text: string, from: number): number {
  if (text.startsWith("---", from)) return from;
  const found = text.indexOf("\n---", Math.max(0, from - 1));
  return found < 0 ? -1 : found + 1;
}

/** Where the line's successor starts. Only LF ends a line here, also in files that use CR alone. */
function lineEnd(text: string, line: number): number {
  const found = text.indexOf("\n", line);
  return found < 0 ? text.length : found + 1;
}

function isSeparator(text: string, line: number, end: number): boolean {
  return restOfSeparator.test(text.slice(line + 3, end));
}

/** White space in Go's sense (strings.TrimSpace), perhaps a comment. */
const restOfSeparator = /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*(?:#|$)/;

function badSeparator(text: string, line: number, end: number): YamlProblem {
  return problem("syntax", "bad-separator", { start: line, end: line + text.slice(line, end).trimEnd().length });
}
