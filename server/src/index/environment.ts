import type { BuildNote } from "./build-notes.ts";
import { defaultNamespace, parentOf } from "./place.ts";
import type { SourceResource } from "./place.ts";
import type { Index } from "./index.ts";
import { isMentionKey, mentionKeysOf, nameKey, objectsKey, ownKeysOf } from "./keys.ts";
import type {
  Applier,
  Environment,
  EnvironmentKind,
  FileId,
  FolderId,
  OpenReason,
  QueryKey,
  Resource,
} from "./types.ts";

/** What tells environments apart; everything is asked at most once per argument. */
export interface EnvironmentSource {
  readonly name: string;
  readonly kind: EnvironmentKind;
  readonly namespace: string;
  files(): readonly FileId[];
  resources(): readonly Resource[];
  posting(key: QueryKey): readonly Resource[];
  open(): readonly OpenReason[];
  wider?(): Environment | undefined;
  /** What the tool that builds it says. */
  notes?(): readonly BuildNote[];
  /** The objects as they are built without what a controller adds, where it adds something. */
  builtAlone?(): readonly Resource[];
  /** By what it is applied, where that is known. */
  readonly appliers?: readonly Applier[];
  /** Forgets what was made for answers; it can be made again. */
  release?(): void;
}

/** An environment that looks at its source only when asked, and only once. */
export function environmentFrom(source: EnvironmentSource): Environment {
  return new LazyEnvironment(source);
}

/** Frees what an environment remembers. It goes on answering, at the price of looking again: for going through many large ones. */
export function release(environment: Environment): void {
  if (environment instanceof LazyEnvironment) environment.release();
}

/** What the tool that builds an environment says of its files; nothing where none does. */
export function buildNotesOf(environment: Environment): readonly BuildNote[] {
  return environment instanceof LazyEnvironment ? environment.notes() : [];
}

/** The objects of controllers by which an environment is applied; nothing where none is known. */
export function appliersOf(environment: Environment): readonly Applier[] {
  return environment instanceof LazyEnvironment ? environment.appliers : [];
}

/** The objects of an environment as the tool builds them that a person runs: without what a controller adds. */
export function builtAlone(environment: Environment): readonly Resource[] {
  return environment instanceof LazyEnvironment ? environment.builtAlone() : environment.resources();
}

class LazyEnvironment implements Environment {
  readonly name: string;
  readonly kind: EnvironmentKind;
  readonly namespace: string;
  readonly #source: EnvironmentSource;
  readonly #postings = new Map<QueryKey, readonly Resource[]>();
  readonly #shared = new Map<string, unknown>();
  #files: readonly FileId[] | undefined;
  #resources: readonly Resource[] | undefined;
  #open: readonly OpenReason[] | undefined;
  #wider: { readonly environment: Environment | undefined } | undefined;

  constructor(source: EnvironmentSource) {
    this.name = source.name;
    this.kind = source.kind;
    this.namespace = source.namespace;
    this.#source = source;
  }

  get open(): readonly OpenReason[] {
    return (this.#open ??= this.#source.open());
  }

  builtAlone(): readonly Resource[] {
    return this.#source.builtAlone?.() ?? this.resources();
  }

  get appliers(): readonly Applier[] {
    return this.#source.appliers ?? [];
  }

  notes(): readonly BuildNote[] {
    return this.#source.notes?.() ?? [];
  }

  files(): readonly FileId[] {
    return (this.#files ??= this.#source.files());
  }

  resources(): readonly Resource[] {
    return (this.#resources ??= this.#source.resources());
  }

  posting(key: QueryKey): readonly Resource[] {
    let posting = this.#postings.get(key);
    if (posting === undefined) {
      posting = this.#source.posting(key);
      this.#postings.set(key, posting);
    }
    return posting;
  }

  shared<Value>(name: string, compute: (environment: Environment) => Value): Value {
    if (!this.#shared.has(name)) this.#shared.set(name, compute(this));
    return this.#shared.get(name) as Value;
  }

  release(): void {
    this.#postings.clear();
    this.#shared.clear();
    this.#files = this.#resources = this.#open = this.#wider = undefined;
    this.#source.release?.();
  }

  wider(): Environment | undefined {
    this.#wider ??= { environment: this.#source.wider?.() };
    return this.#wider.environment;
  }
}

/** What a folder environment leaves out or prefers. */
export interface FolderOptions {
  /** Whether the folders below belong to it: true for what is found by stepping up. */
  readonly below: boolean;
  /** The topmost folder that stepping up may look at. */
  readonly top: FolderId;
  readonly namespace?: string;
  /** Files that belong to another environment. */
  readonly claimed?: Pick<ReadonlySet<FileId>, "has">;
  /** The file that is asked from: its definition of an object hides those of other files. */
  readonly from?: FileId;
}

/** The files directly in a folder, or all below it. */
export function folderEnvironment(index: Index, folder: FolderId, options: FolderOptions): Environment {
  const { below, claimed, namespace = defaultNamespace } = options;
  const isClaimed = (file: FileId): boolean => claimed?.has(file) === true;
  const files = (): readonly FileId[] =>
    (below ? index.filesBelow(folder) : index.filesIn(folder)).filter((file) => !isClaimed(file));
  const isHidden = hidden(index, options.from);
  const select = (resources: readonly SourceResource[]): readonly Resource[] => {
    const chosen = resources.some((resource) => isClaimed(resource.file) || isHidden(resource))
      ? resources.filter((resource) => !isClaimed(resource.file) && !isHidden(resource))
      : resources;
    return withNamespace(chosen, namespace);
  };
  return environmentFrom({
    name: folder.replace(/\/$/, ""),
    kind: "folder",
    namespace,
    files,
    resources: () => select(index.postingIn(objectsKey, folder, below)),
    posting: (key) => select(index.postingIn(key, folder, below)),
    open: () =>
      index
        .openFilesIn(folder, below)
        .filter((file) => !isClaimed(file))
        .flatMap((file) => index.file(file)!.open),
    wider: () => widerFolder(index, folder, options),
  });
}

function widerFolder(index: Index, folder: FolderId, { top, namespace, from }: FolderOptions): Environment | undefined {
  const parent = folder.length > top.length && folder.startsWith(top) ? parentOf(folder) : undefined;
  if (parent === undefined) return undefined;
  return folderEnvironment(index, parent, {
    below: true,
    top,
    ...(namespace === undefined ? {} : { namespace }),
    ...(from === undefined ? {} : { from }),
  });
}

/** Tells which objects are hidden by a definition of the same object in the file that is asked from. */
function hidden(index: Index, from: FileId | undefined): (resource: SourceResource) => boolean {
  const own = namedIn(index, from);
  if (own.length === 0) return () => false;
  const names = new Set(own.map((resource) => resource.name));
  const identities = new Set(own.map(identityText));
  return (resource) => resource.file !== from && names.has(resource.name) && identities.has(identityText(resource));
}

function namedIn(index: Index, file: FileId | undefined): readonly SourceResource[] {
  const resources = file === undefined ? undefined : index.file(file)?.resources;
  return (resources ?? []).filter(({ name }) => name !== "");
}

/** Whether some object of the file is defined in another file of its folder as well. */
export function hidesOthers(index: Index, file: FileId, folder: FolderId): boolean {
  if (index.filesIn(folder).length === 1) return false;
  return namedIn(index, file).some(({ group, kind, name, namespace }) =>
    index
      .postingIn(nameKey(group, kind, name), folder, false)
      .some((other) => other.file !== file && other.namespace === namespace),
  );
}

/** A name for what the API server takes for one object. Objects that only get their names there (`generateName`) are one each. */
export function identityText({
  group,
  kind,
  namespace,
  name,
  place,
}: Pick<Resource, "group" | "kind" | "namespace" | "name" | "place">): string {
  return `${group}/${kind} ${namespace ?? ""}/${name === "" ? `${place.file}:${place.start}` : name}`;
}

/** A fixed set of files. */
export interface FileSet {
  readonly name: string;
  /** `single`: of several definitions of one object the last one holds, as if all files were applied one after the other. */
  readonly kind: EnvironmentKind;
  readonly namespace?: string;
  readonly files: readonly FileId[];
  /** What can't be seen, where the files themselves do not tell. */
  readonly open?: readonly OpenReason[];
  readonly appliers?: readonly Applier[];
}

/** The objects of a set of files as they stand: an environment of the settings, or everything that the command line was given. */
export function fileSetEnvironment(
  index: Index,
  { name, kind, files, namespace = defaultNamespace, open, appliers = [] }: FileSet,
): Environment {
  const members = new Set(files);
  const isInside = ({ file }: SourceResource): boolean => members.has(file);
  const isMeant = (resource: SourceResource): boolean =>
    isInside(resource) && (kind !== "single" || !isRepeatedLater(index, resource, isInside));
  const select = (resources: readonly SourceResource[]): readonly Resource[] =>
    withNamespace(resources.every(isMeant) ? resources : resources.filter(isMeant), namespace);
  return environmentFrom({
    name,
    kind,
    namespace,
    files: () => files,
    resources: () => select(files.flatMap((file) => index.file(file)?.resources ?? [])),
    posting: (key) => select(index.posting(key)),
    open: () => open ?? files.flatMap((file) => index.file(file)?.open ?? []),
    appliers,
  });
}

function isRepeatedLater(
  index: Index,
  resource: SourceResource,
  isInside: (resource: SourceResource) => boolean,
): boolean {
  const { group, kind, name, namespace } = resource;
  if (name === "") return false;
  const same = index
    .posting(nameKey(group, kind, name))
    .findLast((other) => other.namespace === namespace && isInside(other));
  return same !== undefined && same !== resource;
}

function withNamespace(resources: readonly SourceResource[], namespace: string): readonly Resource[] {
  return namespace === defaultNamespace ? resources : resources.map((resource) => resource.within(namespace));
}

/** What an environment with objects of its own consists of. */
export interface ObjectSet {
  readonly open: readonly OpenReason[];
  readonly resources: readonly Resource[];
  readonly notes: readonly BuildNote[];
}

/** An environment of objects that stand in no file as they are, such as rendered ones. They are made when first asked for. */
export function objectSetEnvironment(
  about: Pick<EnvironmentSource, "name" | "kind" | "namespace" | "files" | "appliers" | "builtAlone">,
  make: () => ObjectSet,
): Environment {
  let set: ObjectSet | undefined;
  let own: Postings | undefined;
  let mentions: Postings | undefined;
  const made = (): ObjectSet => (set ??= make());
  return environmentFrom({
    ...about,
    resources: () => made().resources,
    posting: (key) => {
      const postings = isMentionKey(key)
        ? (mentions ??= postingsOf(made().resources, mentionKeysOf))
        : (own ??= postingsOf(made().resources, ownKeysOf));
      return postings.get(key) ?? [];
    },
    open: () => made().open,
    notes: () => made().notes,
    release: () => {
      set = own = mentions = undefined;
    },
  });
}

type Postings = ReadonlyMap<QueryKey, readonly Resource[]>;

function postingsOf(resources: readonly Resource[], keysOf: (resource: Resource) => readonly QueryKey[]): Postings {
  const postings = new Map<QueryKey, Resource[]>();
  for (const resource of resources) {
    for (const key of keysOf(resource)) {
      const posting = postings.get(key);
      if (posting === undefined) postings.set(key, [resource]);
      else posting.push(resource);
    }
  }
  return postings;
}
