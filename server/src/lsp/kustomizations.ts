import type { Kustomizations } from "../index/environments.ts";
import type { FileChange, Index } from "../index/index.ts";
import { kustomizationsOf } from "../index/kustomizations.ts";
import type { KustomizationGraph, KustomizeEngine } from "../index/kustomizations.ts";
import { folderOf, isKustomizationFile } from "../index/place.ts";
import type { FileId } from "../index/types.ts";
import { ParseCache } from "../kustomize/cache.ts";
import { closure, readKustomization } from "../kustomize/closure.ts";
import { render } from "../kustomize/render.ts";
import type { KustomizationSummary, KustomizeError, KustomizeFiles, RenderResult } from "../kustomize/types.ts";

/** What kustomizations need of the workspace. */
export interface KustomizationHost {
  index(): Index;
  /** The folders of the workspace. */
  folders(): readonly FileId[];
  /** The text of an open document. */
  openText(file: FileId): string | undefined;
  /** What a path leads to when symbolic links are followed; the path itself where nothing is there. */
  realPath(file: FileId): FileId;
  /** All files directly in a folder. */
  filesIn(folder: FileId): readonly FileId[];
  /** Files are needed whose texts are not known; `take` says which, `give` brings them. */
  onNeed(): void;
}

/** A file as the disk holds it. */
export interface StoredFile {
  readonly text: string;
  readonly bytes: Uint8Array;
}

/**
 * The kustomizations of the workspace, and the texts of the files that they reach. Texts of closed files are kept here, since kustomize renders them;
 * they are asked for when a kustomization first names them, and until they come their environment is open and nothing is said of it.
 */
export class WorkspaceKustomizations {
  readonly #host: KustomizationHost;
  readonly #cache = new ParseCache();
  /** What the disk holds; `undefined` for files that are not there. */
  readonly #stored = new Map<FileId, StoredFile | undefined>();
  readonly #needed = new Set<FileId>();
  /** Those of the needed files that somebody is reading. */
  readonly #taken = new Set<FileId>();
  #changed = new Set<string>();
  #isPathSetChanged = true;
  #graph: KustomizationGraph | undefined;
  #folders: readonly string[] = [];

  constructor(host: KustomizationHost) {
    this.#host = host;
  }

  /** The files that are needed now; each is handed out once. */
  take(): readonly FileId[] {
    const files = [...this.#needed].filter((file) => !this.#taken.has(file));
    for (const file of files) this.#taken.add(file);
    return files;
  }

  /** Brings a file, `undefined` when there is none. */
  give(file: FileId, stored: StoredFile | undefined): void {
    const former = this.#stored.get(file);
    this.#needed.delete(file);
    this.#taken.delete(file);
    this.#stored.set(file, stored);
    if ((former === undefined) !== (stored === undefined)) this.#isPathSetChanged = true;
    this.#changed.add(pathOf(file));
  }

  /** The texts of files are different now: those of open documents at once, others have to be read again. */
  note(changes: readonly FileChange[], former: Index): void {
    for (const { file, facts } of changes) {
      this.#changed.add(pathOf(file));
      if ((former.file(file) === undefined) !== (facts === undefined)) this.#isPathSetChanged = true;
      if (this.#host.openText(file) !== undefined || !this.#stored.has(file)) continue;
      if (facts === undefined) this.#stored.set(file, undefined);
      else this.#need(file);
    }
  }

  /** Settings or folders are different: everything is found anew. */
  forget(): void {
    this.#graph = undefined;
    this.#isPathSetChanged = true;
  }

  /** All kustomizations in their present state; what no change reaches is taken over from the last one. */
  graph(namespace: string): Kustomizations {
    const index = this.#host.index();
    if (this.#isPathSetChanged || this.#graph === undefined) {
      const files = index.filesBelow("").filter((file) => isKustomizationFile(file) && this.#isInside(file));
      this.#folders = [...new Set(files.map((file) => pathOf(folderOf(file)).replace(/\/$/, "")))];
    }
    if (this.#graph === undefined || this.#isPathSetChanged || this.#changed.size > 0) {
      const inputs = { engine: this.#engine(), index, folders: this.#folders };
      const changes = { files: this.#changed, isPathSetChanged: this.#isPathSetChanged };
      this.#changed = new Set();
      this.#isPathSetChanged = false;
      this.#graph = kustomizationsOf(namespace === "" ? inputs : { ...inputs, namespace }, this.#graph, changes);
    }
    return this.#graph;
  }

  #engine(): KustomizeEngine {
    const files: KustomizeFiles = {
      text: (path) => this.#text(idOf(path)),
      bytes: (path) => this.#bytes(idOf(path)),
      isFolder: (path) => this.#isFolder(idOf(path)),
      realPath: (path) => pathOf(this.#realPath(idOf(path))),
    };
    const summary = (folder: string): KustomizationSummary | undefined => readKustomization(folder, files, this.#cache);
    return {
      summary,
      closure: (folder) => closure(folder, summary),
      render: (folder, written) =>
        this.#withShortPaths(render(folder, files, { cache: this.#cache, tolerant: true, written })),
      idOf,
      pathOf,
      filesIn: (folder) => this.#host.filesIn(folder),
      isOutside: (path) => !this.#isInside(idOf(path)),
      isPending: (path) => this.#needed.has(idOf(path)),
    };
  }

  /** kustomize's words name files from the folder of the workspace, as its own do from the working directory. */
  #withShortPaths(result: RenderResult): RenderResult {
    const prefixes = this.#host.folders().map(pathOf);
    const shorten = (error: KustomizeError): KustomizeError => ({
      ...error,
      message: prefixes.reduce(
        // The folder of the workspace itself has no `/` at its end.
        (message, prefix) => message.replaceAll(prefix, "").replaceAll(`'${prefix.replace(/\/$/, "")}'`, "'.'"),
        error.message,
      ),
    });
    return result.error === undefined
      ? { ...result, errors: result.errors.map(shorten) }
      : { ...result, error: shorten(result.error) };
  }

  #isInside(file: FileId): boolean {
    return this.#host.folders().some((folder) => file.startsWith(folder));
  }

  #text(file: FileId): string | undefined {
    const open = this.#host.openText(file);
    if (open !== undefined) return open;
    if (!this.#stored.has(file) && !this.#needed.has(file) && this.#isInside(file) && !this.#isFolder(file))
      this.#need(file);
    return this.#stored.get(file)?.text;
  }

  #bytes(file: FileId): Uint8Array | undefined {
    return this.#host.openText(file) === undefined ? this.#stored.get(file)?.bytes : undefined;
  }

  #isFolder(file: FileId): boolean {
    return this.#host.index().hasFolder(file.endsWith("/") ? file : `${file}/`);
  }

  /** The files of the workspace were found without following links: what is not among them may be behind one. */
  #realPath(file: FileId): FileId {
    return this.#isFolder(file) || this.#stored.has(file) ? file : this.#host.realPath(file);
  }

  #need(file: FileId): void {
    if (this.#needed.has(file) && !this.#taken.has(file)) return;
    this.#taken.delete(file);
    this.#needed.add(file);
    this.#host.onNeed();
  }
}

/** Kustomize knows files by paths: of `file:///shop/web.yaml` that is `file:/shop/web.yaml`, its first part being the file system. */
function pathOf(file: FileId): string {
  return file.replace(/^([^/:]+):\/\/([^/]*)\//, "$1:$2/");
}

function idOf(path: string): FileId {
  return path.replace(/^([^/:]+):([^/]*)\//, "$1://$2/");
}
