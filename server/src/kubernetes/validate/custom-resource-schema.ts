import { isArray, isObject, type JsonValue } from "../../base/json.ts";
import { quote } from "../go-text.ts";
import { validateRule } from "./custom-resource-rules.ts";
import type { Field } from "./field.ts";
import { isIntOrString, isPattern } from "./ordinary-schema.ts";
import { holdsSchema, propertiesOf, subschemas } from "./schema-parts.ts";

const types = ["array", "boolean", "integer", "number", "object", "string"];
const allowedAtRoot: ReadonlySet<string> = new Set(
  (
    "description type format title maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern maxItems minItems uniqueItems " +
    "multipleOf required items properties externalDocs example x-kubernetes-preserve-unknown-fields x-kubernetes-validations"
  ).split(" "),
);
const allowedAtRootPrinted =
  "[Description Type Format Title Maximum ExclusiveMaximum Minimum ExclusiveMinimum MaxLength MinLength Pattern MaxItems MinItems UniqueItems MultipleOf Required Items Properties ExternalDocs Example XPreserveUnknownFields XValidations]";

type Level = "root" | "item" | "field";

/** apiextensions-apiserver, pkg/apis/apiextensions/validation/validation.go, validateCustomResourceDefinitionValidation, v1.36, without CEL. */
export function validateSchema(schema: Field, statusEnabled: boolean): void {
  const { causes } = schema.report;
  const atFirst = causes.length;
  if (statusEnabled) validateRoot(schema);
  if (schema.get("nullable").flag) schema.get("nullable").forbidden("nullable cannot be true at the root");
  const before = causes.length;
  const isStructural = !hasUnsupported(schema);
  if (isStructural) validateStructure(schema, "root");
  if (isStructural && causes.length === before) validateDefaults(schema);
  validateOpenApi(schema, true);
  // Of all that is not supported, this alone has not been reported yet.
  if (!isStructural && causes.length === atFirst) schema.invalid("OpenAPIV3Schema 'schema' is not supported", "");
}

const unsupported = ["id", "$schema", "$ref", "patternProperties", "dependencies", "additionalItems", "definitions"];

/** Whether a schema can't become a structural one (pkg/apiserver/schema/convert.go, newStructural and validateUnsupportedFields, v1.36). */
function hasUnsupported(schema: Field): boolean {
  const { value } = schema;
  if (!isObject(value)) return false;
  const holds = (name: string): boolean => Object.hasOwn(value, name) && !schema.get(name).isEmpty;
  return unsupported.some(holds) || schema.get("items").list.length > 0 || subschemas(schema).some(hasUnsupported);
}

function validateRoot(schema: Field): void {
  const type = schema.get("type");
  const hasIdentity = ["id", "$schema", "$ref"].some((name) => !schema.get(name).isEmpty);
  if (!hasIdentity && type.text !== "" && type.text !== "object") {
    type.invalid(
      'only "object" is allowed as the type at the root of the schema if the status subresource is enabled',
      type.text,
    );
    return;
  }
  if (schema.keys().every((key) => allowedAtRoot.has(key) || schema.get(key).isEmpty)) return;
  schema.invalid(
    `only ${allowedAtRootPrinted} fields are allowed at the root of the schema if the status subresource is enabled`,
  );
}

/** apiextensions-apiserver, pkg/apiserver/schema/validation.go, validateStructuralInvariants, v1.36. */
function validateStructure(schema: Field, level: Level): void {
  const [type, items, additional] = [schema.get("type"), schema.get("items"), schema.get("additionalProperties")];
  if (type.text === "array" && !isObject(items.value)) items.required("must be specified");
  if (holdsSchema(items)) validateStructure(items, "item");
  for (const property of propertiesOf(schema)) validateStructure(property, "field");
  if (additional.isSet && level === "root") additional.forbidden("must not be used at the root");
  if (holdsSchema(additional)) validateStructure(additional, "field");
  validateExtensions(schema);
  validateNested(schema, level);
  validateType(schema, level);
  validateMetadataSchema(schema, level);
}

function validateExtensions(schema: Field): void {
  if (!schema.get("x-kubernetes-int-or-string").flag) return;
  for (const name of ["x-kubernetes-preserve-unknown-fields", "x-kubernetes-embedded-resource"]) {
    if (schema.get(name).flag) schema.get(name).invalid("must be false if x-kubernetes-int-or-string is true");
  }
}

function validateType(schema: Field, level: Level): void {
  const type = schema.get("type");
  const embedded = schema.get("x-kubernetes-embedded-resource").flag;
  const untyped =
    schema.get("x-kubernetes-int-or-string").flag || schema.get("x-kubernetes-preserve-unknown-fields").flag;
  const where = { root: "at the root", item: "for specified array items", field: "for specified object fields" }[level];
  if (embedded && type.text !== "object") {
    const detail = "must be object if x-kubernetes-embedded-resource is true";
    if (type.text === "") type.required(detail);
    else type.invalid(detail);
  } else if (type.text === "" && !untyped) {
    type.required(`must not be empty ${where}`);
  }
  if (embedded)
    schema.get("additionalProperties").forbiddenIfSet("must not be used if x-kubernetes-embedded-resource is set");
  if (level === "root" && type.text !== "" && type.text !== "object") type.invalid("must be object at the root");
}

function validateMetadataSchema(schema: Field, level: Level): void {
  const embedded = schema.get("x-kubernetes-embedded-resource").flag;
  const properties = schema.get("properties");
  if (level === "root" || embedded) {
    for (const name of ["kind", "apiVersion"]) {
      const property = properties.key(name);
      if (property.isSet && property.get("type").text !== "string")
        property.get("type").invalid("must be string", property.get("type").text);
    }
    const metadata = properties.key("metadata");
    if (metadata.isSet && metadata.get("type").text !== "object")
      metadata.get("type").invalid("must be object", metadata.get("type").text);
    if (level === "root" && metadata.isSet && restrictsMetadata(metadata)) {
      metadata.forbidden(
        "must not specify anything other than name and generateName, but metadata is implicitly specified",
      );
    }
  }
  if (embedded && !schema.get("x-kubernetes-preserve-unknown-fields").flag && properties.size === 0) {
    properties.required(
      "must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields",
    );
  }
}

function restrictsMetadata(metadata: Field): boolean {
  const names = metadata.get("properties").keys();
  const other = metadata
    .keys()
    .filter((key) => !["type", "default", "properties"].includes(key) && !metadata.get(key).isEmpty);
  return other.length > 0 || names.some((name) => name !== "name" && name !== "generateName");
}

/** Within anyOf, allOf, oneOf and not only values may be restricted (validation.go, validateValueValidation). */
function validateNested(schema: Field, level: Level): void {
  const firstAllOf = schema.get("allOf").item(0);
  if (!isIntOrString(schema.get("anyOf").value))
    for (const part of schema.get("anyOf").items()) validateNestedSchema(part, level);
  for (const [index, part] of schema.get("allOf").items().entries()) {
    validateNestedSchema(part, level, index === 0 && isIntOrString(firstAllOf.get("anyOf").value));
  }
  for (const part of schema.get("oneOf").items()) validateNestedSchema(part, level);
  if (schema.get("not").isSet) validateNestedSchema(schema.get("not"), level);
  const pattern = schema.get("pattern");
  if (pattern.text !== "" && !isPattern(pattern.text)) pattern.invalid("must be a valid regular expression, but isn't");
}

const forbiddenInNested: readonly (readonly [string, string])[] = [
  ["type", "must be empty to be structural"],
  ["additionalProperties", "must be undefined to be structural"],
  ["default", "must be undefined to be structural"],
  ["title", "must be empty to be structural"],
  ["description", "must be empty to be structural"],
  ["nullable", "must be false to be structural"],
  ["x-kubernetes-preserve-unknown-fields", "must be false to be structural"],
  ["x-kubernetes-embedded-resource", "must be false to be structural"],
  ["x-kubernetes-int-or-string", "must be false to be structural"],
  ["x-kubernetes-list-map-keys", "must be empty to be structural"],
  ["x-kubernetes-list-type", "must be undefined to be structural"],
  ["x-kubernetes-map-type", "must be undefined to be structural"],
  ["x-kubernetes-validations", "must be empty to be structural"],
];

function validateNestedSchema(schema: Field, level: Level, skipsAnyOf = false): void {
  const inner = skipsAnyOf ? schema.withIn("anyOf", []) : schema;
  validateNested(inner, level);
  if (isObject(schema.get("items").value)) validateNestedSchema(schema.get("items"), level);
  for (const [, property] of schema.get("properties").entries()) validateNestedSchema(property, "field");
  for (const [name, detail] of forbiddenInNested) {
    const field = schema.get(name);
    if (detail.includes("undefined") ? field.isSet : !field.isEmpty) field.forbidden(detail);
  }
  const metadata = schema.get("properties").key("metadata");
  if (metadata.isSet) metadata.forbidden("must not be specified in a nested context");
}

/** Defaults must be what their schema wants (pkg/apiserver/schema/defaulting/validation.go, v1.36); their types and fields are looked at here. */
function validateDefaults(schema: Field): void {
  const value = schema.get("default");
  if (value.isSet) {
    if (hasUnknownFields(value.value, schema)) value.invalid("must not have unknown fields");
    const kind = mismatch(value.value, schema);
    if (kind !== undefined)
      value.typeInvalid(` in body must be of type ${schema.get("type").text}: ${quote(kind)}`, kind);
  }
  for (const property of propertiesOf(schema)) validateDefaults(property);
  for (const name of ["items", "additionalProperties"])
    if (holdsSchema(schema.get(name))) validateDefaults(schema.get(name));
}

function hasUnknownFields(value: JsonValue | undefined, schema: Field): boolean {
  if (schema.get("x-kubernetes-preserve-unknown-fields").flag) return false;
  if (isArray(value)) return value.some((item) => hasUnknownFields(item, schema.get("items")));
  if (!isObject(value)) return false;
  return Object.entries(value).some(([name, entry]) => {
    const property = schema.get("properties").key(name);
    const additional = schema.get("additionalProperties");
    if (property.isSet) return hasUnknownFields(entry, property);
    return isObject(additional.value) ? hasUnknownFields(entry, additional) : !additional.flag;
  });
}

function mismatch(value: JsonValue | undefined, schema: Field): string | undefined {
  const wanted = schema.get("type").text;
  const kind = kindOf(value);
  if (wanted === "" || kind === wanted || (wanted === "number" && kind === "integer")) return undefined;
  return kind === "null" && schema.get("nullable").flag ? undefined : kind;
}

function kindOf(value: JsonValue | undefined): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  if (typeof value === "bigint") return "integer";
  return isArray(value) ? "array" : typeof value;
}

/** validation.go, ValidateCustomResourceDefinitionOpenAPISchema, v1.36. */
function validateOpenApi(schema: Field, isRoot: boolean): void {
  validateKeywords(schema);
  const [properties, additional] = [schema.get("properties"), schema.get("additionalProperties")];
  if (schema.get("uniqueItems").flag) {
    schema
      .get("uniqueItems")
      .forbidden("uniqueItems cannot be set to true since the runtime complexity becomes quadratic");
  }
  if (properties.size > 0 && additional.isSet && additional.value !== true) {
    additional.forbidden("additionalProperties and properties are mutual exclusive");
  }
  for (const place of subschemas(schema)) validateOpenApi(place, false);
  if (isRoot) for (const name of ["apiVersion", "kind", "metadata"]) forbidDefaults(properties.key(name), name);
  const preserve = schema.get("x-kubernetes-preserve-unknown-fields");
  if (preserve.value === false) preserve.invalid("must be true or undefined");
  validateListsAndMaps(schema);
  for (const rule of schema.get("x-kubernetes-validations").items()) validateRule(rule, schema);
}

function forbidDefaults(schema: Field, name: string): void {
  schema.get("default").forbiddenIfSet(`must not be set in top-level ${name}`);
  for (const [, property] of schema.get("properties").entries()) forbidDefaults(property, name);
}

function validateKeywords(schema: Field): void {
  const type = schema.get("type");
  if (type.text !== "" && !types.includes(type.text)) type.notSupported(types);
  for (const name of ["id", "patternProperties", "definitions"])
    schema.get(name).forbiddenIfAny(`${name} is not supported`);
  for (const name of ["additionalItems", "dependencies", "$ref"])
    schema.get(name).forbiddenIfSet(`${name} is not supported`);
  if (type.text === "null") type.forbidden("type cannot be set to null, use nullable as an alternative");
  if (schema.get("items").list.length > 0)
    schema.get("items").forbidden("items must be a schema object and not an array");
}

function validateListsAndMaps(schema: Field): void {
  const [mapType, listType, keys] = [
    schema.get("x-kubernetes-map-type"),
    schema.get("x-kubernetes-list-type"),
    schema.get("x-kubernetes-list-map-keys"),
  ];
  if (mapType.isSet) {
    validateTypeFor(schema, "object", "must be object if x-kubernetes-map-type is specified");
    mapType.oneOf(["atomic", "granular"]);
  }
  if (listType.isSet) {
    if (
      validateTypeFor(schema, "array", "must be array if x-kubernetes-list-type is specified") &&
      listType.text === "set"
    )
      validateSetItems(schema.get("items"));
    listType.oneOf(["atomic", "set", "map"]);
  }
  if (keys.size > 0) {
    const detail = "must be map if x-kubernetes-list-map-keys is non-empty";
    if (!listType.isSet) listType.required(detail);
    else if (listType.text !== "map") listType.invalid(detail);
  }
  if (listType.text === "map") validateMapItems(schema.get("items"), keys);
  if (["set", "map"].includes(listType.text) && schema.get("items").get("nullable").flag) {
    schema.at("items", "nullable").forbidden(`cannot be nullable when x-kubernetes-list-type is ${listType.text}`);
  }
}

function validateTypeFor(schema: Field, wanted: string, detail: string): boolean {
  const type = schema.get("type");
  if (type.text === wanted) return true;
  if (type.text === "") type.required(detail);
  else type.invalid(detail);
  return false;
}

function validateSetItems(items: Field): void {
  const detail = "must be atomic as item of a list with x-kubernetes-list-type=set";
  const [listType, mapType] = [items.get("x-kubernetes-list-type"), items.get("x-kubernetes-map-type")];
  if (items.get("type").text === "array" && listType.isSet && listType.text !== "atomic") listType.invalid(detail);
  if (items.get("type").text === "object" && mapType.text !== "atomic") mapType.invalid(detail, listType.value);
}

function validateMapItems(items: Field, keys: Field): void {
  keys.needed("must not be empty if x-kubernetes-list-type is map");
  const type = items.get("type");
  if (!items.isSet) items.required("must have a schema if x-kubernetes-list-type is map");
  else if (!isObject(items.value)) items.invalid("must only have a single schema if x-kubernetes-list-type is map");
  else if (type.text !== "object")
    type.invalid("must be object if parent array's x-kubernetes-list-type is map", type.text);
  else validateKeys(items, keys);
}

function validateKeys(items: Field, keys: Field): void {
  const required = new Set(items.get("required").texts);
  for (const [index, key] of keys.texts.entries()) {
    const property = items.get("properties").key(key);
    if (!property.isSet) keys.invalid("entries must all be names of item properties");
    else if (["array", "object"].includes(property.get("type").text)) {
      property.get("type").invalid("must be a scalar type if parent array's x-kubernetes-list-type is map", "object");
    }
    if (keys.texts.indexOf(key) < index) keys.invalid("must not contain duplicate entries");
    if (!property.isSet) continue;
    if (!required.has(key) && !property.get("default").isSet) {
      property
        .get("default")
        .required(
          "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property",
        );
    }
    if (property.get("nullable").flag)
      property.get("nullable").forbidden("this property is in x-kubernetes-list-map-keys, so it cannot be nullable");
  }
}
