import { quote } from "../go-text.ts";
import type { Field } from "./field.ts";
import { subschemas } from "./schema-parts.ts";

const textFormats =
  "bsonobjectid uri email hostname ipv4 ipv6 cidr mac uuid uuid3 uuid4 uuid5 isbn isbn10 isbn13 creditcard ssn hexcolor rgbcolor byte " +
  "password date duration datetime k8sshortname k8slongname";

/** The formats that each type knows (apiextensions-apiserver, pkg/apiserver/validation/formats.go, GetUnrecognizedFormats, v1.36). */
const formatsOfType: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["", new Set(textFormats.split(" "))],
  ["string", new Set(textFormats.split(" "))],
  ["integer", new Set(["int32", "int64"])],
  ["number", new Set(["float", "double"])],
]);

/** pkg/registry/customresourcedefinition/strategy.go, WarningsOnCreate, v1.36. */
export function warnAboutFormats(schema: Field): void {
  const found = new Map<string, Field>();
  collectUnrecognized(schema, found);
  for (const [format, place] of [...found].sort(([a], [b]) => (a < b ? -1 : 1)))
    place.warn(`unrecognized format ${quote(format)}`);
}

function collectUnrecognized(schema: Field, found: Map<string, Field>): void {
  const [type, format] = [schema.get("type").text, schema.get("format")];
  const isText = type === "" || type === "string";
  const name = isText ? format.text.replaceAll("-", "") : format.text;
  if (format.text !== "" && !found.has(format.text) && formatsOfType.get(type)?.has(name) !== true)
    found.set(format.text, format);
  for (const place of subschemas(schema)) collectUnrecognized(place, found);
}
