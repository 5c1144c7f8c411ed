import { performance } from "node:perf_hooks";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Host } from "../../lsp/host.ts";
import { readBytes } from "./read.ts";
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
  for (const { files } of walk(path, { exclude })) {
    if (files.length === 0) continue;
    yield files.map((file) => pathToFileURL(file).href);
    await nextTurn();
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}

function pathOf(uri: string): string | undefined {
  try {
    return uri.startsWith("file:") ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined; // a file of another machine
  }
}
