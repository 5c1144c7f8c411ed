import { realpathSync, statSync } from "node:fs";
import type { BigIntStats } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { pathToFileURL } from "node:url";
import type { CommittedFiles, FileStamp, Host } from "../../lsp/host.ts";
import { committedContents, committedFiles } from "./git.ts";
import { pathOf } from "./paths.ts";
import { readBytes } from "./read.ts";
import { startReaders } from "./readers.ts";
import { runTool } from "./tool.ts";
import { walk } from "./walk.ts";

/** The server's surroundings in a Node process: the file system, and its clock. */
export function nodeHost(): Host {
  return {
    now: () => performance.now(),
    wallTime: () => Date.now(),
    nextTurn,
    later(ms, work) {
      const timer = setTimeout(work, ms);
      return () => clearTimeout(timer);
    },
    readFile: readLimited,
    listFiles,
    local: { stamp: stampOf, realPath: realPathOf, save, filesIn, filesBelow, startReaders: () => startReaders() },
    committedFiles: (folder, commit) => Promise.resolve(filesOfCommit(folder, commit)),
    runTool,
    exit: (code) => process.exit(code),
  };
}

function readLimited(uri: string, limit: number): Promise<Uint8Array | undefined> {
  const path = pathOf(uri);
  const bytes = path === undefined ? undefined : readBytes(path, limit);
  return Promise.resolve(typeof bytes === "string" ? undefined : bytes);
}

/** One folder a batch, so that messages get their turn in between. */
async function* listFiles(folder: string, exclude: readonly string[]): AsyncIterable<readonly string[]> {
  const path = pathOf(folder);
  if (path === undefined) return;
  for (const { files } of walk(path, { exclude, wants: "manifests and helpers" })) {
    if (files.length === 0) continue;
    yield files.map((file) => pathToFileURL(file).href);
    await nextTurn();
  }
}

function filesIn(folder: string, most: number): readonly string[] {
  return filesOfAnyKind(folder, most, false);
}

function filesBelow(folder: string, most: number): readonly string[] {
  return filesOfAnyKind(folder, most, true);
}

function filesOfAnyKind(folder: string, most: number, recursive: boolean): readonly string[] {
  const path = pathOf(folder);
  if (path === undefined) return [];
  const found: string[] = [];
  for (const { files } of walk(path, { exclude: [], honoursGitignore: false, recursive, wants: "everything" })) {
    found.push(...files);
    if (found.length >= most) break;
  }
  return found.slice(0, most).map((file) => pathToFileURL(file).href);
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}

function filesOfCommit(folder: string, commit: string): CommittedFiles | undefined {
  const path = pathOf(folder);
  const files = path === undefined ? undefined : committedFiles(path, commit);
  const contents = path === undefined || files === undefined ? undefined : committedContents(files);
  if (path === undefined || files === undefined || contents === undefined) return undefined;
  return new Map(
    files.map((file, index) => [pathToFileURL(join(path, file.path)).href, contents[index] ?? new Uint8Array()]),
  );
}

function realPathOf(uri: string): string | undefined {
  const path = pathOf(uri);
  try {
    return path === undefined ? undefined : pathToFileURL(realpathSync(path)).href;
  } catch {
    return undefined;
  }
}

function stampOf(uri: string): FileStamp | undefined {
  const path = pathOf(uri);
  const found = path === undefined ? undefined : statOf(path);
  if (found?.isFile() !== true) return undefined;
  return { size: Number(found.size), version: `${found.mtimeNs} ${found.ctimeNs} ${found.ino}` };
}

function statOf(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false, bigint: true });
  } catch {
    return undefined; // in a folder that may not be entered
  }
}

/** Writes beside the place and moves there, so that a reader never sees half a file. */
async function save(uri: string, bytes: Uint8Array): Promise<void> {
  const path = pathOf(uri);
  if (path === undefined) return;
  const temporary = `${path}.${process.pid}`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(temporary, bytes, { mode: 0o600 });
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}
