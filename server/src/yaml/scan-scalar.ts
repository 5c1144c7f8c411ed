import { isBlank, isBlankOrEnd, isBreak, isBreakOrEnd, isDigit, isHex } from "./cursor.ts";
import type { Cursor } from "./cursor.ts";
import { token } from "./token.ts";
import type { Token } from "./token.ts";

/** What a plain scalar leaves behind: whether it ran over a line break, so that a key may follow. */
export interface PlainScalar {
  readonly token: Token;
  readonly endedLine: boolean;
}

/**
 * Scans a plain scalar, which may go on over lines that are indented by at least `indent`.
 * go-yaml v2, scannerc.go, yaml_parser_scan_plain_scalar, v2.4.3.
 */
export function scanPlain(cursor: Cursor, indent: number, inFlow: boolean): PlainScalar {
  const start = cursor.pos;
  let end = start;
  let text = "";
  let joint = "";
  let endedLine = false;
  while (!cursor.atDocumentIndicator() && cursor.code !== 35) {
    const from = cursor.pos;
    skipPlainWord(cursor, inFlow);
    if (cursor.pos > from) {
      text += joint + cursor.source.slice(from, cursor.pos);
      end = cursor.pos;
      endedLine = false;
    }
    if (!isBlank(cursor.code) && !isBreak(cursor.code)) break;
    const gap = cursor.pos;
    const folded = skipPlainGap(cursor, indent);
    endedLine = folded !== undefined;
    joint = folded ?? cursor.source.slice(gap, cursor.pos);
    if (!inFlow && cursor.column < indent) break;
  }
  return { token: token("scalar", start, end, text), endedLine };
}

function skipPlainWord(cursor: Cursor, inFlow: boolean): void {
  const source = cursor.source;
  let pos = cursor.pos;
  for (;;) {
    const code = source.charCodeAt(pos);
    if (code <= 32 ? isBlankOrEnd(code) : code >= 0x85 && isBreak(code)) break;
    if (code === 58 && isBlankOrEnd(source.charCodeAt(pos + 1))) break;
    if (inFlow && isFlowEnd(code)) break;
    pos++;
  }
  cursor.pos = pos;
}

/** `,` `?` `[` `]` `{` `}` end a plain scalar within a flow collection. */
function isFlowEnd(code: number): boolean {
  return code === 44 || code === 63 || code === 91 || code === 93 || code === 123 || code === 125;
}

/** Skips blanks and line breaks; returns what the line breaks fold to, `undefined` where there were none. */
function skipPlainGap(cursor: Cursor, indent: number): string | undefined {
  let first = "";
  let more = "";
  for (;;) {
    const code = cursor.code;
    if (isBlank(code)) {
      if (first !== "" && code === 9 && cursor.column < indent) {
        cursor.fail("tab-indentation", cursor.pos, cursor.pos + 1);
      }
      cursor.pos++;
    } else if (isBreak(code)) {
      if (first === "") first = cursor.readBreak();
      else more += cursor.readBreak();
    } else {
      return first === "" ? undefined : fold(first, more);
    }
  }
}

function fold(first: string, more: string): string {
  if (first !== "\n") return first + more;
  return more === "" ? " " : more;
}

/**
 * Scans a quoted scalar. Its lines may stand anywhere, also left of the map that it belongs to.
 * go-yaml v2, scannerc.go, yaml_parser_scan_flow_scalar, v2.4.3.
 */
export function scanQuoted(cursor: Cursor): Token {
  const start = cursor.pos;
  const quote = cursor.code;
  cursor.pos++;
  let text = "";
  for (;;) {
    if (cursor.atDocumentIndicator()) cursor.fail("separator-in-quote", start, start + 1);
    if (cursor.code === 0) cursor.fail("unclosed-quote", start, start + 1);
    const word = quote === 39 ? singleQuotedWord(cursor) : doubleQuotedWord(cursor, start);
    text += word.text;
    if (cursor.code === quote) break;
    text += quotedGap(cursor, word.escapedBreak);
  }
  cursor.pos++;
  return token("scalar", start, cursor.pos, text, "", quote === 39 ? "single-quoted" : "double-quoted");
}

interface QuotedWord {
  readonly text: string;
  /** Whether it ends with a backslash before a line break, which joins the lines. */
  readonly escapedBreak: boolean;
}

function singleQuotedWord(cursor: Cursor): QuotedWord {
  let from = cursor.pos;
  let text = "";
  while (!isBlankOrEnd(cursor.code)) {
    if (cursor.code === 39) {
      if (cursor.codeAt(1) !== 39) break;
      text += cursor.source.slice(from, cursor.pos + 1);
      cursor.pos++;
      from = cursor.pos + 1;
    }
    cursor.pos++;
  }
  return { text: text + cursor.source.slice(from, cursor.pos), escapedBreak: false };
}

function doubleQuotedWord(cursor: Cursor, start: number): QuotedWord {
  let from = cursor.pos;
  let text = "";
  for (;;) {
    const code = cursor.code;
    if (code === 34 || isBlankOrEnd(code)) break;
    if (code === 92) {
      text += cursor.source.slice(from, cursor.pos);
      if (isBreak(cursor.codeAt(1))) {
        cursor.pos++;
        cursor.readBreak();
        return { text, escapedBreak: true };
      }
      text += readEscape(cursor, start);
      from = cursor.pos;
    } else {
      cursor.pos++;
    }
  }
  return { text: text + cursor.source.slice(from, cursor.pos), escapedBreak: false };
}

/** Blanks and line breaks between two words of a quoted scalar, folded. */
function quotedGap(cursor: Cursor, escapedBreak: boolean): string {
  const from = cursor.pos;
  let first = "";
  let more = "";
  while (isBlank(cursor.code) || isBreak(cursor.code)) {
    if (isBlank(cursor.code)) cursor.pos++;
    else if (first === "" && !escapedBreak) first = cursor.readBreak();
    else more += cursor.readBreak();
  }
  if (escapedBreak) return more;
  return first === "" ? cursor.source.slice(from, cursor.pos) : fold(first, more);
}

const escapes: ReadonlyMap<string, string> = new Map([
  ["0", "\0"],
  ["a", "\x07"],
  ["b", "\b"],
  ["t", "\t"],
  ["\t", "\t"],
  ["n", "\n"],
  ["v", "\v"],
  ["f", "\f"],
  ["r", "\r"],
  ["e", "\x1b"],
  [" ", " "],
  ['"', '"'],
  ["'", "'"],
  ["\\", "\\"],
  ["N", "\x85"],
  ["_", "\xa0"],
  ["L", "\u2028"],
  ["P", "\u2029"],
]);

const escapeLengths: ReadonlyMap<string, number> = new Map([
  ["x", 2],
  ["u", 4],
  ["U", 8],
]);

function readEscape(cursor: Cursor, start: number): string {
  const at = cursor.pos;
  const letter = cursor.source.charAt(at + 1);
  cursor.pos += 2;
  const simple = escapes.get(letter);
  if (simple !== undefined) return simple;
  const length = escapeLengths.get(letter);
  if (length === undefined) {
    if (letter === "\0") cursor.fail("unclosed-quote", start, start + 1);
    cursor.fail("unknown-escape", at, at + 2, [`\\${letter}`]);
  }
  for (let index = 0; index < length; index++) {
    if (!isHex(cursor.codeAt(index))) cursor.fail("bad-escape", at, cursor.pos + index);
  }
  const value = Number.parseInt(cursor.source.slice(cursor.pos, cursor.pos + length), 16);
  cursor.pos += length;
  if ((value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff) cursor.fail("bad-escape", at, cursor.pos);
  return String.fromCodePoint(value);
}

/**
 * Scans a `|` or `>` scalar below the indentation `parent` (-1 at the document's root).
 * go-yaml v2, scannerc.go, yaml_parser_scan_block_scalar, v2.4.3.
 */
export function scanBlockScalar(cursor: Cursor, parent: number): Token {
  const start = cursor.pos;
  const literal = cursor.code === 124;
  cursor.pos++;
  const header = blockHeader(cursor, start);
  let end = cursor.pos;
  if (isBreak(cursor.code)) cursor.readBreak();
  const wanted = header.increment > 0 ? Math.max(parent, 0) + header.increment : 0;
  const lead = blockBreaks(cursor, wanted, parent);
  const indent = lead.indent;
  let text = "";
  let breaks = lead.breaks;
  let lineBreak = "";
  let afterBlank = false;
  while (cursor.column === indent && cursor.code !== 0) {
    const startsBlank = isBlank(cursor.code);
    const folds = !literal && !afterBlank && !startsBlank && lineBreak === "\n";
    text += (folds ? (breaks === "" ? " " : "") : lineBreak) + breaks;
    afterBlank = startsBlank;
    const from = cursor.pos;
    while (!isBreakOrEnd(cursor.code)) cursor.pos++;
    text += cursor.source.slice(from, cursor.pos);
    end = cursor.pos;
    lineBreak = cursor.code === 0 ? "" : cursor.readBreak();
    breaks = blockBreaks(cursor, indent, parent).breaks;
  }
  if (header.chomping !== "strip") text += lineBreak;
  if (header.chomping === "keep") text += breaks;
  return token("scalar", start, end, text, "", literal ? "literal" : "folded");
}

interface BlockHeader {
  readonly chomping: "strip" | "clip" | "keep";
  /** The given indentation, 0 where none is given. */
  readonly increment: number;
}

function blockHeader(cursor: Cursor, start: number): BlockHeader {
  let chomping = readChomping(cursor);
  let increment = 0;
  if (isDigit(cursor.code)) {
    increment = cursor.code - 48;
    if (increment === 0) cursor.fail("bad-block-header", start, cursor.pos + 1);
    cursor.pos++;
    chomping ??= readChomping(cursor);
  }
  cursor.skipBlanks();
  cursor.skipComment();
  if (!isBreakOrEnd(cursor.code)) cursor.fail("bad-block-header", cursor.pos, cursor.pos);
  return { chomping: chomping ?? "clip", increment };
}

function readChomping(cursor: Cursor): "strip" | "keep" | undefined {
  const code = cursor.code;
  if (code !== 43 && code !== 45) return undefined;
  cursor.pos++;
  return code === 43 ? "keep" : "strip";
}

/** Skips indentation and empty lines; an indentation of 0 is found out from the deepest of them. */
function blockBreaks(cursor: Cursor, indent: number, parent: number): { breaks: string; indent: number } {
  let breaks = "";
  let deepest = 0;
  for (;;) {
    while ((indent === 0 || cursor.column < indent) && cursor.code === 32) cursor.pos++;
    deepest = Math.max(deepest, cursor.column);
    if (cursor.code === 9 && (indent === 0 || cursor.column < indent)) {
      cursor.fail("tab-indentation", cursor.pos, cursor.pos + 1);
    }
    if (!isBreak(cursor.code)) break;
    breaks += cursor.readBreak();
  }
  return { breaks, indent: indent === 0 ? Math.max(deepest, parent + 1, 1) : indent };
}
