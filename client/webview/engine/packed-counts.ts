import type { Counts } from "../model/run.ts";

const fields = ["atMs", "oldReady", "newReady", "oldStarting", "newStarting", "ending"] as const;
const width = fields.length + 1;

/** Counts as plain numbers, which a worker hands over without a copy. */
export function packCounts(counts: readonly Counts[]): Float64Array<ArrayBuffer> {
  const packed = new Float64Array(counts.length * width);
  for (const [index, each] of counts.entries()) {
    for (const [column, field] of fields.entries()) packed[index * width + column] = each[field];
    packed[index * width + fields.length] = each.loadMilli ?? Number.NaN;
  }
  return packed;
}

/** The counts behind the numbers. */
export function unpackCounts(packed: Float64Array): readonly Counts[] {
  return Array.from({ length: packed.length / width }, (_, index) => {
    const [atMs = 0, oldReady = 0, newReady = 0, oldStarting = 0, newStarting = 0, ending = 0, loadMilli = Number.NaN] =
      packed.subarray(index * width, (index + 1) * width);
    const counts = { atMs, oldReady, newReady, oldStarting, newStarting, ending };
    return Number.isNaN(loadMilli) ? counts : { ...counts, loadMilli };
  });
}
