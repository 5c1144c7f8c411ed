import type { Span } from "../base/span.ts";
import { depthLimit } from "./compose.ts";
import type { YamlEntry, YamlNode, YamlScalar } from "./node.ts";

/** The nodes of a text that starts with `{` and is valid JSON, `undefined` for every other text. */
export function composeJson(text: string): YamlNode | undefined {
  const start = skipSpace(text, 0);
  if (text.charCodeAt(start) !== 123) return undefined;
  return new JsonComposer(text, start).document();
}

const syntaxError = Symbol("not JSON");
type Read<T> = T | typeof syntaxError;

class JsonComposer {
  readonly #text: string;
  #pos: number;
  #depth = 0;
  readonly #stringPattern = new RegExp(stringPattern, "y");
  readonly #wordPattern = new RegExp(wordPattern, "y");

  constructor(text: string, start: number) {
    this.#text = text;
    this.#pos = start;
  }

  document(): YamlNode | undefined {
    const root = this.#value();
    if (root === syntaxError) return undefined;
    this.#skipSpace();
    return this.#pos === this.#text.length ? root : undefined;
  }

  #skipSpace(): void {
    this.#pos = skipSpace(this.#text, this.#pos);
  }

  /** Skips white space and, if it follows, the character. */
  #accept(character: string): boolean {
    this.#skipSpace();
    if (this.#text.charAt(this.#pos) !== character) return false;
    this.#pos++;
    return true;
  }

  #value(): Read<YamlNode> {
    this.#skipSpace();
    const first = this.#text.charAt(this.#pos);
    if (first === '"') return this.#string();
    if (first !== "{" && first !== "[") return this.#word();
    if (++this.#depth > depthLimit) return syntaxError;
    const start = this.#pos++;
    const node = first === "{" ? this.#map(start) : this.#sequence(start);
    this.#depth--;
    return node;
  }

  #map(start: number): Read<YamlNode> {
    const entries: YamlEntry[] = [];
    if (!this.#accept("}")) {
      do {
        const entry = this.#entry();
        if (entry === syntaxError) return syntaxError;
        entries.push(entry);
      } while (this.#accept(","));
      if (!this.#accept("}")) return syntaxError;
    }
    return { type: "map", span: this.#spanFrom(start), flow: true, entries };
  }

  #entry(): Read<YamlEntry> {
    this.#skipSpace();
    if (this.#text.charAt(this.#pos) !== '"') return syntaxError;
    const key = this.#string();
    if (key === syntaxError || !this.#accept(":")) return syntaxError;
    const value = this.#value();
    if (value === syntaxError) return syntaxError;
    return { name: key.text, key, value, span: { start: key.span.start, end: value.span.end } };
  }

  #sequence(start: number): Read<YamlNode> {
    const items: YamlNode[] = [];
    if (!this.#accept("]")) {
      do {
        const item = this.#value();
        if (item === syntaxError) return syntaxError;
        items.push(item);
      } while (this.#accept(","));
      if (!this.#accept("]")) return syntaxError;
    }
    return { type: "sequence", span: this.#spanFrom(start), flow: true, items };
  }

  #string(): Read<YamlScalar> {
    const raw = this.#match(this.#stringPattern);
    if (raw === undefined) return syntaxError;
    const text = raw.includes("\\") ? unescape(raw.slice(1, -1)) : raw.slice(1, -1);
    const span = this.#spanFrom(this.#pos - raw.length);
    return { type: "scalar", span, value: text, text, style: "double-quoted" };
  }

  #word(): Read<YamlScalar> {
    const raw = this.#match(this.#wordPattern);
    if (raw === undefined) return syntaxError;
    const span = this.#spanFrom(this.#pos - raw.length);
    return { type: "scalar", span, value: wordValue(raw), text: raw, style: "plain" };
  }

  #match(sticky: RegExp): string | undefined {
    sticky.lastIndex = this.#pos;
    const found = sticky.exec(this.#text)?.[0];
    if (found !== undefined) this.#pos += found.length;
    return found;
  }

  #spanFrom(start: number): Span {
    return { start, end: this.#pos };
  }
}

const stringPattern = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/;
const wordPattern = /true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/;
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function wordValue(raw: string): YamlScalar["value"] {
  if (raw === "null") return null;
  if (raw === "true" || raw === "false") return raw === "true";
  const value = Number(raw);
  return Number.isSafeInteger(value) || /[.eE]/.test(raw) ? value : BigInt(raw);
}

const shortEscapes: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

/** Half of a surrogate pair becomes U+FFFD, as in Go's encoding/json. */
function unescape(raw: string): string {
  const text = raw.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, code: string | undefined, letter: string) =>
    code === undefined ? (shortEscapes[letter] ?? letter) : String.fromCharCode(Number.parseInt(code, 16)),
  );
  return text.replace(loneSurrogate, "\ufffd");
}

function skipSpace(text: string, from: number): number {
  let pos = from;
  for (;;) {
    const code = text.charCodeAt(pos);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return pos;
    pos++;
  }
}
