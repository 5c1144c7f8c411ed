import type { Log, ReportingDescriptor, Result } from "sarif";
import { codes } from "../../features/diagnostics/codes.ts";
import type { Finding, Severity } from "../../features/finding.ts";
import type { Place } from "../../index/types.ts";
import { drydockVersion } from "../../base/version.ts";
import { rangeOf } from "./checked.ts";
import type { Checked } from "./checked.ts";

const levels: Readonly<Record<Severity, Result.level>> = {
  error: "error",
  warning: "warning",
  information: "note",
  hint: "note",
};

/** SARIF 2.1.0, for code scanning. */
export function sarifReport(checked: Checked): string {
  const used = new Set(checked.findings.map(({ code }) => code));
  const rules: ReportingDescriptor[] = codes
    .filter(({ code }) => used.has(code))
    .map(({ code, title, explanation, severity }) => ({
      id: code,
      shortDescription: { text: title },
      fullDescription: { text: explanation },
      defaultConfiguration: { level: levels[severity] },
    }));
  const log: Log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Drydock", version: drydockVersion, rules } },
        columnKind: "utf16CodeUnits",
        results: checked.findings.map((finding) => resultOf(checked, finding)),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function resultOf(checked: Checked, { code, severity, message, place, related }: Finding): Result {
  return {
    ruleId: code,
    level: levels[severity],
    message: { text: message },
    locations: [{ physicalLocation: locationOf(checked, place) }],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((each, id) => ({
            id,
            message: { text: each.message },
            physicalLocation: locationOf(checked, each.place),
          })),
        }),
  };
}

/** Lines and columns are 1-based in SARIF. */
function locationOf({ world }: Checked, place: Place) {
  const { start, end } = rangeOf(world, place.file, place);
  return {
    artifactLocation: { uri: encodeURI(place.file) },
    region: {
      startLine: start.line + 1,
      startColumn: start.character + 1,
      endLine: end.line + 1,
      endColumn: end.character + 1,
    },
  };
}
