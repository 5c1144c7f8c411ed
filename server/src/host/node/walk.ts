import { readdirSync, readFileSync, statSync } from "node:fs";
import type { Dirent } from "node:fs";
import { join } from "node:path";
import ignore from "ignore";
import picomatch from "picomatch";

export interface WalkOptions {
  /** Whether folders below are entered: unless something else is said. */
  readonly recursive?: boolean;
  /** Whether `.gitignore` files leave things out: unless something else is said. */
  readonly honoursGitignore?: boolean;
  /** Which files: manifests unless something else is said; helpers are files of definitions for templates (`templates/_helpers.tpl`). */
  readonly wants?: "manifests" | "manifests and helpers" | "everything";
  /** Globs of what is left out: relative to the walked folder, or names at any depth where they have no `/`. */
  readonly exclude: readonly string[];
}

/** A folder that was looked into. */
export interface WalkedFolder {
  readonly path: string;
  /** Full paths of the files that are wanted, sorted. */
  readonly files: readonly string[];
  /** Set where it could not be read. */
  readonly error?: string;
}

const manifestName = /\.(ya?ml|json)$|^Kustomization$/i;
const helpersPath = /(^|\/)templates\/(.*\/)?[^/]+\.tpl$/;
const neverEntered: ReadonlySet<string> = new Set([".git", "node_modules"]);

/**
 * Walks a folder, one step per folder, parents first, in the order of names. Symbolic links are not followed: what they lead to stands elsewhere under
 * the folder, outside of it, or in a circle.
 */
export function* walk(root: string, options: WalkOptions): Generator<WalkedFolder> {
  yield* walkFolder({ root, path: "", ignores: [] }, excluder(options.exclude), options);
}

interface Folder {
  readonly root: string;
  /** Relative to the root, with `/`, "" for the root itself. */
  readonly path: string;
  /** Rules of the `.gitignore` files on the way, the outermost first. */
  readonly ignores: readonly GitIgnore[];
}

interface GitIgnore {
  readonly folder: string;
  readonly rules: ReturnType<typeof ignore>;
}

function* walkFolder(
  folder: Folder,
  isExcluded: (path: string) => boolean,
  options: WalkOptions,
): Generator<WalkedFolder> {
  const full = join(folder.root, folder.path);
  const entries = list(full);
  if (typeof entries === "string") {
    yield { path: full, files: [], error: entries };
    return;
  }
  const ignores =
    options.honoursGitignore !== false ? [...folder.ignores, ...gitIgnoreOf(full, folder.path, entries)] : [];
  const isLeftOut = (path: string, isFolder: boolean): boolean =>
    isExcluded(path) || isIgnored(ignores, isFolder ? `${path}/` : path);
  const pathOf = (entry: Dirent): string => (folder.path === "" ? entry.name : `${folder.path}/${entry.name}`);
  const isWanted = (entry: Dirent): boolean =>
    options.wants === "everything" ||
    manifestName.test(entry.name) ||
    (options.wants === "manifests and helpers" && helpersPath.test(pathOf(entry)));
  const files = entries.filter((entry) => entry.isFile() && isWanted(entry) && !isLeftOut(pathOf(entry), false));
  yield { path: full, files: files.map((entry) => join(full, entry.name)) };
  if (options.recursive === false) return;
  for (const entry of entries) {
    if (!entry.isDirectory() || neverEntered.has(entry.name) || isLeftOut(pathOf(entry), true)) continue;
    yield* walkFolder({ root: folder.root, path: pathOf(entry), ignores }, isExcluded, options);
  }
}

/** The entries of a folder sorted by name, or why it can't be read. */
function list(folder: string): readonly Dirent[] | string {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    return errorCode(error);
  }
}

function gitIgnoreOf(full: string, path: string, entries: readonly Dirent[]): readonly GitIgnore[] {
  if (!entries.some((entry) => entry.name === ".gitignore" && entry.isFile())) return [];
  try {
    return [{ folder: path, rules: ignore().add(readFileSync(join(full, ".gitignore"), "utf8")) }];
  } catch {
    return [];
  }
}

/** The innermost `.gitignore` that says something about the path decides. */
function isIgnored(ignores: readonly GitIgnore[], path: string): boolean {
  for (const { folder, rules } of ignores.toReversed()) {
    const { ignored, unignored } = rules.test(folder === "" ? path : path.slice(folder.length + 1));
    if (ignored || unignored) return ignored;
  }
  return false;
}

function excluder(globs: readonly string[]): (path: string) => boolean {
  const names = globs.filter((glob) => !glob.includes("/"));
  const paths = globs.filter((glob) => glob.includes("/")).map((glob) => glob.replace(/^\.?\//, "").replace(/\/$/, ""));
  const matchesName = picomatch(names, { dot: true, basename: true });
  const matchesPath = picomatch(paths, { dot: true });
  return (path) => (names.length > 0 && matchesName(path)) || (paths.length > 0 && matchesPath(path));
}

/** The short name of a file system error (`EACCES`). */
export function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : String(error);
}

/** What a path leads to, links followed: a `folder`, a `file` (also a pipe, which reads like one), or `undefined` where there is nothing. */
export function kindOfPath(path: string): "file" | "folder" | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  return found.isDirectory() ? "folder" : "file";
}
