import { addHashes } from "./generators/hash.ts";
import { generate, generatorOptions } from "./generators/generate.ts";
import { refuse, refuseUnknown } from "./failure.ts";
import { gvkText, idText } from "./identity.ts";
import {
  json6902Step,
  patchStep,
  type PatchEnvironment,
  type Step,
  strategicMergeStep,
  readInlineMerges,
} from "./patches/patch-steps.ts";
import { replacementStep } from "./builtin-steps.ts";
import { Resource } from "./resource.ts";
import { Settings } from "./settings/settings.ts";
import { decode, type DecodeOptions } from "./settings/shape.ts";
import { pluginShapes } from "./settings/shapes.ts";
import { setImages } from "./transformers/images.ts";
import { addTexts } from "./transformers/metadata.ts";
import { addPrefix, addSuffix } from "./transformers/name.ts";
import { setNamespaces, type SubjectMode } from "./transformers/namespace.ts";
import { setReplicas } from "./transformers/replicas.ts";
import { addValues } from "./transformers/value-add.ts";
import { setField, stringNode } from "./tree/fields.ts";
import { Node } from "./tree/node.ts";
import { throughJson } from "./tree/through-json.ts";

/** The transformer that an object of `transformers` configures. Only those built into kustomize run; others are refused. */
export function pluginTransformer(resource: Resource, environment: PatchEnvironment): Step {
  const make = transformers[resource.kind];
  const settings = pluginSettings(resource);
  return make === undefined
    ? refuse("other", `plugin ${idText(resource.originalId)} not a transformer`, resource.node.origin)
    : make(settings, environment);
}

/** The generator that an object of `generators` configures. */
export function pluginGenerator(resource: Resource, { loader }: PatchEnvironment): () => readonly Resource[] {
  const settings = pluginSettings(resource);
  switch (resource.kind) {
    case "ConfigMapGenerator":
      return () => [
        generate("ConfigMap", settings, generatorOptions(settings.child("options"), new Settings()), loader),
      ];
    case "SecretGenerator":
      return () => [generate("Secret", settings, generatorOptions(settings.child("options"), new Settings()), loader)];
    case "IAMPolicyGenerator":
      return () => [serviceAccount(settings)];
    case "HelmChartInflationGenerator":
      return refuseUnknown(
        "helm",
        resource.name,
        "plugin HelmChartInflationGenerator fails configuration: must specify --enable-helm",
        resource.node.origin,
      );
    default:
      return refuse("other", `plugin ${idText(resource.originalId)} not a generator`, resource.node.origin);
  }
}

/** kustomize api, internal/plugins/loader/loader.go, loadAndConfigurePlugin, v0.21.2. */
function pluginSettings(resource: Resource): Settings {
  const { gvk, node } = resource;
  if (gvk.group !== "" || gvk.version !== "builtin") {
    refuseUnknown(
      "plugin",
      gvk.kind,
      `external plugins disabled; unable to load external plugin '${gvk.kind}'`,
      node.origin,
    );
  }
  const shape = Object.hasOwn(pluginShapes, gvk.kind) ? pluginShapes[gvk.kind] : undefined;
  if (shape === undefined) return refuse("other", `unable to load builtin ${gvkText(gvk)}`, node.origin);
  const options: DecodeOptions = {
    strict: false,
    fail: (message, at) =>
      refuse(
        "invalid-kustomization",
        `plugin ${idText(resource.originalId)} fails configuration: error unmarshaling JSON: while decoding JSON: ${message}`,
        at,
      ),
  };
  return new Settings(decode(throughJson(node, "exact"), shape, options));
}

type MakeTransformer = (settings: Settings, environment: PatchEnvironment) => Step;

const transformers: Readonly<Record<string, MakeTransformer>> = {
  AnnotationsTransformer: (settings) => textsStep(settings, "annotations"),
  HashTransformer: () => (resources) => addHashes(resources.resources),
  ImageTagTransformer: (settings) => (resources) =>
    setImages(resources.resources, settings.child("imageTag"), settings.fieldSpecs("fieldSpecs")),
  LabelTransformer: (settings) => textsStep(settings, "labels"),
  NamespaceTransformer: namespaceStep,
  PatchJson6902Transformer: (settings, environment) => json6902Step(settings, "jsonOp", environment),
  PatchStrategicMergeTransformer: (settings, environment) =>
    strategicMergeStep(settings.nodes("paths"), environment, readInlineMerges(settings, "patches", environment)),
  PatchTransformer: patchStep,
  PrefixSuffixTransformer: (settings) => both(prefixStep(settings), suffixStep(settings)),
  PrefixTransformer: prefixStep,
  ReplacementTransformer: replacementStep,
  ReplicaCountTransformer: (settings) => (resources) =>
    setReplicas(resources, settings.child("replica"), settings.fieldSpecs("fieldSpecs")),
  SuffixTransformer: suffixStep,
  ValueAddTransformer: (settings, environment) => addValues(settings, environment.loader),
};

function textsStep(settings: Settings, name: string): Step {
  return (resources) => addTexts(resources.resources, settings.map(name), settings.fieldSpecs("fieldSpecs"));
}

function both(first: Step, second: Step): Step {
  return (resources) => {
    first(resources);
    second(resources);
  };
}

function prefixStep(settings: Settings): Step {
  demandFieldSpecs(settings);
  return (resources) => addPrefix(resources, settings.located("prefix"), settings.fieldSpecs("fieldSpecs"));
}

function suffixStep(settings: Settings): Step {
  demandFieldSpecs(settings);
  return (resources) => addSuffix(resources, settings.located("suffix"), settings.fieldSpecs("fieldSpecs"));
}

function demandFieldSpecs(settings: Settings): void {
  if (!settings.has("fieldSpecs"))
    refuse("invalid-kustomization", "fieldSpecs is not expected to be nil", settings.origin);
}

function namespaceStep(settings: Settings): Step {
  const mode = settings.text("setRoleBindingSubjects") || "defaultOnly";
  if (!isSubjectMode(mode)) {
    const message = `invalid value "${mode}" for setRoleBindingSubjects: must be one of "defaultOnly", "none" or "allServiceAccounts"`;
    return refuse("invalid-kustomization", message, settings.at("setRoleBindingSubjects"));
  }
  const namespace = settings.child("metadata").located("namespace");
  const specs = settings.fieldSpecs("fieldSpecs");
  return (resources) =>
    setNamespaces(resources, { namespace, specs, unsetOnly: settings.flag("unsetOnly"), subjects: mode });
}

function isSubjectMode(text: string): text is SubjectMode {
  return text === "defaultOnly" || text === "none" || text === "allServiceAccounts";
}

/** kustomize api, filters/iampolicygenerator/iampolicygenerator.go, v0.21.2. */
function serviceAccount(settings: Settings): Resource {
  if (settings.text("cloud") !== "gke")
    refuse("other", `cloud provider ${settings.text("cloud")} not supported yet`, settings.at("cloud"));
  const account = settings.child("serviceAccount");
  const target = settings.child("kubernetesService");
  const node = Node.map(settings.origin);
  const metadata = Node.map(settings.origin);
  const annotations = Node.map(settings.origin);
  setField(node, "apiVersion", stringNode("v1", settings.origin));
  setField(node, "kind", stringNode("ServiceAccount", settings.origin));
  setField(node, "metadata", metadata);
  setField(metadata, "annotations", annotations);
  const email = `${account.text("name")}@${account.text("projectId")}.iam.gserviceaccount.com`;
  setField(annotations, "iam.gke.io/gcp-service-account", stringNode(email, account.origin));
  setField(metadata, "name", stringNode(target.text("name"), target.at("name")));
  if (!target.lacks("namespace"))
    setField(metadata, "namespace", stringNode(target.text("namespace"), target.at("namespace")));
  return new Resource(node);
}
