import { mergeFieldSpecs } from "./config/field-specs.ts";
import type { TransformerConfig } from "./config/transformer-config.ts";
import { locating } from "./failure.ts";
import type { Kustomization } from "./kustomization.ts";
import {
  json6902Step,
  patchStep,
  type PatchEnvironment,
  type Step,
  strategicMergeStep,
} from "./patches/patch-steps.ts";
import { applyReplacement } from "./references/replacements.ts";
import { readReplacements } from "./references/read-replacements.ts";
import type { Settings } from "./settings/settings.ts";
import { setImages } from "./transformers/images.ts";
import { addTexts } from "./transformers/metadata.ts";
import { addPrefix, addSuffix } from "./transformers/name.ts";
import { setNamespaces } from "./transformers/namespace.ts";
import { setReplicas } from "./transformers/replicas.ts";

/** A transformer that a field of the kustomization configures. */
export interface BuiltinStep {
  /** Its kind in kustomize, for the annotations of `buildMetadata`. */
  readonly kind: string;
  /** Checks the settings and loads files; what it returns changes the objects. */
  readonly configure: () => Step;
}

/**
 * The transformers of a kustomization in the order in which they run.
 * kustomize api, internal/target/kusttarget_configplugin.go, configureBuiltinTransformers, v0.21.2.
 */
export function builtinSteps(
  kustomization: Kustomization,
  config: TransformerConfig,
  environment: PatchEnvironment,
): readonly BuiltinStep[] {
  const { settings, images } = kustomization;
  const { fields } = config;
  const given = (name: string, kind: string, configure: () => Step): readonly BuiltinStep[] =>
    settings.lacks(name) ? [] : [{ kind, configure }];
  const patchFiles = (): Step => strategicMergeStep(settings.nodes("patchesStrategicMerge"), environment);
  const prefix: Step = (resources) => addPrefix(resources, settings.located("namePrefix"), fields.namePrefix);
  const suffix: Step = (resources) => addSuffix(resources, settings.located("nameSuffix"), fields.nameSuffix);
  return [
    ...given("patchesStrategicMerge", "PatchStrategicMergeTransformer", patchFiles),
    ...forEach(settings.children("patches"), "PatchTransformer", (entry) => patchStep(entry, environment)),
    ...given("namespace", "NamespaceTransformer", () => namespaceStep(settings, config)),
    ...given("namePrefix", "PrefixTransformer", () => prefix),
    ...given("nameSuffix", "SuffixTransformer", () => suffix),
    ...labelSteps(settings, config),
    ...given("commonAnnotations", "AnnotationsTransformer", () =>
      textsStep(settings, "commonAnnotations", fields.commonAnnotations),
    ),
    ...forEach(settings.children("patchesJson6902"), "PatchJson6902Transformer", (entry) =>
      json6902Step(entry, "patch", environment),
    ),
    ...forEach(settings.children("replicas"), "ReplicaCountTransformer", (entry) => (resources) => {
      setReplicas(resources, entry, fields.replicas);
    }),
    ...forEach(images, "ImageTagTransformer", (image) => (resources) => {
      setImages(resources.resources, image, fields.images);
    }),
    ...given("replacements", "ReplacementTransformer", () => replacementStep(settings, environment)),
  ];
}

/** One transformer for each entry of a list; its mistakes are located at the entry. */
function forEach(
  entries: readonly Settings[],
  kind: string,
  configure: (entry: Settings) => Step,
): readonly BuiltinStep[] {
  return entries.map((entry) => ({ kind, configure: () => locating(entry.origin, () => configure(entry)) }));
}

function namespaceStep(settings: Settings, config: TransformerConfig): Step {
  const namespace = settings.located("namespace");
  return (resources) =>
    setNamespaces(resources, { namespace, specs: config.fields.namespace, unsetOnly: false, subjects: "defaultOnly" });
}

function textsStep(settings: Settings, name: string, specs: TransformerConfig["fields"]["labels"]): Step {
  return (resources) => addTexts(resources.resources, settings.map(name), specs);
}

/** The entries of `replacements`, read when the transformer is configured. */
export function replacementStep(settings: Settings, { loader }: PatchEnvironment): Step {
  const replacements = readReplacements(settings.children("replacements"), loader);
  return (resources) => {
    for (const replacement of replacements)
      locating(replacement.origin, () => applyReplacement(resources.resources, replacement));
  };
}

/** `commonLabels` come last, and count as a transformer even where there are only `labels`. */
function labelSteps(settings: Settings, config: TransformerConfig): readonly BuiltinStep[] {
  if (settings.lacks("labels") && settings.lacks("commonLabels")) return [];
  const common = (): Step => textsStep(settings, "commonLabels", config.fields.commonLabels);
  return [
    ...forEach(settings.children("labels"), "LabelTransformer", (label) => labelStep(label, config)),
    { kind: "LabelTransformer", configure: common },
  ];
}

function labelStep(label: Settings, config: TransformerConfig): Step {
  const { fields } = config;
  const own = mergeFieldSpecs(label.fieldSpecs("fields"), fields.labels);
  if (label.flag("includeSelectors")) return textsStep(label, "pairs", mergeFieldSpecs(own, fields.commonLabels));
  const templates = label.flag("includeTemplates") ? mergeFieldSpecs(own, fields.templateLabels) : own;
  const claims = label.flag("includeVolumeClaimTemplates")
    ? mergeFieldSpecs(templates, fields.volumeClaimTemplateLabels)
    : templates;
  return textsStep(label, "pairs", mergeFieldSpecs(claims, [{ path: "metadata/labels", create: true }]));
}
