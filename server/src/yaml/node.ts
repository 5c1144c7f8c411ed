import type { Span } from "../base/span.ts";

/**
 * Drydock's own view of a YAML document, so that the parser behind it can be replaced.
 * Spans are relative to the document's text, which starts behind its `---` line: a document that moves within its file keeps its nodes.
 * Values are those of YAML 1.1 as go-yaml reads it (`yes` is true, `0755` is 493).
 */
export type YamlNode = YamlScalar | YamlMap | YamlSequence | YamlAlias;

export interface YamlScalar {
  readonly type: "scalar";
  readonly span: Span;
  readonly value: string | number | bigint | boolean | null;
  /** Its characters without quotes, escapes and folding, before they mean anything: kustomize keeps these and reads them by its own rules. */
  readonly text: string;
  /** A tag in its short form (`!!str`, `!!binary`, `!Ref`). */
  readonly tag?: string;
  readonly style: "plain" | "single-quoted" | "double-quoted" | "literal" | "folded";
}

export interface YamlMap {
  readonly type: "map";
  readonly span: Span;
  readonly flow: boolean;
  readonly entries: readonly YamlEntry[];
}

export interface YamlEntry {
  /** The key as JSON knows it: `y:` is "true", `1:` is "1". */
  readonly name: string;
  readonly key: YamlNode;
  /** `null` while it is being typed: `app:` without a value. */
  readonly value: YamlNode | null;
  /** From the key's first character to the value's last one. */
  readonly span: Span;
}

export interface YamlSequence {
  readonly type: "sequence";
  readonly span: Span;
  readonly flow: boolean;
  readonly items: readonly (YamlNode | null)[];
}

export interface YamlAlias {
  readonly type: "alias";
  readonly span: Span;
  readonly name: string;
  /** `null` where the anchor is missing or contains the alias itself. */
  readonly target: YamlNode | null;
}
