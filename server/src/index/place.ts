import { spanAt } from "../base/span-table.ts";
import type { SpanPart } from "../base/span-table.ts";
import type { JsonObject, JsonPath } from "../base/json.ts";
import { groupOf } from "../kubernetes/pod-template.ts";
import { isClusterScoped } from "../kubernetes/scope.ts";
import type { PlacedDocument, ResourceFacts } from "../model/facts.ts";
import type { FileRole } from "../model/read.ts";
import type { FileId, FolderId, Place, Resource } from "./types.ts";

/** The namespace of objects that name none, where nothing else is known. */
export const defaultNamespace = "default";

/** The folder of a file: everything up to and with its last `/`. */
export function folderOf(file: FileId): FolderId {
  return file.slice(0, file.lastIndexOf("/") + 1);
}

/** Whether a file is a kustomization by its name (kustomize, api/konfig/general.go, RecognizedKustomizationFileNames, v5.8). */
export function isKustomizationFile(file: FileId): boolean {
  return /(^|\/)(kustomization\.ya?ml|Kustomization)$/.test(file);
}

/** What a file is by its path, for reading it. */
export function roleOf(file: FileId): FileRole {
  if (isKustomizationFile(file)) return "kustomization";
  if (!/(^|\/)templates\//.test(file)) return "manifest";
  return file.endsWith(".tpl") ? "helpers" : "template";
}

/** The folder above, `undefined` above the topmost one. */
export function parentOf(folder: FolderId): FolderId | undefined {
  if (folder === "" || folder === "/") return undefined;
  return folder.slice(0, folder.lastIndexOf("/", folder.length - 2) + 1);
}

/** What a path means that stands in a file of a folder. */
export function joined(folder: string, path: string): FileId {
  const parts = folder.split("/").slice(0, -1);
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}

/** An object as it stands in a file. */
export class SourceResource implements Resource {
  readonly apiVersion: string;
  readonly group: string;
  readonly kind: string;
  readonly namespace: string | null;
  readonly name: string;
  readonly writtenNamespace: string | undefined;
  readonly file: FileId;
  /** The same for an object that has only moved within its file. */
  readonly identity: SourceResource;
  /** The same for an object in which nothing has changed that answers about other objects rest on. */
  readonly essence: SourceResource;
  /** The facts that it shows, for telling whether a changed file still has this very object. */
  readonly facts: ResourceFacts;
  /** Where its document begins and ends within the file. */
  readonly start: number;
  readonly end: number;
  /** How it looks in an environment with another namespace; made once, so that it stays the same object. */
  #elsewhere: SourceResource | undefined;

  constructor(
    file: FileId,
    document: Pick<PlacedDocument, "start" | "end">,
    facts: ResourceFacts,
    namespace = defaultNamespace,
    former: { readonly identity?: SourceResource; readonly essence?: SourceResource } = {},
  ) {
    this.identity = former.identity ?? this;
    this.essence = former.essence ?? this;
    this.apiVersion = facts.apiVersion;
    this.group = groupOf(facts.apiVersion);
    this.kind = facts.kind;
    this.name = facts.name;
    this.writtenNamespace = facts.namespace;
    this.namespace = isClusterScoped(this.group, facts.kind) ? null : (facts.namespace ?? namespace);
    this.file = file;
    this.facts = facts;
    this.start = document.start;
    this.end = document.end;
  }

  /** Facts may read it from their store when it is first asked for. */
  get object(): JsonObject {
    return this.facts.object;
  }

  get place(): Place {
    return this.origin(["metadata", "name"]) ?? { file: this.file, start: this.start, end: this.start };
  }

  get document(): Place {
    return { file: this.file, start: this.start, end: this.end };
  }

  origin(path: JsonPath, part: SpanPart = "value"): Place | undefined {
    const span = spanAt(this.object, this.facts.spans, path, part);
    return span === undefined
      ? undefined
      : { file: this.file, start: span.start + this.start, end: span.end + this.start };
  }

  /** The same object in an environment where another namespace is the one of objects that name none. */
  within(namespace: string): SourceResource {
    if (this.namespace === null || this.writtenNamespace !== undefined || this.namespace === namespace) return this;
    if (this.#elsewhere?.namespace !== namespace) {
      this.#elsewhere = new SourceResource(this.file, this, this.facts, namespace, {
        ...(this.identity === this ? {} : { identity: this.identity.within(namespace) }),
        ...(this.essence === this ? {} : { essence: this.essence.within(namespace) }),
      });
    }
    return this.#elsewhere;
  }

  /** The same object after text above its document was added or taken away. */
  movedTo(document: Pick<PlacedDocument, "start" | "end">): SourceResource {
    const isHere = ({ start, end }: SourceResource): boolean => start === document.start && end === document.end;
    if (isHere(this)) return this;
    if (isHere(this.identity)) return this.identity;
    return new SourceResource(this.file, document, this.facts, defaultNamespace, this);
  }
}

/** Order by folder, then by file. */
export function compareFiles(a: FileId, b: FileId): number {
  if (a === b) return 0;
  const [left, right] = [folderOf(a), folderOf(b)];
  if (left !== right) return left < right ? -1 : 1;
  return a < b ? -1 : 1;
}
