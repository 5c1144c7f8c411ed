import type { Counts } from "./run.ts";

/** A place in time. Several steps may share a moment: `step` says which one is meant, where it matters. */
export interface Place {
  readonly atMs: number;
  readonly step?: number;
}

type Steps = readonly Pick<Counts, "atMs">[];

/** The step that is to be seen at a place: the last one that is not later. */
export function stepAt(steps: Steps, place: Place): number {
  const named = place.step === undefined ? undefined : steps[place.step];
  if (named?.atMs === place.atMs) return place.step ?? 0;
  let [low, high] = [0, steps.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((steps[middle]?.atMs ?? 0) <= place.atMs) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}

/** One step on or back; from between two steps, back leads to the one that is to be seen. */
export function neighbour(steps: Steps, place: Place, direction: 1 | -1): Place {
  const current = stepAt(steps, place);
  const isBetween = (steps[current]?.atMs ?? 0) !== place.atMs;
  const target = direction === 1 ? current + 1 : isBetween ? current : current - 1;
  return placeOf(steps, Math.min(Math.max(0, target), steps.length - 1));
}

/** The place of a step. */
export function placeOf(steps: Steps, step: number): Place {
  const found = steps[step];
  return found === undefined ? { atMs: 0 } : { atMs: found.atMs, step };
}
