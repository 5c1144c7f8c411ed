import type { JsonValue } from "../../base/json.ts";
import type { SourceRange } from "../types.ts";

export type NodeKind = "scalar" | "map" | "list";

export interface Entry {
  readonly key: Node;
  readonly value: Node;
}

const none: readonly never[] = [];

export const stringTag = "!!str";
export const nullTag = "!!null";
export const intTag = "!!int";
export const floatTag = "!!float";
export const boolTag = "!!bool";
export const timestampTag = "!!timestamp";
export const binaryTag = "!!binary";
export const mergeTag = "!!merge";
/** The tag of a value that kustomize wrote without one: its text decides when it is printed. */
export const noTag = "";

/**
 * A node of a resource while kustomize works on it, the counterpart of yaml.Node in go.yaml.in/yaml/v3. It is changed in place, and one node may
 * stand in several places, as there: a change is then seen in all of them.
 */
export class Node {
  kind: NodeKind;
  tag: string;
  text = "";
  /** Whether a scalar is written with quotes or as a block: such a text is a string unless its tag contradicts. */
  quoted = false;
  /** The place that gave the node its present value. */
  origin: SourceRange | undefined;
  /** The places of values that it had before, the oldest first. */
  earlier: readonly SourceRange[] = none;
  #entries: readonly Entry[] = none;
  #items: readonly Node[] = none;
  /** The JSON of a finished node, once somebody has asked for it. */
  json: JsonValue | undefined;
  /** The finished node whose children this one has, too, as long as nobody has asked for its own. */
  #original: Node | undefined;
  /** Makes that node, as long as nobody has looked into this one. */
  #open: (() => Node) | undefined;

  constructor(kind: NodeKind, tag: string, origin: SourceRange | undefined) {
    this.kind = kind;
    this.tag = tag;
    this.origin = origin;
  }

  static scalar(text: string, tag: string, origin?: SourceRange, quoted = false): Node {
    const node = new Node("scalar", tag, origin);
    node.text = text;
    node.quoted = quoted;
    return node;
  }

  static map(origin?: SourceRange): Node {
    return new Node("map", noTag, origin);
  }

  static list(origin?: SourceRange): Node {
    return new Node("list", noTag, origin);
  }

  /** A map that is read when somebody looks into it. `open` gives a finished node, the same one each time. */
  static closedMap(origin: SourceRange | undefined, open: () => Node): Node {
    const node = Node.map(origin);
    node.#open = open;
    return node;
  }

  get entries(): readonly Entry[] {
    this.#ownChildren();
    return this.#entries;
  }

  set entries(entries: readonly Entry[]) {
    this.#ownChildren();
    this.#entries = entries;
  }

  get items(): readonly Node[] {
    this.#ownChildren();
    return this.#items;
  }

  set items(items: readonly Node[]) {
    this.#ownChildren();
    this.#items = items;
  }

  /** The finished node that has equal children, as long as they are the same: whoever only reads them asks there. */
  get finished(): Node | undefined {
    return this.#original;
  }

  /** Whether nobody has looked into the node, or into the one that it is a copy of, since it was found. */
  get isClosed(): boolean {
    return this.#open !== undefined || this.#original?.isClosed === true;
  }

  /** A copy that shares nothing with this node. */
  copy(): Node {
    if (this.#original !== undefined) return this.#withChildrenOf(this.#original);
    if (this.#open !== undefined) return this.#withChildrenOf(this);
    const copy = this.#withoutChildren();
    copy.#entries = this.#entries.map(({ key, value }) => ({ key: key.copy(), value: value.copy() }));
    copy.#items = this.#items.map((item) => item.copy());
    return copy;
  }

  /** A copy of a finished node, one that nobody changes any more: what is below is copied when somebody asks for it, so that a change costs its path alone. */
  lazyCopy(): Node {
    return this.#withChildrenOf(this.#original ?? this);
  }

  #withChildrenOf(original: Node): Node {
    const copy = this.#withoutChildren();
    if (this.kind !== "scalar") copy.#original = original;
    return copy;
  }

  #withoutChildren(): Node {
    const copy = new Node(this.kind, this.tag, this.origin);
    copy.earlier = this.earlier;
    copy.text = this.text;
    copy.quoted = this.quoted;
    return copy;
  }

  /** Looks into what this one is a copy of, and leaves that closed for others. */
  #ownChildren(): void {
    const original = this.#original ?? this;
    const read = original.#open?.() ?? original;
    if (read === this) return;
    this.#original = undefined;
    this.#open = undefined;
    this.#entries = read.entries.map(({ key, value }) => ({ key: key.lazyCopy(), value: value.lazyCopy() }));
    this.#items = read.items.map((item) => item.lazyCopy());
  }

  /** Takes over the contents of another node, in every place where this one stands. A text that stays the same keeps its origin. */
  become(other: Node): void {
    if (other === this) return;
    const isUnchanged =
      this.kind === "scalar" && other.kind === "scalar" && this.text === other.text && this.origin !== undefined;
    if (!isUnchanged) this.#moveTo(other.origin);
    this.kind = other.kind;
    this.tag = other.tag;
    this.text = other.text;
    this.quoted = other.quoted;
    this.entries = other.entries;
    this.items = other.items;
  }

  #moveTo(origin: SourceRange | undefined): void {
    if (origin === undefined || origin === this.origin) return;
    if (this.origin !== undefined) this.earlier = [...this.earlier, this.origin];
    this.origin = origin;
  }
}

/** A node that stands for a null. */
export type NullNode = Node & { readonly tag: typeof nullTag };

/** Absent or null: most of kustomize makes no difference. */
export function isMissing(node: Node | undefined): node is NullNode | undefined {
  return node === undefined || node.tag === nullTag;
}

/** Absent, null, an empty map or an empty list. */
export function isEmpty(node: Node | undefined): boolean {
  return (
    node === undefined || node.tag === nullTag || isEmptyMap(node) || (node.kind === "list" && node.items.length === 0)
  );
}

export function isEmptyMap(node: Node): boolean {
  return node.tag === nullTag || (node.kind === "map" && node.entries.length === 0);
}

export function isString(node: Node): boolean {
  return node.kind === "scalar" && (node.tag === stringTag || node.tag === noTag);
}

/** The text of a scalar; the empty text for everything else. */
export function textOf(node: Node | undefined): string {
  return node === undefined || node.tag === nullTag ? "" : node.text;
}
