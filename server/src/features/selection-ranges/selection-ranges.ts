import { shift, touches } from "../../base/span.ts";
import type { Span } from "../../base/span.ts";
import type { ReadFile } from "../../model/read.ts";
import type { YamlNode } from "../../yaml/node.ts";

/** What a growing selection takes in from an offset on, the smallest first: text, value, entry, map, …, document, file. Each contains the one before and differs from it. */
export function selectionRangesAt(read: ReadFile, offset: number): readonly Span[] {
  const document = read.documents.find(({ placed }) => offset >= placed.start && offset <= placed.end);
  const outer: Span[] = [{ start: 0, end: read.text.length }];
  if (document !== undefined) {
    const { placed, text, parsed } = document;
    outer.push(shift({ start: text.length - text.trimStart().length, end: text.trimEnd().length }, placed.start));
    const inside = offset - placed.start;
    outer.push(...spansAt(parsed?.root ?? null, inside).map((span) => shift(span, placed.start)));
  }
  const ranges: Span[] = [];
  for (const span of outer) {
    const last = ranges.at(-1);
    const isSmaller = last === undefined || (span.start >= last.start && span.end <= last.end);
    const isOther = last === undefined || span.start !== last.start || span.end !== last.end;
    if (isSmaller && isOther && span.start <= offset && span.end >= offset) ranges.push(span);
  }
  return ranges.reverse();
}

/** Spans around an offset, the largest first. */
function spansAt(node: YamlNode | null, offset: number): readonly Span[] {
  if (node === null || !touches(node.span, offset)) return [];
  switch (node.type) {
    case "map": {
      const entry = node.entries.find(({ span }) => touches(span, offset));
      if (entry === undefined) return [node.span];
      const part = touches(entry.key.span, offset) ? entry.key : entry.value;
      return [node.span, entry.span, ...spansAt(part, offset)];
    }
    case "sequence": {
      const item = node.items.find((each) => each !== null && touches(each.span, offset));
      return [node.span, ...spansAt(item ?? null, offset)];
    }
    case "scalar": {
      const isQuoted = node.style === "double-quoted" || node.style === "single-quoted";
      const content = { start: node.span.start + 1, end: node.span.end - 1 };
      return isQuoted && touches(content, offset) ? [node.span, content] : [node.span];
    }
    case "alias":
      return [node.span];
  }
}
