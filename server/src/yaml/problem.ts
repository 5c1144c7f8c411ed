import type { Span } from "../base/span.ts";

/**
 * Something wrong with a document's text.
 * - `syntax`: the API server's reader refuses the document.
 * - `value`: it reads the text, but cannot make a value of it (an alias to nothing, a map as a key, `.inf`).
 * - `duplicate-key`: refused under strict field validation only, which is kubectl's default; otherwise the last one wins.
 * - `lost-content`: the reader silently ignores everything in the span.
 * - `limit`: too deeply nested or too many aliases.
 */
export type YamlProblemKind = "syntax" | "value" | "duplicate-key" | "lost-content" | "limit";

export interface YamlProblem {
  readonly kind: YamlProblemKind;
  /** Names the sentence, so that it can be translated. */
  readonly code: YamlProblemCode;
  /** What the sentence's placeholders stand for, in order. */
  readonly words: readonly string[];
  readonly span: Span;
  /** An English sentence. */
  readonly message: string;
}

export type YamlProblemCode = keyof typeof sentences;

/** The sentences of problems, with places for their words; what a translation is looked up by. */
export const sentences = {
  "control-character": "Control characters are not allowed in YAML.",
  "expected-token": "No YAML value may start with “{0}”: put it in quotes.",
  "tab-indentation": "YAML must be indented with spaces, not with tabs.",
  "expected-colon": "A “:” is missing behind this key, or the line is indented wrongly.",
  "value-not-allowed": "A “:” is not allowed here: put the text in quotes, or check the indentation.",
  "key-not-allowed": "A “?” key is not allowed here.",
  "entry-not-allowed": "A “-” list entry is not allowed here.",
  "expected-key": "A key is expected here: check the indentation.",
  "expected-entry": "A “-” list entry is expected here: check the indentation.",
  "expected-flow-entry": "A “,” or “]” is expected here.",
  "expected-flow-pair": "A “,” or “}” is expected here.",
  "expected-value": "A value is expected here.",
  "expected-document-start": "A “---” line is expected here.",
  "unclosed-quote": "The quote that starts here is never closed.",
  "separator-in-quote": "A document separator ends the file's document inside of this quoted text.",
  "unknown-escape": "“{0}” is no escape sequence of double-quoted text: double the backslash or use single quotes.",
  "bad-escape": "This escape sequence names no character.",
  "bad-block-header": "Only an indentation, “+”, “-” or a comment may follow “|” and “>”.",
  "bad-anchor":
    "An anchor or alias is a name of letters, digits, “-” and “_”: put other text that starts with “*” or “&” in quotes.",
  "bad-tag": "This tag is malformed: put text that starts with “!” in quotes.",
  "unknown-tag-handle": "The tag handle “{0}” is not declared.",
  "bad-directive": "This directive is unknown or malformed: put text that starts with “%” in quotes.",
  "bad-version": "Kubernetes reads YAML 1.1 only.",
  "duplicate-directive": "This directive stands here twice.",
  "unknown-anchor": "There is no anchor “{0}” before this alias.",
  "cyclic-alias": "The anchor “{0}” contains itself.",
  "bad-merge": "A merge key “<<” needs a map or a list of maps.",
  "bad-key": "A map or list cannot be a key: put text with braces or brackets in quotes.",
  "big-key": "A number this large cannot be a key: put it in quotes.",
  "null-key": "The key is missing, or null: Kubernetes cannot read it.",
  "bad-tagged-value": "The value “{0}” is no {1}.",
  "bad-base64": "The value is no valid base64.",
  "not-finite": "Infinity and “not a number” cannot be sent to the API server.",
  "duplicate-key": "The key “{0}” stands in this map twice.",
  "lost-content": "Kubernetes ignores everything from here to the next “---” line.",
  "bad-separator":
    "Only a comment may follow “---”: this line swallows the document before it and ends the reading of the file.",
  "conflict-markers":
    "A merge left its conflict markers here: nothing of this document can be read until it is resolved.",
  "too-deep": "The document is nested too deeply.",
  "too-many-aliases": "The aliases of this document expand to too much.",
} as const;

/** The English sentence of a problem. */
function sentenceOf(code: YamlProblemCode, words: readonly string[] = []): string {
  return sentences[code].replace(/\{(\d)\}/g, (_, index: string) => words[Number(index)] ?? "");
}

/** A problem with its English sentence. */
export function problem(
  kind: YamlProblemKind,
  code: YamlProblemCode,
  span: Span,
  words: readonly string[] = [],
): YamlProblem {
  return { kind, code, words, span, message: sentenceOf(code, words) };
}

/** Ends the reading of a document from within; caught in `parseDocument`, never seen outside. */
export class Unreadable extends Error {
  readonly problem: YamlProblem;

  constructor(found: YamlProblem) {
    super(found.message);
    this.problem = found;
  }
}
