import type { BigFraction } from "../fraction.ts";
import { shareOf } from "../fraction.ts";
import { maglevTable } from "./maglev.ts";
import type { Scheduler, Target } from "./schedulers.ts";
import { bucketTable, hashBucket } from "./schedulers.ts";

/** What hashing schedulers look at: addresses as numbers. */
export interface ShareContext {
  readonly destination: number;
  readonly clients: readonly number[];
}

/** The part of one node's new connections that each endpoint gets in the long run, for every way of choosing that does not count connections. `null`: at random. */
export function sharesOnNode(
  scheduler: Scheduler | null,
  targets: readonly Target[],
  context: ShareContext,
): readonly BigFraction[] {
  switch (scheduler) {
    case "sh":
      return sharesOfChoices(targets, bucketChoices(targets, context.clients));
    case "dh":
      return sharesOfChoices(targets, bucketChoices(targets, [context.destination]));
    case "mh":
      return sharesOfChoices(targets, maglevTable(targets));
    default:
      return targets.map(() => shareOf(1, targets.length));
  }
}

function bucketChoices(targets: readonly Target[], addresses: readonly number[]): readonly number[] {
  const table = bucketTable(targets);
  return addresses.map((address) => table[hashBucket(address)] ?? -1);
}

function sharesOfChoices(targets: readonly Target[], choices: ArrayLike<number>): readonly BigFraction[] {
  const counts = targets.map(() => 0);
  for (const chosen of Array.from(choices)) counts[chosen] = (counts[chosen] ?? 0) + 1;
  return targets.map((_, index) => shareOf(counts[index] ?? 0, choices.length));
}
