/** What the scanner makes of the text, in YAML's own terms. `block-end` and the starts of block collections come from indentation. */
export type TokenType =
  | "alias"
  | "anchor"
  | "block-end"
  | "block-entry"
  | "block-mapping-start"
  | "block-sequence-start"
  | "document-end"
  | "document-start"
  | "flow-entry"
  | "flow-mapping-end"
  | "flow-mapping-start"
  | "flow-sequence-end"
  | "flow-sequence-start"
  | "key"
  | "scalar"
  | "stream-end"
  | "tag"
  | "tag-directive"
  | "value"
  | "version-directive";

export type ScalarStyle = "plain" | "single-quoted" | "double-quoted" | "literal" | "folded";

export interface Token {
  readonly type: TokenType;
  readonly start: number;
  readonly end: number;
  /** A scalar's text, an anchor's or alias's name, a tag's or directive's handle. */
  readonly text: string;
  /** A tag's suffix, a directive's prefix or version. */
  readonly suffix: string;
  readonly style: ScalarStyle;
}

/** A token; all have the same shape, which keeps the scanner fast. */
export function token(
  type: TokenType,
  start: number,
  end: number,
  text = "",
  suffix = "",
  style: ScalarStyle = "plain",
): Token {
  return { type, start, end, text, suffix, style };
}
