import { lowerBound } from "../base/sorted.ts";
import { keysOf } from "./keys.ts";
import { compareFiles } from "./place.ts";
import type { SourceResource } from "./place.ts";
import type { FileId, QueryKey } from "./types.ts";

/** A file as far as postings are concerned. */
export interface PostedFile {
  readonly resources: readonly SourceResource[];
  /** Where objects of postings stand now, if they have moved. */
  readonly moved: ReadonlyMap<SourceResource, SourceResource>;
}

/** What changes in a posting for one file. */
interface FilePart {
  readonly file: FileId;
  readonly after: PostedFile | undefined;
  readonly gone: SourceResource[];
  readonly come: SourceResource[];
}

/** The postings that a batch of changes touches, each rebuilt once. Postings hold identities: objects as they stood when they came. */
export class PostingChanges {
  /** What new files bring: nearly everything while a workspace is read, so that it is kept as plainly as can be. */
  readonly #new = new Map<QueryKey, SourceResource[]>();
  readonly #parts = new Map<QueryKey, FilePart[]>();

  /** Notes what one file adds and takes away; called once for each file. */
  add(file: FileId, before: PostedFile | undefined, after: PostedFile | undefined): void {
    if (before === undefined) {
      for (const { identity } of after?.resources ?? [])
        for (const key of knownKeys(identity)) this.#addNew(key, identity);
      return;
    }
    const former = new Set(before.resources.map(({ identity }) => identity));
    for (const { identity } of after?.resources ?? []) {
      if (former.delete(identity)) continue;
      for (const key of knownKeys(identity)) this.#part(key, file, after).come.push(identity);
    }
    for (const identity of former)
      for (const key of knownKeys(identity)) this.#part(key, file, after).gone.push(identity);
  }

  keys(): ReadonlySet<QueryKey> {
    return new Set([...this.#parts.keys(), ...this.#new.keys()]);
  }

  *merge(
    posting: (key: QueryKey) => readonly SourceResource[],
  ): Generator<readonly [QueryKey, readonly SourceResource[] | undefined]> {
    for (const [key, parts] of this.#parts) {
      const changed =
        parts.length > fewFiles ? mergeParts(posting(key), parts) : parts.reduce(replacePart, posting(key));
      const merged = withNew(changed, this.#new.get(key) ?? []);
      yield [key, merged.length === 0 ? undefined : merged];
    }
    for (const [key, come] of this.#new) if (!this.#parts.has(key)) yield [key, withNew(posting(key), come)];
  }

  #addNew(key: QueryKey, resource: SourceResource): void {
    const come = this.#new.get(key);
    if (come === undefined) this.#new.set(key, [resource]);
    else come.push(resource);
  }

  #part(key: QueryKey, file: FileId, after: PostedFile | undefined): FilePart {
    let parts = this.#parts.get(key);
    if (parts === undefined) {
      parts = [];
      this.#parts.set(key, parts);
    }
    const last = parts.at(-1);
    if (last?.file === file) return last;
    const part = { file, after, gone: [], come: [] };
    parts.push(part);
    return part;
  }
}

function knownKeys(resource: SourceResource): readonly QueryKey[] {
  return resource.facts.keys ?? keysOf(resource);
}

/** So many files are put into a posting one after the other; more are merged into it in one go. */
const fewFiles = 4;

/** Where the objects of a file stand in a posting. */
export function rangeOf(
  posting: readonly Pick<SourceResource, "file">[],
  file: FileId,
): { readonly from: number; readonly to: number } {
  const from = lowerBound(posting.length, (at) => compareFiles(posting[at]!.file, file) < 0);
  let to = from;
  while (posting[to]?.file === file) to++;
  return { from, to };
}

function replacePart(posting: readonly SourceResource[], part: FilePart): readonly SourceResource[] {
  const { from, to } = rangeOf(posting, part.file);
  return posting.slice(0, from).concat(changedPart(posting.slice(from, to), part), posting.slice(to));
}

/** A posting with the objects of files that it holds nothing of. */
function withNew(posting: readonly SourceResource[], come: readonly SourceResource[]): readonly SourceResource[] {
  if (come.length === 0) return posting;
  const isSorted = come.every((each, at) => at === 0 || compareFiles(come[at - 1]!.file, each.file) <= 0);
  const sorted = isSorted ? come : come.toSorted((a, b) => compareFiles(a.file, b.file));
  if (posting.length === 0) return sorted;
  if (sorted[0]!.file === sorted.at(-1)!.file) {
    const { from } = rangeOf(posting, sorted[0]!.file);
    return posting.slice(0, from).concat(sorted, posting.slice(from));
  }
  const merged: SourceResource[] = [];
  let at = 0;
  for (const each of sorted) {
    while (at < posting.length && compareFiles(posting[at]!.file, each.file) < 0) merged.push(posting[at++]!);
    merged.push(each);
  }
  for (; at < posting.length; at++) merged.push(posting[at]!);
  return merged;
}

function mergeParts(posting: readonly SourceResource[], parts: readonly FilePart[]): readonly SourceResource[] {
  const sorted = [...parts].sort((a, b) => compareFiles(a.file, b.file));
  const merged: SourceResource[] = [];
  let at = 0;
  for (const part of sorted) {
    while (at < posting.length && compareFiles(posting[at]!.file, part.file) < 0) merged.push(posting[at++]!);
    const from = at;
    while (posting[at]?.file === part.file) at++;
    merged.push(...changedPart(posting.slice(from, at), part));
  }
  for (; at < posting.length; at++) merged.push(posting[at]!);
  return merged;
}

/** The objects of one file, in the order in which they stand there now. */
function changedPart(objects: readonly SourceResource[], { after, gone, come }: FilePart): readonly SourceResource[] {
  if (objects.length === gone.length) return come;
  const left = new Set(gone);
  const kept = objects.filter((resource) => !left.has(resource));
  if (come.length === 0) return kept;
  const placed = (resource: SourceResource): SourceResource => after?.moved.get(resource) ?? resource;
  return [...kept, ...come].sort((a, b) => compareInFile(placed(a), placed(b)));
}

function compareInFile(a: SourceResource, b: SourceResource): number {
  return a.start - b.start || Number(a.facts.at[1] ?? 0) - Number(b.facts.at[1] ?? 0);
}
