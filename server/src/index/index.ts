import { PersistentMap } from "../base/persistent-map.ts";
import { lowerBound } from "../base/sorted.ts";
import type { FileFacts, PlacedDocument, ResourceFacts } from "../model/facts.ts";
import { openReasonsOf } from "./open-reasons.ts";
import { isSameToOthers } from "./essence.ts";
import { compareFiles, folderOf, SourceResource } from "./place.ts";
import { PostingChanges, rangeOf } from "./posting-changes.ts";
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
  /** Objects that postings hold as they stood before they moved: where they stand now. Empty for most files. */
  readonly moved: ReadonlyMap<SourceResource, SourceResource>;
}

/**
 * All objects of all files, found by query keys. Immutable: `apply` gives a new index that shares everything the change does not touch.
 * Every posting is sorted by folder, file and place, so that the part of a folder, or of its subtree, is a range.
 */
export class Index {
  static readonly empty = new Index(new PersistentMap(), new PersistentMap(), new PersistentMap(), new Set(), []);

  readonly #files: PersistentMap<IndexedFile>;
  readonly #folders: PersistentMap<readonly FileId[]>;
  /** Objects as they stood when they came: those of the files in `#moved` stand elsewhere now. */
  readonly #postings: PersistentMap<readonly SourceResource[]>;
  readonly #moved: ReadonlySet<FileId>;
  /** Files in which something can't be seen, in the order of postings. */
  readonly #openFiles: readonly FileId[];
  #sortedFolders: readonly FolderId[] | undefined;
  /** Postings with the objects of `#moved` where they stand now, those that somebody has asked for. */
  readonly #postingsInPlace = new Map<QueryKey, readonly SourceResource[]>();

  private constructor(
    files: PersistentMap<IndexedFile>,
    folders: PersistentMap<readonly FileId[]>,
    postings: PersistentMap<readonly SourceResource[]>,
    moved: ReadonlySet<FileId>,
    openFiles: readonly FileId[],
    sortedFolders?: readonly FolderId[],
  ) {
    this.#files = files;
    this.#folders = folders;
    this.#postings = postings;
    this.#moved = moved;
    this.#openFiles = openFiles;
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

  /** Whether there is a file in a folder or below it. */
  hasFolder(folder: FolderId): boolean {
    const folders = this.folders();
    return folders[lowerBound(folders.length, (at) => folders[at]! < folder)]?.startsWith(folder) === true;
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

  /** The objects under a key; the same array as long as none of them changes or moves. */
  posting(key: QueryKey): readonly SourceResource[] {
    if (this.#moved.size === 0) return this.#postings.get(key) ?? none;
    let posting = this.#postingsInPlace.get(key);
    if (posting === undefined) {
      posting = this.#postings.get(key) ?? none;
      for (const file of this.#moved) posting = this.#inPlace(posting, file);
      this.#postingsInPlace.set(key, posting);
    }
    return posting;
  }

  /** The objects under a key that stand directly in a folder or, with `below`, also in the folders under it. */
  postingIn(key: QueryKey, folder: FolderId, below: boolean): readonly SourceResource[] {
    return partIn(this.posting(key), ({ file }) => file, folder, below);
  }

  /** The files of a folder, or of its subtree, in which something can't be seen. */
  openFilesIn(folder: FolderId, below: boolean): readonly FileId[] {
    return partIn(this.#openFiles, (file) => file, folder, below);
  }

  /**
   * The index after these changes. Objects that stay the same, at the same place, stay the same object; those that only move within their file
   * stay in their postings as they are, so that text inserted above them costs nothing.
   */
  apply(changes: readonly FileChange[]): IndexUpdate {
    const files = new Map<FileId, IndexedFile | undefined>();
    const postings = new PostingChanges();
    for (const { file, facts } of new Map(changes.map((change) => [change.file, change])).values()) {
      const before = this.#files.get(file);
      const after = facts === undefined ? undefined : indexFile(file, facts, before);
      postings.add(file, before, after);
      files.set(file, after);
    }
    const folders = this.#changedFolders(files);
    const index = new Index(
      this.#files.with(files),
      folders === undefined ? this.#folders : this.#folders.with(folders),
      this.#postings.with(postings.merge((key) => this.#postings.get(key) ?? none)),
      this.#movedAfter(files),
      this.#openFilesAfter(files),
      folders === undefined ? this.#sortedFolders : undefined,
    );
    return { index, touched: postings.keys() };
  }

  /** A posting with the objects of one file where they stand now. */
  #inPlace(posting: readonly SourceResource[], file: FileId): readonly SourceResource[] {
    const moved = this.#files.get(file)?.moved;
    const { from, to } = rangeOf(posting, file);
    if (moved === undefined || from === to) return posting;
    const inPlace = posting.slice();
    for (let at = from; at < to; at++) inPlace[at] = moved.get(posting[at]!) ?? posting[at]!;
    return inPlace;
  }

  #openFilesAfter(files: ReadonlyMap<FileId, IndexedFile | undefined>): readonly FileId[] {
    const isOpen = (file: IndexedFile | undefined): boolean => file !== undefined && file.open.length > 0;
    const changed = [...files].filter(([file, after]) => isOpen(this.#files.get(file)) !== isOpen(after));
    if (changed.length === 0) return this.#openFiles;
    const members = new Set(this.#openFiles);
    for (const [file, after] of changed) {
      if (isOpen(after)) members.add(file);
      else members.delete(file);
    }
    return [...members].sort(compareFiles);
  }

  #movedAfter(files: ReadonlyMap<FileId, IndexedFile | undefined>): ReadonlySet<FileId> {
    const isMoved = (file: FileId): boolean => (files.get(file)?.moved.size ?? 0) > 0;
    const come = [...files.keys()].filter((file) => !this.#moved.has(file) && isMoved(file));
    const stay = [...this.#moved].filter((file) => !files.has(file) || isMoved(file));
    return come.length === 0 && stay.length === this.#moved.size ? this.#moved : new Set([...stay, ...come]);
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

/** The part of a folder, or of its subtree, of a list in the order of postings. */
function partIn<Item>(
  all: readonly Item[],
  fileOf: (item: Item) => FileId,
  folder: FolderId,
  below: boolean,
): readonly Item[] {
  const isInside = (file: FileId): boolean => file.startsWith(folder) && (below || !file.includes("/", folder.length));
  const [start, last] = [all[0], all.at(-1)];
  if (start === undefined || last === undefined || (isInside(fileOf(start)) && isInside(fileOf(last)))) return all;
  const first = lowerBound(all.length, (at) => folderOf(fileOf(all[at]!)) < folder);
  const end = first + lowerBound(all.length - first, (at) => isInside(fileOf(all[first + at]!)));
  return first === 0 && end === all.length ? all : all.slice(first, end);
}

/** The objects of a file, taken from its former state where the facts are the same. */
function indexFile(file: FileId, facts: FileFacts, before: IndexedFile | undefined): IndexedFile {
  const written = facts.documents.flatMap((document) =>
    document.facts.resources.map((resource) => ({ document, resource })),
  );
  const known = sameResources(before?.resources ?? [], written);
  const formerOf = editedFrom(before?.resources ?? []);
  const resources = written.map(({ document, resource }, index) => {
    const same = known.get(index);
    if (same !== undefined) return same.movedTo(document);
    const former = formerOf(resource);
    return new SourceResource(
      file,
      document,
      resource,
      undefined,
      former === undefined ? {} : { essence: former.essence },
    );
  });
  const moved = resources.filter((resource) => resource.identity !== resource);
  return {
    file,
    facts,
    resources,
    open: openReasonsOf(file, facts, resources),
    moved: moved.length === 0 ? nothingMoved : new Map(moved.map((resource) => [resource.identity, resource])),
  };
}

/** Finds the object that was edited into a new one, if the edit is none of the business of other objects. */
function editedFrom(before: readonly SourceResource[]): (resource: ResourceFacts) => SourceResource | undefined {
  const nameOf = ({ kind, namespace, name }: ResourceFacts): string => `${kind} ${namespace ?? ""} ${name}`;
  let byName: ReadonlyMap<string, SourceResource> | undefined;
  return (resource) => {
    byName ??= new Map(before.map((each) => [nameOf(each.facts), each]));
    const former = byName.get(nameOf(resource));
    return former !== undefined && isSameToOthers(former.facts.object, resource.object) ? former : undefined;
  };
}

const nothingMoved: ReadonlyMap<SourceResource, SourceResource> = new Map();

/** Former objects by the number of the written one that shows the same facts. Their order is the same: what is out of order counts as new. */
function sameResources(
  former: readonly SourceResource[],
  written: readonly { readonly document: PlacedDocument; readonly resource: ResourceFacts }[],
): ReadonlyMap<number, SourceResource> {
  const same = new Map<number, SourceResource>();
  let start = 0;
  let [formerEnd, end] = [former.length, written.length];
  while (start < formerEnd && start < end && former[start]!.facts === written[start]!.resource) {
    same.set(start, former[start]!);
    start++;
  }
  while (formerEnd > start && end > start && former[formerEnd - 1]!.facts === written[end - 1]!.resource)
    same.set(--end, former[--formerEnd]!);
  const places = new Map(former.slice(start, formerEnd).map(({ facts }, at) => [facts, start + at]));
  let next = start;
  for (let number = start; number < end; number++) {
    const found = places.get(written[number]!.resource) ?? -1;
    if (found < next) continue;
    same.set(number, former[found]!);
    next = found + 1;
  }
  return same;
}
