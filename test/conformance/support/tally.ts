import type { CaseResult } from "../runner.ts";
import type { KnownGaps } from "./gaps.ts";
import { printExact } from "./json.ts";

/** How many differences of a line are printed; `--json` has them all. */
const shownDifferences = 5;

/** What a run found out about one line of the summary. */
export interface LineSummary {
  readonly component: string;
  readonly agreed: number;
  readonly total: number;
  /** Cases that differ and are no known gap. */
  readonly differing: readonly CaseResult[];
  readonly knownGaps: readonly CaseResult[];
  /** Cases that agree although they are listed as gaps. */
  readonly closedGaps: readonly string[];
  /** Why there is no count: the component is not built, or its runner failed. */
  readonly failure?: string;
}

/** Collects the results of a run by line, in the order of their first report. */
export class Tally {
  readonly #results = new Map<string, CaseResult[]>();

  report(component: string, result: CaseResult): void {
    const results = this.#results.get(component) ?? [];
    results.push(result);
    this.#results.set(component, results);
  }

  has(component: string): boolean {
    return this.#results.has(component);
  }

  summaries(gaps: KnownGaps): readonly LineSummary[] {
    return [...this.#results].map(([component, results]) => summarize(component, results, gaps));
  }
}

function summarize(component: string, results: readonly CaseResult[], gaps: KnownGaps): LineSummary {
  const isGap = ({ id }: CaseResult) => gaps.reasonOf(component, id) !== undefined;
  const differing = results.filter(({ agreed }) => !agreed);
  return {
    component,
    agreed: results.length - differing.length,
    total: results.length,
    differing: differing.filter((result) => !isGap(result)),
    knownGaps: differing.filter(isGap),
    closedGaps: results.filter((result) => result.agreed && isGap(result)).map(({ id }) => id),
  };
}

/** Whether the line lets the run fail. Texts of messages and warnings are only counted. */
export function isFailed(line: LineSummary): boolean {
  if (/-(messages|warnings)$/.test(line.component)) return false;
  return line.failure !== undefined || line.differing.length > 0 || line.closedGaps.length > 0;
}

/** A line of the summary with its first differences. */
export function printLine(line: LineSummary): string {
  if (line.failure !== undefined) return `${line.component}: ${line.failure}`;
  const gaps = line.knownGaps.length === 0 ? "" : ` (${line.knownGaps.length} known gaps)`;
  const parts = [`${line.component}: ${line.agreed} agreed of ${line.total}${gaps}`];
  // The functions' differences stand below each of them.
  const shown = line.component === "functions" ? [] : line.differing.slice(0, shownDifferences);
  parts.push(...shown.map(printDifference));
  if (shown.length > 0 && shown.length < line.differing.length) {
    parts.push(`  … and ${line.differing.length - shown.length} more`);
  }
  parts.push(...line.closedGaps.map((id) => `  ${id} agrees: remove it from known-gaps.txt`));
  return parts.join("\n");
}

function printDifference(result: CaseResult): string {
  const step = result.step === undefined ? "" : ` step ${result.step}`;
  return `  ${result.id}${step}\n    wanted ${clip(result.wanted)}\n    found  ${clip(result.found)}`;
}

function clip(value: unknown): string {
  const text = printExact(value);
  return text.length > 500 ? `${text.slice(0, 500)}…` : text;
}
