import type { Cursor } from "./cursor.ts";
import { isBlank, isBlankOrEnd, isBreak } from "./cursor.ts";
import { scanBlockScalar, scanPlain, scanQuoted } from "./scan-scalar.ts";
import { scanAnchor, scanDirective, scanTag } from "./scan-tag.ts";
import { token } from "./token.ts";
import type { Token, TokenType } from "./token.ts";

/** A place where a key without `?` may have started; the `:` behind it decides. One for each level of flow collections. */
interface SimpleKey {
  possible: boolean;
  /** Whether the indentation allows nothing but a key here. */
  required: boolean;
  /** Whether the token is held back until the key is decided. */
  holds: boolean;
  /** The number of the token that would be the key. */
  number: number;
  start: number;
  lineStart: number;
}

/** A key without `?` stands on one line and has at most this many characters. */
const keyLimit = 1024;

/**
 * Turns text into tokens on demand, with the look-ahead of libyaml's scanner: what lies behind the document's end is never looked at.
 * go-yaml v2, scannerc.go, v2.4.3 (as sigs.k8s.io/yaml v1.6.0 uses it).
 */
export class Scanner {
  readonly #cursor: Cursor;
  #tokens: Token[] = [];
  /** The index of the next token to hand out, and the number of tokens that were dropped before `#tokens[0]`. */
  #head = 0;
  #dropped = 0;
  #available = false;
  #indent = -1;
  readonly #indents: number[] = [];
  #flowLevel = 0;
  #keyAllowed = true;
  readonly #keys: SimpleKey[] = [noKey(0)];
  /** The last plain scalar. */
  #plain: Token | undefined;

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
  }

  /** The next token, which stays the next one until `skip`. */
  peek(): Token {
    if (!this.#available) {
      while (this.#needsMore()) this.#fetch();
      this.#available = true;
    }
    return this.#tokens[this.#head]!;
  }

  /** Consumes the token that `peek` returned, and returns it. */
  skip(): Token {
    const current = this.#tokens[this.#head]!;
    this.#available = false;
    this.#head++;
    if (this.#head === this.#tokens.length) {
      this.#dropped += this.#head;
      this.#head = 0;
      this.#tokens.length = 0;
    }
    return current;
  }

  /** Whether the next token cannot be handed out yet: there is none, or it may turn out to be a key. */
  #needsMore(): boolean {
    if (this.#head === this.#tokens.length) return true;
    const number = this.#dropped + this.#head;
    for (const key of this.#keys) {
      if (key.holds && key.number === number) return this.#isValid(key);
    }
    return false;
  }

  get #nextNumber(): number {
    return this.#dropped + this.#tokens.length;
  }

  #push(type: TokenType, start: number, end: number): void {
    this.#tokens.push(token(type, start, end));
  }

  /** Inserts a token before the one with the given number; behind all others where that one is handed out already. */
  #insert(number: number, type: TokenType, at: number): void {
    const index = number - this.#dropped;
    const tokens = this.#tokens;
    tokens.push(token(type, at, at));
    if (index < this.#head) return;
    const inserted = tokens[tokens.length - 1]!;
    for (let place = tokens.length - 1; place > index; place--) tokens[place] = tokens[place - 1]!;
    tokens[index] = inserted;
  }

  #fetch(): void {
    const cursor = this.#cursor;
    this.#skipToToken();
    this.#unroll(cursor.column);
    const code = cursor.code;
    if (code === 0) return this.#fetchEnd();
    if (cursor.column === 0) {
      if (code === 37) return this.#fetchDirective();
      if (cursor.atDocumentIndicator()) return this.#fetchIndicator(code === 45 ? "document-start" : "document-end");
    }
    switch (code) {
      case 91:
        return this.#fetchFlowStart("flow-sequence-start");
      case 123:
        return this.#fetchFlowStart("flow-mapping-start");
      case 93:
        return this.#fetchFlowEnd("flow-sequence-end");
      case 125:
        return this.#fetchFlowEnd("flow-mapping-end");
      case 44:
        return this.#fetchFlowEntry();
      case 38:
      case 42:
        return this.#fetchNode(scanAnchor);
      case 33:
        return this.#fetchNode(scanTag);
      case 34:
      case 39:
        return this.#fetchNode(scanQuoted);
      default:
        return this.#fetchByNext(code);
    }
  }

  /** Tokens whose first character means something else when text follows it. */
  #fetchByNext(code: number): void {
    const inFlow = this.#flowLevel > 0;
    const next = this.#cursor.codeAt(1);
    const endsWord = isBlankOrEnd(next);
    if (code === 45 && endsWord) return this.#fetchBlockEntry();
    if (code === 63 && (inFlow || endsWord)) return this.#fetchKey();
    if (code === 58 && (inFlow || endsWord)) return this.#fetchValue();
    if ((code === 124 || code === 62) && !inFlow) return this.#fetchBlockScalar();
    if (!startsPlain(code)) {
      const isTab = code === 9;
      this.#cursor.fail(isTab ? "tab-indentation" : "expected-token", this.#cursor.pos, this.#cursor.pos + 1, [
        String.fromCharCode(code),
      ]);
    }
    this.#fetchPlain();
  }

  /** Skips blanks, comments and line breaks. A tab is no blank where a key may start in block context. */
  #skipToToken(): void {
    const cursor = this.#cursor;
    for (;;) {
      const tabs = this.#flowLevel > 0 || !this.#keyAllowed;
      while (cursor.code === 32 || (tabs && cursor.code === 9)) cursor.pos++;
      cursor.skipComment();
      if (!isBreak(cursor.code)) return;
      cursor.readBreak();
      if (this.#flowLevel === 0) this.#keyAllowed = true;
    }
  }

  #isValid(key: SimpleKey): boolean {
    if (!key.possible) return false;
    if (key.lineStart === this.#cursor.lineStart && !this.#isTooFar(key)) return true;
    if (key.required) this.#failMissingColon(key);
    key.possible = false;
    return false;
  }

  /** Whether the key would be longer than allowed, counted in characters. */
  #isTooFar(key: SimpleKey): boolean {
    const distance = this.#cursor.pos - key.start;
    if (distance <= keyLimit) return false;
    return (
      distance > 2 * keyLimit || Array.from(this.#cursor.source.slice(key.start, this.#cursor.pos)).length > keyLimit
    );
  }

  #failMissingColon(key: SimpleKey): never {
    this.#cursor.fail("expected-colon", key.start, key.start);
  }

  #saveKey(): void {
    if (!this.#keyAllowed) return;
    this.#removeKey();
    const key = this.#keys[this.#keys.length - 1]!;
    key.possible = true;
    key.holds = true;
    key.required = this.#flowLevel === 0 && this.#indent === this.#cursor.column;
    key.number = this.#nextNumber;
    key.start = this.#cursor.pos;
    key.lineStart = this.#cursor.lineStart;
  }

  #removeKey(): void {
    const key = this.#keys[this.#keys.length - 1]!;
    if (!key.possible) return;
    if (key.required) this.#failMissingColon(key);
    key.possible = false;
    key.holds = false;
  }

  /** Opens a block collection where the column is deeper than the current one. */
  #roll(column: number, number: number, type: TokenType, at: number): void {
    if (this.#flowLevel > 0 || this.#indent >= column) return;
    this.#indents.push(this.#indent);
    this.#indent = column;
    this.#insert(number, type, at);
  }

  /** Closes the block collections that are deeper than the column. */
  #unroll(column: number): void {
    if (this.#flowLevel > 0) return;
    while (this.#indent > column) {
      this.#push("block-end", this.#cursor.pos, this.#cursor.pos);
      this.#indent = this.#indents.pop() ?? -1;
    }
  }

  #consume(type: TokenType, length: number): void {
    const start = this.#cursor.pos;
    this.#cursor.pos += length;
    this.#push(type, start, start + length);
  }

  #closeBlocks(): void {
    this.#unroll(-1);
    this.#removeKey();
    this.#keyAllowed = false;
  }

  #fetchEnd(): void {
    this.#closeBlocks();
    this.#push("stream-end", this.#cursor.pos, this.#cursor.pos);
  }

  #fetchDirective(): void {
    this.#closeBlocks();
    this.#tokens.push(scanDirective(this.#cursor));
  }

  #fetchIndicator(type: "document-start" | "document-end"): void {
    this.#closeBlocks();
    this.#consume(type, 3);
  }

  #fetchFlowStart(type: TokenType): void {
    this.#saveKey();
    this.#keys.push(noKey(this.#nextNumber));
    this.#flowLevel++;
    this.#keyAllowed = true;
    this.#consume(type, 1);
  }

  #fetchFlowEnd(type: TokenType): void {
    this.#removeKey();
    if (this.#flowLevel > 0) {
      this.#flowLevel--;
      const closed = this.#keys.pop()!;
      // An empty collection shares its number with the key that it may be itself, and go-yaml then forgets to hold that one back.
      const outer = this.#keys[this.#keys.length - 1]!;
      if (outer.number === closed.number) outer.holds = false;
    }
    this.#keyAllowed = false;
    this.#consume(type, 1);
  }

  #fetchFlowEntry(): void {
    this.#removeKey();
    this.#keyAllowed = true;
    this.#consume("flow-entry", 1);
  }

  #fetchBlockEntry(): void {
    if (this.#flowLevel === 0) {
      if (!this.#keyAllowed) this.#cursor.fail("entry-not-allowed", this.#cursor.pos, this.#cursor.pos + 1);
      this.#roll(this.#cursor.column, this.#nextNumber, "block-sequence-start", this.#cursor.pos);
    }
    this.#removeKey();
    this.#keyAllowed = true;
    this.#consume("block-entry", 1);
  }

  #fetchKey(): void {
    if (this.#flowLevel === 0) {
      if (!this.#keyAllowed) this.#cursor.fail("key-not-allowed", this.#cursor.pos, this.#cursor.pos + 1);
      this.#roll(this.#cursor.column, this.#nextNumber, "block-mapping-start", this.#cursor.pos);
    }
    this.#removeKey();
    this.#keyAllowed = this.#flowLevel === 0;
    this.#consume("key", 1);
  }

  #fetchValue(): void {
    const key = this.#keys[this.#keys.length - 1]!;
    if (this.#isValid(key)) {
      this.#insert(key.number, "key", key.start);
      this.#roll(key.start - key.lineStart, key.number, "block-mapping-start", key.start);
      key.possible = false;
      key.holds = false;
      this.#keyAllowed = false;
    } else {
      if (this.#flowLevel === 0) {
        if (!this.#keyAllowed) this.#failValue();
        this.#roll(this.#cursor.column, this.#nextNumber, "block-mapping-start", this.#cursor.pos);
      }
      this.#keyAllowed = this.#flowLevel === 0;
    }
    this.#consume("value", 1);
  }

  /** A `:` behind plain text of several lines: its first line lacks one, most likely. */
  #failValue(): never {
    const { source, pos } = this.#cursor;
    const last = this.#plain;
    const isMultiline = last !== undefined && /[\n\r]/.test(source.slice(last.start, last.end));
    if (isMultiline && source.slice(last.end, pos).trim() === "")
      this.#cursor.fail("expected-colon", last.start, last.start);
    this.#cursor.fail("value-not-allowed", pos, pos + 1);
  }

  /** An anchor, alias, tag or quoted scalar: any of them may be a key, none may follow another as one. */
  #fetchNode(scan: (cursor: Cursor) => Token): void {
    this.#saveKey();
    this.#keyAllowed = false;
    this.#tokens.push(scan(this.#cursor));
  }

  #fetchBlockScalar(): void {
    this.#removeKey();
    this.#keyAllowed = true;
    this.#tokens.push(scanBlockScalar(this.#cursor, this.#indent));
  }

  #fetchPlain(): void {
    this.#saveKey();
    const plain = scanPlain(this.#cursor, this.#indent + 1, this.#flowLevel > 0);
    this.#keyAllowed = plain.endedLine;
    this.#plain = plain.token;
    this.#tokens.push(plain.token);
  }
}

function noKey(number: number): SimpleKey {
  return { possible: false, required: false, holds: false, number, start: 0, lineStart: 0 };
}

/** Whether text may start with the character, which is none of the indicators that were tried before. */
function startsPlain(code: number): boolean {
  return !isBlank(code) && code !== 35 && code !== 37 && code !== 64 && code !== 96 && code !== 124 && code !== 62;
}
