import { checkQualifiedName } from "../names.ts";
import { quote } from "../go-text.ts";
import type { Field } from "./field.ts";

const actions = ["Count", "FailIndex", "FailJob", "Ignore"];
const statuses = ["False", "True", "Unknown"];

/** pkg/apis/batch/validation/validation.go, validatePodFailurePolicy, v1.36. */
export function validateFailurePolicy(spec: Field): void {
  const rules = spec.at("podFailurePolicy", "rules");
  rules.mostItems(20);
  const podSpec = spec.at("template", "spec");
  const containers = [...podSpec.get("containers").items(), ...podSpec.get("initContainers").items()];
  const names = new Set(containers.map((container) => container.get("name").text));
  for (const rule of rules.items()) {
    validateAction(rule.get("action"), spec);
    const [codes, conditions] = [rule.get("onExitCodes"), rule.get("onPodConditions")];
    if (codes.isSet) validateExitCodes(codes, names);
    if (conditions.size > 0) validateConditions(conditions);
    if (codes.isSet && conditions.size > 0)
      rule.invalidWithoutValue("specifying both OnExitCodes and OnPodConditions is not supported");
    if (!codes.isSet && conditions.size === 0)
      rule.invalidWithoutValue("specifying one of OnExitCodes and OnPodConditions is required");
  }
}

function validateAction(action: Field, spec: Field): void {
  if (!action.needed(choices(actions))) return;
  if (action.oneOf(actions) && action.text === "FailIndex" && !spec.get("backoffLimitPerIndex").isSet) {
    action.invalid("requires the backoffLimitPerIndex to be set");
  }
}

/** A list as Go's %q prints it. */
function choices(values: readonly string[]): string {
  return `valid values: [${values.map(quote).join(" ")}]`;
}

function validateConditions(conditions: Field): void {
  conditions.mostItems(20);
  for (const pattern of conditions.items()) {
    pattern.get("type").check(checkQualifiedName);
    pattern.get("status").or("True").oneOf(statuses);
  }
}

function validateExitCodes(codes: Field, containers: ReadonlySet<string>): void {
  const [operator, container, values] = [codes.get("operator"), codes.get("containerName"), codes.get("values")];
  if (operator.needed(choices(["In", "NotIn"]))) operator.oneOf(["In", "NotIn"]);
  if (container.isSet && !containers.has(container.text)) {
    container.invalid("must be one of the container or initContainer names in the pod template");
  }
  if (values.size === 0) values.invalid("at least one value is required");
  else values.mostItems(255);
  const numbers = values.items().map((value) => value.int);
  for (const [index, value] of values.items().entries()) {
    if (operator.text === "In" && value.int === 0) value.invalid("must not be 0 for the In operator", 0);
    if (numbers.indexOf(value.int) < index) value.duplicate();
  }
  if (numbers.some((number, index) => number < (numbers[index - 1] ?? number))) values.invalid("must be ordered");
}
