import { existsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";

import { printExact } from "./support/json.ts";
import { findCorpus, findTestcases, runConformance } from "./support/run.ts";
import { isFailed, printLine } from "./support/tally.ts";

const usage = "usage: npm run conformance -- [FOLDER] [--json FILE] [--only NAME,…] [--corpus DIR] [--testcases FILE]";

/** Replays recordings and returns the exit code: 1 when a case that is no known gap differs, 2 for a wrong call. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: "string" }, only: { type: "string" }, corpus: { type: "string" }, testcases: { type: "string" } },
  });
  const root = resolve(positionals[0] ?? import.meta.dirname);
  if (positionals.length > 1 || !existsSync(root)) {
    console.error(positionals.length > 1 ? usage : `There is no folder ${join(root)}.\n${usage}`);
    return 2;
  }
  const lines = await runConformance({
    root,
    only: values.only?.split(",").filter((name) => name !== "") ?? [],
    corpus: findCorpus(values.corpus),
    testcases: findTestcases(values.testcases, root),
  });
  for (const line of lines) console.log(printLine(line));
  if (values.json !== undefined) writeFileSync(values.json, `${printExact(lines)}\n`);
  return lines.some(isFailed) ? 1 : 0;
}

process.exitCode = await main();
