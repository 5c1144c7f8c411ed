import { URI } from "vscode-uri";
import { templateContext } from "../features/charts/context.ts";
import type { TemplateContext } from "../features/charts/context.ts";
import type { FileContext } from "../features/context.ts";
import { FindingsMemo } from "../features/diagnostics/file.ts";
import { Environments } from "../index/environments.ts";
import type { EnvironmentOptions } from "../index/environments.ts";
import { Index } from "../index/index.ts";
import type { FileChange } from "../index/index.ts";
import { folderOf, roleOf } from "../index/place.ts";
import type { FileId, QueryKey } from "../index/types.ts";
import type { FileFacts } from "../model/facts.ts";
import { readFile } from "../model/read.ts";
import type { ReadFile } from "../model/read.ts";
import { defaultSettings } from "../protocol/settings.ts";
import type { Settings } from "../protocol/settings.ts";
import { environmentOptions } from "./environment-options.ts";
import type { LocalHost } from "./host.ts";
import { WorkspaceKustomizations } from "./kustomizations.ts";
import type { StoredFile } from "./kustomizations.ts";

/** A document that the client has open. */
export interface OpenDocument {
  readonly uri: string;
  readonly version: number;
  readonly read: ReadFile;
}

/** How often texts were parsed rather than remembered. */
export interface WorkspaceCounters {
  documentsParsed: number;
}

/** More files than these in a folder are not among those that a wrong path may have meant. */
const mostFilesBeside = 500;

/**
 * The one mutable thing: open documents, facts of all files, settings. Every change goes through a method here, bumps `revision`, and makes a new index;
 * whoever holds the old one goes on with it undisturbed.
 */
export class Workspace {
  readonly counters: WorkspaceCounters = { documentsParsed: 0 };
  #revision = 0;
  #index = Index.empty;
  #environments: Environments | undefined;
  #settings: Settings = defaultSettings;
  #folders: readonly FileId[] = [];
  #folderUris: readonly string[] = [];
  #memo = new FindingsMemo();
  #resourceCount = 0;
  #activeEnvironments: readonly string[] = [];
  #listenToNeed: () => void = () => undefined;
  readonly #open = new Map<FileId, OpenDocument>();
  readonly #uris = new Map<FileId, string>();
  readonly #wallTime: () => number;
  readonly #local: Partial<Pick<LocalHost, "realPath" | "filesIn">>;
  readonly #kustomizations: WorkspaceKustomizations;

  /**
   * @param wallTime the clock on the wall, in epoch milliseconds
   * @param local what can be asked of a file system at hand, besides texts
   */
  constructor(wallTime: () => number, local: Partial<Pick<LocalHost, "realPath" | "filesIn">> = {}) {
    this.#wallTime = wallTime;
    this.#local = local;
    this.#kustomizations = new WorkspaceKustomizations({
      index: () => this.#index,
      folders: () => this.#folders,
      openText: (file) => this.#open.get(file)?.read.text,
      realPath: (file) => this.#followLinks(file),
      filesIn: (folder) => (local.filesIn?.(this.uriOf(folder), mostFilesBeside) ?? []).map((uri) => this.fileOf(uri)),
      onNeed: () => this.#listenToNeed(),
    });
  }

  /** Grows with every change. */
  get revision(): number {
    return this.#revision;
  }

  get settings(): Settings {
    return this.#settings;
  }

  get index(): Index {
    return this.#index;
  }

  /** Kubernetes objects in all files. */
  get resourceCount(): number {
    return this.#resourceCount;
  }

  /** Findings remembered for the present settings. */
  get memo(): FindingsMemo {
    return this.#memo;
  }

  get environments(): Environments {
    this.#environments ??= new Environments(this.#index, this.#environmentOptions());
    return this.#environments;
  }

  /** Calls `listener` when kustomizations name files whose texts are not known; see `takeNeeded` and `give`. */
  onNeed(listener: () => void): void {
    this.#listenToNeed = listener;
  }

  /** Files that kustomizations need; each is handed out once. */
  takeNeeded(): readonly FileId[] {
    return this.#kustomizations.take();
  }

  /** Takes files that kustomizations need, `undefined` for those that do not exist. */
  give(files: ReadonlyMap<FileId, StoredFile | undefined>): void {
    for (const [file, stored] of files) this.#kustomizations.give(file, stored);
    this.#changed();
  }

  /** Takes the names of the environments that a person has made active, the latest first. */
  activate(names: readonly string[]): void {
    this.#activeEnvironments = names;
    this.#changed();
  }

  /** The id of a file: its URI without percent signs, so that folders and names compare as people write them. */
  fileOf(uri: string): FileId {
    const file = URI.parse(uri).toString(true);
    if (!this.#uris.has(file)) this.#uris.set(file, uri);
    return file;
  }

  /** The URI as the client knows it. */
  uriOf(file: FileId): string {
    return this.#uris.get(file) ?? URI.parse(file).toString();
  }

  /** What a path leads to, under the folder of the workspace in which it is. */
  #followLinks(file: FileId): FileId {
    const uri = this.#local.realPath?.(this.uriOf(file));
    if (uri === undefined) return file;
    const real = this.fileOf(uri);
    for (const folder of this.#folders) {
      const realFolder = this.#local.realPath?.(this.uriOf(folder.slice(0, -1)));
      const prefix = realFolder === undefined ? folder : `${this.fileOf(realFolder)}/`;
      if (real.startsWith(prefix)) return folder + real.slice(prefix.length);
    }
    return real;
  }

  opened(uri: string): OpenDocument | undefined {
    return this.#open.get(this.fileOf(uri));
  }

  openDocuments(): Iterable<OpenDocument> {
    return this.#open.values();
  }

  isOpen(file: FileId): boolean {
    return this.#open.has(file);
  }

  /** What a feature is asked with; `undefined` for a document that is not open, and for a template of a chart: of these nothing is said. */
  contextOf(uri: string): FileContext | undefined {
    const file = this.fileOf(uri);
    const open = this.#open.get(file);
    if (open === undefined || this.environments.templateOf(file) !== undefined) return undefined;
    return {
      file,
      read: open.read,
      environments: this.environments.of(file),
      settings: this.#settings,
      now: this.#wallTime(),
    };
  }

  /** What features for finding one's way are asked with in a template of a chart; `undefined` for all other documents. */
  templateContextOf(uri: string): TemplateContext | undefined {
    const file = this.fileOf(uri);
    const open = this.#open.get(file);
    const chart = open === undefined ? undefined : this.environments.templateOf(file);
    if (open === undefined || chart === undefined) return undefined;
    return templateContext({ file, read: open.read, settings: this.#settings, now: this.#wallTime() }, chart);
  }

  /** Takes the text of an open document. Returns the query keys whose answers are different now. */
  open(uri: string, version: number, text: string): ReadonlySet<QueryKey> {
    const file = this.fileOf(uri);
    const former = this.#open.get(file)?.read;
    const read = readFile(text, former, roleOf(file));
    const known = new Set(former?.documents.map(({ parsed }) => parsed));
    this.counters.documentsParsed += read.documents.filter(
      ({ parsed }) => parsed !== undefined && !known.has(parsed),
    ).length;
    this.#open.set(file, { uri, version, read });
    return this.#apply([{ file, facts: read.facts }]);
  }

  /** The client closed a document; `stored` are the facts of the file on disk, `undefined` when there is none. */
  close(uri: string, stored: FileFacts | undefined): ReadonlySet<QueryKey> {
    const file = this.fileOf(uri);
    this.#open.delete(file);
    return this.#apply([{ file, facts: stored }]);
  }

  /** Takes the facts of closed files; open ones keep what the client says. */
  update(changes: readonly FileChange[]): ReadonlySet<QueryKey> {
    return this.#apply(changes.filter(({ file }) => !this.#open.has(file)));
  }

  configure(settings: Settings): void {
    this.#settings = settings;
    this.#memo = new FindingsMemo();
    this.#kustomizations.forget();
    this.#changed();
  }

  /** The URIs of the workspace folders. */
  get folderUris(): readonly string[] {
    return this.#folderUris;
  }

  setFolders(uris: readonly string[]): void {
    this.#folderUris = uris;
    this.#folders = uris.map((uri) => `${this.fileOf(uri).replace(/\/$/, "")}/`);
    this.#kustomizations.forget();
    this.#changed();
  }

  /** The workspace folder that a file belongs to, `undefined` outside of all. */
  folderOf(file: FileId): FileId | undefined {
    return this.#folders.filter((folder) => file.startsWith(folder)).sort((a, b) => b.length - a.length)[0];
  }

  #apply(changes: readonly FileChange[]): ReadonlySet<QueryKey> {
    const { index, touched } = this.#index.apply(changes);
    this.#kustomizations.note(changes, this.#index);
    for (const { file } of changes)
      this.#resourceCount +=
        (index.file(file)?.resources.length ?? 0) - (this.#index.file(file)?.resources.length ?? 0);
    this.#index = index;
    this.#changed();
    return touched;
  }

  #changed(): void {
    this.#revision++;
    this.#environments = undefined;
  }

  #environmentOptions(): EnvironmentOptions {
    return {
      ...environmentOptions(this.#settings, this.#folders, (file) => this.folderOf(file) ?? folderOf(file)),
      kustomizations: this.#kustomizations.graph(this.#settings.namespace),
      active: this.#activeEnvironments,
    };
  }
}
