import { groupBy } from "../../base/group.ts";
import type { Finding } from "../../features/finding.ts";
import { rangeOf } from "./checked.ts";
import type { Checked } from "./checked.ts";

/** JUnit XML: a suite for each file, a failed case for each finding, a passed case for a file without any. */
export function junitReport(checked: Checked): string {
  const byFile = groupBy(checked.findings, ({ place }) => place.file);
  const suites = checked.world.files.map((file) => suiteOf(checked, file, byFile.get(file) ?? []));
  const { length } = checked.findings;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="drydock" failures="${length}">\n${suites.join("\n")}\n</testsuites>\n`;
}

function suiteOf(checked: Checked, file: string, findings: readonly Finding[]): string {
  const name = escapeXml(file);
  const cases =
    findings.length === 0
      ? [`<testcase name="no findings" classname="${name}"/>`]
      : findings.flatMap((finding) => caseOf(checked, finding));
  const head = `<testsuite name="${name}" tests="${Math.max(1, findings.length)}" failures="${findings.length}">`;
  return [head, ...cases.map((line) => `  ${line}`), "</testsuite>"].map((line) => `  ${line}`).join("\n");
}

function caseOf({ world }: Checked, { code, severity, message, place }: Finding): readonly string[] {
  const { line, character } = rangeOf(world, place.file, place).start;
  const where = `${place.file}:${line + 1}:${character + 1}`;
  const failure = `<failure type="${severity}" message="${escapeXml(message)}">${escapeXml(`${where}: ${severity}: ${message} [${code}]`)}</failure>`;
  return [
    `<testcase name="${escapeXml(`${code} ${line + 1}:${character + 1}`)}" classname="${escapeXml(place.file)}">`,
    `  ${failure}`,
    "</testcase>",
  ];
}

/** Also drops what XML 1.0 can't hold at all. */
function escapeXml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replace(/[&<>"]/g, (letter) => entities[letter] ?? letter);
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
