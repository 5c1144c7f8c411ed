import { checkDns1123Label, checkDns1123Subdomain, checkLabelValue, checkQualifiedName } from "../names.ts";
import type { Field } from "./field.ts";
import { validateLabelSelector, validateSetOperator } from "./metadata.ts";
import type { PodRules } from "./pod-rules.ts";

/** pkg/apis/core/validation/validation.go, validateAffinity, v1.36. */
export function validateAffinity(affinity: Field): void {
  const node = affinity.get("nodeAffinity");
  const required = node.get("requiredDuringSchedulingIgnoredDuringExecution");
  if (required.isSet) validateNodeSelector(required);
  for (const term of node.get("preferredDuringSchedulingIgnoredDuringExecution").items()) {
    validateWeight(term.get("weight"));
    // Values are not checked here: such a term can still do its work.
    validateNodeSelectorTerm(term.get("preference"), false);
  }
  for (const name of ["podAffinity", "podAntiAffinity"]) validatePodAffinity(affinity.get(name));
}

function validateWeight(weight: Field): void {
  if (weight.int <= 0 || weight.int > 100) weight.invalid("must be in the range 1-100", weight.int);
}

/** validation.go, ValidateNodeSelector, v1.36. */
export function validateNodeSelector(selector: Field): void {
  const terms = selector.get("nodeSelectorTerms");
  if (!terms.needed("must have at least one node selector term")) return;
  for (const term of terms.items()) validateNodeSelectorTerm(term, true);
}

function validateNodeSelectorTerm(term: Field, checksValues: boolean): void {
  for (const requirement of term.get("matchExpressions").items()) validateNodeRequirement(requirement, checksValues);
  for (const requirement of term.get("matchFields").items()) validateFieldRequirement(requirement);
}

function validateNodeRequirement(requirement: Field, checksValues: boolean): void {
  const [operator, values] = [requirement.get("operator").text, requirement.get("values")];
  if (operator !== "Gt" && operator !== "Lt") validateSetOperator(requirement);
  else if (values.size !== 1) values.required("must be specified single value when `operator` is 'Lt' or 'Gt'");
  requirement.get("key").check(checkQualifiedName);
  if (checksValues) for (const value of values.items()) value.check(checkLabelValue);
}

function validateFieldRequirement(requirement: Field): void {
  const [operator, values, key] = [requirement.get("operator"), requirement.get("values"), requirement.get("key")];
  if (operator.text !== "In" && operator.text !== "NotIn")
    operator.invalid("not a valid selector operator", operator.text);
  else if (values.size !== 1)
    values.required("must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
  if (key.text !== "metadata.name") key.invalid("not a valid field selector key", key.text);
  else for (const value of values.items()) value.check(checkDns1123Subdomain);
}

function validatePodAffinity(affinity: Field): void {
  for (const term of affinity.get("requiredDuringSchedulingIgnoredDuringExecution").items()) validateAffinityTerm(term);
  for (const weighted of affinity.get("preferredDuringSchedulingIgnoredDuringExecution").items()) {
    validateWeight(weighted.get("weight"));
    validateAffinityTerm(weighted.get("podAffinityTerm"));
  }
}

function validateAffinityTerm(term: Field): void {
  validateLabelSelector(term.get("labelSelector"));
  validateLabelSelector(term.get("namespaceSelector"));
  for (const namespace of term.get("namespaces").items()) namespace.as("namespace", term).check(checkDns1123Label);
  validateLabelKeys(term, term.get("labelSelector"), []);
  const topologyKey = term.get("topologyKey");
  topologyKey.needed("can not be empty");
  topologyKey.check(checkQualifiedName);
}

/**
 * validation.go, ValidateMatchLabelKeysAndMismatchLabelKeys, v1.36.
 * `merged` are the keys of `matchLabelKeys` that the API server has already put into the selector of a Pod.
 */
function validateLabelKeys(place: Field, selector: Field, merged: readonly string[]): void {
  const [match, mismatch] = [place.get("matchLabelKeys"), place.get("mismatchLabelKeys")];
  for (const keys of [match, mismatch]) {
    if (keys.size > 0 && !selector.isSet) keys.forbidden("must not be specified when labelSelector is not set");
    else for (const key of keys.items()) key.check(checkQualifiedName);
  }
  if (selector.isSet) reportRepeatedKeys(place, match.texts, selector, merged);
  for (const key of match.items()) {
    if (mismatch.texts.includes(key.text)) key.invalid("exists in both matchLabelKeys and mismatchLabelKeys");
  }
}

function reportRepeatedKeys(place: Field, keys: readonly string[], selector: Field, merged: readonly string[]): void {
  const seen = new Set(selector.get("matchLabels").keys());
  const expressions = selector
    .get("matchExpressions")
    .items()
    .map((expression) => expression.get("key").text);
  for (const key of [...expressions, ...merged]) {
    const index = keys.lastIndexOf(key);
    // The place is that of the list, though the API server leaves its name out.
    if (index >= 0 && seen.has(key))
      place.as(`[${index}]`, place).invalid("exists in both matchLabelKeys and labelSelector", key);
    seen.add(key);
  }
}

/** validation.go, ValidateTolerations, v1.36. */
export function validateTolerations(tolerations: Field): void {
  for (const toleration of tolerations.items()) {
    const [key, operator, effect] = [toleration.get("key"), toleration.get("operator"), toleration.get("effect")];
    key.checkIfAny(checkQualifiedName);
    if (key.text === "" && operator.text !== "Exists") {
      operator.invalid(
        'operator must be Exists when `key` is empty, which means "match all values and all keys"',
        operator.text,
      );
    }
    if (toleration.get("tolerationSeconds").isSet && effect.text !== "NoExecute") {
      effect.invalid("effect must be 'NoExecute' when `tolerationSeconds` is set", effect.text);
    }
    validateTolerationOperator(operator, toleration.get("value").text);
    if (effect.text !== "") effect.oneOf(["NoSchedule", "PreferNoSchedule", "NoExecute"]);
  }
}

function validateTolerationOperator(operator: Field, value: string): void {
  switch (operator.text) {
    case "":
    case "Equal": {
      const messages = checkLabelValue(value);
      if (messages.length > 0) operator.invalid(messages.join(";"), value);
      break;
    }
    case "Exists":
      if (value !== "") operator.invalid("value must be empty when `operator` is 'Exists'", value);
      break;
    case "Lt":
    case "Gt":
      // Comparisons are off by default, yet the message lists them.
      operator.notSupported(["Equal", "Exists", "Lt", "Gt"]);
      break;
    default:
      operator.notSupported(["Equal", "Exists"]);
  }
}

/** validation.go, validateTopologySpreadConstraints, v1.36. */
export function validateTopologySpread(constraints: Field, rules: PodRules): void {
  const items = constraints.items();
  for (const [index, constraint] of items.entries()) {
    const [action, domains] = [constraint.get("whenUnsatisfiable"), constraint.get("minDomains")];
    constraint.get("maxSkew").positive();
    constraint.get("topologyKey").needed("can not be empty");
    action.oneOf(["DoNotSchedule", "ScheduleAnyway"]);
    const kind = spreadKind(constraint);
    if (items.slice(index + 1).some((other) => spreadKind(other) === kind)) {
      constraint.as("{topologyKey, whenUnsatisfiable}", constraint).duplicate(kind);
    }
    if (domains.isSet) {
      domains.positive();
      const detail = `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${action.text}`;
      if (action.text !== "DoNotSchedule") domains.invalid(detail);
    }
    for (const policy of ["nodeAffinityPolicy", "nodeTaintsPolicy"])
      constraint.get(policy).oneOfIfSet(["Honor", "Ignore"]);
    const merged = constraint
      .get("matchLabelKeys")
      .texts.filter((key) => rules.isPod && Object.hasOwn(rules.podLabels, key));
    validateLabelKeys(constraint, constraint.get("labelSelector"), merged);
    validateLabelSelector(constraint.get("labelSelector"));
  }
}

function spreadKind(constraint: Field): string {
  return `{${constraint.get("topologyKey").text}, ${constraint.get("whenUnsatisfiable").text}}`;
}
