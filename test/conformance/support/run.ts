import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { ConformanceRunner, RunContext } from "../runner.ts";
import { expectedLines } from "./expected.ts";
import { hasText, readLines, readText } from "./files.ts";
import { parseGaps } from "./gaps.ts";
import { Tally } from "./tally.ts";
import type { LineSummary } from "./tally.ts";

export interface RunOptions {
  /** The root of the recordings. */
  readonly root: string;
  /** Lines to run, all when empty: `yaml`, `rollout`, `functions/quantity`. */
  readonly only: readonly string[];
  readonly corpus: string | undefined;
  readonly testcases: string | undefined;
}

const home = join(import.meta.dirname, "..");

/** Replays all recordings below the root and sums up, line by line. */
export async function runConformance(options: RunOptions): Promise<readonly LineSummary[]> {
  const tally = new Tally();
  const failures: LineSummary[] = [];
  const due = expectedLines(options.root, options.testcases).filter((line) => isWanted(line, options.only));
  for (const { name, runner } of await loadRunners()) {
    if (!due.some((line) => isWanted(line, [runner.folder]))) continue;
    try {
      await runner.run(contextOf(options, tally));
    } catch (error) {
      failures.push(failureOf(name, `failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`));
    }
  }
  const missing = due.filter((line) => !tally.has(line)).map((line) => failureOf(line, "not built"));
  const gaps = parseGaps(readFileSync(join(home, "known-gaps.txt"), "utf8"));
  const counted = tally.summaries(gaps).filter(({ component }) => isWanted(component, options.only));
  return [...counted, ...failures, ...missing];
}

/** `apiserver` stands for `apiserver-messages` too, `rollout` for `rollout/deployment`. */
function isWanted(line: string, only: readonly string[]): boolean {
  return only.length === 0 || only.some((name) => line === name || line.startsWith(`${name}/`) || line.startsWith(`${name}-`));
}

function failureOf(component: string, failure: string): LineSummary {
  return { component, agreed: 0, total: 0, differing: [], knownGaps: [], closedGaps: [], failure };
}

/** All modules of the runners' folder that export a `runner`; others are their helpers. */
async function loadRunners(): Promise<readonly { name: string; runner: ConformanceRunner }[]> {
  const folder = join(home, "runners");
  const files = readdirSync(folder).filter((file) => file.endsWith(".ts")).sort();
  const modules = await Promise.all(
    files.map(async (file) => ({
      name: file.slice(0, -".ts".length),
      runner: ((await import(join(folder, file))) as { runner?: ConformanceRunner }).runner,
    })),
  );
  return modules.flatMap(({ name, runner }) => (runner === undefined ? [] : [{ name, runner }]));
}

function contextOf(options: RunOptions, tally: Tally): RunContext {
  return {
    root: options.root,
    corpus: options.corpus,
    testcases: options.testcases,
    lines: (path) => readLines(join(options.root, path)),
    text: (path) => readText(join(options.root, path)),
    report: (component, result) => tally.report(component, result),
  };
}

/** The file of testcases: the given one, else one in the root, else the reference beside it. */
export function findTestcases(given: string | undefined, root: string): string | undefined {
  const candidates = [join(root, "testcases.json"), join(root, "..", "reference", "testcases.json")];
  return given ?? candidates.find((path) => hasText(path));
}

/** Other people's manifests: the given folder, else the one beside the checkout, `undefined` when absent. */
export function findCorpus(given: string | undefined): string | undefined {
  const path = given ?? join(home, "..", "..", "..", "shared", "corpus", "dev");
  return existsSync(path) ? path : undefined;
}
