import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { readText } from "../../server/src/host/node/read.ts";
import { walk } from "../../server/src/host/node/walk.ts";
import { rounded } from "./figures.ts";

/** Seconds that a folder takes: bare parsing in one thread, and the whole of `drydock check` as a process. */
export interface CheckFigures {
  readonly files: number;
  readonly mebibytes: number;
  readonly bareParse: number;
  readonly check: number;
  readonly ratio: number;
}

/** The size up to which `drydock check` reads files unless told otherwise, in bytes: both sides of the ratio read the same texts. */
const largestFile = 16 * 1024 * 1024;

/** Bare parse: the texts in memory, one thread, `parseAllDocuments` of npm's `yaml` and `toJS` of each document, nothing else. */
export function measureCheck(folder: string): CheckFigures {
  const texts = [...walk(folder, { exclude: [] })]
    .flatMap(({ files }) => files)
    .flatMap((path) => {
      const read = readText(path, largestFile);
      return "text" in read ? [read.text] : [];
    });
  const check = secondsOf(() => {
    try {
      execFileSync(
        process.execPath,
        [join(import.meta.dirname, "../../dist/drydock.cjs"), "check", folder, "--format", "json"],
        { maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] },
      );
    } catch (error) {
      if (!(error instanceof Error && "status" in error && error.status === 1)) throw error; // 1: there are findings
    }
  });
  const bareParse = secondsOf(() => texts.forEach(parseBare));
  return {
    files: texts.length,
    mebibytes: rounded(texts.reduce((sum, text) => sum + text.length, 0) / 1024 / 1024),
    bareParse,
    check,
    ratio: rounded(check / bareParse),
  };
}

/** Parses a text with npm's `yaml`, and nothing else. */
export function parseBare(text: string): void {
  for (const document of parseAllDocuments(text, { logLevel: "error" })) {
    try {
      if ("toJS" in document) document.toJS();
    } catch {
      // an alias without its anchor: the text was parsed all the same
    }
  }
}

function secondsOf(work: () => void): number {
  const started = performance.now();
  work();
  return rounded((performance.now() - started) / 1000);
}
