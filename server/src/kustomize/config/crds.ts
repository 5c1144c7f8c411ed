import { at, isObject, type JsonObject, type JsonValue, objectAt, textAt } from "../../base/json.ts";
import { fileText, readSettings } from "../documents.ts";
import { refuse } from "../failure.ts";
import type { Loader } from "../loader.ts";
import type { LocatedText } from "../resource.ts";
import { toJson } from "../tree/json.ts";
import type { FieldSpec } from "./field-specs.ts";
import { emptyConfig, mergeConfigs, type TransformerConfig } from "./transformer-config.ts";

/** Fields that the OpenAPI definitions of custom resources mark. kustomize api, internal/accumulator/loadconfigfromcrds.go, v0.21.2. */
export function readCrds(files: readonly LocatedText[], loader: Loader): TransformerConfig {
  return files.map((file) => readCrd(file, loader)).reduce(mergeConfigs, emptyConfig);
}

function readCrd(file: LocatedText, loader: Loader): TransformerConfig {
  const { path, text } = loader.load(file);
  const fail = (message: string, where: LocatedText["origin"]): never =>
    refuse("invalid-yaml", `unable to parse open API definition from '${file.text}': ${message}`, where);
  const definitions = toJson(readSettings(fileText(path, text), fail));
  let config = emptyConfig;
  for (const [name, definition] of isObject(definitions) ? Object.entries(definitions) : []) {
    const properties = objectAt(definition, "Schema", "properties");
    const isObjectType = ["kind", "apiVersion", "metadata"].every(
      (property) => properties !== undefined && Object.hasOwn(properties, property),
    );
    if (isObjectType)
      config = mergeConfigs(config, readType(definitions, name, name.split(".").at(-1) ?? "", [], new Set()));
  }
  return config;
}

function readType(
  definitions: JsonValue,
  name: string,
  kind: string,
  path: readonly string[],
  visited: ReadonlySet<string>,
): TransformerConfig {
  if (visited.has(name)) return emptyConfig;
  let config = emptyConfig;
  for (const [property, schema] of Object.entries(objectAt(definitions, name, "Schema", "properties") ?? {})) {
    if (!isObject(schema)) continue;
    const here = [...path, property];
    config = mergeConfigs(config, readProperty(schema, kind, here));
    const reference = textAt(schema, "$ref");
    if (reference !== undefined)
      config = mergeConfigs(config, readType(definitions, reference, kind, here, new Set([...visited, name])));
  }
  return config;
}

function readProperty(schema: JsonObject, kind: string, path: readonly string[]): TransformerConfig {
  const spec = (...more: readonly string[]): FieldSpec => ({ kind, path: [...path, ...more].join("/") });
  const marks = (name: string): readonly FieldSpec[] =>
    typeof at(schema, `x-kubernetes-${name}`) === "string" ? [spec()] : [];
  const version = textAt(schema, "x-kubernetes-object-ref-api-version");
  const referenced = textAt(schema, "x-kubernetes-object-ref-kind");
  const nameKey = textAt(schema, "x-kubernetes-object-ref-name-key") ?? "name";
  return {
    fields: {
      ...emptyConfig.fields,
      commonAnnotations: marks("annotation"),
      commonLabels: marks("label-selector"),
      namePrefix: marks("identity"),
    },
    nameReference:
      version === undefined || referenced === undefined
        ? []
        : [{ kind: referenced, version, fieldSpecs: [spec(nameKey)] }],
  };
}
