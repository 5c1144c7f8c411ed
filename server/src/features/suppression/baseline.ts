import { fnv1a } from "../../base/hash.ts";
import type { JsonObject, JsonValue } from "../../base/json.ts";
import { arrayAt, numberAt, textAt } from "../../base/json.ts";
import type { Outcome } from "../../base/outcome.ts";
import { failure, success } from "../../base/outcome.ts";
import type { Finding } from "../finding.ts";

/** Findings that were there when somebody decided to look at new ones only. Plain data, written as JSON. */
export interface Baseline {
  readonly version: 1;
  /** Sorted by file, object, code and message. */
  readonly findings: readonly BaselineEntry[];
}

/** Equal findings of one object, wherever they stand: lines may move, what is said about what may not. */
export interface BaselineEntry {
  /** The file as the command line names it. */
  readonly file: string;
  /** `Service shop/web`; empty for findings about a text. */
  readonly object: string;
  readonly code: string;
  /** A short hash of the message. */
  readonly message: string;
  readonly count: number;
}

/** The baseline of findings. @param fileName how a file is called there, so that the baseline does not depend on where the folder stands */
export function baselineOf(findings: readonly Finding[], fileName: (file: string) => string): Baseline {
  const counts = new Map<string, { entry: Omit<BaselineEntry, "count">; count: number }>();
  for (const finding of findings) {
    const entry = entryOf(finding, fileName);
    const key = keyOf(entry);
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { entry, count: 1 });
    else known.count++;
  }
  const entries = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { entry, count }]) => ({ ...entry, count }));
  return { version: 1, findings: entries };
}

/** The findings that a baseline does not know, each of its entries used up as often as it says. */
export function newFindings(
  findings: readonly Finding[],
  baseline: Baseline,
  fileName: (file: string) => string,
): readonly Finding[] {
  const left = new Map(baseline.findings.map((entry) => [keyOf(entry), entry.count]));
  return findings.filter((finding) => {
    const key = keyOf(entryOf(finding, fileName));
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    return count <= 0;
  });
}

/** Reads a baseline's JSON value. The error says what is wrong with it. */
export function readBaseline(value: JsonValue): Outcome<Baseline> {
  if (numberAt(value, "version") !== 1) return failure("version");
  const findings = arrayAt(value, "findings").map(readEntry);
  const complete = findings.filter((entry) => entry !== undefined);
  return complete.length === findings.length ? success({ version: 1, findings: complete }) : failure("findings");
}

/** The JSON text of a baseline, one finding a line, so that version control shows what comes and goes. */
export function baselineText({ version, findings }: Baseline): string {
  const lines = findings.map((entry) => `    ${JSON.stringify(entry)}`);
  return `{\n  "version": ${version},\n  "findings": [${lines.length === 0 ? "" : `\n${lines.join(",\n")}\n  `}]\n}\n`;
}

function entryOf(finding: Finding, fileName: (file: string) => string): Omit<BaselineEntry, "count"> {
  const { resource } = finding;
  const namespace = resource?.namespace === null || resource?.namespace === undefined ? "" : `${resource.namespace}/`;
  return {
    file: fileName(finding.place.file),
    object: resource === undefined ? "" : `${resource.kind} ${namespace}${resource.name}`,
    code: finding.code,
    message: fnv1a(finding.message).toString(16).padStart(8, "0"),
  };
}

function keyOf({ file, object, code, message }: Omit<BaselineEntry, "count">): string {
  return JSON.stringify([file, object, code, message]);
}

function readEntry(value: JsonValue): BaselineEntry | undefined {
  const field = (name: keyof JsonObject & string): string | undefined => textAt(value, name);
  const [file, object, code, message] = [field("file"), field("object"), field("code"), field("message")];
  const count = numberAt(value, "count");
  if (file === undefined || object === undefined || code === undefined || message === undefined || count === undefined)
    return undefined;
  return { file, object, code, message, count };
}
