import { keysOfFacts } from "../../index/keys.ts";
import type { FileId } from "../../index/types.ts";
import type { FileFacts } from "../../model/facts.ts";
import { packFacts, unpackFacts } from "../../model/packed-facts.ts";
import type { PackedFacts } from "../../model/packed-facts.ts";

/** Facts on their way to another thread. */
export interface SentFacts {
  readonly ids: readonly FileId[];
  readonly packed: PackedFacts;
}

export function sendFacts(facts: ReadonlyMap<FileId, FileFacts>): SentFacts {
  return { ids: [...facts.keys()], packed: packFacts([...facts.values()], keysOfFacts) };
}

/** The facts of all parts; all threads read the same ones, in whatever way they shared the work. */
export function joinFacts(
  own: ReadonlyMap<FileId, FileFacts>,
  others: readonly SentFacts[],
): ReadonlyMap<FileId, FileFacts> {
  const all = new Map(own);
  for (const { ids, packed } of others) {
    const facts = unpackFacts(packed) ?? [];
    for (const [place, file] of ids.entries()) all.set(file, facts[place] ?? { documents: [], notice: "unreadable" });
  }
  return all;
}
