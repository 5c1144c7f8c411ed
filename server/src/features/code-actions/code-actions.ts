import * as l10n from "@vscode/l10n";
import type { Span } from "../../base/span.ts";
import type { FileContext } from "../context.ts";
import type { Finding, Fix } from "../finding.ts";
import { silencingFixes } from "../suppression/silence.ts";
import { refactorings } from "./refactor/refactor.ts";

/** Where an editor shows an action: at a finding, as a refactoring, or for the whole file. */
export type ActionKind = "quickfix" | "refactor.rewrite" | "refactor.extract" | "source.fixAll.drydock";

/** Something that a person may choose to have done. */
export interface ActionOffer {
  readonly kind: ActionKind;
  /** What it mends; none for refactorings. */
  readonly findings: readonly Finding[];
  /** Several are made together as far as they do not meet. */
  readonly fixes: readonly Fix[];
  readonly title: string;
  readonly preferred: boolean;
}

/** Everything that can be done at a range: fixes of the findings that touch it, silencing them, refactorings; and the fixes of the whole file. */
export function actionsAt(context: FileContext, findings: readonly Finding[], range: Span): readonly ActionOffer[] {
  const touched = findings.filter(({ place }) => place.start <= range.end && range.start <= place.end);
  return [
    ...touched.flatMap((finding) => finding.fixes.map((fix) => single("quickfix", fix, [finding]))),
    ...[...new Set(touched.map(({ code }) => code))].flatMap((code) => fixAllOf(code, findings)),
    ...fileFix("quickfix", findings, touched.length > 0),
    ...touched.flatMap((finding) =>
      silencingFixes(finding, context.read).map((fix) => single("quickfix", fix, [finding])),
    ),
    ...refactorings(context, range.start).map(({ kind, fix }) => single(kind, fix, [])),
    ...fileFix("source.fixAll.drydock", findings, true),
  ];
}

function single(kind: ActionKind, fix: Fix, findings: readonly Finding[]): ActionOffer {
  return { kind, findings, fixes: [fix], title: fix.title, preferred: fix.preferred === true };
}

/** The fix that is almost certainly meant; for all findings of one code also the only one. */
function bestFix({ fixes }: Finding, isOnlyEnough: boolean): Fix | undefined {
  return (
    fixes.find(({ preferred }) => preferred === true) ?? (isOnlyEnough && fixes.length === 1 ? fixes[0] : undefined)
  );
}

function fixAllOf(code: string, findings: readonly Finding[]): readonly ActionOffer[] {
  const same = findings.filter((finding) => finding.code === code && bestFix(finding, true) !== undefined);
  if (same.length < 2) return [];
  const fixes = same.flatMap((finding) => bestFix(finding, true) ?? []);
  const title = l10n.t("Fix all {0} in this file", code);
  return [{ kind: "quickfix", findings: same, fixes, title, preferred: false }];
}

function fileFix(kind: ActionKind, findings: readonly Finding[], isWanted: boolean): readonly ActionOffer[] {
  const mended = findings.filter((finding) => bestFix(finding, false) !== undefined);
  const isMany = kind === "source.fixAll.drydock" || new Set(mended.map(({ code }) => code)).size > 1;
  if (mended.length === 0 || !isWanted || !isMany) return [];
  const fixes = mended.flatMap((finding) => bestFix(finding, false) ?? []);
  return [
    {
      kind,
      findings: mended,
      fixes,
      title: l10n.t("Fix everything in this file that has a clear fix"),
      preferred: false,
    },
  ];
}
