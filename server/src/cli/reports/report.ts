import type { Terminal } from "../output.ts";
import type { Checked } from "./checked.ts";
import { githubReport } from "./github.ts";
import { jsonReport } from "./json.ts";
import { junitReport } from "./junit.ts";
import { sarifReport } from "./sarif.ts";
import { textReport } from "./text.ts";

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
