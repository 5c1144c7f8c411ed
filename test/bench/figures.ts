/** Milliseconds that each of some calls took. */
export interface Durations {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

/** Times calls one after the other; the first tenth warms up and does not count. */
export async function durationsOf(count: number, call: (round: number) => Promise<unknown>): Promise<Durations> {
  const warmUp = Math.ceil(count / 10);
  const times: number[] = [];
  for (let round = 0; round < count + warmUp; round++) {
    const started = performance.now();
    await call(round);
    if (round >= warmUp) times.push(performance.now() - started);
  }
  return summary(times);
}

export function summary(times: readonly number[]): Durations {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): number =>
    rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}

/** Starts a clock of the processor's time in this process, and returns how to read it in milliseconds. */
export function processorClock(): () => number {
  const before = process.cpuUsage();
  return () => rounded(process.cpuUsage(before).user / 1000);
}

export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/** The exponent by which a figure grows with its size: 1 is linear, 2 quadratic. */
export function growth(
  smaller: { readonly size: number; readonly value: number },
  larger: { readonly size: number; readonly value: number },
): number {
  return rounded(Math.log(larger.value / smaller.value) / Math.log(larger.size / smaller.size));
}

/** The exponents of some figures between each size and the next one. */
export function growthBetween<Figures>(
  sizes: readonly (Figures & { readonly documents: number })[],
  values: Readonly<Record<string, (figures: Figures) => number>>,
): readonly Growth[] {
  return sizes.slice(1).map((larger, index) => {
    const smaller = sizes[index]!;
    const exponents = Object.entries(values).map(([name, of]): [string, number] => [
      name,
      growth({ size: smaller.documents, value: of(smaller) }, { size: larger.documents, value: of(larger) }),
    ]);
    return { from: smaller.documents, to: larger.documents, exponents: Object.fromEntries(exponents) };
  });
}

export interface Growth {
  readonly from: number;
  readonly to: number;
  readonly exponents: Readonly<Record<string, number>>;
}

/** A table with aligned columns. */
export function tableText(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
        .join("  "),
    )
    .join("\n");
}
