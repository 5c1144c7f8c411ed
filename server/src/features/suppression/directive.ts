import type { Span } from "../../base/span.ts";
import { LineIndex } from "../../base/lines.ts";
import type { ReadDocument, ReadFile } from "../../model/read.ts";
import { commentsOf } from "../../yaml/comments.ts";
import type { YamlComment } from "../../yaml/comments.ts";

/** `next-line`: for what begins on the next line that is no comment; `line`: on its own line; `file`: anywhere in the file. */
export type Scope = "next-line" | "line" | "file";

/** A comment that silences findings: `# drydock-disable-next-line CODE, CODE reason`. Spans are those of the file's text. */
export interface Directive {
  readonly scope: Scope;
  /** The codes as written, each with its place and with what goes when it is taken out; none where the comment names none. */
  readonly codes: readonly { readonly code: string; readonly span: Span; readonly removal: Span }[];
  readonly reason: string;
  /** The comment. */
  readonly span: Span;
  /** The comment with the blanks before it, and its whole line where nothing else stands there. */
  readonly removal: Span;
  /** Nothing else stands on its line. */
  readonly ownLine: boolean;
  /** The 0-based line whose findings are silenced; `undefined` for the whole file. */
  readonly line: number | undefined;
}

/** All directives of a file. Comments inside of block scalars are no comments. */
export function directivesOf(read: ReadFile): readonly Directive[] {
  if (!read.text.includes("drydock-disable-")) return [];
  const lines = new LineIndex(read.text);
  return read.documents.flatMap((document) => {
    const comments = commentsOf(document.text, document.parsed?.root ?? null);
    return comments.flatMap((comment) => directiveOf(comment, document, read.text, lines) ?? []);
  });
}

const form = /^drydock-disable-(next-line|line|file)(?![\w-])[ \t]*/;

function directiveOf(
  comment: YamlComment,
  { placed }: ReadDocument,
  text: string,
  lines: LineIndex,
): Directive | undefined {
  const match = form.exec(comment.text);
  const scope = match?.[1];
  if (match === null || (scope !== "next-line" && scope !== "line" && scope !== "file")) return undefined;
  const start = comment.span.start + placed.start;
  const listStart = start + text.slice(start).indexOf(match[0]) + match[0].length;
  const list = codeList.exec(comment.text.slice(match[0].length))?.[0] ?? "";
  const line = lines.positionAt(start).line;
  const span = { start, end: comment.span.end + placed.start };
  const removal = removalOf(text, span, comment.ownLine);
  const spans = [...list.matchAll(/[^\s,]+/g)].map(({ 0: code, index }) => ({
    code,
    span: { start: listStart + index, end: listStart + index + code.length },
  }));
  return {
    scope,
    codes: spans.map((each, index) => ({ ...each, removal: codeRemoval(spans, index) ?? removal })),
    reason: comment.text.slice(match[0].length + list.length).trim(),
    span,
    removal,
    ownLine: comment.ownLine,
    line: scope === "file" ? undefined : scope === "line" ? line : nextLine(text, lines, line),
  };
}

/** A code with its comma; `undefined` for the only one. */
function codeRemoval(codes: readonly { readonly span: Span }[], index: number): Span | undefined {
  const [own, next, previous] = [codes[index], codes[index + 1], codes[index - 1]];
  if (own === undefined) return undefined;
  if (next !== undefined) return { start: own.span.start, end: next.span.start };
  return previous === undefined ? undefined : { start: previous.span.end, end: own.span.end };
}

function removalOf(text: string, { start, end }: Span, ownLine: boolean): Span {
  let before = start;
  while (before > 0 && /[ \t]/.test(text.charAt(before - 1))) before--;
  const lineBreak = ownLine ? (/^\r?\n/.exec(text.slice(end, end + 2))?.[0].length ?? 0) : 0;
  return { start: before, end: end + lineBreak };
}

/** The first word, and each further one behind a comma. */
const codeList = /^[^\s,]+(?:[ \t]*,[ \t]*[^\s,]+)*/;

function nextLine(text: string, lines: LineIndex, from: number): number {
  for (let line = from + 1; line < lines.lineCount; line++) {
    const start = lines.offsetAt({ line, character: 0 });
    const content = text.slice(start, lines.offsetAt({ line: line + 1, character: 0 })).trim();
    if (content !== "" && !content.startsWith("#")) return line;
  }
  return from + 1;
}
