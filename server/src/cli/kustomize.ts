import { realpathSync, statSync } from "node:fs";
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
import type { KustomizeFiles } from "../kustomize/types.ts";
import type { Arguments } from "./arguments.ts";

/** The kustomizations among the files, which read nothing outside of the PATHs. */
export function findKustomizations(
  index: Index,
  files: readonly FileId[],
  options: Arguments,
): Kustomizations | undefined {
  const kustomizations = files.filter(isKustomizationFile);
  if (kustomizations.length === 0) return undefined;
  const paths = options.paths.filter((path) => path !== "-").map((path) => resolve(path));
  const top = commonFolder(paths);
  const prefix = idOfFolder(top);
  const sources = new PathFiles(top, paths, options.maxFileSize);
  const cache = new ParseCache();
  const renderings = new RenderCache();
  const engine: KustomizeEngine = {
    summary: (folder) => readKustomization(folder, sources, cache),
    closure: (folder) => closure(folder, sources, cache),
    render: (folder) => render(folder, sources, { cache: renderings.next(), tolerant: true }),
    idOf: (path) => prefix + path,
  };
  const folders = [...new Set(kustomizations.map((file) => folderOf(file).slice(prefix.length).replace(/\/$/, "")))];
  return kustomizationsOf({
    engine,
    index,
    folders,
    ...(options.namespace === undefined ? {} : { namespace: options.namespace }),
  });
}

/** So many renderings share what they have parsed: bases are parsed once for most overlays, and thousands of files do not pile up. */
const renderingsPerCache = 24;

/** So many characters of what they have parsed are kept: single files of custom resources have three millions. */
const parsedAtOnce = 16_000_000;

class RenderCache {
  #cache = new ParseCache(parsedAtOnce);
  #used = 0;

  next(): ParseCache {
    if (this.#used++ % renderingsPerCache === 0) this.#cache = new ParseCache(parsedAtOnce);
    return this.#cache;
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

  constructor(top: string, paths: readonly string[], limit: number) {
    this.#top = top;
    this.#realTop = realPath(top) ?? top;
    this.#roots = paths.flatMap((path) => realPath(path) ?? []);
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
