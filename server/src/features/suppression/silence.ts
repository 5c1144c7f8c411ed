import * as l10n from "@vscode/l10n";
import type { ReadFile } from "../../model/read.ts";
import type { Finding, Fix } from "../finding.ts";
import { directivesOf } from "./directive.ts";
import type { Directive } from "./directive.ts";

/** The two ways to silence a finding where it stands: for its line, and for its whole file. None for texts that know no comments (JSON), and inside of block scalars. */
export function silencingFixes(finding: Finding, read: ReadFile): readonly Fix[] {
  const { code, place } = finding;
  if (code === "suppression/unused" || /^\s*[[{]/.test(read.text)) return [];
  const directives = directivesOf(read);
  const here = insertHere(finding, read, directives);
  return [
    ...(here === undefined ? [] : [{ title: l10n.t("Silence {0} here", code), changes: [here] }]),
    {
      title: l10n.t("Silence {0} for this file", code),
      changes: [insertForFile(code, place.file, read.text, directives)],
    },
  ];
}

type Replacement = Extract<Fix["changes"][number], { readonly kind: "replace" }>;

/** A comment line above, or the code added to the one that stands there. */
function insertHere(
  { code, place }: Finding,
  { text, documents }: ReadFile,
  directives: readonly Directive[],
): Replacement | undefined {
  const lineStart = Math.max(text.lastIndexOf("\n", place.start - 1), text.lastIndexOf("\r", place.start - 1)) + 1;
  const above = directives.find(
    ({ scope, ownLine, span, codes }) =>
      scope === "next-line" &&
      ownLine &&
      codes.length > 0 &&
      /^[ \t]*\r?\n[ \t]*$/.test(text.slice(span.end, lineStart + indentAt(text, lineStart).length)),
  );
  if (above !== undefined) return appended(above, code, place.file);
  const inside = documents.find(({ placed }) => placed.start <= lineStart && lineStart < placed.end);
  const isContinued = inside !== undefined && isInsideText(inside, lineStart - inside.placed.start);
  if (isContinued) return undefined;
  const line = `${indentAt(text, lineStart)}# drydock-disable-next-line ${code}${lineBreakOf(text)}`;
  return { kind: "replace", place: { file: place.file, start: lineStart, end: lineStart }, text: line };
}

function appended({ codes, span }: Directive, code: string, file: string): Replacement {
  const end = codes.at(-1)?.span.end ?? span.end;
  return { kind: "replace", place: { file, start: end, end }, text: `, ${code}` };
}

/** Whether a line begins within a scalar of several lines, where no comment can stand. */
function isInsideText({ parsed }: ReadFile["documents"][number], offset: number): boolean {
  const inside = (node: NonNullable<typeof parsed>["root"]): boolean => {
    if (node === null || node.span.start >= offset || node.span.end <= offset) return false;
    if (node.type === "scalar") return true;
    if (node.type === "sequence") return node.items.some(inside);
    return node.type === "map" && node.entries.some(({ key, value }) => inside(key) || inside(value));
  };
  return inside(parsed?.root ?? null);
}

/** At the top of the file, behind the comments and separators that stand there. */
function insertForFile(code: string, file: string, text: string, directives: readonly Directive[]): Replacement {
  const known = directives.find(({ scope, codes }) => scope === "file" && codes.length > 0);
  if (known !== undefined) return appended(known, code, file);
  const mark = text.startsWith("\ufeff") ? 1 : 0;
  return {
    kind: "replace",
    place: { file, start: mark, end: mark },
    text: `# drydock-disable-file ${code}${lineBreakOf(text)}`,
  };
}

function indentAt(text: string, lineStart: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart, lineStart + 200))?.[0] ?? "";
}

function lineBreakOf(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}
