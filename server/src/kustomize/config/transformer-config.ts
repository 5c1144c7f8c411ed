import { fileText, readSettings } from "../documents.ts";
import { refuse } from "../failure.ts";
import type { Loader } from "../loader.ts";
import type { LocatedText } from "../resource.ts";
import { decode } from "../settings/shape.ts";
import { Settings } from "../settings/settings.ts";
import { configurationShape } from "../settings/shapes.ts";
import * as defaults from "../tables/default-field-specs.ts";
import { isMissing } from "../tree/node.ts";
import { type FieldSpec, mergeFieldSpecs, mergeNameReferences, type NameReference, sortByKind } from "./field-specs.ts";

/** Which fields each transformer changes. kustomize api, internal/plugins/builtinconfig/transformerconfig.go, v0.21.2. */
export interface TransformerConfig {
  readonly fields: Readonly<Record<ConfigField, readonly FieldSpec[]>>;
  readonly nameReference: readonly NameReference[];
}

export type ConfigField =
  | "namePrefix"
  | "nameSuffix"
  | "namespace"
  | "commonLabels"
  | "labels"
  | "templateLabels"
  | "volumeClaimTemplateLabels"
  | "commonAnnotations"
  | "varReference"
  | "images"
  | "replicas";

/** Changes nothing. */
export const emptyConfig: TransformerConfig = { fields: makeFields(() => []), nameReference: [] };

/**
 * Both together; specs that cover the same field must agree on `create`. Added to nothing, one that came through `configurations` may still
 * conflict with itself: sorting has put it in another order.
 */
export function mergeConfigs(a: TransformerConfig, b: TransformerConfig): TransformerConfig {
  if (b === emptyConfig || a === b) return a;
  if (a === emptyConfig && b === defaultConfig) return b;
  return {
    fields: makeFields((name) =>
      b.fields[name].length === 0
        ? a.fields[name]
        : sortByKind(mergeFieldSpecs(a.fields[name], b.fields[name], nameInMessages(name))),
    ),
    nameReference:
      b.nameReference.length === 0
        ? a.nameReference
        : sortByKind(mergeNameReferences(a.nameReference, b.nameReference)),
  };
}

function nameInMessages(field: ConfigField): string {
  return field === "namespace" ? "NameSpace" : `${field.charAt(0).toUpperCase()}${field.slice(1)}`;
}

/** The defaults with what the files of `configurations` add. */
export function readConfigurations(
  base: TransformerConfig,
  files: readonly LocatedText[],
  loader: Loader,
): TransformerConfig {
  return files.map((file) => readConfiguration(file, loader)).reduce(mergeConfigs, base);
}

function readConfiguration(file: LocatedText, loader: Loader): TransformerConfig {
  const { path, text } = loader.load(file);
  const fail = (message: string, at: LocatedText["origin"]): never =>
    refuse("invalid-kustomization", `error unmarshaling JSON: while decoding JSON: ${message}`, at);
  const node = readSettings(fileText(path, text), fail, "unique");
  if (isMissing(node)) return { ...emptyConfig };
  const settings = new Settings(decode(node, configurationShape, { strict: true, fail }));
  const nameReference = settings.children("nameReference").map((reference) => ({
    group: reference.text("group"),
    version: reference.text("version"),
    kind: reference.text("kind"),
    fieldSpecs: reference.fieldSpecs("fieldSpecs"),
  }));
  return { fields: makeFields((name) => settings.fieldSpecs(name)), nameReference };
}

function makeFields(
  specs: (name: ConfigField) => readonly FieldSpec[],
): Readonly<Record<ConfigField, readonly FieldSpec[]>> {
  return {
    namePrefix: specs("namePrefix"),
    nameSuffix: specs("nameSuffix"),
    namespace: specs("namespace"),
    commonLabels: specs("commonLabels"),
    labels: specs("labels"),
    templateLabels: specs("templateLabels"),
    volumeClaimTemplateLabels: specs("volumeClaimTemplateLabels"),
    commonAnnotations: specs("commonAnnotations"),
    varReference: specs("varReference"),
    images: specs("images"),
    replicas: specs("replicas"),
  };
}

const known: Readonly<Partial<Record<ConfigField, readonly FieldSpec[]>>> = defaults;

/** What holds without `configurations`. */
export const defaultConfig: TransformerConfig = {
  fields: makeFields((name) => sortByKind(known[name] ?? [])),
  nameReference: sortByKind(defaults.nameReference),
};
