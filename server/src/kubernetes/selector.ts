import { arrayAt, compareCodePoints, isObject, objectAt, textAt, textMapAt } from "../base/json.ts";
import type { JsonObject, JsonValue } from "../base/json.ts";
import { failure, success } from "../base/outcome.ts";
import type { Outcome } from "../base/outcome.ts";
import { aggregateText, invalidValueText, jsonText } from "./field-error-text.ts";
import { parseInt, quote } from "./go-text.ts";
import { checkLabelValue, checkQualifiedName } from "./names.ts";

/** The labels of an object. */
export type Labels = Readonly<Record<string, string>>;

/** The operators of a label query as `labels.Parse` names them; `exists` and `!` have no values. */
export type SelectorOperator = "in" | "notin" | "=" | "==" | "!=" | "exists" | "!" | "gt" | "lt";

/** One condition on one label key. */
export interface Requirement {
  readonly key: string;
  readonly operator: SelectorOperator;
  readonly values: readonly string[];
}

/** A label query: all requirements must hold. `nothing` is the query that no labels satisfy, not even with no requirements. */
export interface Selector {
  readonly nothing: boolean;
  /** Sorted by key. */
  readonly requirements: readonly Requirement[];
}

/** How one requirement fares against a set of labels: what an explanation of a near miss is made of. */
export interface RequirementResult {
  readonly requirement: Requirement;
  readonly matches: boolean;
  /** The label's value, `undefined` where the key is missing. */
  readonly actual: string | undefined;
}

/** Matches every object: the empty selector of a PodDisruptionBudget or NetworkPolicy. */
export const everything: Selector = { nothing: false, requirements: [] };
/** Matches no object: a selector that is absent. */
export const nothing: Selector = { nothing: true, requirements: [] };

/** Whether the labels satisfy all requirements (apimachinery, pkg/labels/selector.go, internalSelector.Matches, v1.36). */
export function matchesSelector(selector: Selector, labels: Labels): boolean {
  return !selector.nothing && selector.requirements.every((requirement) => matchesRequirement(requirement, labels));
}

/** Every requirement with its verdict, for explanations. */
export function explainSelector(selector: Selector, labels: Labels): readonly RequirementResult[] {
  return selector.requirements.map((requirement) => ({
    requirement,
    matches: matchesRequirement(requirement, labels),
    actual: labelOf(labels, requirement.key),
  }));
}

/** Whether one requirement holds; `!=` and `notin` hold for a missing key (selector.go, Requirement.Matches, v1.36). */
export function matchesRequirement({ key, operator, values }: Requirement, labels: Labels): boolean {
  const value = labelOf(labels, key);
  switch (operator) {
    case "in":
    case "=":
    case "==":
      return value !== undefined && values.includes(value);
    case "notin":
    case "!=":
      return value === undefined || !values.includes(value);
    case "exists":
      return value !== undefined;
    case "!":
      return value === undefined;
    case "gt":
    case "lt":
      return value !== undefined && values.length === 1 && compareIntegers(value, operator, values[0] ?? "");
  }
}

/**
 * The query of a `LabelSelector` (matchLabels and matchExpressions): an absent one matches nothing, an empty one everything.
 * Imitates apimachinery, pkg/apis/meta/v1/helpers.go, LabelSelectorAsSelector, v1.36.
 */
export function selectorOf(labelSelector: JsonValue | undefined): Outcome<Selector> {
  if (!isObject(labelSelector)) return success(nothing);
  const requirements: Requirement[] = [];
  for (const [key, value] of Object.entries(textMapAt(labelSelector, "matchLabels"))) {
    const made = newRequirement(key, "=", [value]);
    if (made.error !== undefined) return made;
    requirements.push(made.value);
  }
  for (const expression of arrayAt(labelSelector, "matchExpressions")) {
    const made = requirementOf(expression);
    if (made.error !== undefined) return made;
    requirements.push(made.value);
  }
  return success({ nothing: false, requirements: sortedByKey(requirements) });
}

/** The pods that a NetworkPolicy is about: its `podSelector` is no pointer in Go, so an absent one is empty and matches all pods. */
export function networkPolicySelector(policy: JsonObject): Outcome<Selector> {
  return selectorOf(objectAt(policy, "spec", "podSelector") ?? {});
}

const expressionOperators: ReadonlyMap<string, SelectorOperator> = new Map([
  ["In", "in"],
  ["NotIn", "notin"],
  ["Exists", "exists"],
  ["DoesNotExist", "!"],
]);

function requirementOf(expression: JsonValue): Outcome<Requirement> {
  const name = textAt(expression, "operator") ?? "";
  const operator = expressionOperators.get(name);
  if (operator === undefined) return failure(`${quote(name)} is not a valid label selector operator`);
  const values = arrayAt(expression, "values").filter((value) => typeof value === "string");
  return newRequirement(textAt(expression, "key") ?? "", operator, values);
}

/** The query of a map of labels, unchecked; an empty map matches everything (selector.go, SelectorFromSet, v1.36). */
export function selectorFromSet(labels: Labels): Selector {
  const requirements = Object.entries(labels).map(([key, value]) => ({ key, operator: "=" as const, values: [value] }));
  return { nothing: false, requirements: sortedByKey(requirements) };
}

/** The same with every key and value checked (selector.go, ValidatedSelectorFromSet, v1.36). */
export function validatedSelectorFromSet(labels: Labels): Outcome<Selector> {
  for (const [key, value] of Object.entries(labels)) {
    const made = newRequirement(key, "=", [value]);
    if (made.error !== undefined) return made;
  }
  return success(selectorFromSet(labels));
}

/**
 * The query by which a Service's endpoints are found; `undefined` where the control plane leaves them to others: no selector, an empty one
 * (which does not survive storage) or type ExternalName. A value that is no text, which the API server refuses, finds nothing. Imitates pkg/controller/endpointslice/endpointslice_controller.go, syncService, v1.36.
 */
export function serviceSelector(service: JsonObject): Selector | undefined {
  if (textAt(service, "spec", "type") === "ExternalName") return undefined;
  const labels = objectAt(service, "spec", "selector");
  if (labels === undefined || Object.keys(labels).length === 0) return undefined;
  const isInvalid = Object.values(labels).some((value) => typeof value !== "string");
  return isInvalid ? nothing : selectorFromSet(textMapAt(service, "spec", "selector"));
}

/** Whether the query leaves nothing out. */
export function isEverything(selector: Selector): boolean {
  return !selector.nothing && selector.requirements.length === 0;
}

/** The query as `kubectl --selector` takes it, keys and values sorted; "" both for everything and for nothing (selector.go, String, v1.36). */
export function selectorText(selector: Selector): string {
  return selector.requirements.map(requirementText).join(",");
}

/** One requirement as text: `app=web`, `!legacy`, `tier in (a,b)` (selector.go, Requirement.String, v1.36). */
export function requirementText({ key, operator, values }: Requirement): string {
  const list = [...values].sort(compareCodePoints).join(",");
  switch (operator) {
    case "exists":
      return key;
    case "!":
      return `!${key}`;
    case "in":
    case "notin":
      return `${key} ${operator} (${list})`;
    case "gt":
      return `${key}>${list}`;
    case "lt":
      return `${key}<${list}`;
    default:
      return key + operator + list;
  }
}

/** A checked requirement; the error names everything that is wrong (selector.go, NewRequirement, v1.36). */
export function newRequirement(
  key: string,
  operator: SelectorOperator,
  values: readonly string[],
): Outcome<Requirement> {
  const errors = checkRequirement(key, operator, values);
  return errors.length === 0 ? success({ key, operator, values }) : failure(aggregateText(errors));
}

/** What the API server would say of a requirement, in its order. `path` is what its field paths start with: empty, or with a final dot. */
export function checkRequirement(
  key: string,
  operator: SelectorOperator,
  values: readonly string[],
  path = "",
): readonly string[] {
  const keyMessages = checkQualifiedName(key);
  const valuePath = `${path}values`;
  return [
    ...(keyMessages.length > 0 ? [invalidValueText(`${path}key`, key, keyMessages.join("; "))] : []),
    ...checkValuesFor(operator, values, valuePath),
    ...values.flatMap((value, index) => checkSelectorValue(value, `${valuePath}[${index}][${key}]`)),
  ];
}

function checkValuesFor(operator: SelectorOperator, values: readonly string[], path: string): readonly string[] {
  const wrong = (detail: string): readonly string[] => {
    const printed = values.length === 0 ? "null" : jsonText([...values]);
    return [`${path}: Invalid value: ${printed}: ${detail}`];
  };
  switch (operator) {
    case "in":
    case "notin":
      return values.length > 0 ? [] : wrong("for 'in', 'notin' operators, values set can't be empty");
    case "=":
    case "==":
    case "!=":
      return values.length === 1 ? [] : wrong("exact-match compatibility requires one single value");
    case "exists":
    case "!":
      return values.length === 0 ? [] : wrong("values set must be empty for exists and does not exist");
    case "gt":
    case "lt":
      return [
        ...(values.length === 1 ? [] : wrong("for 'Gt', 'Lt' operators, exactly one value is required")),
        ...values.flatMap((value, index) => checkIntegerValue(value, `${path}[${index}]`)),
      ];
  }
}

function checkIntegerValue(value: string, path: string): readonly string[] {
  if (parseInt(value, 64).error === undefined) return [];
  return [invalidValueText(path, value, "for 'Gt', 'Lt' operators, the value must be an integer")];
}

function checkSelectorValue(value: string, path: string): readonly string[] {
  const messages = checkLabelValue(value);
  return messages.length === 0 ? [] : [invalidValueText(path, value, messages.join("; "))];
}

function compareIntegers(label: string, operator: "gt" | "lt", limit: string): boolean {
  const left = parseInt(label, 64);
  const right = parseInt(limit, 64);
  if (left.error !== undefined || right.error !== undefined) return false;
  return operator === "gt" ? left.value > right.value : left.value < right.value;
}

function labelOf(labels: Labels, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}

/** Requirements in the order in which the API server prints them. */
export function sortedByKey(requirements: readonly Requirement[]): readonly Requirement[] {
  return [...requirements].sort((a, b) => compareCodePoints(a.key, b.key));
}
