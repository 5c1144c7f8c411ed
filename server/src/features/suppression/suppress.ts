import * as l10n from "@vscode/l10n";
import type { Span } from "../../base/span.ts";
import type { FileId } from "../../index/types.ts";
import type { Finding } from "../finding.ts";
import type { Directive } from "./directive.ts";

/** The code of what this file itself reports. */
const unusedCode = "suppression/unused";

/** A file whose findings its comments may silence. */
export interface SuppressedFile {
  readonly file: FileId;
  readonly directives: readonly Directive[];
  /** The 0-based line of an offset. */
  readonly lineAt: (offset: number) => number;
  /** Names of its environments. */
  readonly environments: readonly string[];
  /** Whether everything could be seen: where a document does not parse or a base is remote, a finding may be missing for that reason, and no comment is called unused. */
  readonly isClear: boolean;
}

/** The findings of a file without those that its comments silence, and a hint for each comment that silences nothing. */
export function suppress(findings: readonly Finding[], file: SuppressedFile): readonly Finding[] {
  const { directives } = file;
  if (directives.length === 0) return findings;
  const used = new Set<string>();
  const kept = findings.filter(({ code, place }) => {
    if (place.file !== file.file) return true;
    const line = file.lineAt(place.start);
    const silencing = directives.filter((directive) => silences(directive, code, line));
    for (const directive of silencing) used.add(useOf(directive, code));
    return silencing.length === 0;
  });
  return [...kept, ...directives.flatMap((directive) => unusedIn(directive, file, used))];
}

function silences({ codes, line }: Directive, code: string, at: number): boolean {
  return (line === undefined || line === at) && codes.some((each) => each.code === code);
}

function useOf({ span }: Directive, code: string): string {
  return `${span.start} ${code}`;
}

function unusedIn(directive: Directive, file: SuppressedFile, used: ReadonlySet<string>): readonly Finding[] {
  const { codes, span, removal } = directive;
  if (codes.length === 0)
    return [hint(file, span, removal, l10n.t("This comment silences nothing: it names no code."))];
  return codes.flatMap(({ code, span: place, removal: part }) => {
    if (code.includes("*"))
      return [hint(file, place, part, l10n.t("This comment silences nothing: codes must be named one by one."))];
    if (!file.isClear || used.has(useOf(directive, code))) return [];
    return [hint(file, place, part, l10n.t("There is no finding {0} here that this comment could silence.", code))];
  });
}

function hint({ file, environments }: SuppressedFile, span: Span, removal: Span, message: string): Finding {
  return {
    code: unusedCode,
    severity: "hint",
    message,
    place: { file, ...span },
    resource: undefined,
    environments,
    related: [],
    fixes: [
      {
        title: l10n.t("Remove what silences nothing"),
        preferred: true,
        changes: [{ kind: "replace", place: { file, ...removal }, text: "" }],
      },
    ],
  };
}
