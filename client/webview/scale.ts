/** A straight way from values to pixels. Twenty lines instead of a package whose colours, dates and number formats nothing here needs. */
export type Scale = (value: number) => number;

export function linear([from, to]: readonly [number, number], [start, end]: readonly [number, number]): Scale {
  const step = from === to ? 0 : (end - start) / (to - from);
  return (value) => start + (value - from) * step;
}

/** Round values from 0 to `most`, about `count` of them: 1, 2 or 5 times a power of ten apart. */
export function ticks(most: number, count: number): readonly number[] {
  if (!(most > 0) || !(count > 0)) return [0];
  const rough = most / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  return Array.from({ length: Math.floor(most / step + 1e-9) + 1 }, (_, index) =>
    Number((index * step).toPrecision(12)),
  );
}
