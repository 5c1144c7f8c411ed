import { arrayAt, at, isObject, numberAt, objectAt, textAt, textMapAt } from "../base/json.ts";
import type { JsonObject, JsonValue } from "../base/json.ts";
import { failure, success } from "../base/outcome.ts";
import type { Outcome } from "../base/outcome.ts";
import { aggregateText, jsonText } from "./field-error-text.ts";
import { quote } from "./go-text.ts";
import { checkRequirement, matchesRequirement, matchesSelector, selectorFromSet } from "./selector.ts";
import type { Requirement, SelectorOperator } from "./selector.ts";

/** A term of a node selector: what a node must fulfil, or what is wrong with the term. */
interface Term {
  readonly labels: readonly Requirement[];
  readonly fields: readonly Requirement[];
  readonly errors: readonly string[];
}

const labelOperators: ReadonlyMap<string, SelectorOperator> = new Map([
  ["In", "in"],
  ["NotIn", "notin"],
  ["Exists", "exists"],
  ["DoesNotExist", "!"],
  ["Gt", "gt"],
  ["Lt", "lt"],
]);
const fieldOperators: ReadonlyMap<string, SelectorOperator> = new Map([
  ["In", "="],
  ["NotIn", "!="],
]);

/**
 * Whether a node fits a pod's `nodeSelector` and required node affinity.
 * Imitates component-helpers, scheduling/corev1/nodeaffinity/nodeaffinity.go, RequiredNodeAffinity.Match, v1.36.
 */
export function matchesRequiredNodeAffinity(podSpec: JsonObject, node: JsonObject): Outcome<boolean> {
  const selector = selectorFromSet(textMapAt(podSpec, "nodeSelector"));
  if (!matchesSelector(selector, textMapAt(node, "metadata", "labels"))) return success(false);
  const path = ["affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution"] as const;
  const required = objectAt(podSpec, ...path);
  return required === undefined ? success(true) : matchesNodeSelector(required, node);
}

/** Whether any term of a NodeSelector fits; a broken term is an error only where no other fits (nodeaffinity.go, LazyErrorNodeSelector.Match, v1.36). */
function matchesNodeSelector(nodeSelector: JsonObject, node: JsonObject): Outcome<boolean> {
  const errors: string[] = [];
  for (const [index, term] of arrayAt(nodeSelector, "nodeSelectorTerms").entries()) {
    if (isEmptyTerm(term)) continue;
    const parsed = parseTerm(term, `nodeSelectorTerms[${index}]`);
    if (parsed.errors.length > 0) errors.push(...parsed.errors);
    else if (matchesTerm(parsed, node)) return success(true);
  }
  return errors.length === 0 ? success(false) : failure(aggregateText(errors));
}

/** The sum of the weights of all preferred terms that fit; a broken one is an error (nodeaffinity.go, PreferredSchedulingTerms.Score, v1.36). */
export function preferredNodeAffinityScore(terms: readonly JsonValue[], node: JsonObject): Outcome<number> {
  const errors: string[] = [];
  let score = 0;
  for (const [index, term] of terms.entries()) {
    const weight = numberAt(term, "weight") ?? 0;
    const preference = at(term, "preference") ?? {};
    if (weight === 0 || isEmptyTerm(preference)) continue;
    const parsed = parseTerm(preference, `[${index}]`);
    errors.push(...parsed.errors);
    if (parsed.errors.length === 0 && matchesTerm(parsed, node)) score += weight;
  }
  return errors.length === 0 ? success(score) : failure(aggregateText(errors));
}

function isEmptyTerm(term: JsonValue): boolean {
  return arrayAt(term, "matchExpressions").length === 0 && arrayAt(term, "matchFields").length === 0;
}

function matchesTerm({ labels, fields }: Term, node: JsonObject): boolean {
  const nodeLabels = textMapAt(node, "metadata", "labels");
  const name = textAt(node, "metadata", "name") ?? "";
  return (
    labels.every((requirement) => matchesRequirement(requirement, nodeLabels)) &&
    // A node without a name has no fields, and then they don't count; fields other than the name are empty.
    (name === "" || fields.every((requirement) => matchesField(requirement, name)))
  );
}

function matchesField(requirement: Requirement, name: string): boolean {
  return matchesRequirement(requirement, { [requirement.key]: requirement.key === "metadata.name" ? name : "" });
}

function parseTerm(term: JsonValue, path: string): Term {
  const labels: Requirement[] = [];
  const fields: Requirement[] = [];
  const errors: string[] = [];
  for (const [index, expression] of arrayAt(term, "matchExpressions").entries()) {
    const wrong = parseExpression(expression, `${path}.matchExpressions[${index}]`, labels);
    errors.push(...wrong);
  }
  for (const [index, expression] of arrayAt(term, "matchFields").entries()) {
    errors.push(...parseField(expression, `${path}.matchFields[${index}]`, fields));
  }
  return { labels, fields, errors };
}

/** Adds what an expression requires, or returns what is wrong with it. */
function parseExpression(expression: JsonValue, path: string, requirements: Requirement[]): readonly string[] {
  const operator = labelOperators.get(textAt(expression, "operator") ?? "");
  if (operator === undefined) return [unsupportedOperator(expression, path, labelOperators)];
  const key = textAt(expression, "key") ?? "";
  const values = valuesOf(expression);
  const errors = checkRequirement(key, operator, values, `${path}.`);
  if (errors.length === 0) requirements.push({ key, operator, values });
  return errors;
}

function parseField(expression: JsonValue, path: string, requirements: Requirement[]): readonly string[] {
  const operator = fieldOperators.get(textAt(expression, "operator") ?? "");
  if (operator === undefined) return [unsupportedOperator(expression, path, fieldOperators)];
  const values = valuesOf(expression);
  if (values.length !== 1) {
    const printed = isObject(expression) ? jsonText(expression["values"] ?? null) : "null";
    return [`${path}.values: Invalid value: ${printed}: must have one element`];
  }
  requirements.push({ key: textAt(expression, "key") ?? "", operator, values });
  return [];
}

function valuesOf(expression: JsonValue): readonly string[] {
  return arrayAt(expression, "values").filter((value) => typeof value === "string");
}

function unsupportedOperator(expression: JsonValue, path: string, supported: ReadonlyMap<string, unknown>): string {
  const names = [...supported.keys()].map(quote).join(", ");
  const operator = quote(textAt(expression, "operator") ?? "");
  return `${path}.operator: Unsupported value: ${operator}: supported values: ${names}`;
}
