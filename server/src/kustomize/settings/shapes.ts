import type { ListShape, Shape, StructShape, TextsShape } from "./shape.ts";

/** The shapes of all settings of kustomize. kustomize api, types, v0.21.2. */

const texts: TextsShape = { values: "string" };
const strings: ListShape = { list: "string" };

function list(shape: Shape): ListShape {
  return { list: shape };
}

function struct(name: string, fields: Readonly<Record<string, Shape>>): StructShape {
  return { name, fields };
}

const gvk = { group: "string", version: "string", kind: "string" } as const;
const resourceId = { ...gvk, name: "string", namespace: "string" } as const;

export const fieldSpecShape = struct("FieldSpec", { ...gvk, path: "string", create: "bool" });
export const fieldSpecsShape = list(fieldSpecShape);

export const selectorShape = struct("Selector", {
  ...resourceId,
  annotationSelector: "string",
  labelSelector: "string",
});

const metadata = struct("ObjectMeta", { name: "string", namespace: "string", labels: texts, annotations: texts });

const patchFields = {
  path: "string",
  patch: "string",
  target: selectorShape,
  options: struct("PatchArgs", { allowNameChange: "bool", allowKindChange: "bool" }),
} as const;

export const generatorOptionsShape = struct("GeneratorOptions", {
  labels: texts,
  annotations: texts,
  disableNameSuffixHash: "bool",
  immutable: "bool",
});

const generatorFields = {
  namespace: "string",
  name: "string",
  behavior: "string",
  literals: strings,
  files: strings,
  envs: strings,
  env: "string",
  options: generatorOptionsShape,
} as const;

const image = struct("Image", {
  name: "string",
  newName: "string",
  tagSuffix: "string",
  newTag: "string",
  digest: "string",
});
const replica = struct("Replica", { name: "string", count: "int" });

const fieldOptions = struct("FieldOptions", { delimiter: "string", index: "int", encoding: "string", create: "bool" });

const replacementFields = {
  source: struct("SourceSelector", { ...resourceId, fieldPath: "string", options: fieldOptions }),
  sourceValue: "string",
  targets: list(
    struct("TargetSelector", {
      select: selectorShape,
      reject: list(selectorShape),
      fieldPaths: strings,
      options: fieldOptions,
    }),
  ),
} as const;

export const replacementShape = struct("Replacement", replacementFields);
const replacements = list(struct("ReplacementField", { ...replacementFields, path: "string" }));

const helmChart = struct("HelmChart", {
  name: "string",
  version: "string",
  repo: "string",
  releaseName: "string",
  namespace: "string",
  additionalValuesFiles: strings,
  valuesFile: "string",
  valuesInline: "any",
  valuesMerge: "string",
  includeCRDs: "bool",
  skipHooks: "bool",
  apiVersions: strings,
  kubeVersion: "string",
  nameTemplate: "string",
  skipTests: "bool",
  debug: "bool",
  devel: "bool",
});

const helmChartArgs = struct("HelmChartArgs", {
  chartName: "string",
  chartVersion: "string",
  chartRepoUrl: "string",
  chartHome: "string",
  chartRepoName: "string",
  helmBin: "string",
  helmHome: "string",
  values: "string",
  valuesLocal: "any",
  valuesMerge: "string",
  releaseName: "string",
  releaseNamespace: "string",
  extraArgs: strings,
});

const label = struct("Label", {
  pairs: texts,
  includeSelectors: "bool",
  includeTemplates: "bool",
  includeVolumeClaimTemplates: "bool",
  fields: fieldSpecsShape,
});

const variable = struct("Var", {
  name: "string",
  objref: struct("Target", { apiVersion: "string", ...resourceId }),
  fieldref: struct("FieldSelector", { fieldPath: "string" }),
});

const sortOptions = struct("SortOptions", {
  order: "string",
  legacySortOptions: struct("LegacySortOptions", { orderFirst: strings, orderLast: strings }),
});

export const kustomizationShape = struct("Kustomization", {
  kind: "string",
  apiVersion: "string",
  metadata,
  openapi: texts,
  namePrefix: "string",
  nameSuffix: "string",
  namespace: "string",
  commonLabels: texts,
  labels: list(label),
  commonAnnotations: texts,
  patchesStrategicMerge: strings,
  patchesJson6902: list(struct("Patch", patchFields)),
  patches: list(struct("Patch", patchFields)),
  images: list(image),
  imageTags: list(image),
  replacements,
  replicas: list(replica),
  vars: list(variable),
  sortOptions,
  resources: strings,
  components: strings,
  crds: strings,
  bases: strings,
  configMapGenerator: list(struct("ConfigMapArgs", generatorFields)),
  secretGenerator: list(struct("SecretArgs", { ...generatorFields, type: "string" })),
  helmGlobals: struct("HelmGlobals", { chartHome: "string", configHome: "string" }),
  helmCharts: list(helmChart),
  helmChartInflationGenerator: list(helmChartArgs),
  generatorOptions: generatorOptionsShape,
  configurations: strings,
  generators: strings,
  transformers: strings,
  validators: strings,
  buildMetadata: strings,
});

/** A file of `configurations`. */
export const configurationShape = struct("TransformerConfig", {
  namePrefix: fieldSpecsShape,
  nameSuffix: fieldSpecsShape,
  namespace: fieldSpecsShape,
  commonLabels: fieldSpecsShape,
  labels: fieldSpecsShape,
  templateLabels: fieldSpecsShape,
  volumeClaimTemplateLabels: fieldSpecsShape,
  commonAnnotations: fieldSpecsShape,
  nameReference: list(struct("NameBackReferences", { ...gvk, fieldSpecs: fieldSpecsShape })),
  varReference: fieldSpecsShape,
  images: fieldSpecsShape,
  replicas: fieldSpecsShape,
});

/** Built-in transformers and generators that are configured as objects of their own, by kind. */
export const pluginShapes: Readonly<Record<string, StructShape>> = {
  AnnotationsTransformer: struct("AnnotationsTransformer", { annotations: texts, fieldSpecs: fieldSpecsShape }),
  ImageTagTransformer: struct("ImageTagTransformer", { imageTag: image, fieldSpecs: fieldSpecsShape }),
  LabelTransformer: struct("LabelTransformer", { labels: texts, fieldSpecs: fieldSpecsShape }),
  NamespaceTransformer: struct("NamespaceTransformer", {
    metadata,
    fieldSpecs: fieldSpecsShape,
    unsetOnly: "bool",
    setRoleBindingSubjects: "string",
  }),
  PatchJson6902Transformer: struct("PatchJson6902Transformer", {
    target: selectorShape,
    path: "string",
    jsonOp: "string",
  }),
  PatchStrategicMergeTransformer: struct("PatchStrategicMergeTransformer", { paths: strings, patches: "string" }),
  PatchTransformer: struct("PatchTransformer", patchFields),
  PrefixTransformer: struct("PrefixTransformer", { prefix: "string", fieldSpecs: fieldSpecsShape }),
  PrefixSuffixTransformer: struct("PrefixSuffixTransformer", {
    prefix: "string",
    suffix: "string",
    fieldSpecs: fieldSpecsShape,
  }),
  ReplacementTransformer: struct("ReplacementTransformer", { replacements }),
  ReplicaCountTransformer: struct("ReplicaCountTransformer", { replica, fieldSpecs: fieldSpecsShape }),
  SuffixTransformer: struct("SuffixTransformer", { suffix: "string", fieldSpecs: fieldSpecsShape }),
  ValueAddTransformer: struct("ValueAddTransformer", {
    value: "string",
    targets: list(struct("Target", { selector: selectorShape, fieldPath: "string", filePathPosition: "int" })),
    targetFilePath: "string",
  }),
  ConfigMapGenerator: struct("ConfigMapGenerator", { metadata, ...generatorFields }),
  SecretGenerator: struct("SecretGenerator", { metadata, ...generatorFields, type: "string" }),
  IAMPolicyGenerator: struct("IAMPolicyGenerator", {
    cloud: "string",
    kubernetesService: struct("KubernetesService", { name: "string", namespace: "string" }),
    serviceAccount: struct("ServiceAccount", { name: "string", projectId: "string" }),
  }),
  HelmChartInflationGenerator: struct("HelmChartInflationGenerator", {}),
  HashTransformer: struct("HashTransformer", {}),
};
