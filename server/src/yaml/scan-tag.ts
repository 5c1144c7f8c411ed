import { isBlank, isBlankOrEnd, isBreak, isBreakOrEnd, isDigit, isHex, isWord } from "./cursor.ts";
import type { Cursor } from "./cursor.ts";
import { token } from "./token.ts";
import type { Token } from "./token.ts";

/** Scans `&name` or `*name`. go-yaml v2, scannerc.go, yaml_parser_scan_anchor, v2.4.3. */
export function scanAnchor(cursor: Cursor): Token {
  const start = cursor.pos;
  const type = cursor.code === 42 ? "alias" : "anchor";
  cursor.pos++;
  skipWord(cursor);
  const name = cursor.source.slice(start + 1, cursor.pos);
  const next = cursor.source.charAt(cursor.pos);
  if (name === "" || !(isBlankOrEnd(cursor.code) || "?:,]}%@`".includes(next))) {
    cursor.fail("bad-anchor", start, Math.max(cursor.pos, start + 1));
  }
  return token(type, start, cursor.pos, name);
}

/** Scans `!suffix`, `!!suffix`, `!handle!suffix` or `!<verbatim>`. go-yaml v2, scannerc.go, yaml_parser_scan_tag, v2.4.3. */
export function scanTag(cursor: Cursor): Token {
  const start = cursor.pos;
  let handle = "";
  let suffix: string;
  if (cursor.codeAt(1) === 60) {
    cursor.pos += 2;
    suffix = scanUri(cursor, start, "");
    if (cursor.code !== 62) cursor.fail("bad-tag", start, cursor.pos);
    cursor.pos++;
  } else {
    const read = scanHandle(cursor, start);
    if (read.length > 1 && read.endsWith("!")) {
      handle = read;
      suffix = scanUri(cursor, start, "");
    } else {
      suffix = scanUri(cursor, start, read);
      handle = suffix === "" ? "" : "!";
      if (suffix === "") suffix = "!";
    }
  }
  if (!isBlankOrEnd(cursor.code)) cursor.fail("bad-tag", start, cursor.pos + 1);
  return token("tag", start, cursor.pos, handle, suffix);
}

/** Scans a `%YAML` or `%TAG` line with its line break. go-yaml v2, scannerc.go, yaml_parser_scan_directive, v2.4.3. */
export function scanDirective(cursor: Cursor): Token {
  const start = cursor.pos;
  cursor.pos++;
  const nameStart = cursor.pos;
  skipWord(cursor);
  const name = cursor.source.slice(nameStart, cursor.pos);
  if (!isBlankOrEnd(cursor.code) || (name !== "YAML" && name !== "TAG")) failDirective(cursor, start);
  const result = name === "YAML" ? scanVersion(cursor, start) : scanTagDirective(cursor, start);
  cursor.skipBlanks();
  cursor.skipComment();
  if (!isBreakOrEnd(cursor.code)) failDirective(cursor, start);
  if (isBreak(cursor.code)) cursor.readBreak();
  return result;
}

function scanVersion(cursor: Cursor, start: number): Token {
  cursor.skipBlanks();
  const from = cursor.pos;
  skipNumber(cursor, start);
  if (cursor.code !== 46) failDirective(cursor, start);
  cursor.pos++;
  skipNumber(cursor, start);
  return token("version-directive", start, cursor.pos, "", cursor.source.slice(from, cursor.pos));
}

function skipNumber(cursor: Cursor, start: number): void {
  const from = cursor.pos;
  while (isDigit(cursor.code)) cursor.pos++;
  if (cursor.pos === from || cursor.pos > from + 2) failDirective(cursor, start);
}

function scanTagDirective(cursor: Cursor, start: number): Token {
  cursor.skipBlanks();
  const handle = scanHandle(cursor, start);
  if (handle !== "!" && !handle.endsWith("!")) failDirective(cursor, start);
  if (!isBlank(cursor.code)) failDirective(cursor, start);
  cursor.skipBlanks();
  const prefix = scanUri(cursor, start, "");
  if (!isBlankOrEnd(cursor.code)) failDirective(cursor, start);
  return token("tag-directive", start, cursor.pos, handle, prefix);
}

function scanHandle(cursor: Cursor, start: number): string {
  const from = cursor.pos;
  if (cursor.code !== 33) cursor.fail("bad-tag", start, cursor.pos);
  cursor.pos++;
  skipWord(cursor);
  if (cursor.code === 33) cursor.pos++;
  return cursor.source.slice(from, cursor.pos);
}

/** The characters of a tag's URI behind the handle `head`, whose own letters belong to it. */
function scanUri(cursor: Cursor, start: number, head: string): string {
  let uri = head.slice(1);
  const from = cursor.pos;
  while (
    isWord(cursor.code) ||
    (cursor.code !== 0 && ";/?:@&=+$,.!~*'()[]%".includes(cursor.source.charAt(cursor.pos)))
  ) {
    if (cursor.code === 37) uri += scanOctets(cursor, start);
    else uri += cursor.source.charAt(cursor.pos++);
  }
  if (head === "" && cursor.pos === from) cursor.fail("bad-tag", start, cursor.pos);
  return uri;
}

/** One percent-encoded character of one to four octets. */
function scanOctets(cursor: Cursor, start: number): string {
  const from = cursor.pos;
  const lead = readOctet(cursor, start);
  const length = lead < 0x80 ? 1 : lead >> 5 === 6 ? 2 : lead >> 4 === 14 ? 3 : lead >> 3 === 30 ? 4 : 0;
  if (length === 0) cursor.fail("bad-tag", start, cursor.pos);
  for (let index = 1; index < length; index++) {
    if ((readOctet(cursor, start) & 0xc0) !== 0x80) cursor.fail("bad-tag", start, cursor.pos);
  }
  return cursor.source.slice(from, cursor.pos);
}

function readOctet(cursor: Cursor, start: number): number {
  if (cursor.code !== 37 || !isHex(cursor.codeAt(1)) || !isHex(cursor.codeAt(2))) {
    cursor.fail("bad-tag", start, cursor.pos + 1);
  }
  cursor.pos += 3;
  return Number.parseInt(cursor.source.slice(cursor.pos - 2, cursor.pos), 16);
}

function skipWord(cursor: Cursor): void {
  while (isWord(cursor.code)) cursor.pos++;
}

function failDirective(cursor: Cursor, start: number): never {
  let end = cursor.pos;
  while (!isBreakOrEnd(cursor.source.charCodeAt(end))) end++;
  cursor.fail("bad-directive", start, end);
}
