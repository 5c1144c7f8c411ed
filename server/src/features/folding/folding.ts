import { LineIndex } from "../../base/lines.ts";
import type { ReadDocument, ReadFile } from "../../model/read.ts";
import { commentsOf } from "../../yaml/comments.ts";
import type { YamlNode } from "../../yaml/node.ts";

/** Lines that can be folded below the first of them; both 0-based. */
export interface Fold {
  readonly start: number;
  readonly end: number;
  readonly kind: "comment" | "region";
}

/** Everything of a file that can be folded: documents, blocks of lines, texts of several lines, groups of comments. Sorted by start. */
export function foldsOf(read: ReadFile): readonly Fold[] {
  const lines = new LineIndex(read.text);
  const folds = read.documents.flatMap((document) => [
    ...documentFolds(document, read, lines),
    ...(document.parsed === undefined ? indentationFolds(document, lines) : blockFolds(document, lines)),
    ...commentFolds(document, lines),
  ]);
  const byStart = new Map<number, Fold>();
  for (const fold of folds) {
    const known = byStart.get(fold.start);
    if (fold.end > fold.start && (known === undefined || known.end < fold.end)) byStart.set(fold.start, fold);
  }
  return [...byStart.values()].sort((a, b) => a.start - b.start);
}

/** From the separator (or the first line) to the last line with text; a file of one document is not folded as a whole. */
function documentFolds({ placed, text }: ReadDocument, read: ReadFile, lines: LineIndex): readonly Fold[] {
  if (read.documents.length < 2 || text.trim() === "") return [];
  const first = lines.positionAt(placed.start + text.length - text.trimStart().length).line;
  const separator = lines.positionAt(Math.max(0, placed.start - 1)).line;
  const isSeparated = read.text.slice(lines.offsetAt({ line: separator, character: 0 })).startsWith("---");
  const end = lines.positionAt(placed.start + text.trimEnd().length).line;
  return [{ start: isSeparated ? separator : first, end, kind: "region" }];
}

function blockFolds({ parsed, placed }: ReadDocument, lines: LineIndex): readonly Fold[] {
  const folds: Fold[] = [];
  const lineAt = (offset: number): number => lines.positionAt(offset + placed.start).line;
  const add = (start: number, end: number): void =>
    void folds.push({ start: lineAt(start), end: lineAt(end), kind: "region" });
  const walk = (node: YamlNode | null): void => {
    if (node?.type === "sequence")
      for (const item of node.items) {
        if (item !== null && item.type !== "scalar") add(item.span.start, item.span.end);
        walk(item);
      }
    if (node?.type !== "map") return;
    for (const { key, value, span } of node.entries) {
      const isText = value?.type === "scalar" && (value.style === "literal" || value.style === "folded");
      add(key.span.start, isText ? Math.max(key.span.end, span.end - 1) : span.end);
      walk(value);
    }
  };
  walk(parsed?.root ?? null);
  return folds;
}

/** For texts that are not read, such as templates: what is indented more than the line above. */
function indentationFolds({ text, placed }: ReadDocument, lines: LineIndex): readonly Fold[] {
  const folds: Fold[] = [];
  const open: { readonly line: number; readonly indent: number }[] = [];
  const first = lines.positionAt(placed.start).line;
  let last = first;
  const close = (indent: number): void => {
    for (let top = open.at(-1); top !== undefined && top.indent >= indent; top = open.at(-1)) {
      folds.push({ start: top.line, end: last, kind: "region" });
      open.pop();
    }
  };
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const indent = line.search(/\S/);
    if (indent < 0) continue;
    close(indent);
    open.push({ line: first + index, indent });
    last = first + index;
  }
  close(0);
  return folds;
}

function commentFolds({ text, parsed, placed }: ReadDocument, lines: LineIndex): readonly Fold[] {
  const folds: Fold[] = [];
  let start = 0;
  let end = -2;
  for (const { span, ownLine } of commentsOf(text, parsed?.root ?? null)) {
    if (!ownLine) continue;
    const { line } = lines.positionAt(span.start + placed.start);
    if (line !== end + 1) {
      if (end > start) folds.push({ start, end, kind: "comment" });
      start = line;
    }
    end = line;
  }
  if (end > start) folds.push({ start, end, kind: "comment" });
  return folds;
}
