import { refuse } from "../failure.ts";
import type { Loader } from "../loader.ts";
import { type LocatedText, note, Resource, sortedTexts, type TextMap } from "../resource.ts";
import type { Settings } from "../settings/settings.ts";
import { setField, stringNode } from "../tree/fields.ts";
import { boolTag, Node } from "../tree/node.ts";
import { encodeSecret } from "./secret-data.ts";
import { readKeyValues } from "./key-values.ts";

export type GeneratedKind = "ConfigMap" | "Secret";

/** The options of a generator: its own ones, and those that hold for all generators of a kustomization. */
export interface GeneratorOptions {
  readonly labels: TextMap;
  readonly annotations: TextMap;
  readonly disableHash: boolean;
  readonly immutable: boolean;
}

/** kustomize api, types/generatoroptions.go, MergeGlobalOptionsIntoLocal, v0.21.2: own labels win, switches can only be switched on. */
export function generatorOptions(own: Settings, global: Settings): GeneratorOptions {
  return {
    labels: new Map([...global.map("labels"), ...own.map("labels")]),
    annotations: new Map([...global.map("annotations"), ...own.map("annotations")]),
    disableHash: own.flag("disableNameSuffixHash") || global.flag("disableNameSuffixHash"),
    immutable: own.flag("immutable") || global.flag("immutable"),
  };
}

/** The ConfigMap or Secret of one entry of a generator. kustomize api, internal/generators, v0.21.2. */
export function generate(kind: GeneratedKind, settings: Settings, options: GeneratorOptions, loader: Loader): Resource {
  const metadata = settings.child("metadata");
  const name = settings.lacks("name") ? metadata.located("name") : settings.located("name");
  const namespace = settings.lacks("namespace") ? metadata.located("namespace") : settings.located("namespace");
  if (name.text === "") refuse("invalid-kustomization", "a configmap must have a name", settings.origin);
  const node = baseNode(kind, settings, name, namespace);
  addData(node, kind, readKeyValues(settings, name.text, loader));
  const resource = new Resource(node);
  addTexts(resource, options);
  if (options.immutable) setField(node, "immutable", Node.scalar("true", boolTag, settings.origin));
  if (!options.disableHash) resource.enable(note.needsHash);
  resource.setAnnotations(new Map([...resource.annotations, [note.generatorBehavior, { text: behaviorOf(settings), origin: undefined }]]));
  return resource;
}

function baseNode(kind: GeneratedKind, settings: Settings, name: LocatedText, namespace: LocatedText): Node {
  const node = Node.map(settings.origin);
  setField(node, "apiVersion", stringNode("v1", settings.origin));
  setField(node, "kind", stringNode(kind, settings.origin));
  const metadata = Node.map(settings.origin);
  setField(node, "metadata", metadata);
  setField(metadata, "name", stringNode(name.text, name.origin));
  if (namespace.text !== "") setField(metadata, "namespace", stringNode(namespace.text, namespace.origin));
  if (kind === "Secret") setField(node, "type", stringNode(settings.text("type") || "Opaque", settings.at("type")));
  return node;
}

function addData(node: Node, kind: GeneratedKind, data: TextMap): void {
  if (kind === "ConfigMap" && data.size === 0) return;
  const map = Node.map(node.origin);
  setField(node, "data", map);
  for (const [key, value] of sortedTexts(data)) {
    const { text, origin } = kind === "Secret" ? encodeSecret(value) : value;
    setField(map, key, stringNode(text, origin));
  }
}

function addTexts(resource: Resource, options: GeneratorOptions): void {
  if (options.labels.size > 0) resource.setLabels(options.labels);
  if (options.annotations.size > 0) resource.setAnnotations(options.annotations);
}

function behaviorOf(settings: Settings): string {
  const behavior = settings.text("behavior");
  return ["create", "replace", "merge"].includes(behavior) ? behavior : "unspecified";
}
