import type { JsonPath } from "../../base/json.ts";
import { arrayAt, isObject, objectAt, textAt } from "../../base/json.ts";
import type { Span } from "../../base/span.ts";
import { namesInText } from "./formats.ts";
import type { NamePart } from "./formats.ts";
import type { Mention } from "./relations.ts";

/** A name that stands in an object: a mention, or one of several within its text, map or query. */
export interface Name {
  readonly mention: Mention;
  /** The scalar that it stands in, or whose key it stands in. */
  readonly path: JsonPath;
  readonly isKey: boolean;
  readonly text: string;
  /** Where it stands in the scalar's text; `undefined` where it is the whole of it. */
  readonly span: Span | undefined;
  readonly namespace: string | undefined;
  readonly isCertain: boolean;
  /** For label queries: what the pods (or other objects) must have; no value where only the key is named. */
  readonly label: LabelName | undefined;
}

export interface LabelName {
  readonly key: string;
  readonly value: string | undefined;
}

/** How labels are asked for. */
const labelQueries: ReadonlySet<string> = new Set(["labels", "label-selector", "namespace-labels", "node-label"]);

/** All names of a mention. */
export function namesOf(mention: Mention): readonly Name[] {
  const { by, format } = mention.relation.row;
  if (format === "selector text") return labelsInText(mention);
  if (labelQueries.has(by)) return labelsOf(mention);
  const scalar = scalarOf(mention);
  if (scalar === undefined) return [];
  return namesInText({ by, format: scalar.format }, scalar.text).map((part) => ({
    mention,
    path: mention.path,
    isKey: scalar.isKey,
    ...wholeOrPart(part, scalar.text, scalar.offset),
    label: by === "label-key" || by === "field-path" ? { key: part.text, value: undefined } : undefined,
  }));
}

/** Whether a mention asks for labels. */
export function isLabelQuery({ relation: { row } }: Pick<Mention, "relation">): boolean {
  return labelQueries.has(row.by) || row.format === "selector text";
}

interface Scalar {
  readonly text: string;
  readonly isKey: boolean;
  readonly format: string | undefined;
  /** Characters of the scalar before the text. */
  readonly offset: number;
}

/** The text that holds the names, which may be the rest of an annotation's key. */
function scalarOf({ relation, path, isKey, value }: Mention): Scalar | undefined {
  const { format } = relation.row;
  const last = relation.path.steps.at(-1);
  if (last?.type === "capture" && format?.startsWith("name is the key") === true) {
    const { before, after } = last;
    const key = String(path.at(-1));
    return {
      text: key.slice(before.length, key.length - after.length),
      isKey: true,
      format: undefined,
      offset: before.length,
    };
  }
  if (typeof value === "string") return { text: value, isKey, format, offset: 0 };
  return typeof value === "number" ? { text: String(value), isKey, format: undefined, offset: 0 } : undefined;
}

function wholeOrPart(
  { text, span, namespace, isCertain }: NamePart,
  scalar: string,
  offset: number,
): Pick<Name, "text" | "span" | "namespace" | "isCertain"> {
  const isWhole = offset === 0 && span.start === 0 && span.end === scalar.length;
  return {
    text,
    span: isWhole ? undefined : { start: span.start + offset, end: span.end + offset },
    namespace,
    isCertain,
  };
}

function labelsOf(mention: Mention): readonly Name[] {
  const { path, value, isKey } = mention;
  if (typeof value === "string")
    return value === "" ? [] : [labelName(mention, path, { key: value, value: undefined }, isKey)];
  if (!isObject(value)) return [];
  const { by } = mention.relation.row;
  if (by === "labels" || by === "node-label") return labelEntries(mention, path);
  return [...labelEntries(mention, [...path, "matchLabels"]), ...expressionNames(mention)];
}

function labelEntries(mention: Mention, path: JsonPath): readonly Name[] {
  const inside = path.slice(mention.path.length);
  return Object.entries(objectAt(mention.value, ...inside) ?? {}).flatMap(([key, value]) =>
    typeof value === "string" ? [labelName(mention, [...path, key], { key, value }, false)] : [],
  );
}

function expressionNames(mention: Mention): readonly Name[] {
  return arrayAt(mention.value, "matchExpressions").flatMap((expression, index) => {
    const key = textAt(expression, "key");
    if (key === undefined) return [];
    const path = [...mention.path, "matchExpressions", index];
    const values = arrayAt(expression, "values").flatMap((value, position) =>
      typeof value === "string" ? [labelName(mention, [...path, "values", position], { key, value }, false)] : [],
    );
    return [labelName(mention, [...path, "key"], { key, value: undefined }, false), ...values];
  });
}

function labelName(mention: Mention, path: JsonPath, label: LabelName, isKey: boolean): Name {
  const text = label.value ?? label.key;
  return { mention, path, isKey, text, span: undefined, namespace: undefined, isCertain: true, label };
}

/** `app=web,tier=front`. */
function labelsInText(mention: Mention): readonly Name[] {
  if (typeof mention.value !== "string") return [];
  return [...mention.value.matchAll(/([\w./-]+)\s*==?\s*([\w.-]+)/g)].map((match) => {
    const [whole, key = "", value = ""] = match;
    const end = match.index + whole.length;
    return {
      ...labelName(mention, mention.path, { key, value }, false),
      span: { start: end - value.length, end },
    };
  });
}
