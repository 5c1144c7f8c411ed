import { isAlias, isMap, isPair, isScalar, isSeq, parseAllDocuments } from "yaml";
import type { Document, Node, Pair, Scalar } from "yaml";
import type { Span } from "../base/span.ts";
import { depthLimit } from "./compose.ts";
import { keyName } from "./key.ts";
import type { YamlEntry, YamlNode, YamlScalar } from "./node.ts";
import { resolvePlain } from "./resolve.ts";

/**
 * The nodes of a text that is not YAML (yet), as well as they can be told: for hover and completion in half-typed text.
 * The parser behind it goes on where the API server's reader stops. It is slow: a very long text has no nodes while it is broken.
 */
export function recover(text: string): YamlNode | null {
  if (text.length > sizeLimit) return null;
  try {
    const documents = parseAllDocuments(text, {
      version: "1.1",
      logLevel: "silent",
      prettyErrors: false,
      uniqueKeys: false,
    });
    const first = "empty" in documents ? undefined : documents.find((document) => document.contents !== null);
    return first === undefined ? null : new Converter(first, text).node(first.contents, 0);
  } catch {
    return null;
  }
}

/** In UTF-16 units. */
const sizeLimit = 400_000;

class Converter {
  readonly #document: Document.Parsed;
  readonly #text: string;
  readonly #targets = new Map<Node, YamlNode | null>();

  constructor(document: Document.Parsed, text: string) {
    this.#document = document;
    this.#text = text;
  }

  node(source: unknown, depth: number): YamlNode | null {
    if (!isNode(source) || depth > depthLimit) return null;
    this.#targets.set(source, null);
    const node = this.#convert(source, depth);
    this.#targets.set(source, node);
    return node;
  }

  #convert(source: Node, depth: number): YamlNode | null {
    const span = spanOf(source);
    if (isScalar(source)) return scalarOf(source, span);
    if (isAlias(source)) {
      const target = source.resolve(this.#document);
      const node = target === undefined ? null : (this.#targets.get(target) ?? null);
      return { type: "alias", span, name: source.source, target: node };
    }
    if (isSeq(source)) {
      const items = source.items.map((item) => this.#item(item, depth + 1));
      return { type: "sequence", span, flow: source.flow === true, items };
    }
    if (!isMap(source)) return null;
    const entries = source.items.flatMap((pair) => this.#entries(pair, depth + 1));
    return { type: "map", span, flow: source.flow === true, entries };
  }

  /** A key of several lines is one that is being typed above another: each line becomes a key. */
  #entries(pair: Pair, depth: number): readonly YamlEntry[] {
    const entry = this.#entry(pair, depth);
    if (entry.key.type !== "scalar" || entry.key.style !== "plain") return [entry];
    const source = this.#text.slice(entry.key.span.start, entry.key.span.end);
    const keys = [...source.matchAll(/[^\s#][^\n\r#]*/g)].map(({ 0: line, index }) =>
      plainKey(line.trimEnd(), entry.key.span.start + index),
    );
    const last = keys.pop();
    if (last === undefined || keys.length === 0) return [entry];
    const typed = keys.map((key) => ({ name: keyName(key), key, value: null, span: key.span }));
    return [
      ...typed,
      { ...entry, name: keyName(last), key: last, span: { start: last.span.start, end: entry.span.end } },
    ];
  }

  #item(item: unknown, depth: number): YamlNode | null {
    if (!isPair(item)) return this.node(item, depth);
    const entry = this.#entry(item, depth);
    return { type: "map", span: entry.span, flow: true, entries: [entry] };
  }

  #entry(pair: Pair, depth: number): YamlEntry {
    const key = this.node(pair.key, depth) ?? emptyKey(isNode(pair.value) ? spanOf(pair.value).start : 0);
    const value = isEmptyScalar(pair.value) ? null : this.node(pair.value, depth);
    const end = Math.max(key.span.end, value?.span.end ?? (isNode(pair.value) ? spanOf(pair.value).end : 0));
    return { name: keyName(key), key, value, span: { start: key.span.start, end } };
  }
}

function isNode(source: unknown): source is Node {
  return isScalar(source) || isAlias(source) || isMap(source) || isSeq(source);
}

function spanOf(node: Node): Span {
  const [start, end] = node.range ?? [0, 0];
  return { start, end };
}

function isEmptyScalar(source: unknown): boolean {
  return source === null || (isScalar(source) && (source.source ?? "") === "" && source.type === "PLAIN");
}

function emptyKey(at: number): YamlScalar {
  return { type: "scalar", span: { start: at, end: at }, value: null, text: "", style: "plain" };
}

function plainKey(text: string, start: number): YamlScalar {
  return { type: "scalar", span: { start, end: start + text.length }, value: resolvePlain(text), text, style: "plain" };
}

const styles: Readonly<Record<string, YamlScalar["style"]>> = {
  QUOTE_SINGLE: "single-quoted",
  QUOTE_DOUBLE: "double-quoted",
  BLOCK_LITERAL: "literal",
  BLOCK_FOLDED: "folded",
};

function scalarOf(source: Scalar, span: Span): YamlScalar {
  const style = styles[source.type ?? ""] ?? "plain";
  const text = source.source ?? (typeof source.value === "string" ? source.value : "");
  const value = style === "plain" && source.tag === undefined ? resolvePlain(text) : text;
  return { type: "scalar", span, value, text, style };
}
