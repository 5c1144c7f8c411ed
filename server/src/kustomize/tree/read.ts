import type { Span } from "../../base/span.ts";
import { isMergeKey } from "../../yaml/key.ts";
import type { YamlMap, YamlNode, YamlScalar } from "../../yaml/node.ts";
import { refuse } from "../failure.ts";
import type { SourceRange } from "../types.ts";
import { scalarFromJson } from "./json.ts";
import { type Entry, mergeTag, Node, nullTag, stringTag } from "./node.ts";
import { resolvePlain } from "./resolve.ts";

/** Tells where a span of the text that was parsed stands in its file. */
export type Locate = (span: Span) => SourceRange;

/**
 * How values are read. `resource`: as kyaml does, texts and tags are kept. `settings`: as JSON made of YAML 1.1, for kustomizations and JSON patches.
 */
export type Dialect = "resource" | "settings";

/** The node of a parsed document, with anchors and merge keys resolved. */
export function fromYaml(root: YamlNode | null, dialect: Dialect, locate: Locate, text: string): Node {
  return new Reader(dialect, locate, text).node(root);
}

class Reader {
  readonly #dialect: Dialect;
  readonly #locate: Locate;
  /** Where a text without a final line feed ends: a block that reaches up to there has none either, in go-yaml. */
  readonly #unterminatedEnd: number;

  constructor(dialect: Dialect, locate: Locate, text: string) {
    this.#dialect = dialect;
    this.#locate = locate;
    this.#unterminatedEnd = text.endsWith("\n") ? Infinity : text.length;
  }

  node(source: YamlNode | null, missingAt?: SourceRange): Node {
    if (source === null) return Node.scalar("", nullTag, missingAt);
    const origin = this.#locate(source.span);
    switch (source.type) {
      case "scalar":
        return this.#scalar(source, origin);
      case "sequence": {
        const list = Node.list(origin);
        list.items = source.items.map((item) => this.node(item, origin));
        return list;
      }
      case "map":
        return this.#map(source, origin);
      case "alias":
        return source.target === null
          ? refuse("invalid-yaml", `yaml: unknown anchor '${source.name}' referenced`, origin)
          : this.node(source.target);
    }
  }

  #scalar(source: YamlScalar, origin: SourceRange): Node {
    const isBlock = source.style === "literal" || source.style === "folded";
    const isCut = isBlock && source.span.end >= this.#unterminatedEnd;
    const text = isCut ? source.text.replace(/\n$/, "") : source.text;
    if (this.#dialect === "resource") return readScalar({ ...source, text }, origin);
    return scalarFromJson(isCut && typeof source.value === "string" ? text : source.value, origin);
  }

  /** kyaml, yaml/rnode.go, deAnchor and mergeAll, v0.21.2: merged entries go behind the map's own ones, which win. */
  #map(source: YamlMap, origin: SourceRange): Node {
    const map = Node.map(origin);
    const own: Entry[] = [];
    let merged: readonly Entry[] | undefined;
    for (const { name, key, value, span } of source.entries) {
      if (isMergeKey(key)) {
        if (merged !== undefined && this.#dialect === "resource")
          refuse("invalid-yaml", "duplicate merge key", this.#locate(span));
        merged = this.#mergedEntries(value, this.#locate(span));
      } else {
        const keyNode =
          this.#dialect === "settings" ? Node.scalar(name, stringTag, this.#locate(key.span)) : this.node(key);
        own.push({ key: keyNode, value: this.node(value, this.#locate(span)) });
      }
    }
    const written = this.#dialect === "settings" ? lastOfEach(own) : own;
    map.entries = merged === undefined ? written : withMerged(written, merged);
    return map;
  }

  #mergedEntries(source: YamlNode | null, at: SourceRange): readonly Entry[] {
    const target = source?.type === "alias" ? source.target : source;
    if (target?.type === "map") return this.#map(target, at).entries;
    if (target?.type !== "sequence" || source?.type === "alias")
      return refuse("invalid-yaml", "map merge requires map or sequence of maps as the value", at);
    const result: Entry[] = [];
    for (const item of target.items) {
      if (item?.type === "sequence") refuse("invalid-yaml", "invalid map merge: received a nested sequence", at);
      const known = new Set(result.map(({ key }) => key.text));
      result.push(...this.#mergedEntries(item, at).filter(({ key }) => !known.has(key.text)));
    }
    return result;
  }
}

/** Of equal keys the last one counts in JSON; in resources they stay, to be refused when they are printed. */
function lastOfEach(entries: readonly Entry[]): Entry[] {
  return [...new Map(entries.map((entry) => [entry.key.text, entry])).values()];
}

function withMerged(own: readonly Entry[], merged: readonly Entry[]): Entry[] {
  const known = new Set(own.map(({ key }) => key.text));
  return [...own, ...merged.filter(({ key }) => !known.has(key.text))];
}

function readScalar({ text, tag, style }: YamlScalar, origin: SourceRange): Node {
  const quoted = style !== "plain";
  if (tag !== undefined && tag !== "!") return Node.scalar(text, shortTag(tag), origin, quoted);
  if (quoted || tag === "!") return Node.scalar(text, stringTag, origin, true);
  const resolved = resolvePlain(text).tag;
  return Node.scalar(text, resolved === mergeTag ? stringTag : resolved, origin);
}

function shortTag(tag: string): string {
  return tag.replace(/^!?<?tag:yaml\.org,2002:(.*?)>?$/, "!!$1");
}
