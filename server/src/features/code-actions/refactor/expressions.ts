import * as l10n from "@vscode/l10n";
import type { JsonObject, JsonPath, JsonValue } from "../../../base/json.ts";
import { arrayAt, isObject, objectAt, textAt, textMapAt } from "../../../base/json.ts";
import type { CursorSubject } from "../../context.ts";
import { flowText } from "../../../yaml/new-document.ts";
import { fieldType } from "../../field-type.ts";
import type { Change } from "../../finding.ts";
import { valueAt } from "../../hover/paths.ts";
import type { Refactoring, RefactoringRequest } from "./refactor.ts";

/** Turns the `matchLabels` of the selector at the cursor into `matchExpressions`, and back where every expression is one value. */
export function expressionRefactorings({ subject }: RefactoringRequest): readonly Refactoring[] {
  const path = selectorPath(subject);
  const selector = path === undefined ? undefined : valueAt(subject, path);
  if (path === undefined || !isObject(selector)) return [];
  const labels = Object.entries(textMapAt(selector, "matchLabels"));
  const expressions = arrayAt(selector, "matchExpressions");
  const values = expressions.map(oneValue);
  const refactoring = (title: string, value: JsonObject): Refactoring => ({
    kind: "refactor.rewrite",
    fix: {
      title,
      changes: [{ kind: "set", resource: subject.resource, path, value: { ...others(selector), ...value } }],
    },
  });
  const isWhole = Object.keys(objectAt(selector, "matchLabels") ?? {}).length === labels.length;
  const inPlace = expressions.length === 0 ? linesTurned(subject, [...path, "matchLabels"], labels) : undefined;
  const toExpressions = l10n.t("Turn matchLabels into matchExpressions");
  return [
    ...(labels.length === 0 || !isWhole
      ? []
      : [
          inPlace === undefined
            ? refactoring(toExpressions, { matchExpressions: [...labels.map(expressionOf), ...expressions] })
            : { kind: "refactor.rewrite" as const, fix: { title: toExpressions, changes: inPlace } },
        ]),
    ...(values.length === 0 || !areLabels(values, labels)
      ? []
      : [
          refactoring(l10n.t("Turn matchExpressions into matchLabels"), {
            matchLabels: Object.fromEntries([...labels, ...values.filter((value) => value !== undefined)]),
          }),
        ]),
  ];
}

function expressionOf([key, value]: readonly [string, string]): JsonObject {
  return { key, operator: "In", values: [value] };
}

/** Each label's line becomes that of an expression, so that comments stay; `undefined` where labels do not stand on lines of their own. */
function linesTurned(
  { resource }: CursorSubject,
  path: JsonPath,
  labels: readonly (readonly [string, string])[],
): readonly Change[] | undefined {
  const key = resource.origin(path, "key");
  const map = resource.origin(path, "value");
  const entries = labels.map(([name, value]) => ({
    value: [name, value] as const,
    place: resource.origin([...path, name], "entry"),
  }));
  // A flow map begins with its brace, a block map with its first key.
  const isBlock = map !== undefined && entries[0]?.place?.start === map.start;
  if (key === undefined || !isBlock || entries.some(({ place }) => place?.file !== key.file)) return undefined;
  return [
    { kind: "replace", place: key, text: "matchExpressions" },
    ...entries.flatMap(({ value, place }): readonly Change[] =>
      place === undefined ? [] : [{ kind: "replace", place, text: `- ${flowText(expressionOf(value))}` }],
    ),
  ];
}

function selectorPath({ facts, path }: CursorSubject): JsonPath | undefined {
  for (let length = path.length; length > 0; length--) {
    const start = path.slice(0, length);
    if (fieldType(facts.apiVersion, facts.kind, start)?.name === "v1.LabelSelector") return start;
  }
  return undefined;
}

function others(selector: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(selector).filter(([key]) => key !== "matchLabels" && key !== "matchExpressions"),
  );
}

/** The label that an expression of one value stands for. */
function oneValue(expression: JsonValue): readonly [string, string] | undefined {
  const [value, ...more] = arrayAt(expression, "values");
  const key = textAt(expression, "key");
  const isOne = textAt(expression, "operator") === "In" && more.length === 0;
  return key !== undefined && typeof value === "string" && isOne ? [key, value] : undefined;
}

/** Whether all are labels, and no key stands twice. */
function areLabels(
  values: readonly (readonly [string, string] | undefined)[],
  labels: readonly (readonly [string, string])[],
): boolean {
  const keys = [...labels.map(([key]) => key), ...values.map((value) => value?.[0])];
  return keys.every((key) => key !== undefined) && new Set(keys).size === keys.length;
}
