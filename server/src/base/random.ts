/** A source of evenly distributed numbers in [0, 1). Passed in, never global: the same seed gives the same run everywhere. */
export type Random = () => number;

/** The generator "mulberry32" (public domain, Tommy Ettinger): 32 bits of state, enough for sampled requests and jitter. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
