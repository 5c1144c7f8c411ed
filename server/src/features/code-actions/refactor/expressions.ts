import * as l10n from "@vscode/l10n";
import type { JsonObject, JsonPath, JsonValue } from "../../../base/json.ts";
import { arrayAt, isObject, objectAt, textAt, textMapAt } from "../../../base/json.ts";
import type { CursorSubject } from "../../context.ts";
import { fieldType } from "../../field-type.ts";
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
  return [
    ...(labels.length === 0 || Object.keys(objectAt(selector, "matchLabels") ?? {}).length !== labels.length
      ? []
      : [
          refactoring(l10n.t("Turn matchLabels into matchExpressions"), {
            matchExpressions: [
              ...labels.map(([key, value]) => ({ key, operator: "In", values: [value] })),
              ...expressions,
            ],
          }),
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
