import { readdirSync } from "node:fs";
import { join } from "node:path";

import type { ConformanceRunner } from "../runner.ts";
import { readText } from "../support/files.ts";
import { parseExact } from "../support/json.ts";
import type { CaseOutcome, TestcaseRow, Topics } from "../testcase.ts";

interface TestcaseFile {
  readonly worlds: unknown;
  readonly rows: readonly TestcaseRow[];
}

/** Rows restated from upstream tests, answered by the modules of `../testcases/`. */
export const runner: ConformanceRunner = {
  folder: "testcases",
  async run(context) {
    const text = context.testcases === undefined ? undefined : readText(context.testcases);
    if (text === undefined) return;
    const { rows, worlds } = parseExact(text) as TestcaseFile;
    const topics = await loadTopics(join(import.meta.dirname, "..", "testcases"));
    for (const row of rows) {
      const outcome = outcomeOf(row, worlds, topics);
      context.report("testcases", {
        id: row.id,
        agreed: outcome.agreed,
        wanted: outcome.wanted ?? row.expected,
        found: outcome.found,
      });
    }
  },
};

function outcomeOf(row: TestcaseRow, worlds: unknown, topics: Topics): CaseOutcome {
  const answer = Object.hasOwn(topics, row.topic) ? topics[row.topic] : undefined;
  if (answer === undefined) return { agreed: false, found: `no module answers the topic ${row.topic}` };
  try {
    return answer(row, worlds);
  } catch (error) {
    return { agreed: false, found: error instanceof Error ? error.message : String(error) };
  }
}

async function loadTopics(folder: string): Promise<Topics> {
  const files = readdirSync(folder).filter((file) => file.endsWith(".ts"));
  const modules = await Promise.all(files.map(async (file) => (await import(join(folder, file))) as { topics?: Topics }));
  return Object.assign({}, ...modules.map(({ topics }) => topics ?? {})) as Topics;
}
