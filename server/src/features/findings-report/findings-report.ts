import * as l10n from "@vscode/l10n";
import { groupBy } from "../../base/group.ts";
import { LineIndex } from "../../base/lines.ts";
import type { Finding, Severity } from "../finding.ts";
import { PageWriter } from "../page.ts";
import type { Page } from "../page.ts";

/** A file with everything that there is to say about it. */
export interface CheckedFile {
  /** As people call it, relative to the workspace. */
  readonly label: string;
  readonly text: string;
  readonly findings: readonly Finding[];
}

const severities: readonly Severity[] = ["error", "warning", "information", "hint"];

/** All findings as a text, grouped by environment and file. `environmentLabel` makes a name for people of an environment's. */
export function findingsReport(files: readonly CheckedFile[], environmentLabel: (name: string) => string): Page {
  const writer = new PageWriter();
  writer.heading(1, l10n.t("Findings"));
  writer.line(summary(files));
  const entries = files.flatMap((file) => file.findings.map((finding) => ({ file, finding })));
  const groups = groupBy(entries, ({ finding }) => finding.environments.map(environmentLabel).join(", "));
  for (const [environment, inEnvironment] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    writer.heading(2, environment === "" ? l10n.t("Workspace") : l10n.t("Environment {0}", environment));
    for (const [file, each] of groupBy(inEnvironment, (entry) => entry.file))
      writeFile(
        writer,
        file,
        each.map(({ finding }) => finding),
      );
  }
  return writer.page(l10n.t("Findings"));
}

function summary(files: readonly CheckedFile[]): string {
  const all = files.flatMap(({ findings }) => findings);
  if (all.length === 0) return l10n.t("{0} files, no findings.", files.length);
  const counts = severities.flatMap((severity) => {
    const count = all.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [countText(severity, count)];
  });
  const affected = files.filter(({ findings }) => findings.length > 0).length;
  return l10n.t("{0} in {1} of {2} files", counts.join(" · "), affected, files.length);
}

function countText(severity: Severity, count: number): string {
  switch (severity) {
    case "error":
      return l10n.t("errors: {0}", count);
    case "warning":
      return l10n.t("warnings: {0}", count);
    case "information":
      return l10n.t("information: {0}", count);
    case "hint":
      return l10n.t("hints: {0}", count);
  }
}

function writeFile(writer: PageWriter, { label, text }: CheckedFile, findings: readonly Finding[]): void {
  const lines = new LineIndex(text);
  writer.heading(3, label);
  for (const { place, severity, code, message } of findings) {
    const { line, character } = lines.positionAt(place.start);
    const words = `${line + 1}:${character + 1}`;
    writer.line(`- ${words} ${severity} ${code}: ${message}`, { words, place });
  }
}
