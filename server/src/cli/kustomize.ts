import { readdirSync, realpathSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { readText } from "../host/node/read.ts";
import type { Index } from "../index/index.ts";
import type { Kustomizations } from "../index/environments.ts";
import { kustomizationsOf } from "../index/kustomizations.ts";
import type { KustomizeEngine } from "../index/kustomizations.ts";
import { folderOf, isKustomizationFile } from "../index/place.ts";
import type { FileId } from "../index/types.ts";
import { ParseCache } from "../kustomize/cache.ts";
import { closure, readKustomization } from "../kustomize/closure.ts";
import { render } from "../kustomize/render.ts";
import type { KustomizationSummary, KustomizeFiles } from "../kustomize/types.ts";
import type { Arguments } from "./arguments.ts";

/** What kustomizations name, by folder: those among the files, and all that they lead to. Plain data, so that one thread reads it for all. */
export type NamedByKustomizations = ReadonlyMap<string, KustomizationSummary>;

/** Reads what the kustomizations among the files name, and renders nothing; where no environment is wanted, they count for nothing. */
export function readKustomizations(files: Iterable<FileId>, options: Arguments): NamedByKustomizations {
  const summaries = new Map<string, KustomizationSummary>();
  if (options.environment === "none") return summaries;
  const base = baseOf(options);
  const sources = new PathFiles(base, options.maxFileSize);
  const cache = new ParseCache();
  const waiting = [...foldersOf(files, base)];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const summary = summaries.has(folder) ? undefined : readKustomization(folder, sources, cache);
    if (summary === undefined) continue;
    summaries.set(folder, summary);
    for (const { kind, path } of summary.references) if (kind === "folder" && path !== undefined) waiting.push(path);
  }
  return summaries;
}

/** The files that kustomizations read. */
export function filesOf(kustomizations: NamedByKustomizations, options: Arguments): ReadonlySet<FileId> {
  const { prefix } = baseOf(options);
  const paths = [...kustomizations.values()].flatMap(({ files, references }) => [
    ...files,
    ...references.flatMap(({ kind, path }) => (kind === "file" && path !== undefined ? [path] : [])),
  ]);
  return new Set(paths.map((path) => prefix + path));
}

interface KustomizedFiles {
  readonly index: Index;
  readonly files: readonly FileId[];
  readonly kustomizations: NamedByKustomizations;
  readonly accepted: ReadonlySet<FileId>;
}

/** The kustomizations among the files, which read nothing outside of the PATHs. */
export function findKustomizations(
  { index, files, kustomizations, accepted }: KustomizedFiles,
  options: Arguments,
): Kustomizations | undefined {
  if (options.environment === "none") return undefined;
  const base = baseOf(options);
  const sources = new PathFiles(base, options.maxFileSize);
  const renderings = new RenderCache((path) => accepted.has(base.prefix + path));
  const summary = (folder: string): KustomizationSummary | undefined => kustomizations.get(folder);
  const engine: KustomizeEngine = {
    summary,
    closure: (folder) => closure(folder, summary),
    render: (folder, written) => render(folder, sources, { cache: renderings.next(), tolerant: true, written }),
    idOf: (path) => base.prefix + path,
    pathOf: (file) => file.slice(base.prefix.length),
    filesIn: (folder) => sources.filesIn(folder.slice(base.prefix.length)).map((name) => folder + name),
  };
  return kustomizationsOf({
    engine,
    index,
    folders: [...foldersOf(files, base)],
    ...(options.namespace === undefined ? {} : { namespace: options.namespace }),
  });
}

/** Where kustomize works: it knows files by their paths from the deepest folder that holds all PATHs. */
interface Base {
  readonly folder: string;
  readonly roots: readonly string[];
  /** What an id has in front of such a path. */
  readonly prefix: string;
}

function baseOf(options: Arguments): Base {
  const roots = options.paths.filter((path) => path !== "-").map((path) => resolve(path));
  const folder = commonFolder(roots);
  return { folder, roots, prefix: idOfFolder(folder) };
}

/** The folders of the kustomizations among the files. */
function foldersOf(files: Iterable<FileId>, { prefix }: Base): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const file of files)
    if (isKustomizationFile(file)) folders.add(folderOf(file).slice(prefix.length).replace(/\/$/, ""));
  return folders;
}

/** So many renderings share what they have parsed: bases are parsed once for most overlays, and thousands of files do not pile up. */
const renderingsPerCache = 24;

/** So many characters of what they have parsed are kept: single files of custom resources have three millions. */
const parsedAtOnce = 16_000_000;

class RenderCache {
  readonly #isAccepted: (path: string) => boolean;
  #cache: ParseCache;
  #used = 0;

  constructor(isAccepted: (path: string) => boolean) {
    this.#isAccepted = isAccepted;
    this.#cache = this.#empty();
  }

  next(): ParseCache {
    if (++this.#used % renderingsPerCache === 0) this.#cache = this.#empty();
    return this.#cache;
  }

  #empty(): ParseCache {
    return new ParseCache(parsedAtOnce, this.#isAccepted);
  }
}

/** The deepest folder that holds all paths; a path that is no folder counts as its folder. */
function commonFolder(paths: readonly string[]): string {
  const folders = paths.map((path) => (isFolder(path) ? path : dirname(path)));
  let common = folders[0] ?? resolve(".");
  while (!folders.every((folder) => isWithin(common, folder)) && dirname(common) !== common) common = dirname(common);
  return common;
}

function idOfFolder(folder: string): string {
  const id = relative(".", folder).split(sep).join("/");
  return id === "" ? "" : `${id}/`;
}

function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** The files below the PATHs, each read once; links that lead out of them lead nowhere. */
class PathFiles implements KustomizeFiles {
  readonly #top: string;
  readonly #realTop: string;
  readonly #roots: readonly string[];
  readonly #limit: number;
  readonly #texts = new Map<string, string | undefined>();
  readonly #folders = new Map<string, boolean>();
  readonly #realPaths = new Map<string, string | undefined>();

  constructor({ folder, roots }: Base, limit: number) {
    this.#top = folder;
    this.#realTop = realPath(folder) ?? folder;
    this.#roots = roots.flatMap((path) => realPath(path) ?? []);
    this.#limit = limit;
  }

  text(path: string): string | undefined {
    if (!this.#texts.has(path)) this.#texts.set(path, this.#read(path));
    return this.#texts.get(path);
  }

  isFolder(path: string): boolean {
    let known = this.#folders.get(path);
    if (known === undefined) {
      const real = this.#realPath(path);
      known = real !== undefined && isFolder(real);
      this.#folders.set(path, known);
    }
    return known;
  }

  /** The names of all files directly in a folder. */
  filesIn(path: string): readonly string[] {
    const real = this.#realPath(path);
    if (real === undefined || !isFolder(real)) return [];
    return readdirSync(real, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []));
  }

  realPath(path: string): string {
    const real = this.#realPath(path);
    return real === undefined || !isWithin(this.#realTop, real)
      ? path
      : relative(this.#realTop, real).split(sep).join("/");
  }

  #read(path: string): string | undefined {
    const real = this.#realPath(path);
    const text = real === undefined || isFolder(real) ? undefined : readText(real, this.#limit);
    return text !== undefined && "text" in text ? text.text : undefined;
  }

  #realPath(path: string): string | undefined {
    if (!this.#realPaths.has(path)) this.#realPaths.set(path, this.#findRealPath(path));
    return this.#realPaths.get(path);
  }

  #findRealPath(path: string): string | undefined {
    const real = realPath(join(this.#top, path));
    return real !== undefined && this.#roots.some((root) => isWithin(root, real)) ? real : undefined;
  }
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined; // nothing there, or nothing that may be seen
  }
}
