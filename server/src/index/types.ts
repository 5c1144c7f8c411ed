import type { JsonObject, JsonPath } from "../base/json.ts";
import type { SpanPart } from "../base/span-table.ts";
import type { Span } from "../base/span.ts";

/** A file: a path or URI with `/` between folders. Nothing else is assumed of it; below `lsp` and `cli` it is opaque. */
export type FileId = string;

/** A folder: a file id without its last segment, ending in `/`; "" is the folder of relative paths without one. */
export type FolderId = string;

/** A piece of a file, in offsets of the file's text (UTF-16 units). */
export interface Place extends Span {
  readonly file: FileId;
}

/** What makes an object the same object for the API server. Versions of one group address the same object. */
export interface ObjectIdentity {
  /** "" for the core group. */
  readonly group: string;
  readonly kind: string;
  /** The effective namespace; `null` for cluster-scoped objects. */
  readonly namespace: string | null;
  readonly name: string;
}

/** An object of an environment. */
export interface Resource extends ObjectIdentity {
  readonly apiVersion: string;
  /** `metadata.namespace` as it stands in the (rendered) object. */
  readonly writtenNamespace: string | undefined;
  /**
   * The object: as written in a folder, rendered in a kustomization. Pruned: no `status`, long texts shortened, Secrets with their keys alone.
   * For the whole object of an open document see the document itself.
   */
  readonly object: JsonObject;
  /** One and the same for an object that only moves within its file, from one state of the index to the next. */
  readonly identity: Resource;
  /** One and the same as long as nothing changes that answers about other objects rest on: an image or a command is none of their business. */
  readonly essence: Resource;
  /** The file that holds it (for a generated object: the kustomization). */
  readonly file: FileId;
  /** The value of `metadata.name`, or the document's first line where it has none. */
  readonly place: Place;
  /** The whole document that holds it. */
  readonly document: Place;
  /** Where the value at a path (or its key, or both) stands in a source file; `undefined` where the path leads nowhere or nobody wrote it. */
  origin(path: JsonPath, part?: SpanPart): Place | undefined;
}

/** Something that can't be seen: as long as there is one, nothing may be called missing. */
export interface OpenReason {
  readonly code:
    | "remote-base"
    | "helm-chart"
    | "plugin"
    | "applier"
    | "build-fails"
    | "pod-maker"
    | "template"
    | "placeholder"
    | "broken-document"
    | "unread-file";
  /** The URL, chart, plugin, what a controller changes (`Kustomization apps: spec.patches`), or the custom resource that makes pods (`Cluster postgresql.cnpg.io/main`). */
  readonly subject: string;
  readonly place: Place | undefined;
}

/** An object of a controller by which a folder is applied: a Flux `Kustomization` or an Argo CD `Application`. */
export interface Applier {
  /** Its kind and name. */
  readonly subject: string;
  /** The path in it that names the folder. */
  readonly place: Place;
}

/** `directory`: a folder as Argo CD applies it. `chart`: the templates of a Helm chart, for finding one's way in them; no answer about the cluster comes from it. */
export type EnvironmentKind = "kustomization" | "folder" | "directory" | "settings" | "single" | "chart";

/**
 * Documents that are applied together; immutable, one state of them.
 * All questions about objects go through `posting`, so that an answer can record what it read: see `record`.
 */
export interface Environment {
  /** Unique among environments of its kind: the folder id of its root without the last `/`, or the name that the settings give it; "" for `single`. */
  readonly name: string;
  readonly kind: EnvironmentKind;
  /** The namespace of objects that name none. */
  readonly namespace: string;
  readonly open: readonly OpenReason[];
  /** The files that belong to it, sorted. */
  files(): readonly FileId[];
  /** All objects, sorted by folder, file and place (rendered ones in the order of `kustomize build`). */
  resources(): readonly Resource[];
  /** The objects under one key, in the order of `resources`; the same array as long as nothing changes. Make keys with the functions of `keys.ts`. */
  posting(key: QueryKey): readonly Resource[];
  /** Answers shared by all who ask this state of the environment: computed once per `name`. */
  shared<Value>(name: string, compute: (environment: Environment) => Value): Value;
  /** One step up: the subtree of the parent folder, `undefined` at the top. What only stands there is a possible match, never a certain one. */
  wider(): Environment | undefined;
}

/** A question about objects, as one text. */
export type QueryKey = string;
