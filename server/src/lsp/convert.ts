import type { Position, Range } from "../base/lines.ts";

/** How the client counts characters within a line; agreed at `initialize`, UTF-16 where the client is silent. */
export type PositionEncoding = "utf-16" | "utf-8" | "utf-32";

/** The text of one line of a file, `undefined` where it is not at hand. */
export type LineText = (line: number) => string | undefined;

/** Chooses the first encoding that the client prefers and Drydock knows. */
export function chooseEncoding(offered: readonly string[] | undefined): PositionEncoding {
  for (const encoding of offered ?? []) {
    if (encoding === "utf-16" || encoding === "utf-8" || encoding === "utf-32") return encoding;
  }
  return "utf-16";
}

/** Positions inside Drydock are UTF-16; this is the only place where they become the client's and back. */
export class PositionConverter {
  readonly encoding: PositionEncoding;

  constructor(encoding: PositionEncoding) {
    this.encoding = encoding;
  }

  toClient(position: Position, lineText: LineText): Position {
    if (this.encoding === "utf-16") return position;
    const text = lineText(position.line);
    if (text === undefined) return position;
    return { line: position.line, character: count(text.slice(0, position.character), this.encoding) };
  }

  toClientRange(range: Range, lineText: LineText): Range {
    return { start: this.toClient(range.start, lineText), end: this.toClient(range.end, lineText) };
  }

  fromClient(position: Position, lineText: LineText): Position {
    if (this.encoding === "utf-16") return position;
    const text = lineText(position.line);
    if (text === undefined) return position;
    let units = 0;
    let counted = 0;
    for (const character of text) {
      if (counted >= position.character) break;
      counted += count(character, this.encoding);
      units += character.length;
    }
    return { line: position.line, character: units };
  }
}

function count(text: string, encoding: "utf-8" | "utf-32"): number {
  let total = 0;
  for (const character of text) total += encoding === "utf-32" ? 1 : utf8Length(character.codePointAt(0)!);
  return total;
}

function utf8Length(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
