import type { Field } from "./field.ts";

const reasons = ["FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired"];

/** apiextensions-apiserver, pkg/apis/apiextensions/validation/validation.go, ValidateCustomResourceDefinitionOpenAPISchema, v1.36; the expression itself is not read. */
export function validateRule(rule: Field, schema: Field): void {
  const [text, message, generated, path] = [
    rule.get("rule"),
    rule.get("message"),
    rule.get("messageExpression"),
    rule.get("fieldPath"),
  ];
  if (text.text.trim() === "") text.required("rule is not specified");
  else if (message.text !== "" && message.text.trim() === "") message.invalid("must be non-empty if specified");
  else if (/[\n\r]/.test(message.text.trim())) message.invalid("must not contain line breaks");
  else if (/[\n\r]/.test(text.text.trim()) && message.text.trim() === "")
    message.required("message must be specified if rule contains line breaks");
  if (generated.text !== "" && generated.text.trim() === "")
    generated.required("messageExpression must be non-empty if specified");
  rule.get("reason").oneOfIfSet(reasons);
  if (path.text !== "" && path.text.trim() === "") path.invalid("must be non-empty if specified");
  if (/[\n\r]/.test(path.text)) path.invalid("must not contain line breaks");
  if (path.text !== "" && !refersToField(path.text, schema)) path.invalid("must be a valid path");
}

const pathStep = /^(?:\.([^.[\]]+)|\['((?:\\.|[^'\\])*)'\])/;

/** Whether `.spec.parts['a.b']` leads to a field of the schema (pkg/apiserver/schema/cel/validation.go, ValidFieldPath, v1.36). */
function refersToField(path: string, schema: Field): boolean {
  if (path === "") return true;
  const step = pathStep.exec(path);
  if (step === null) return false;
  const [text, plain, quoted = ""] = step;
  const [properties, additional] = [schema.get("properties"), schema.get("additionalProperties")];
  const field = properties.isSet ? properties.key(plain ?? quoted.replace(/\\(.)/g, "$1")) : additional;
  return field.isSet && refersToField(path.slice(text.length), field);
}
