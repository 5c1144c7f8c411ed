import { ownKeysOfFacts } from "../../index/keys.ts";
import type { FileId } from "../../index/types.ts";
import { packFacts, unpackFacts } from "../../model/packed-facts.ts";
import type { PackedFacts } from "../../model/packed-facts.ts";
import type { ReadFiles } from "../world.ts";

/** Facts on their way to another thread. */
export interface SentFacts {
  readonly ids: readonly FileId[];
  readonly packed: PackedFacts;
  readonly accepted: readonly FileId[];
}

export function sendFacts({ facts, accepted }: ReadFiles): SentFacts {
  return { ids: [...facts.keys()], packed: packFacts([...facts.values()], ownKeysOfFacts), accepted };
}

/** The facts of all parts; all threads read the same ones, in whatever way they shared the work. */
export function joinFacts(own: ReadFiles, others: readonly SentFacts[]): ReadFiles {
  const all = new Map(own.facts);
  for (const { ids, packed } of others) {
    const facts = unpackFacts(packed) ?? [];
    for (const [place, file] of ids.entries()) all.set(file, facts[place] ?? { documents: [], notice: "unreadable" });
  }
  return { facts: all, accepted: [...own.accepted, ...others.flatMap(({ accepted }) => accepted)] };
}
