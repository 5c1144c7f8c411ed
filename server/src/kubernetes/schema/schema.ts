import { kinds as kindTable, types as typeTable } from "./types.ts";

/** A type of the Kubernetes API as Go declares it; `name` is Go's own (`v1.ServicePort`, `[]string`), as error messages print it. */
export type SchemaType = StructType | ListType | MapType | ScalarType | CustomType;

export interface StructType {
  readonly kind: "struct";
  readonly name: string;
  readonly fields: ReadonlyMap<string, SchemaField>;
}

export interface SchemaField {
  readonly name: string;
  readonly type: SchemaType;
  /** Go names of the embedded structs that lead to the field, each with a dot behind: `VolumeSource.`; mostly empty. */
  readonly embedded: string;
  /** The field by which a strategic merge pairs the items of a list. */
  readonly mergeKey: string | undefined;
}

export interface ListType {
  readonly kind: "list";
  readonly name: string;
  readonly element: SchemaType;
}

export interface MapType {
  readonly kind: "map";
  readonly name: string;
  readonly element: SchemaType;
}

export interface ScalarType {
  readonly kind: "string" | "boolean" | "integer" | "float" | "bytes";
  readonly name: string;
  /** Size of an integer. */
  readonly bits: 32 | 64;
}

/** A type that decodes itself (`resource.Quantity`, `v1.Time`, `intstr.IntOrString` …). */
export interface CustomType {
  readonly kind: "custom";
  readonly name: string;
  /** The struct that it may hold, for a union such as `JSONSchemaPropsOrBool`. */
  readonly inner: SchemaType | undefined;
}

/** The type of a built-in kind of the newest known release, `undefined` for custom resources and versions that are no longer served. */
export function typeOfKind(apiVersion: string, kind: string): StructType | undefined {
  return schema.get(`${apiVersion} ${kind}`);
}

/** All built-in kinds with their apiVersions. */
export function knownKinds(): readonly {
  readonly apiVersion: string;
  readonly kind: string;
  readonly type: StructType;
}[] {
  return [...schema].map(([key, type]) => {
    const [apiVersion = "", kind = ""] = key.split(" ");
    return { apiVersion, kind, type };
  });
}

const schema = readSchema();

function readSchema(): ReadonlyMap<string, StructType> {
  const declarations = new Map(lines(typeTable).map((line) => cut(line, " ")));
  const types = new Map<string, SchemaType>();
  const result = new Map<string, StructType>();
  for (const line of lines(kindTable)) {
    const [apiVersion = "", kind = "", id = ""] = line.split(" ");
    const type = resolve(id, "", { declarations, types });
    if (type.kind === "struct") result.set(`${apiVersion} ${kind}`, type);
  }
  return result;
}

interface Reader {
  readonly declarations: ReadonlyMap<string, string>;
  readonly types: Map<string, SchemaType>;
}

/** The type that an expression of the table means when it stands in the package `home`. */
function resolve(expression: string, home: string, reader: Reader): SchemaType {
  const plain = literal(expression, expression, home, reader);
  if (plain !== undefined) return plain;
  const id = expression.includes(".") ? expression : `${home}.${expression}`;
  return reader.types.get(id) ?? declare(id, reader);
}

function declare(id: string, reader: Reader): SchemaType {
  const text = reader.declarations.get(id) ?? "custom";
  const name = id.slice(id.lastIndexOf("/") + 1);
  const home = id.slice(0, id.lastIndexOf("."));
  if (text.startsWith("{")) {
    const fields = new Map<string, SchemaField>();
    const struct: StructType = { kind: "struct", name, fields };
    reader.types.set(id, struct);
    for (const part of text.slice(1, -1).split(",")) if (part !== "") addField(fields, part, home, reader);
    return struct;
  }
  const type = literal(text, name, home, reader) ?? custom(text, name, home, reader);
  reader.types.set(id, type);
  return type;
}

function addField(fields: Map<string, SchemaField>, part: string, home: string, reader: Reader): void {
  const [name, rest] = cut(part, " ");
  const [expression, mergeKey] = cut(rest, "@");
  const type = resolve(expression, home, reader);
  if (!name.startsWith("+")) {
    fields.set(name, { name, type, embedded: "", mergeKey: mergeKey === "" ? undefined : mergeKey });
    return;
  }
  if (type.kind !== "struct") return;
  for (const field of type.fields.values()) {
    if (!fields.has(field.name)) fields.set(field.name, { ...field, embedded: `${name.slice(1)}.${field.embedded}` });
  }
}

/** A type that is written out: a list, a map or one of Go's own; `undefined` for a reference. */
function literal(expression: string, name: string, home: string, reader: Reader): SchemaType | undefined {
  if (expression === "[]uint8") return { kind: "bytes", name, bits: 64 };
  if (expression.startsWith("[]")) {
    const element = resolve(expression.slice(2), home, reader);
    return { kind: "list", name: name === expression ? `[]${element.name}` : name, element };
  }
  if (expression.startsWith("map[")) {
    const [key, value] = cut(expression.slice(4), "]");
    const element = resolve(value, home, reader);
    const printed = `map[${resolve(key, home, reader).name}]${element.name}`;
    return { kind: "map", name: name === expression ? printed : name, element };
  }
  return scalar(expression, name);
}

function custom(text: string, name: string, home: string, reader: Reader): CustomType {
  const inner = cut(text, " ")[1];
  return { kind: "custom", name, inner: inner === "" ? undefined : resolve(inner, home, reader) };
}

function scalar(expression: string, name: string): ScalarType | undefined {
  switch (expression) {
    case "string":
      return { kind: "string", name, bits: 64 };
    case "bool":
      return { kind: "boolean", name, bits: 64 };
    case "int32":
    case "uint32":
      return { kind: "integer", name, bits: 32 };
    case "int":
    case "int64":
      return { kind: "integer", name, bits: 64 };
    case "float64":
      return { kind: "float", name, bits: 64 };
    default:
      return undefined;
  }
}

function lines(table: string): readonly string[] {
  return table.trim().split("\n");
}

/** A text before and after the first separator; all of it and nothing where there is none. */
function cut(text: string, separator: string): [string, string] {
  const index = text.indexOf(separator);
  return index < 0 ? [text, ""] : [text.slice(0, index), text.slice(index + separator.length)];
}
