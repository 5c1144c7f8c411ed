import { isSameJson } from "../../base/json.ts";
import { byteLength } from "../go-text.ts";
import { checkDns1035Label, checkDns1123Subdomain } from "../names.ts";
import { warnAboutFormats } from "./custom-resource-formats.ts";
import { validateSchema } from "./custom-resource-schema.ts";
import type { Field } from "./field.ts";
import { countedClusterMetadata, validateMetadata } from "./metadata.ts";
import { validateClientConfig, validateReviewVersions } from "./webhooks.ts";

const columnTypes = ["boolean", "date", "integer", "number", "string"];
const columnFormats = ["byte", "date", "date-time", "double", "float", "int32", "int64", "password"];
const approvalAnnotation = "api-approved.kubernetes.io";

/** apiextensions-apiserver, pkg/apis/apiextensions/validation/validation.go, ValidateCustomResourceDefinition, v1.36; CEL rules are not compiled here. */
export function validateCustomResourceDefinition(definition: Field): void {
  const spec = definition.get("spec");
  const expected = `${spec.at("names", "plural").text}.${spec.get("group").text}`;
  const name = (text: string): readonly string[] => [
    ...checkDns1123Subdomain(text),
    ...(text === expected ? [] : [`must be spec.names.plural+"."+spec.group`]),
  ];
  validateMetadata(definition.get("metadata"), { ...countedClusterMetadata, name, checksFinalizers: false });
  validateGroup(spec.get("group"));
  if (spec.get("scope").needed()) spec.get("scope").oneOf(["Cluster", "Namespaced"]);
  const versions = spec.get("versions");
  for (const version of versions.items()) {
    const schema = version.at("schema", "openAPIV3Schema");
    if (!schema.isSet) schema.required();
  }
  for (const version of versions.items()) validateVersion(version, spec);
  validateVersions(versions);
  validateNames(spec.get("names"));
  validateConversion(spec.get("conversion"));
  validateStoredVersions(definition);
  validateApproval(definition);
  const preserve = spec.get("preserveUnknownFields");
  if (preserve.flag)
    preserve.invalid(
      "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead",
    );
}

function validateGroup(group: Field): void {
  if (!group.needed()) return;
  const messages = checkDns1123Subdomain(group.text);
  if (messages.length > 0) group.invalid(messages.join(","));
  else if (!group.text.includes(".")) group.invalid("should be a domain with at least one dot");
}

/** What all versions have in common stands at the top level inside the API server: single versions are nearly always such. */
function isShared(versions: Field, field: string): boolean {
  const [first, ...others] = versions.items().map((version) => version.get(field).value);
  return others.every((other) => isSameJson(first, other));
}

function placeOf(version: Field, field: string, spec: Field, sharedName = field): Field {
  return isShared(spec.get("versions"), field) ? version.get(field).as(sharedName, spec) : version.get(field);
}

function validateVersion(version: Field, spec: Field): void {
  validateLabelText(version.get("name"));
  const isFirst = version.name.endsWith("[0]");
  if (isFirst && version.get("name").text !== "") validateLabelText(version.get("name").as("version", spec));
  validateDeprecation(version);
  const shared = (field: string): boolean => isShared(spec.get("versions"), field);
  const statusEnabled = version.at("subresources", "status").isSet;
  if (isFirst || !shared("schema")) {
    const schema = placeOf(version, "schema", spec, "validation").get("openAPIV3Schema");
    if (schema.isSet) validateSchema(schema, statusEnabled);
    if (schema.isSet) warnAboutFormats(schema);
  }
  if (isFirst || !shared("subresources")) validateScale(placeOf(version, "subresources", spec));
  if (isFirst || !shared("additionalPrinterColumns")) {
    for (const column of placeOf(version, "additionalPrinterColumns", spec).items()) validateColumn(column);
  }
  if (isFirst || !shared("selectableFields")) {
    validateSelectableFields(placeOf(version, "selectableFields", spec), version.at("schema", "openAPIV3Schema"));
  }
}

function validateLabelText(name: Field): void {
  const messages = checkDns1035Label(name.text);
  if (messages.length > 0) name.invalid(messages.join(","), name.text);
}

function validateDeprecation(version: Field): void {
  const warning = version.get("deprecationWarning");
  if (!warning.isSet) return;
  if (!version.get("deprecated").flag) {
    warning.invalid("can only be set for deprecated versions");
    return;
  }
  if (byteLength(warning.text) > 256) warning.invalid("must be <= 256 characters long");
  if (warning.text === "") warning.invalid("must not be an empty string");
  const index = Array.from(warning.text).findIndex((character) => /[\p{C}\p{Zl}\p{Zp}]/u.test(character));
  if (index >= 0)
    warning.invalid(`must only contain printable UTF-8 characters; non-printable character found at index ${index}`);
}

function validateVersions(versions: Field): void {
  const names = versions.items().map((version) => version.get("name").text);
  const stored = versions.items().filter((version) => version.get("storage").flag);
  if (new Set(names).size < names.length) versions.invalid("must contain unique version names");
  if (stored.length !== 1) versions.invalid("must have exactly one version marked as storage version");
}

function validateNames(names: Field): void {
  for (const name of ["plural", "kind"]) names.get(name).needed();
  const kind = names.get("kind").text;
  const singular = names.get("singular").or(kind.toLowerCase());
  const listKind = names.get("listKind").or(kind === "" ? "" : `${kind}List`);
  if (singular.text === "") singular.required();
  if (listKind.text === "") listKind.required();
  for (const name of [names.get("plural"), singular]) if (name.text !== "") validateLabelText(name);
  for (const name of [names.get("kind"), listKind]) {
    const messages = name.text === "" ? [] : checkDns1035Label(name.text.toLowerCase());
    if (messages.length > 0) name.invalid(`may have mixed case, but should otherwise match: ${messages.join(",")}`);
  }
  for (const item of [...names.get("shortNames").items(), ...names.get("categories").items()]) validateLabelText(item);
  if (kind !== "" && kind === listKind.text) listKind.invalid("kind and listKind may not be the same");
}

function checkJsonPath(path: string): readonly string[] {
  return path.startsWith(".") ? [] : ["must be a simple json path starting with ."];
}

function validateColumn(column: Field): void {
  const [type, format, path] = [column.get("type"), column.get("format"), column.get("jsonPath").as("JSONPath")];
  column.get("name").needed();
  const known = `must be one of ${columnTypes.join(",")}`;
  if (type.text === "") type.required(known);
  else if (!columnTypes.includes(type.text)) type.invalid(known);
  if (format.text !== "" && !columnFormats.includes(format.text))
    format.invalid(`must be one of ${columnFormats.join(",")}`);
  if (path.needed()) path.check(checkJsonPath);
}

function validateScale(subresources: Field): void {
  const scale = subresources.get("scale");
  if (!scale.isSet) return;
  for (const [field, start] of [
    ["specReplicasPath", ".spec"],
    ["statusReplicasPath", ".status"],
  ] as const) {
    const path = scale.get(field);
    if (!path.needed() || !path.check(checkJsonPath)) continue;
    if (!path.text.startsWith(`${start}.`)) path.invalid(`should be a json path under ${start}`);
  }
  const selector = scale.get("labelSelectorPath");
  if (selector.text === "" || !selector.check(checkJsonPath)) return;
  if (!/^\.(spec|status)\./.test(selector.text))
    selector.invalid("should be a json path under either .spec or .status");
}

const maxSelectableFields = 8;

function validateSelectableFields(fields: Field, schema: Field): void {
  const seen = new Set<string>();
  for (const path of fields.items().map((field) => field.get("jsonPath"))) {
    if (!path.needed()) continue;
    const steps = path.text.replace(/^\./, "").split(".");
    const found = steps.reduce<Field>((place, step) => place.get("properties").key(step), schema);
    if (!path.text.startsWith(".") || !found.isSet) {
      path.invalid(`is an invalid path: does not refer to a valid field`);
      continue;
    }
    if (steps[0] === "metadata") path.invalid("must not point to fields in metadata");
    if (!["string", "boolean", "integer"].includes(found.get("type").text)) {
      path.invalid(
        "must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.",
      );
    }
    if (seen.has(path.text)) path.duplicate();
    seen.add(path.text);
  }
  if (seen.size > maxSelectableFields) fields.tooMany(maxSelectableFields);
}

function validateConversion(conversion: Field): void {
  if (!conversion.isSet) return;
  const [strategy, webhook] = [conversion.get("strategy"), conversion.get("webhook")];
  if (strategy.needed()) strategy.oneOf(["None", "Webhook"]);
  // Inside the API server the webhook's parts stand at the conversion itself.
  const client = webhook.get("clientConfig").as("webhookClientConfig", conversion);
  const versions = webhook.get("conversionReviewVersions").as("conversionReviewVersions", conversion);
  if (strategy.text === "Webhook") {
    if (client.isSet) validateClientConfig(client);
    else client.required("required when strategy is set to Webhook");
    validateReviewVersions(versions, "");
  } else {
    const unwanted = "should not be set when strategy is not set to Webhook";
    client.forbiddenIfSet(unwanted);
    versions.forbiddenIfAny(unwanted);
  }
}

/** The API server notes the first storage version itself, before it looks for all of them. */
function validateStoredVersions(definition: Field): void {
  const stored = definition
    .at("spec", "versions")
    .items()
    .filter((version) => version.get("storage").flag);
  const list = definition.at("status", "storedVersions");
  const [first = "", ...others] = stored.map((version) => version.get("name").text);
  if (stored.length === 0) list.invalid("must have at least one stored version", []);
  for (const name of others) list.invalid(`must have the storage version ${name}`, [first]);
}

/** apiextensions-apiserver, pkg/apihelpers/helpers.go, GetAPIApprovalState, v1.36. */
function validateApproval(definition: Field): void {
  const group = definition.at("spec", "group").text;
  if (!/(^|\.)(k8s\.io|kubernetes\.io)$/.test(group)) return;
  const annotation = definition.at("metadata", "annotations").key(approvalAnnotation);
  const hint =
    'protected groups must have approval annotation "api-approved.kubernetes.io" with either a URL or a reason starting with "unapproved", see https://github.com/kubernetes/enhancements/pull/1111';
  if (annotation.text === "") annotation.required(annotation.isSet ? hint : hint);
  else if (!/^(unapproved|[a-z][a-z0-9+.-]*:\/\/[^/\s]+)/.test(annotation.text)) annotation.invalid(hint);
}
