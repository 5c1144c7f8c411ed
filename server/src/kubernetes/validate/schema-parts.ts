import { isObject, type JsonValue } from "../../base/json.ts";
import type { Field } from "./field.ts";

const plainKeys: ReadonlySet<string> = new Set("type description enum minimum maximum minLength maxLength".split(" "));
const plainTypes: ReadonlySet<JsonValue | undefined> = new Set(["boolean", "integer", "number", "string"]);

/** Whether a schema is only a scalar of a known type: no rule but those of nested contexts finds anything in it, and nine schemas of ten are such. */
function isPlain(schema: JsonValue | undefined): boolean {
  return isObject(schema) && plainTypes.has(schema["type"]) && Object.keys(schema).every((key) => plainKeys.has(key));
}

/** The schemas of the properties in which a rule may find something. */
export function propertiesOf(schema: Field): readonly Field[] {
  const properties = schema.get("properties");
  const { value } = properties;
  if (!isObject(value)) return [];
  return Object.keys(value).flatMap((name) => (isPlain(value[name]) ? [] : [properties.key(name)]));
}

/** Whether there is a schema in which a rule may find something. */
export function holdsSchema({ value }: Field): boolean {
  return isObject(value) && !isPlain(value);
}

/** The schemas right inside of a schema in which a rule may find something. */
export function subschemas(schema: Field): readonly Field[] {
  const definitions = schema
    .get("definitions")
    .entries()
    .map(([, each]) => each);
  const lists = ["allOf", "oneOf", "anyOf"].flatMap((name) => schema.get(name).items());
  const single = ["not", "additionalProperties", "items"].map((name) => schema.get(name)).filter(holdsSchema);
  return [...propertiesOf(schema), ...definitions, ...lists, ...single];
}
