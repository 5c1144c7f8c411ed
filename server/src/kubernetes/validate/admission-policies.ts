import { byteLength } from "../go-text.ts";
import { checkDns1035Label, checkDns1123Subdomain, checkQualifiedName } from "../names.ts";
import type { Field } from "./field.ts";
import { checkPathSegment, countedClusterMetadata, validateLabelSelector, validateMetadata } from "./metadata.ts";
import { validateMatchConditions, validateRule } from "./webhooks.ts";

const reasons = ["Forbidden", "Invalid", "RequestEntityTooLarge"];
const reservedWords: ReadonlySet<string> = new Set(
  "true false null in as break const continue else for function if import let loop package namespace return var void while".split(
    " ",
  ),
);

/** pkg/apis/admissionregistration/validation/validation.go, ValidateValidatingAdmissionPolicy, v1.36; expressions are not compiled here. */
export function validateAdmissionPolicy(policy: Field): void {
  const spec = policy.get("spec");
  validateMetadata(policy.get("metadata"), { ...countedClusterMetadata, checksFinalizers: false });
  spec.get("failurePolicy").oneOfIfSet(["Fail", "Ignore"]);
  if (spec.get("paramKind").isSet) validateParamKind(spec.get("paramKind"));
  const constraints = spec.get("matchConstraints");
  if (constraints.isSet) validateConstraints(constraints);
  else constraints.required();
  validateMatchConditions(spec.get("matchConditions"));
  for (const variable of spec.get("variables").items()) validateVariable(variable);
  const [validations, annotations] = [spec.get("validations"), spec.get("auditAnnotations")];
  if (validations.size + annotations.size === 0) {
    for (const list of [validations, annotations])
      list.required("validations or auditAnnotations must contain at least one item");
  }
  for (const validation of validations.items()) validateValidation(validation);
  validateAuditAnnotations(annotations, policy.at("metadata", "name").text);
}

function validateParamKind(paramKind: Field): void {
  const [apiVersion, kind] = [paramKind.get("apiVersion"), paramKind.get("kind")];
  if (apiVersion.needed()) validateGroupVersion(apiVersion);
  if (!kind.needed()) return;
  const messages = checkDns1035Label(kind.text.toLowerCase());
  if (messages.length > 0) kind.invalid(`may have mixed case, but should otherwise match: ${messages.join(",")}`);
}

function validateGroupVersion(apiVersion: Field): void {
  const parts = apiVersion.text === "/" ? [""] : apiVersion.text.split("/");
  if (parts.length > 2) {
    apiVersion.invalid(`unexpected GroupVersion string: ${apiVersion.text}`);
    return;
  }
  const [version = "", group = ""] = parts.toReversed();
  const groupMessages = group === "" ? [] : checkDns1123Subdomain(group);
  if (groupMessages.length > 0) apiVersion.invalid(groupMessages.join(","), group);
  const versionMessages = checkDns1035Label(version);
  if (version === "") apiVersion.invalid("version must be specified");
  else if (versionMessages.length > 0) apiVersion.invalid(versionMessages.join(","), version);
}

function validateConstraints(constraints: Field): void {
  constraints.get("matchPolicy").or("Equivalent").oneOf(["Equivalent", "Exact"]);
  for (const name of ["namespaceSelector", "objectSelector"]) validateLabelSelector(constraints.get(name));
  for (const list of ["resourceRules", "excludeResourceRules"]) {
    for (const rule of constraints.get(list).items()) {
      validateResourceNames(rule.get("resourceNames"));
      validateRule(rule);
    }
  }
  constraints.get("resourceRules").needed();
}

function validateResourceNames(names: Field): void {
  for (const [index, name] of names.items().entries()) {
    name.check(checkPathSegment);
    if (names.texts.indexOf(name.text) < index) name.duplicate();
  }
}

function validateVariable(variable: Field): void {
  const [name, expression] = [variable.get("name"), variable.get("expression")];
  if (name.text.trim() === "") name.required("name is not specified");
  else if (!/^[_a-zA-Z][_a-zA-Z0-9]*$/.test(name.text) || reservedWords.has(name.text))
    name.invalid("must be a valid CEL identifier");
  if (expression.text.trim() === "") expression.required("expression is not specified");
}

function validateValidation(validation: Field): void {
  const [expression, message, generated] = ["expression", "message", "messageExpression"].map((name) =>
    validation.get(name),
  );
  if (expression?.text.trim() === "") expression.required("expression is not specified");
  for (const text of [generated, message])
    if (text?.text !== "" && text?.text.trim() === "") text.invalid("must be non-empty if specified");
  if (message !== undefined && /[\n\r]/.test(message.text.trim())) message.invalid("must not contain line breaks");
  validation.get("reason").oneOfIfSet(reasons);
}

function validateAuditAnnotations(annotations: Field, policyName: string): void {
  if (annotations.size > 20) annotations.invalid("must not have more than 20 auditAnnotations");
  const keys = new Set<string>();
  for (const annotation of annotations.items()) {
    const [key, value] = [annotation.get("key"), annotation.get("valueExpression")];
    if (policyName === "") key.invalid("requires metadata.name be non-empty", key.text);
    else key.check(checkQualifiedName, `${policyName}/${key.text}`);
    if (value.text.trim() === "") value.required("valueExpression is not specified");
    else if (byteLength(value.text.trim()) > 5120) value.required("must not exceed 5120 bytes in length");
    if (keys.has(key.text)) key.duplicate(key.text);
    keys.add(key.text);
  }
}
