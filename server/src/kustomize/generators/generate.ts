import { compareCodePoints } from "../../base/json.ts";
import { refuse } from "../failure.ts";
import type { Loader } from "../loader.ts";
import { type LocatedBytes, type LocatedText, note, Resource, type TextMap } from "../resource.ts";
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
  resource.setAnnotations(
    new Map([...resource.annotations, [note.generatorBehavior, { text: behaviorOf(settings), origin: undefined }]]),
  );
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

/** A ConfigMap keeps what is no text as `binaryData`; a Secret has a `data`, be it empty. */
function addData(node: Node, kind: GeneratedKind, data: ReadonlyMap<string, LocatedBytes>): void {
  const sorted = [...data].sort(([a], [b]) => compareCodePoints(a, b));
  if (kind === "Secret") {
    addMap(
      node,
      "data",
      sorted.map(([key, value]) => [key, encodeSecret(value)]),
    );
    return;
  }
  const isBinary = ({ bytes }: LocatedBytes): boolean => bytes !== undefined;
  const texts = sorted.filter(([, value]) => !isBinary(value));
  const binaries = sorted
    .filter(([, value]) => isBinary(value))
    .map(([key, value]) => [key, encodeSecret(value)] as const);
  if (texts.length > 0) addMap(node, "data", texts);
  if (binaries.length > 0) addMap(node, "binaryData", binaries);
}

function addMap(node: Node, name: string, entries: readonly (readonly [string, LocatedText])[]): void {
  const map = Node.map(node.origin);
  setField(node, name, map);
  for (const [key, { text, origin }] of entries) setField(map, key, stringNode(text, origin));
}

function addTexts(resource: Resource, options: GeneratorOptions): void {
  if (options.labels.size > 0) resource.setLabels(options.labels);
  if (options.annotations.size > 0) resource.setAnnotations(options.annotations);
}

function behaviorOf(settings: Settings): string {
  const behavior = settings.text("behavior");
  return ["create", "replace", "merge"].includes(behavior) ? behavior : "unspecified";
}
