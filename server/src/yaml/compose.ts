import type { Cursor } from "./cursor.ts";
import type { YamlAlias, YamlEntry, YamlMap, YamlNode, YamlScalar, YamlSequence } from "./node.ts";
import { Unreadable, problem } from "./problem.ts";
import type { YamlProblem } from "./problem.ts";
import { keyName } from "./key.ts";
import { resolveScalar } from "./resolve.ts";
import { Scanner } from "./scanner.ts";
import type { Token, TokenType } from "./token.ts";

/** Collections may be nested this deeply; deeper ones are no manifests, and every reader of the tree is recursive. */
export const depthLimit = 500;

export interface Composed {
  readonly root: YamlNode | null;
  /** What was read, but has no value. */
  readonly problems: readonly YamlProblem[];
  readonly hasAliases: boolean;
  /** Where the reader stopped: what follows is ignored. */
  readonly end: number;
}

/**
 * Builds the nodes of one document, and throws `Unreadable` where the API server's reader fails.
 * go-yaml v2, parserc.go and decode.go (the parser's half), v2.4.3.
 */
export function compose(cursor: Cursor): Composed {
  return new Composer(new Scanner(cursor), cursor).document();
}

/** What an anchor names: filled when its node is complete. */
interface Anchor {
  node: YamlNode | null;
  complete: boolean;
}

/** The anchor and the tag before a node. */
interface Properties {
  readonly anchor: string;
  readonly tag: string;
  readonly start: number;
  readonly end: number;
}

class Composer {
  readonly #scanner: Scanner;
  readonly #cursor: Cursor;
  readonly #problems: YamlProblem[] = [];
  readonly #anchors = new Map<string, Anchor>();
  readonly #handles = new Map<string, string>();
  #depth = 0;
  #hasAliases = false;

  constructor(scanner: Scanner, cursor: Cursor) {
    this.#scanner = scanner;
    this.#cursor = cursor;
  }

  document(): Composed {
    let next = this.#scanner.peek();
    let root: YamlNode | null = null;
    const bare = !isOneOf(next, "version-directive", "tag-directive", "document-start", "stream-end");
    if (next.type !== "stream-end") {
      this.#directives();
      if (bare) {
        root = this.#node(true, false);
      } else {
        next = this.#scanner.peek();
        if (next.type !== "document-start") this.#fail("expected-document-start", next);
        this.#scanner.skip();
        next = this.#scanner.peek();
        const empty = isOneOf(
          next,
          "version-directive",
          "tag-directive",
          "document-start",
          "document-end",
          "stream-end",
        );
        if (!empty) root = this.#node(true, false);
      }
    }
    const last = this.#scanner.peek();
    const end = last.type === "document-end" ? last.end : last.start;
    return { root, problems: this.#problems, hasAliases: this.#hasAliases, end };
  }

  #fail(code: Parameters<Cursor["fail"]>[0], at: Token): never {
    this.#cursor.fail(code, at.start, at.end);
  }

  #directives(): void {
    let hasVersion = false;
    for (;;) {
      const next = this.#scanner.peek();
      if (next.type === "version-directive") {
        if (hasVersion) this.#fail("duplicate-directive", next);
        if (!/^0?1\.0?1$/.test(next.suffix)) this.#fail("bad-version", next);
        hasVersion = true;
      } else if (next.type === "tag-directive") {
        if (this.#handles.has(next.text)) this.#fail("duplicate-directive", next);
        this.#handles.set(next.text, next.suffix);
      } else {
        break;
      }
      this.#scanner.skip();
    }
    if (!this.#handles.has("!")) this.#handles.set("!", "!");
    if (!this.#handles.has("!!")) this.#handles.set("!!", "tag:yaml.org,2002:");
  }

  /** A node with its anchor and tag. `block` allows block collections, `indentless` lists at their key's column. */
  #node(block: boolean, indentless: boolean): YamlNode {
    const first = this.#scanner.peek();
    if (first.type === "alias") return this.#alias(this.#scanner.skip());
    const properties = this.#properties(first);
    if (properties?.anchor === undefined || properties.anchor === "") {
      return this.#content(block, indentless, properties);
    }
    const anchor: Anchor = { node: null, complete: false };
    this.#anchors.set(properties.anchor, anchor);
    const node = this.#content(block, indentless, properties);
    anchor.node = node;
    anchor.complete = true;
    return node;
  }

  #properties(first: Token): Properties | undefined {
    if (first.type !== "anchor" && first.type !== "tag") return undefined;
    this.#scanner.skip();
    const second = this.#scanner.peek();
    const both = (second.type === "anchor" || second.type === "tag") && second.type !== first.type;
    if (both) this.#scanner.skip();
    const anchor = first.type === "anchor" ? first : both ? second : undefined;
    const tag = first.type === "tag" ? first : both ? second : undefined;
    return {
      anchor: anchor?.text ?? "",
      tag: tag === undefined ? "" : this.#resolveTag(tag),
      start: first.start,
      end: both ? second.end : first.end,
    };
  }

  #resolveTag(tag: Token): string {
    if (tag.text === "") return tag.suffix;
    const prefix = this.#handles.get(tag.text);
    if (prefix === undefined) this.#cursor.fail("unknown-tag-handle", tag.start, tag.end, [tag.text]);
    return prefix + tag.suffix;
  }

  #content(block: boolean, indentless: boolean, properties: Properties | undefined): YamlNode {
    const next = this.#scanner.peek();
    if (next.type === "scalar") return this.#scalar(this.#scanner.skip(), properties);
    if (++this.#depth > depthLimit) {
      throw new Unreadable(problem("limit", "too-deep", { start: next.start, end: next.start + 1 }));
    }
    const node = this.#collection(next, block, indentless);
    this.#depth--;
    if (node !== undefined) return node;
    if (properties !== undefined) return this.#emptyScalar(properties);
    this.#fail("expected-value", next);
  }

  #collection(next: Token, block: boolean, indentless: boolean): YamlNode | undefined {
    if (next.type === "flow-sequence-start") return this.#flowSequence();
    if (next.type === "flow-mapping-start") return this.#flowMap();
    if (indentless && next.type === "block-entry") return this.#indentlessSequence();
    if (block && next.type === "block-sequence-start") return this.#blockSequence();
    if (block && next.type === "block-mapping-start") return this.#blockMap();
    return undefined;
  }

  #alias(token: Token): YamlAlias {
    this.#hasAliases = true;
    const anchor = this.#anchors.get(token.text);
    const span = { start: token.start, end: token.end };
    if (anchor === undefined) this.#cursor.fail("unknown-anchor", token.start, token.end, [token.text]);
    if (!anchor.complete) this.#problems.push(problem("value", "cyclic-alias", span, [token.text]));
    return { type: "alias", span, name: token.text, target: anchor.node };
  }

  #scalar(token: Token, properties: Properties | undefined): YamlScalar {
    const span = { start: token.start, end: token.end };
    const tag = properties?.tag ?? "";
    if (tag === "" && token.style !== "plain") {
      return { type: "scalar", span, value: token.text, text: token.text, style: token.style };
    }
    return this.#resolved(token.text, tag, token.style, span, properties);
  }

  #emptyScalar(properties: Properties): YamlScalar {
    const span = { start: properties.end, end: properties.end };
    return this.#resolved("", properties.tag, "plain", span, properties);
  }

  #resolved(
    text: string,
    tag: string,
    style: YamlScalar["style"],
    span: YamlScalar["span"],
    properties: Properties | undefined,
  ): YamlScalar {
    const resolved = resolveScalar(text, tag);
    const shortTag = tag.replace(/^tag:yaml\.org,2002:/, "!!");
    if (resolved.problem !== undefined) {
      const where = span.end > span.start ? span : { start: properties?.start ?? span.start, end: span.end };
      this.#problems.push(problem("value", resolved.problem, where, [text, shortTag]));
    }
    const scalar = { type: "scalar", span, value: resolved.value, text, style } as const;
    return tag === "" ? scalar : { ...scalar, tag: shortTag };
  }

  #blockSequence(): YamlSequence {
    const start = this.#scanner.skip().start;
    const items: (YamlNode | null)[] = [];
    let end = start;
    for (;;) {
      const next = this.#scanner.peek();
      if (next.type === "block-end") break;
      if (next.type !== "block-entry") this.#fail("expected-entry", next);
      end = this.#item(items, false);
    }
    this.#scanner.skip();
    return { type: "sequence", span: { start, end }, flow: false, items };
  }

  #indentlessSequence(): YamlSequence {
    const start = this.#scanner.peek().start;
    const items: (YamlNode | null)[] = [];
    let end = start;
    while (this.#scanner.peek().type === "block-entry") {
      end = this.#item(items, true);
    }
    return { type: "sequence", span: { start, end }, flow: false, items };
  }

  /** Reads `-` and the item behind it, which is empty where another one or the end follows. Returns where it ends. */
  #item(items: (YamlNode | null)[], indentless: boolean): number {
    const dash = this.#scanner.skip();
    const next = this.#scanner.peek().type;
    const empty =
      next === "block-entry" || next === "block-end" || (indentless && (next === "key" || next === "value"));
    const item = empty ? null : this.#node(true, false);
    items.push(item);
    return item === null ? dash.end : item.span.end;
  }

  #blockMap(): YamlMap {
    const start = this.#scanner.skip().start;
    const entries: YamlEntry[] = [];
    let end = start;
    for (;;) {
      const next = this.#scanner.peek();
      if (next.type === "block-end") break;
      if (next.type !== "key") this.#fail("expected-key", next);
      const entry = this.#blockEntry();
      entries.push(entry);
      end = entry.span.end;
    }
    this.#scanner.skip();
    return { type: "map", span: { start, end }, flow: false, entries };
  }

  #blockEntry(): YamlEntry {
    const mark = this.#scanner.skip();
    const key = this.#endsEntry() ? noNode(mark.end) : this.#node(true, true);
    const start = mark.end > mark.start ? mark.start : key.span.start;
    if (this.#scanner.peek().type !== "value") return entryOf(start, key, null, key.span.end);
    const colon = this.#scanner.skip();
    return entryOf(start, key, this.#endsEntry() ? null : this.#node(true, true), colon.end);
  }

  /** Whether a part of a block map's entry is empty, since the next part or the end follows. */
  #endsEntry(): boolean {
    const next = this.#scanner.peek().type;
    return next === "key" || next === "value" || next === "block-end";
  }

  #flowSequence(): YamlSequence {
    const start = this.#scanner.skip().start;
    const items: (YamlNode | null)[] = [];
    for (let first = true; this.#scanner.peek().type !== "flow-sequence-end"; first = false) {
      if (!first) {
        if (this.#scanner.peek().type !== "flow-entry") this.#fail("expected-flow-entry", this.#scanner.peek());
        this.#scanner.skip();
      }
      const next = this.#scanner.peek();
      if (next.type === "key") items.push(this.#pair());
      else if (next.type !== "flow-sequence-end") items.push(this.#node(false, false));
    }
    const end = this.#scanner.skip().end;
    return { type: "sequence", span: { start, end }, flow: true, items };
  }

  /** A map of one entry without braces: `[a: 1]`. */
  #pair(): YamlMap {
    const mark = this.#scanner.skip();
    const first = this.#scanner.peek();
    const keyless = isOneOf(first, "value", "flow-entry", "flow-sequence-end");
    // go-yaml consumes the token behind an empty key, whatever it is.
    const key = keyless ? noNode(this.#scanner.skip().end) : this.#node(false, false);
    const start = mark.end > mark.start ? mark.start : key.span.start;
    const entry = this.#flowValue(start, key, "flow-sequence-end");
    return { type: "map", span: entry.span, flow: true, entries: [entry] };
  }

  #flowMap(): YamlMap {
    const start = this.#scanner.skip().start;
    const entries: YamlEntry[] = [];
    for (let first = true; this.#scanner.peek().type !== "flow-mapping-end"; first = false) {
      if (!first) {
        if (this.#scanner.peek().type !== "flow-entry") this.#fail("expected-flow-pair", this.#scanner.peek());
        this.#scanner.skip();
      }
      const next = this.#scanner.peek();
      if (next.type === "key") entries.push(this.#flowEntry());
      else if (next.type !== "flow-mapping-end") {
        const key = this.#node(false, false);
        entries.push(entryOf(key.span.start, key, null, key.span.end));
      }
    }
    const end = this.#scanner.skip().end;
    return { type: "map", span: { start, end }, flow: true, entries };
  }

  #flowEntry(): YamlEntry {
    const mark = this.#scanner.skip();
    const next = this.#scanner.peek();
    const keyless = isOneOf(next, "value", "flow-entry", "flow-mapping-end");
    const key = keyless ? noNode(next.start) : this.#node(false, false);
    return this.#flowValue(mark.end > mark.start ? mark.start : key.span.start, key, "flow-mapping-end");
  }

  #flowValue(start: number, key: YamlNode, close: TokenType): YamlEntry {
    if (this.#scanner.peek().type !== "value") return entryOf(start, key, null, key.span.end);
    const colon = this.#scanner.skip();
    const next = this.#scanner.peek().type;
    return entryOf(start, key, next === "flow-entry" || next === close ? null : this.#node(false, false), colon.end);
  }
}

function entryOf(start: number, key: YamlNode, value: YamlNode | null, bareEnd: number): YamlEntry {
  const end = value === null ? bareEnd : Math.max(bareEnd, value.span.end);
  return { name: keyName(key), key, value, span: { start, end } };
}

/** The key of an entry that has none. */
function noNode(at: number): YamlScalar {
  return { type: "scalar", span: { start: at, end: at }, value: null, text: "", style: "plain" };
}

function isOneOf(token: Token, ...types: readonly TokenType[]): boolean {
  return types.includes(token.type);
}
