import { maglevTable } from "./maglev.ts";
import type { Scheduler, Target } from "./schedulers.ts";
import { bucketTable, hashBucket } from "./schedulers.ts";

/** What hashing schedulers look at: addresses as numbers. */
export interface ShareContext {
  readonly destination: number;
  readonly clients: readonly number[];
}

/** How many of `total` connections each endpoint gets. */
export interface NodeShares {
  readonly counts: readonly number[];
  readonly total: number;
}

/** The part of one node's new connections that each endpoint gets in the long run, for every way of choosing that does not count connections. `null`: at random. */
export function sharesOnNode(
  scheduler: Scheduler | null,
  targets: readonly Target[],
  context: ShareContext,
): NodeShares {
  switch (scheduler) {
    case "sh":
      return sharesOfChoices(targets, bucketChoices(targets, context.clients));
    case "dh":
      return sharesOfChoices(targets, bucketChoices(targets, [context.destination]));
    case "mh":
      return sharesOfChoices(targets, maglevTable(targets));
    default:
      return { counts: targets.map(() => 1), total: targets.length };
  }
}

function bucketChoices(targets: readonly Target[], addresses: readonly number[]): readonly number[] {
  const table = bucketTable(targets);
  return addresses.map((address) => table[hashBucket(address)] ?? -1);
}

function sharesOfChoices(targets: readonly Target[], choices: ArrayLike<number>): NodeShares {
  const counts = targets.map(() => 0);
  for (const chosen of Array.from(choices)) if (chosen >= 0) counts[chosen] = (counts[chosen] ?? 0) + 1;
  return { counts, total: choices.length };
}
