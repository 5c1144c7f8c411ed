import { isArray, isObject, type JsonArray, type JsonObject, type JsonPath, type JsonValue } from "../../base/json.ts";
import type { CustomType, ListType, MapType, ScalarType, SchemaType, StructType } from "./schema.ts";
import { quantityProblem, timeProblem } from "./scalars.ts";

/** What strict decoding found at one place of an object. */
export interface DecodingProblem {
  readonly kind: "unknown-field" | "wrong-type";
  readonly path: JsonPath;
  /** As the API server says it: `unknown field "spec.foo"`, `json: cannot unmarshal string into Go struct field …`. */
  readonly message: string;
}

export interface Decoded {
  /** The object as the API server holds it: nulls are absent, in lists and maps they are empty values. The very same object where nothing changes. */
  readonly value: JsonObject;
  /** In document order. */
  readonly unknownFields: readonly DecodingProblem[];
  readonly wrongTypes: readonly DecodingProblem[];
  /** The one message with which the API server answers, `undefined` when it can decode the object. */
  readonly message: string | undefined;
}

/**
 * Decodes an object strictly.
 * sigs.k8s.io/json (a fork of encoding/json), decode.go, UnmarshalStrict, as kube-apiserver v1.36 calls it with fieldValidation=Strict.
 */
export function decode(object: JsonObject, type: StructType): Decoded {
  const decoder = new Decoder(type.name);
  const value = decoder.struct(object, type);
  const { unknownFields, wrongTypes } = decoder;
  const unknown = unknownFields.map((problem) => problem.message).join(", ");
  const fatal = decoder.aborted ?? wrongTypes[0]?.message;
  const message = fatal ?? (unknown === "" ? undefined : `strict decoding error: ${unknown}`);
  return { value: isObject(value) ? value : object, unknownFields, wrongTypes, message };
}

class Decoder {
  readonly unknownFields: DecodingProblem[] = [];
  readonly wrongTypes: DecodingProblem[] = [];
  /** The message of the first type that decodes itself and failed: it ends the decoding at once and hides what was wrong before. */
  aborted: string | undefined;
  readonly #path: (string | number)[] = [];
  /** The struct that is being decoded, and Go's names of the fields that lead into it. */
  #struct: string;
  #fields = "";

  constructor(root: string) {
    this.#struct = goName(root);
  }

  struct(value: JsonValue, type: StructType): JsonValue {
    if (!isObject(value)) return this.#mismatch(value, type);
    let changed: Map<string, JsonValue | undefined> | undefined;
    const [outerStruct, outerFields] = [this.#struct, this.#fields];
    this.#struct = goName(type.name);
    for (const key of Object.keys(value)) {
      const entry = value[key] ?? null;
      const field = type.fields.get(key);
      this.#path.push(key);
      if (field === undefined) {
        this.#unknown();
      } else if (entry === null) {
        (changed ??= new Map()).set(key, undefined);
      } else {
        this.#fields = `${outerFields}${field.embedded}${key}`;
        const result = this.#value(entry, field.type);
        if (result !== entry) (changed ??= new Map()).set(key, result);
      }
      this.#path.pop();
    }
    [this.#struct, this.#fields] = [outerStruct, outerFields];
    return changed === undefined ? value : withChanges(value, changed);
  }

  #value(value: JsonValue, type: SchemaType): JsonValue {
    switch (type.kind) {
      case "struct":
        return this.#nested(value, type);
      case "list":
        return this.#list(value, type);
      case "map":
        return this.#map(value, type);
      case "custom":
        return this.#custom(value, type);
      default:
        return this.#scalar(value, type);
    }
  }

  #nested(value: JsonValue, type: StructType): JsonValue {
    const fields = this.#fields;
    if (isObject(value)) this.#fields += ".";
    const result = this.struct(value, type);
    this.#fields = fields;
    return result;
  }

  #list(value: JsonValue, type: ListType): JsonValue {
    if (!isArray(value)) return this.#mismatch(value, type);
    let changed: JsonValue[] | undefined;
    for (const [index, item] of value.entries()) {
      this.#path.push(index);
      const result = item === null ? emptyValue(type.element) : this.#value(item, type.element);
      if (result !== item) (changed ??= [...value])[index] = result;
      this.#path.pop();
    }
    return changed ?? value;
  }

  #map(value: JsonValue, type: MapType): JsonValue {
    if (!isObject(value)) return this.#mismatch(value, type);
    let changed: Map<string, JsonValue> | undefined;
    for (const key of Object.keys(value)) {
      const entry = value[key] ?? null;
      this.#path.push(key);
      const result = entry === null ? emptyValue(type.element) : this.#value(entry, type.element);
      if (result !== entry) (changed ??= new Map()).set(key, result);
      this.#path.pop();
    }
    return changed === undefined ? value : withChanges(value, changed);
  }

  #scalar(value: JsonValue, type: ScalarType): JsonValue {
    switch (type.kind) {
      case "string":
        return typeof value === "string" ? value : this.#mismatch(value, type);
      case "boolean":
        return typeof value === "boolean" ? value : this.#mismatch(value, type);
      case "float":
        return typeof value === "number" || typeof value === "bigint" ? value : this.#mismatch(value, type);
      case "integer":
        if (typeof value !== "number" && typeof value !== "bigint") return this.#mismatch(value, type);
        return fits(value, type.bits) ? value : this.#mismatch(value, type, `number ${value.toString()}`);
      case "bytes":
        if (typeof value !== "string") return this.#mismatch(value, type);
        if (!base64.test(value.replaceAll("\n", "")))
          this.#wrong(`illegal base64 data at input byte ${illegalByte(value)}`);
        return value;
    }
  }

  #custom(value: JsonValue, type: CustomType): JsonValue {
    switch (type.name) {
      case "resource.Quantity":
        return this.#self(value, quantityProblem(value));
      case "intstr.IntOrString":
        if (typeof value === "string" || ((typeof value === "number" || typeof value === "bigint") && fits(value, 32)))
          return value;
        return this.#self(
          value,
          this.#unmarshal(typeof value === "number" ? `number ${value}` : jsonKind(value), "int32"),
        );
      case "v1.Time":
      case "v1.MicroTime":
        if (typeof value === "string") return this.#self(value, timeProblem(value, type.name === "v1.MicroTime"));
        return this.#self(value, this.#unmarshal(jsonKind(value), "string"));
      default:
        return type.inner === undefined ? value : this.#union(value, type.name, type.inner);
    }
  }

  /** A type of CustomResourceDefinitions that is a schema or something simpler. Its schema is decoded anew: leniently, and without a place in messages. */
  #union(value: JsonValue, name: string, inner: SchemaType): JsonValue {
    if (typeof value === "boolean" && name.endsWith("OrBool")) return value;
    if (isArray(value) && name.endsWith("OrStringArray")) return value;
    if (!isObject(value) && !isArray(value) && name.endsWith("Array")) return [];
    const schemas: JsonArray = isArray(value) && name.endsWith("OrArray") ? value : [value];
    for (const schema of schemas) {
      if (!isObject(schema) || inner.kind !== "struct") {
        return this.#self(
          value,
          name.endsWith("OrBool") ? "boolean or JSON schema expected" : this.#unmarshal(jsonKind(value), inner.name),
        );
      }
      const message = decode(schema, inner).message;
      if (message !== undefined && !message.startsWith("strict")) this.#self(value, message);
    }
    return value;
  }

  /** Reports the problem of a type that decodes itself. */
  #self(value: JsonValue, problem: string | undefined): JsonValue {
    if (problem === undefined) return value;
    if (this.aborted === undefined) this.aborted = problem;
    this.#wrong(problem);
    return value;
  }

  #mismatch(value: JsonValue, type: SchemaType, found = jsonKind(value)): JsonValue {
    this.#wrong(this.#unmarshal(found, type.name));
    return value;
  }

  #unmarshal(found: string, wanted: string): string {
    return `json: cannot unmarshal ${found} into Go struct field ${this.#struct}.${this.#fields} of type ${wanted}`;
  }

  #wrong(message: string): void {
    this.wrongTypes.push({ kind: "wrong-type", path: [...this.#path], message });
  }

  #unknown(): void {
    this.unknownFields.push({
      kind: "unknown-field",
      path: [...this.#path],
      message: `unknown field "${printed(this.#path)}"`,
    });
  }
}

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Go's count of the bytes before the one that is not base64. */
/** encoding/base64, Encoding.decodeQuantum, of Go: what comes behind the padding is found where it stands, an incomplete group at its start. */
function illegalByte(text: string): number {
  const skipLineFeeds = (from: number): number => from + text.slice(from).search(/[^\n]|$/);
  const padding = text.search(/[^A-Za-z0-9+/\n]/);
  const digits = text.slice(0, padding < 0 ? undefined : padding).replaceAll("\n", "").length % 4;
  if (padding < 0) return text.length - digits;
  if (text[padding] !== "=" || digits < 2) return padding;
  const behind = skipLineFeeds(padding + 1);
  if (digits === 3 || behind === text.length) return behind;
  return text[behind] === "=" ? skipLineFeeds(behind + 1) : behind - 1;
}

function withChanges(value: JsonObject, changed: ReadonlyMap<string, JsonValue | undefined>): JsonObject {
  const result: Record<string, JsonValue> = {};
  for (const [key, entry] of Object.entries(value)) {
    const now = changed.has(key) ? changed.get(key) : entry;
    if (now !== undefined) result[key] = now;
  }
  return result;
}

/** What a null becomes in a list or map. */
function emptyValue(type: SchemaType): JsonValue {
  switch (type.kind) {
    case "struct":
    case "map":
      return {};
    case "list":
      return [];
    case "string":
    case "bytes":
      return "";
    case "boolean":
      return false;
    case "integer":
    case "float":
      return 0;
    case "custom":
      return type.name === "resource.Quantity" ? "0" : null;
  }
}

function fits(value: number | bigint, bits: 32 | 64): boolean {
  if (typeof value === "number" && !Number.isInteger(value)) return false;
  const limit = bits === 32 ? 2147483648 : 9223372036854775808;
  return value >= -limit && value < limit;
}

function jsonKind(value: JsonValue): string {
  if (isArray(value)) return "array";
  if (typeof value === "boolean") return "bool";
  return typeof value === "bigint" ? "number" : typeof value;
}

function goName(type: string): string {
  return type.slice(type.lastIndexOf(".") + 1);
}

/** A path as the decoder prints it: `spec.ports[0].name`, keys of maps like fields. */
function printed(path: JsonPath): string {
  return path.reduce<string>(
    (text, step) => (typeof step === "number" ? `${text}[${step}]` : text === "" ? step : `${text}.${step}`),
    "",
  );
}
