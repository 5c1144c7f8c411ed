import { Unreadable, problem } from "./problem.ts";
import type { YamlProblemCode } from "./problem.ts";

/** A place in a text that ends with a NUL character, and the start of its line. Shared by all parts of the scanner. */
export class Cursor {
  readonly source: string;
  pos = 0;
  lineStart = 0;

  /** `source` ends with a line break and a NUL character, which stands nowhere else in it. */
  constructor(source: string) {
    this.source = source;
    if (source.charCodeAt(0) === 0xfeff) this.pos = this.lineStart = 1;
  }

  /** The code of the current character. */
  get code(): number {
    return this.source.charCodeAt(this.pos);
  }

  /** The code of a character further on; only asked where the characters between are known to be no end. */
  codeAt(distance: number): number {
    return this.source.charCodeAt(this.pos + distance);
  }

  get column(): number {
    return this.pos - this.lineStart;
  }

  /** Skips a line break and returns what it means in a scalar. kubectl's line reader drops a CR before CRLF. */
  readBreak(): string {
    const code = this.code;
    this.pos += code === 13 ? this.#lengthOfReturn() : 1;
    this.lineStart = this.pos;
    return code === 0x2028 || code === 0x2029 ? String.fromCharCode(code) : "\n";
  }

  #lengthOfReturn(): number {
    const next = this.codeAt(1);
    if (next === 10) return 2;
    return next === 13 && this.codeAt(2) === 10 ? 3 : 1;
  }

  skipBlanks(): void {
    while (isBlank(this.code)) this.pos++;
  }

  /** Skips a comment up to its line break. */
  skipComment(): void {
    if (this.code !== 35) return;
    while (!isBreakOrEnd(this.code)) this.pos++;
  }

  /** Whether `---` or `...` stands alone at the start of the current line. */
  atDocumentIndicator(): boolean {
    if (this.pos !== this.lineStart) return false;
    const code = this.code;
    return (
      (code === 45 || code === 46) && this.codeAt(1) === code && this.codeAt(2) === code && isBlankOrEnd(this.codeAt(3))
    );
  }

  /** Ends the reading: the text from `start` to `end` is not YAML. */
  fail(code: YamlProblemCode, start: number, end: number, words: readonly string[] = []): never {
    throw new Unreadable(problem("syntax", code, visibleSpan(this.source, start, end), words));
  }
}

export function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

/** Line breaks of YAML 1.1: CR, LF, NEL, LS, PS. */
export function isBreak(code: number): boolean {
  return code === 10 || code === 13 || code === 0x85 || code === 0x2028 || code === 0x2029;
}

export function isBreakOrEnd(code: number): boolean {
  return isBreak(code) || code === 0;
}

/** A blank, a line break or the end of the text. */
export function isBlankOrEnd(code: number): boolean {
  return code === 32 || code === 9 || isBreak(code) || code === 0;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** The characters of anchors and tag handles. */
export function isWord(code: number): boolean {
  return isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95 || code === 45;
}

export function isHex(code: number): boolean {
  return isDigit(code) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102);
}

/** A span that an editor can show: an empty one grows to the end of its line, or back to the last visible character. */
function visibleSpan(source: string, start: number, end: number): { start: number; end: number } {
  const limit = source.length - 1;
  let stop = Math.min(end, limit);
  if (stop > start) return { start, end: stop };
  while (stop < limit && !isBreak(source.charCodeAt(stop))) stop++;
  while (stop > start && isBlank(source.charCodeAt(stop - 1))) stop--;
  if (stop > start) return { start, end: stop };
  let from = Math.min(start, limit);
  while (from > 0 && isBlankOrEnd(source.charCodeAt(from - 1))) from--;
  return { start: Math.max(0, from - 1), end: from };
}
