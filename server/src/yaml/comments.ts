import type { Span } from "../base/span.ts";
import type { YamlNode } from "./node.ts";

/** A comment of a document: from its `#` to the end of its line. */
export interface YamlComment {
  readonly span: Span;
  /** Without `#` and the blanks around. */
  readonly text: string;
  /** Nothing but blanks stands before it. */
  readonly ownLine: boolean;
}

/** All comments of a document in their order. What looks like one inside of a quoted or block scalar is none. */
export function commentsOf(text: string, root: YamlNode | null): readonly YamlComment[] {
  const scalars = scalarSpans(text, root);
  const comments: YamlComment[] = [];
  let next = 0;
  for (const match of text.matchAll(/(?<![^\s\ufeff])#[^\n\r]*/g)) {
    const start = match.index;
    while (next < scalars.length && scalars[next]!.end <= start) next++;
    const scalar = scalars[next];
    if (scalar !== undefined && scalar.start <= start) continue;
    const lineStart = Math.max(text.lastIndexOf("\n", start - 1), text.lastIndexOf("\r", start - 1)) + 1;
    comments.push({
      span: { start, end: start + match[0].trimEnd().length },
      text: match[0].slice(1).trim(),
      ownLine: text.slice(lineStart, start).trim() === "",
    });
  }
  return comments;
}

/** What scalars cover, sorted: of block scalars only their lines, since a comment may follow `|`. */
function scalarSpans(text: string, root: YamlNode | null): readonly Span[] {
  const spans: Span[] = [];
  const walk = (node: YamlNode | null): void => {
    if (node?.type === "scalar") {
      const isBlock = node.style === "literal" || node.style === "folded";
      const header = isBlock ? text.slice(node.span.start).search(/[\n\r]/) : 0;
      if (header >= 0 && node.style !== "plain") spans.push({ start: node.span.start + header, end: node.span.end });
    } else if (node?.type === "sequence") {
      for (const item of node.items) walk(item);
    } else if (node?.type === "map") {
      for (const { key, value } of node.entries) {
        walk(key);
        walk(value);
      }
    }
  };
  walk(root);
  return spans.sort((a, b) => a.start - b.start);
}
