import type { Finding, Severity } from "../../features/finding.ts";
import { rangeOf } from "./checked.ts";
import type { Checked } from "./checked.ts";

const commands: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  information: "notice",
  hint: "notice",
};

/** Workflow commands that GitHub shows as annotations of a change. */
export function githubReport(checked: Checked): string {
  return checked.findings.map((finding) => `${annotation(checked, finding)}\n`).join("");
}

function annotation({ world }: Checked, { code, severity, message, place }: Finding): string {
  const { start, end } = rangeOf(world, place.file, place);
  const properties = {
    file: place.file,
    line: start.line + 1,
    endLine: end.line + 1,
    col: start.character + 1,
    endColumn: end.character + 1,
    title: code,
  };
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${commands[severity]} ${list.join(",")}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
