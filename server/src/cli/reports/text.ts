import * as l10n from "@vscode/l10n";
import { severities } from "../../features/finding.ts";
import type { Severity } from "../../features/finding.ts";
import { styled } from "../output.ts";
import type { Style, Terminal } from "../output.ts";
import { countsOf } from "./counts.ts";
import { rangeOf } from "./checked.ts";
import type { Checked } from "./checked.ts";

const styles: Readonly<Record<Severity, Style>> = { error: "red", warning: "yellow", information: "blue", hint: "dim" };

/** A line for each finding, as compilers write them, and a line that counts them. */
export function textReport({ world, findings }: Checked, terminal: Terminal): string {
  const lines = findings.map(({ place, severity, message, code }) => {
    const { line, character } = rangeOf(world, place.file, place).start;
    const where = styled(terminal, "bold", `${place.file}:${line + 1}:${character + 1}`);
    return `${where}: ${styled(terminal, styles[severity], severityText(severity))}: ${message} ${styled(terminal, "dim", `[${code}]`)}`;
  });
  const { files, resources } = countsOf(world);
  const counts = severities
    .map((severity) => ({ severity, count: findings.filter((finding) => finding.severity === severity).length }))
    .filter(({ count }) => count > 0);
  const found =
    counts.length === 0
      ? l10n.t("nothing found")
      : counts.map(({ severity, count }) => `${count} × ${severityText(severity)}`).join(", ");
  return [...lines, l10n.t("{0} files, {1} objects: {2}", files, resources, found), ""].join("\n");
}

function severityText(severity: Severity): string {
  switch (severity) {
    case "error":
      return l10n.t("error");
    case "warning":
      return l10n.t("warning");
    case "information":
      return l10n.t("information");
    case "hint":
      return l10n.t("hint");
  }
}
