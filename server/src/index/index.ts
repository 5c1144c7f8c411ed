import { PersistentMap } from "../base/persistent-map.ts";
import { lowerBound } from "../base/sorted.ts";
import type { FileFacts, ResourceFacts } from "../model/facts.ts";
import { keysOf } from "./keys.ts";
import { openReasonsOf } from "./open-reasons.ts";
import { compareFiles, compareResources, folderOf, SourceResource } from "./place.ts";
import type { FileId, FolderId, OpenReason, QueryKey } from "./types.ts";

/** A file that is new, different, or gone (`facts` undefined). */
export interface FileChange {
  readonly file: FileId;
  readonly facts: FileFacts | undefined;
}

export interface IndexUpdate {
  readonly index: Index;
  /** The keys whose postings are different now; answers that read none of them still hold. */
  readonly touched: ReadonlySet<QueryKey>;
}

/** A file of the index. */
export interface IndexedFile {
  readonly file: FileId;
  readonly facts: FileFacts;
  readonly resources: readonly SourceResource[];
  readonly open: readonly OpenReason[];
}

/**
 * All objects of all files, found by query keys. Immutable: `apply` gives a new index that shares everything the change does not touch.
 * Every posting is sorted by folder, file and place, so that the part of a folder, or of its subtree, is a range.
 */
export class Index {
  static readonly empty = new Index(new PersistentMap(), new PersistentMap(), new PersistentMap());

  readonly #files: PersistentMap<IndexedFile>;
  readonly #folders: PersistentMap<readonly FileId[]>;
  readonly #postings: PersistentMap<readonly SourceResource[]>;
  #sortedFolders: readonly FolderId[] | undefined;

  private constructor(
    files: PersistentMap<IndexedFile>,
    folders: PersistentMap<readonly FileId[]>,
    postings: PersistentMap<readonly SourceResource[]>,
    sortedFolders?: readonly FolderId[],
  ) {
    this.#files = files;
    this.#folders = folders;
    this.#postings = postings;
    this.#sortedFolders = sortedFolders;
  }

  file(file: FileId): IndexedFile | undefined {
    return this.#files.get(file);
  }

  /** The files directly in a folder, sorted. */
  filesIn(folder: FolderId): readonly FileId[] {
    return this.#folders.get(folder) ?? [];
  }

  /** All folders that hold a file, sorted, so that the subtree of one is a range. */
  folders(): readonly FolderId[] {
    this.#sortedFolders ??= [...this.#folders.entries()].map(([folder]) => folder).sort();
    return this.#sortedFolders;
  }

  /** The files of a folder and of all folders below it, sorted. */
  filesBelow(folder: FolderId): readonly FileId[] {
    const folders = this.folders();
    const files: FileId[] = [];
    for (
      let at = lowerBound(folders.length, (each) => folders[each]! < folder);
      folders[at]?.startsWith(folder) === true;
      at++
    ) {
      files.push(...this.filesIn(folders[at]!));
    }
    return files;
  }

  /** The objects under a key; the same array as long as none of them changes. */
  posting(key: QueryKey): readonly SourceResource[] {
    return this.#postings.get(key) ?? none;
  }

  /** The objects under a key that stand directly in a folder or, with `below`, also in the folders under it. */
  postingIn(key: QueryKey, folder: FolderId, below: boolean): readonly SourceResource[] {
    const all = this.posting(key);
    const isInside = (file: FileId): boolean => (below ? file.startsWith(folder) : folderOf(file) === folder);
    const first = lowerBound(all.length, (at) => folderOf(all[at]!.file) < folder);
    const end = first + lowerBound(all.length - first, (at) => isInside(all[first + at]!.file));
    return first === 0 && end === all.length ? all : all.slice(first, end);
  }

  /** The index after these changes. Objects that stay the same, at the same place, stay the same object. */
  apply(changes: readonly FileChange[]): IndexUpdate {
    const files = new Map<FileId, IndexedFile | undefined>();
    const postings = new PostingChanges();
    for (const { file, facts } of changes) {
      const before = files.has(file) ? files.get(file) : this.#files.get(file);
      const after = facts === undefined ? undefined : indexFile(file, facts, before);
      postings.add(before?.resources ?? [], after?.resources ?? []);
      files.set(file, after);
    }
    const folders = this.#changedFolders(files);
    const index = new Index(
      this.#files.with(files),
      folders === undefined ? this.#folders : this.#folders.with(folders),
      this.#postings.with(postings.merge((key) => this.posting(key))),
      folders === undefined ? this.#sortedFolders : undefined,
    );
    return { index, touched: postings.keys() };
  }

  /** New lists of the folders in which files came or went. */
  #changedFolders(
    files: ReadonlyMap<FileId, IndexedFile | undefined>,
  ): ReadonlyMap<FolderId, readonly FileId[] | undefined> | undefined {
    const folders = new Map<FolderId, Set<FileId>>();
    for (const [file, after] of files) {
      if ((this.#files.get(file) === undefined) === (after === undefined)) continue;
      const folder = folderOf(file);
      const members = folders.get(folder) ?? new Set(this.filesIn(folder));
      folders.set(folder, members);
      if (after === undefined) members.delete(file);
      else members.add(file);
    }
    if (folders.size === 0) return undefined;
    return new Map(
      [...folders].map(([folder, members]) => [
        folder,
        members.size === 0 ? undefined : [...members].sort(compareFiles),
      ]),
    );
  }
}

const none: readonly SourceResource[] = [];

/** The postings that a batch of changes touches, each rebuilt once. */
class PostingChanges {
  readonly #changes = new Map<QueryKey, { readonly gone: Set<SourceResource>; readonly come: Set<SourceResource> }>();

  add(before: readonly SourceResource[], after: readonly SourceResource[]): void {
    const [former, latter] = [new Set(before), new Set(after)];
    for (const resource of before) {
      if (latter.has(resource)) continue;
      for (const key of keysOf(resource)) {
        const change = this.#changeOf(key);
        if (!change.come.delete(resource)) change.gone.add(resource);
      }
    }
    for (const resource of after) {
      if (!former.has(resource)) for (const key of keysOf(resource)) this.#changeOf(key).come.add(resource);
    }
  }

  keys(): ReadonlySet<QueryKey> {
    return new Set(this.#changes.keys());
  }

  *merge(
    posting: (key: QueryKey) => readonly SourceResource[],
  ): Generator<readonly [QueryKey, readonly SourceResource[] | undefined]> {
    for (const [key, { gone, come }] of this.#changes) {
      const kept = gone.size === 0 ? posting(key) : posting(key).filter((resource) => !gone.has(resource));
      const merged = mergeSorted(kept, [...come].sort(compareResources));
      yield [key, merged.length === 0 ? undefined : merged];
    }
  }

  #changeOf(key: QueryKey): { readonly gone: Set<SourceResource>; readonly come: Set<SourceResource> } {
    let change = this.#changes.get(key);
    if (change === undefined) {
      change = { gone: new Set(), come: new Set() };
      this.#changes.set(key, change);
    }
    return change;
  }
}

/** The objects of a file, taken from its former state where facts and place are the same. */
function indexFile(file: FileId, facts: FileFacts, before: IndexedFile | undefined): IndexedFile {
  const former = new Map(before?.resources.map((resource) => [placeName(resource.start, resource.facts), resource]));
  const resources = facts.documents.flatMap((document) =>
    document.facts.resources.map((resource) => {
      const known = former.get(placeName(document.start, resource));
      return known?.facts === resource && known.end === document.end
        ? known
        : new SourceResource(file, document, resource);
    }),
  );
  return { file, facts, resources, open: openReasonsOf(file, facts, resources) };
}

function placeName(start: number, facts: ResourceFacts): string {
  return `${start} ${facts.at.join(" ")}`;
}

function mergeSorted(left: readonly SourceResource[], right: readonly SourceResource[]): readonly SourceResource[] {
  if (right.length === 0) return left;
  if (left.length === 0) return right;
  const merged: SourceResource[] = [];
  let next = 0;
  for (const resource of left) {
    while (next < right.length && compareResources(right[next]!, resource) < 0) merged.push(right[next++]!);
    merged.push(resource);
  }
  return [...merged, ...right.slice(next)];
}
