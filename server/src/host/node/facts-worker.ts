import { isMainThread, parentPort } from "node:worker_threads";
import { keysOfFacts } from "../../index/keys.ts";
import { factsOfBytes } from "../../lsp/file-facts.ts";
import type { FactsRequest } from "../../lsp/host.ts";
import type { FileFacts } from "../../model/facts.ts";
import { packFacts } from "../../model/packed-facts.ts";
import type { PackedFacts } from "../../model/packed-facts.ts";
import { pathOf } from "./paths.ts";
import { readBytes } from "./read.ts";
import { kindOfPath } from "./walk.ts";

/** What a thread answers: facts of the files that there are, and the places of the others in the request. */
export interface FactsAnswer {
  readonly packed: PackedFacts;
  readonly missing: readonly number[];
}

/** The facts of files on disk; what can't be read has a notice, what is not there is missing. */
export function readFacts({ uris, limit }: FactsRequest): FactsAnswer {
  const missing: number[] = [];
  const facts: FileFacts[] = [];
  for (const [index, uri] of uris.entries()) {
    const read = factsOnDisk(uri, limit);
    if (read === undefined) missing.push(index);
    else facts.push(read);
  }
  return { packed: packFacts(facts, keysOfFacts), missing };
}

function factsOnDisk(uri: string, limit: number): FileFacts | undefined {
  const path = pathOf(uri);
  const bytes = path === undefined ? undefined : readBytes(path, limit);
  if (path === undefined || bytes === undefined) return undefined;
  if (typeof bytes !== "string") return factsOfBytes(bytes, uri, () => performance.now());
  return kindOfPath(path) === "file" ? { documents: [], notice: bytes } : undefined;
}

if (!isMainThread) {
  parentPort?.on("message", (request: FactsRequest) => {
    parentPort?.postMessage(readFacts(request));
  });
}
