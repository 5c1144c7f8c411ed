import type { Range } from "../../base/lines.ts";
import type { Span } from "../../base/span.ts";
import type { Finding } from "../../features/finding.ts";
import type { Environment, FileId } from "../../index/types.ts";
import { rangeIn } from "../../model/position.ts";
import type { Arguments } from "../arguments.ts";
import type { Terminal } from "../output.ts";
import type { World } from "../world.ts";
import { githubReport } from "./github.ts";
import { jsonReport } from "./json.ts";
import { junitReport } from "./junit.ts";
import { sarifReport } from "./sarif.ts";
import { textReport } from "./text.ts";

/** What `check` found. */
export interface Checked {
  readonly world: World;
  readonly environments: readonly CheckedEnvironment[];
  /** Sorted by file and place. */
  readonly findings: readonly Finding[];
  readonly options: Arguments;
}

export interface CheckedEnvironment {
  readonly name: string | null;
  readonly kind: Environment["kind"];
  readonly closed: boolean;
}

const writers: Readonly<Record<string, (checked: Checked, terminal: Terminal) => string>> = {
  text: textReport,
  json: jsonReport,
  sarif: sarifReport,
  junit: junitReport,
  github: githubReport,
};

export const reportFormats: readonly string[] = Object.keys(writers);

/** Writes what was found in the format that was asked for. */
export function writeReport(checked: Checked, terminal: Terminal): void {
  terminal.write(writers[checked.options.format]?.(checked, terminal) ?? "");
}

/** The 0-based range of a span of a file. */
export function rangeOf({ index }: World, file: FileId, span: Span): Range {
  return rangeIn(index.file(file)?.facts ?? { documents: [] }, span);
}
