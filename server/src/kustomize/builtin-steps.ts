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
  const { settings } = kustomization;
  const step = (kind: string, configure: () => Step, at?: Settings): BuiltinStep => ({
    kind,
    configure: () => locating(at?.origin, configure),
  });
  const each = (name: string, kind: string, configure: (entry: Settings) => Step): readonly BuiltinStep[] =>
    settings.children(name).map((entry) => step(kind, () => configure(entry), entry));
  const given = (name: string, ...steps: readonly BuiltinStep[]): readonly BuiltinStep[] =>
    settings.lacks(name) ? [] : steps;
  return [
    ...given(
      "patchesStrategicMerge",
      step("PatchStrategicMergeTransformer", () =>
        strategicMergeStep(settings.nodes("patchesStrategicMerge"), environment),
      ),
    ),
    ...each("patches", "PatchTransformer", (entry) => patchStep(entry, environment)),
    ...given(
      "namespace",
      step("NamespaceTransformer", () => namespaceStep(settings, config)),
    ),
    ...given(
      "namePrefix",
      step(
        "PrefixTransformer",
        () => (resources) => addPrefix(resources, settings.located("namePrefix"), config.fields.namePrefix),
      ),
    ),
    ...given(
      "nameSuffix",
      step(
        "SuffixTransformer",
        () => (resources) => addSuffix(resources, settings.located("nameSuffix"), config.fields.nameSuffix),
      ),
    ),
    ...labelSteps(settings, config, step),
    ...given(
      "commonAnnotations",
      step("AnnotationsTransformer", () => textsStep(settings, "commonAnnotations", config.fields.commonAnnotations)),
    ),
    ...each("patchesJson6902", "PatchJson6902Transformer", (entry) => json6902Step(entry, "patch", environment)),
    ...each(
      "replicas",
      "ReplicaCountTransformer",
      (entry) => (resources) => setReplicas(resources, entry, config.fields.replicas),
    ),
    ...kustomization.images.map((image) =>
      step(
        "ImageTagTransformer",
        () => (resources) => setImages(resources.resources, image, config.fields.images),
        image,
      ),
    ),
    ...given(
      "replacements",
      step("ReplacementTransformer", () => replacementStep(settings, environment)),
    ),
  ];
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
function labelSteps(
  settings: Settings,
  config: TransformerConfig,
  step: (kind: string, configure: () => Step, at?: Settings) => BuiltinStep,
): readonly BuiltinStep[] {
  if (settings.lacks("labels") && settings.lacks("commonLabels")) return [];
  return [
    ...settings.children("labels").map((label) => step("LabelTransformer", () => labelStep(label, config), label)),
    step("LabelTransformer", () => textsStep(settings, "commonLabels", config.fields.commonLabels)),
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
