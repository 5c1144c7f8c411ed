import type { FieldSpec } from "../config/field-specs.ts";
import { type LocatedText, textsOf, type TextMap } from "../resource.ts";
import { field } from "../tree/fields.ts";
import { isEmpty, Node, textOf } from "../tree/node.ts";
import type { SourceRange } from "../types.ts";

/** Decoded settings, read by name: what is absent answers with Go's zero value. */
export class Settings {
  readonly node: Node;

  constructor(node: Node = Node.map()) {
    this.node = node;
  }

  get origin(): SourceRange | undefined {
    return this.node.origin;
  }

  /** Whether the field is written down, be it empty. */
  has(name: string): boolean {
    return field(this.node, name) !== undefined;
  }

  /** Whether the field is absent, an empty text, an empty list or an empty map. */
  lacks(name: string): boolean {
    const found = field(this.node, name);
    return isEmpty(found) || (found?.kind === "scalar" && found.text === "");
  }

  text(name: string): string {
    return textOf(field(this.node, name));
  }

  located(name: string): LocatedText {
    return located(field(this.node, name));
  }

  flag(name: string): boolean {
    return field(this.node, name)?.text === "true";
  }

  number(name: string): number {
    return Number(field(this.node, name)?.text ?? 0);
  }

  /** The place of a field's value, or of the whole settings where the field is absent. */
  at(name: string): SourceRange | undefined {
    return field(this.node, name)?.origin ?? this.node.origin;
  }

  child(name: string): Settings {
    return new Settings(field(this.node, name));
  }

  /** The items of a list of structures. */
  children(name: string): readonly Settings[] {
    return this.nodes(name).map((item) => new Settings(item));
  }

  nodes(name: string): readonly Node[] {
    return field(this.node, name)?.items ?? [];
  }

  /** The items of a list of texts. */
  texts(name: string): readonly LocatedText[] {
    return this.nodes(name).map(located);
  }

  map(name: string): TextMap {
    return textsOf(field(this.node, name));
  }

  fieldSpecs(name: string): readonly FieldSpec[] {
    return this.children(name).map((spec) => ({
      group: spec.text("group"),
      version: spec.text("version"),
      kind: spec.text("kind"),
      path: spec.text("path"),
      create: spec.flag("create"),
    }));
  }
}

function located(node: Node | undefined): LocatedText {
  return { text: textOf(node), origin: node?.origin };
}
