import { isObject } from "../../base/json.ts";
import type { Field } from "./field.ts";
import { isOrdinary } from "./ordinary-schema.ts";

/** The schemas of the properties in which a rule may find something. */
export function propertiesOf(schema: Field): readonly Field[] {
  const properties = schema.get("properties");
  const { value } = properties;
  if (!isObject(value)) return [];
  return Object.keys(value).flatMap((name) => (isOrdinary(value[name]) ? [] : [properties.key(name)]));
}

/** Whether there is a schema in which a rule may find something. */
export function holdsSchema({ value }: Field): boolean {
  return isObject(value) && !isOrdinary(value);
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
