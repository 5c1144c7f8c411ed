/** One row restated from an upstream test; topics and their fields are described in the reference's testcases.md. */
export interface TestcaseRow {
  readonly id: string;
  readonly topic: string;
  readonly source: string;
  readonly inputs: unknown;
  readonly expected: unknown;
  readonly note?: string;
  readonly derived?: boolean;
}

/** Whether the engine agrees with a row; where not, what was wanted (the row's `expected` if left out) and found. */
export interface CaseOutcome {
  readonly agreed: boolean;
  readonly wanted?: unknown;
  readonly found?: unknown;
}

/**
 * Every module of `test/conformance/testcases/` exports its topics as `topics`. `worlds` are the fixtures that rows share,
 * by name. A function that throws counts as differing.
 */
export type Topics = Readonly<Record<string, (row: TestcaseRow, worlds: unknown) => CaseOutcome>>;
