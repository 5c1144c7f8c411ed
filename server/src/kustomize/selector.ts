import type { Selector as LabelSelector } from "../kubernetes/selector.ts";
import { matchesSelector } from "../kubernetes/selector.ts";
import { parseSelector } from "../kubernetes/parse-selector.ts";
import { refuse } from "./failure.ts";
import { type Gvk, gvkText } from "./identity.ts";
import { compileExpression } from "./regular-expression.ts";
import type { TextMap } from "./resource.ts";
import type { Settings } from "./settings/settings.ts";
import type { SourceRange } from "./types.ts";

const expressionFields = ["group", "version", "kind", "name", "namespace"] as const;
type ExpressionField = (typeof expressionFields)[number];

/**
 * The target of a patch or of a replacement: regular expressions, anchored at both ends, and queries on labels and annotations.
 * What is left out selects everything. kustomize api, types/selector.go, v0.21.2.
 */
export class Selector {
  readonly origin: SourceRange | undefined;
  readonly #expressions: ReadonlyMap<ExpressionField, RegExp>;
  readonly #texts: ReadonlyMap<ExpressionField, string>;
  readonly #labels: LabelSelector;
  readonly #annotations: LabelSelector;
  readonly #hasQueries: boolean;

  constructor(settings: Settings) {
    this.origin = settings.origin;
    const written = expressionFields
      .map((name) => [name, settings.text(name)] as const)
      .filter(([, text]) => text !== "");
    this.#texts = new Map(written);
    this.#expressions = new Map(
      written.map(([name, text]) => [name, compileExpression(`^(?:${text})$`, settings.at(name))]),
    );
    this.#labels = parseQuery(settings, "labelSelector");
    this.#annotations = parseQuery(settings, "annotationSelector");
    this.#hasQueries = !settings.lacks("labelSelector") || !settings.lacks("annotationSelector");
  }

  /** Whether neither a name nor a kind is named. */
  get hasNoId(): boolean {
    return this.#texts.size === 0;
  }

  get hasQueries(): boolean {
    return this.#hasQueries;
  }

  matchesGvk(gvk: Gvk): boolean {
    return (
      this.#matches("group", gvk.group) && this.#matches("version", gvk.version) && this.#matches("kind", gvk.kind)
    );
  }

  matchesName(name: string): boolean {
    return this.#matches("name", name);
  }

  matchesNamespace(namespace: string): boolean {
    return this.#matches("namespace", namespace);
  }

  matchesLabels(labels: TextMap): boolean {
    return matchesSelector(this.#labels, toRecord(labels));
  }

  matchesAnnotations(annotations: TextMap): boolean {
    return matchesSelector(this.#annotations, toRecord(annotations));
  }

  /** For messages: `Deployment.[noVer].[noGrp]/web.[noNs]`. */
  get text(): string {
    const part = (name: ExpressionField): string => this.#texts.get(name) ?? "";
    const id = gvkText({ group: part("group"), version: part("version"), kind: part("kind") });
    return `${id}/${part("name") || "[noName]"}.${part("namespace") || "[noNs]"}`;
  }

  #matches(name: ExpressionField, text: string): boolean {
    return this.#expressions.get(name)?.test(text) ?? true;
  }
}

function parseQuery(settings: Settings, name: string): LabelSelector {
  const parsed = parseSelector(settings.text(name));
  return parsed.error === undefined ? parsed.value : refuse("other", parsed.error, settings.at(name));
}

function toRecord(texts: TextMap): Record<string, string> {
  return Object.fromEntries([...texts].map(([name, { text }]) => [name, text]));
}
