import { compareCodePoints } from "../base/json.ts";
import {
  type Gvk,
  gvkOf,
  idOf,
  metadataText,
  parseApiVersion,
  type ResourceId,
  apiVersionOf,
  effectiveNamespace,
} from "./identity.ts";
import { clear, field, lookup, lookupOrCreate, setField, stringNode } from "./tree/fields.ts";
import { isEmpty, Node, noTag } from "./tree/node.ts";
import type { SourceRange } from "./types.ts";

const internal = "internal.config.kubernetes.io/";

/** Annotations in which kustomize keeps its notes on an object while it builds; JSON patches and selectors see them. */
export const note = {
  previousKinds: `${internal}previousKinds`,
  previousNames: `${internal}previousNames`,
  previousNamespaces: `${internal}previousNamespaces`,
  prefixes: `${internal}prefixes`,
  suffixes: `${internal}suffixes`,
  allowNameChange: `${internal}allowNameChange`,
  allowKindChange: `${internal}allowKindChange`,
  referencedBy: `${internal}refBy`,
  generatorBehavior: `${internal}generatorBehavior`,
  needsHash: `${internal}needsHashSuffix`,
  origin: "config.kubernetes.io/origin",
  transformations: "alpha.config.kubernetes.io/transformations",
} as const;

/** The notes that are taken off before printing. kustomize api, resource/resource.go, BuildAnnotations, v0.21.2. */
const buildNotes: readonly string[] = [
  note.previousKinds,
  note.previousNames,
  note.prefixes,
  note.suffixes,
  note.previousNamespaces,
  note.allowNameChange,
  note.allowKindChange,
  note.referencedBy,
  note.generatorBehavior,
  note.needsHash,
  `${internal}path`,
  `${internal}index`,
  `${internal}seqindent`,
  `${internal}id`,
  `${internal}annotations-migration-resource-id`,
  "config.kubernetes.io/path",
  "config.kubernetes.io/index",
  "config.k8s.io/id",
  `${internal}helm-generated`,
];

/** Annotations that survive whatever a JSON patch does to the annotations. kyaml, kio/kioutil/kioutil.go, GetInternalAnnotations, v0.21.2. */
export function isInternalAnnotation(name: string): boolean {
  return (
    name.startsWith(internal) ||
    name === "config.kubernetes.io/path" ||
    name === "config.kubernetes.io/index" ||
    name === "config.k8s.io/id"
  );
}

/** A text and the place it comes from. */
export interface LocatedText {
  readonly text: string;
  readonly origin: SourceRange | undefined;
}

/** The contents of a file that is no UTF-8; its text is of no use. */
export interface LocatedBytes extends LocatedText {
  readonly bytes?: Uint8Array;
}

/** Texts by name, as labels and annotations are kept. */
export type TextMap = ReadonlyMap<string, LocatedText>;

/** An object while kustomize works on it. kustomize api, resource/resource.go, Resource, v0.21.2. */
export class Resource {
  node: Node;
  /** A patch has taken the whole object away. */
  deleted = false;
  /** Names of the vars that read from this object. */
  varNames: readonly string[] = [];
  #previous: { readonly key: string; readonly ids: readonly ResourceId[] } = { key: "", ids: [] };

  constructor(node: Node) {
    this.node = node;
  }

  copy(): Resource {
    const copy = new Resource(this.node.copy());
    copy.varNames = this.varNames;
    return copy;
  }

  get isEmpty(): boolean {
    return this.deleted || isEmpty(this.node);
  }

  get gvk(): Gvk {
    return gvkOf(this.node);
  }

  get id(): ResourceId {
    return idOf(this.node);
  }

  get name(): string {
    return metadataText(this.node, "name");
  }

  get namespace(): string {
    return metadataText(this.node, "namespace");
  }

  get kind(): string {
    return field(this.node, "kind")?.text ?? "";
  }

  /** The id that the object had first. */
  get originalId(): ResourceId {
    return this.previousIds[0] ?? this.id;
  }

  /** Every id that the object had before, the oldest first. kustomize api, internal/utils/makeResIds.go, PrevIds, v0.21.2. */
  get previousIds(): readonly ResourceId[] {
    const annotations = field(field(this.node, "metadata"), "annotations");
    const names = field(annotations, note.previousNames)?.text;
    if (names === undefined) return [];
    const namespaces = field(annotations, note.previousNamespaces)?.text ?? "";
    const kinds = field(annotations, note.previousKinds)?.text ?? "";
    const apiVersion = field(this.node, "apiVersion")?.text ?? "";
    const key = [names, namespaces, kinds, apiVersion].join("\n");
    if (this.#previous.key !== key) this.#previous = { key, ids: splitIds(names, namespaces, kinds, apiVersion) };
    return this.#previous.ids;
  }

  get allIds(): readonly ResourceId[] {
    return [...this.previousIds, this.id];
  }

  setName(name: string, origin: SourceRange | undefined): void {
    setMetadata(this.node, "name", name, origin);
  }

  setNamespace(namespace: string, origin: SourceRange | undefined): void {
    if (namespace === "") clear(field(this.node, "metadata"), "namespace");
    else setMetadata(this.node, "namespace", namespace, origin);
  }

  setKind(kind: string, origin: SourceRange | undefined): void {
    setField(this.node, "kind", Node.scalar(kind, noTag, origin));
  }

  setGvk(gvk: Gvk, origin: SourceRange | undefined): void {
    this.setKind(gvk.kind, origin);
    setField(this.node, "apiVersion", Node.scalar(apiVersionOf(gvk), noTag, origin));
  }

  get labels(): TextMap {
    return textMap(this.node, "labels");
  }

  setLabels(labels: TextMap): void {
    setTextMap(this.node, "labels", labels);
  }

  get annotations(): TextMap {
    return textMap(this.node, "annotations");
  }

  setAnnotations(annotations: TextMap): void {
    setTextMap(this.node, "annotations", annotations);
  }

  /** Writes one annotation and leaves the others as they are. */
  annotate(name: string, text: string, origin: SourceRange | undefined): void {
    const metadata = field(this.node, "metadata");
    if (isEmpty(field(metadata, "annotations"))) clear(metadata, "annotations");
    const annotations = lookupOrCreate(this.node, ["metadata", "annotations"], "map", origin);
    if (annotations !== undefined) setField(annotations, name, Node.scalar(text, noTag, origin, true));
  }

  /** The parts of a note that is a list. */
  noteList(name: string): readonly string[] {
    return this.annotations.get(name)?.text.split(",") ?? [];
  }

  appendNote(name: string, text: string): void {
    if (text !== "") this.annotate(name, [...this.noteList(name), text].join(","), undefined);
  }

  enable(name: string): void {
    this.setAnnotations(new Map([...this.annotations, [name, { text: "enabled", origin: undefined }]]));
  }

  isEnabled(name: string): boolean {
    return this.annotations.get(name)?.text === "enabled";
  }

  /** Remembers the present id, before a step that may change it. */
  storePreviousId(): void {
    const id = this.id;
    this.appendNote(note.previousNames, id.name);
    this.appendNote(note.previousNamespaces, effectiveNamespace(id));
    this.appendNote(note.previousKinds, id.kind);
  }

  /** Takes off all notes, as the last step before printing; all annotations that remain are strings then. */
  removeBuildNotes(): void {
    const annotations = new Map(this.annotations);
    if (annotations.size === 0) return;
    for (const name of buildNotes) annotations.delete(name);
    this.setAnnotations(annotations);
  }

  /** Takes labels, annotations, name and namespace from another object; own labels and annotations win, notes are the other's. */
  copyMetadataFrom(other: Resource): void {
    this.setLabels(new Map([...other.labels, ...this.labels]));
    const own = this.annotations;
    const annotations = new Map([...other.annotations, ...own]);
    for (const name of buildNotes) {
      const theirs = other.annotations.get(name);
      if (theirs === undefined) annotations.delete(name);
      else annotations.set(name, theirs);
    }
    if (!own.has(note.needsHash)) annotations.delete(note.needsHash);
    this.setAnnotations(annotations);
    this.setName(other.name, lookup(other.node, ["metadata", "name"])?.origin);
    this.setNamespace(other.namespace, lookup(other.node, ["metadata", "namespace"])?.origin);
    this.varNames = other.varNames;
  }
}

function splitIds(names: string, namespaces: string, kinds: string, apiVersion: string): readonly ResourceId[] {
  const namespaceList = namespaces.split(",");
  const kindList = kinds.split(",");
  return names.split(",").map((name, index) => ({
    ...parseApiVersion(apiVersion),
    kind: kindList[index] ?? "",
    name,
    namespace: namespaceList[index] ?? "",
    clusterScoped: false,
  }));
}

function setMetadata(node: Node, name: string, text: string, origin: SourceRange | undefined): void {
  const metadata = lookupOrCreate(node, ["metadata"], "map", origin);
  if (metadata !== undefined) setField(metadata, name, Node.scalar(text, noTag, origin));
}

function textMap(node: Node, name: string): TextMap {
  const metadata = field(node, "metadata");
  const found = isEmpty(metadata) ? undefined : field(metadata, name);
  return textsOf(found);
}

/** The texts of a map's values, whatever their types; nothing where the node is no map. */
export function textsOf(node: Node | undefined): TextMap {
  return new Map((node?.entries ?? []).map(({ key, value }) => [key.text, { text: value.text, origin: value.origin }]));
}

/** Replaces a map by strings sorted by name. kyaml, yaml/rnode.go, setMapInMetadata, v0.21.2. */
function setTextMap(node: Node, name: string, texts: TextMap): void {
  const metadata = lookupOrCreate(node, ["metadata"], "map");
  const before = field(metadata, name)?.origin;
  clear(metadata, name);
  if (metadata === undefined || texts.size === 0) return;
  const map = Node.map(before);
  setField(metadata, name, map);
  for (const [key, { text, origin }] of sortedTexts(texts)) setField(map, key, stringNode(text, origin));
}

/** The entries in the order of their names. */
export function sortedTexts(texts: TextMap): readonly (readonly [string, LocatedText])[] {
  return [...texts].sort(([a], [b]) => compareCodePoints(a, b));
}
