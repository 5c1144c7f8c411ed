import { at, isObject, type JsonObject, type JsonValue, objectAt, textAt, arrayAt } from "../../base/json.ts";
import { type MergeDefinition, mergeDefinitions, type MergeField, mergeKinds } from "../tables/merge-schema.ts";
import { textOf, type Node } from "../tree/node.ts";
import { field } from "../tree/fields.ts";

/** Knows which lists are merged by which keys: the built-in kinds, or those of a file named in `openapi`. kyaml, openapi/openapi.go, v0.21.2. */
export class MergeSchemas {
  #definitions: Readonly<Record<string, MergeDefinition>> = mergeDefinitions;
  #kinds: Readonly<Record<string, string>> = mergeKinds;
  #isCustom = false;
  #hasReadBuiltIn = false;

  /** Whether a kustomization has named a schema; the first one counts. */
  get isCustom(): boolean {
    return this.#isCustom;
  }

  /**
   * Reads an OpenAPI document. Its definitions come in place of the built-in ones; on top of them, if these were read before: a base may name
   * a document after other resources were merged, or turned out to be of an unknown kind.
   */
  use(document: JsonValue): void {
    const { definitions, kinds } = readDefinitions(objectAt(document, "definitions") ?? {});
    this.#definitions = this.#hasReadBuiltIn ? { ...mergeDefinitions, ...definitions } : definitions;
    this.#kinds = this.#hasReadBuiltIn ? { ...mergeKinds, ...kinds } : kinds;
    this.#isCustom = true;
  }

  /** An object was loaded: of kinds that it knows by heart kustomize needs no schema. kyaml, openapi/openapi.go, IsNamespaceScoped, v0.21.2. */
  meet(node: Node): void {
    if (this.#isCustom || this.#hasReadBuiltIn) return;
    const key = `${textOf(field(node, "apiVersion"))} ${textOf(field(node, "kind"))}`;
    this.#hasReadBuiltIn = !Object.hasOwn(mergeKinds, key);
  }

  /** The schema of a whole object by its apiVersion and kind. */
  ofObject(node: Node | undefined): MergeField | undefined {
    this.#hasReadBuiltIn ||= !this.#isCustom;
    const kind = textOf(field(node, "kind"));
    const apiVersion = textOf(field(node, "apiVersion"));
    const key = `${apiVersion} ${kind}`;
    return kind !== "" && apiVersion !== "" && Object.hasOwn(this.#kinds, key)
      ? { of: this.#kinds[key] ?? "" }
      : undefined;
  }

  /** The schema of a field; `undefined` where nothing below it is merged. */
  ofField(schema: MergeField | undefined, name: string): MergeField | undefined {
    const definition = schema?.of === undefined ? undefined : this.#definitions[schema.of];
    return definition !== undefined && Object.hasOwn(definition, name) ? definition[name] : undefined;
  }
}

interface Definitions {
  readonly definitions: Record<string, MergeDefinition>;
  readonly kinds: Record<string, string>;
}

function readDefinitions(source: JsonObject): Definitions {
  const result: Definitions = { definitions: {}, kinds: {} };
  for (const [name, schema] of Object.entries(source)) {
    if (!isObject(schema)) continue;
    readProperties(name, schema, result);
    for (const gvk of arrayAt(schema, "x-kubernetes-group-version-kind")) {
      const group = textAt(gvk, "group") ?? "";
      const version = textAt(gvk, "version") ?? "";
      result.kinds[`${group === "" ? "" : `${group}/`}${version} ${textAt(gvk, "kind") ?? ""}`] = name;
    }
  }
  return result;
}

/** Nested objects become definitions of their own, named by their path. */
function readProperties(name: string, schema: JsonObject, result: Definitions): void {
  const fields: Record<string, MergeField> = {};
  for (const [property, value] of Object.entries(objectAt(schema, "properties") ?? {})) {
    if (isObject(value)) fields[property] = readField(`${name}/${property}`, value, result);
  }
  result.definitions[name] = fields;
}

function readField(path: string, schema: JsonObject, result: Definitions): MergeField {
  const of = contentOf(path, textAt(schema, "type") === "array" ? at(schema, "items") : schema, result);
  const strategies = textAt(schema, "x-kubernetes-patch-strategy")?.split(",") ?? [];
  return strategies.includes("merge") ? { ...of, keys: mergeKeys(schema) } : of;
}

function contentOf(path: string, schema: JsonValue | undefined, result: Definitions): MergeField {
  const reference = textAt(schema, "$ref");
  if (reference !== undefined) return { of: reference.replace(/^#\/definitions\//, "") };
  if (!isObject(schema)) return {};
  const values = at(schema, "additionalProperties");
  if (isObject(values)) return contentOf(path, values, result);
  if (objectAt(schema, "properties") === undefined) return {};
  readProperties(path, schema, result);
  return { of: path };
}

function mergeKeys(schema: JsonObject): readonly string[] {
  const keys = arrayAt(schema, "x-kubernetes-list-map-keys").filter((key) => typeof key === "string");
  const key = textAt(schema, "x-kubernetes-patch-merge-key");
  return keys.length > 0 ? keys : key === undefined ? [] : [key];
}
