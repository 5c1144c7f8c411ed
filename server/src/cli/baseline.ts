import { readFileSync, writeFileSync } from "node:fs";
import * as l10n from "@vscode/l10n";
import type { JsonValue } from "../base/json.ts";
import type { Finding } from "../features/finding.ts";
import { baselineOf, baselineText, newFindings, readBaseline } from "../features/suppression/baseline.ts";
import type { Baseline } from "../features/suppression/baseline.ts";
import { UsageError } from "./arguments.ts";

/** The options of `check` that concern known findings. */
export interface BaselineOptions {
  /** The file with the findings that are not reported. */
  readonly read: string | undefined;
  /** The file that all findings are written to; then none is reported. */
  readonly write: string | undefined;
}

/** The findings that a baseline does not know. Throws `UsageError` where its file can't be read or written. */
export function withoutBaseline(findings: readonly Finding[], { read, write }: BaselineOptions): readonly Finding[] {
  if (write !== undefined) {
    save(write, baselineText(baselineOf(findings, fileName)));
    return [];
  }
  return read === undefined ? findings : newFindings(findings, load(read), fileName);
}

/** Files are called as the command line calls them, with `/` between folders. */
function fileName(file: string): string {
  return file;
}

function load(path: string): Baseline {
  const baseline = readBaseline(parse(path));
  if (baseline.error !== undefined) throw new UsageError(l10n.t("{0}: no baseline ({1})", path, baseline.error));
  return baseline.value;
}

function parse(path: string): JsonValue {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as JsonValue;
  } catch (error) {
    throw new UsageError(l10n.t("{0}: {1}", path, error instanceof Error ? error.message : String(error)));
  }
}

function save(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new UsageError(l10n.t("{0}: {1}", path, error instanceof Error ? error.message : String(error)));
  }
}
