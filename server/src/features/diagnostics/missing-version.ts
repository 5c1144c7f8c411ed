import * as l10n from "@vscode/l10n";
import { knownKinds } from "../../kubernetes/schema/schema.ts";
import type { DocumentFinding } from "./document.ts";
import type { DocumentFix } from "./fixes/index.ts";

/** What is said of a document that is not parsed, since it does not look like Kubernetes. */
export function unreadFindings(text: string): readonly DocumentFinding[] {
  const finding = missingVersion(text);
  return finding === undefined ? [] : [finding];
}

/**
 * An object without `apiVersion`, which nothing else takes for an object: a built-in kind and `metadata` at the start of lines.
 * Judged by the text alone, since such documents are not parsed.
 */
function missingVersion(text: string): DocumentFinding | undefined {
  if (!text.includes("metadata:") || !text.includes("kind:")) return undefined;
  if (/^[ \t]*["']?apiVersion["']?[ \t]*:|\{\{/m.test(text) || !/^metadata:[ \t]*(?:#.*|\{.*)?\r?$/m.test(text))
    return undefined;
  const match = /^kind:[ \t]*([A-Z][A-Za-z]+)[ \t]*(?:#.*)?\r?$/m.exec(text);
  const kind = match?.[1];
  const versions = knownKinds().filter((known) => known.kind === kind);
  if (match === null || kind === undefined || versions.length === 0) return undefined;
  const start = match.index;
  const lineBreak = text.includes("\r\n") ? "\r\n" : "\n";
  const fixes = stableFirst(versions.map(({ apiVersion }) => apiVersion)).map((apiVersion): DocumentFix => ({
    title: l10n.t("Add apiVersion: {0}", apiVersion),
    preferred: versions.length === 1,
    changes: [{ kind: "replace", span: { start, end: start }, newText: `apiVersion: ${apiVersion}${lineBreak}` }],
  }));
  return {
    code: "api/missing-version",
    severity: "error",
    message: l10n.t("The {0} has no apiVersion, so that the API server can't know what it is.", kind),
    span: { start, end: start + "kind".length },
    resource: undefined,
    asWritten: true,
    fixes,
  };
}

/** Stable versions before those of beta and alpha, at most three. */
function stableFirst(versions: readonly string[]): readonly string[] {
  const stability = (version: string): number => (version.includes("alpha") ? 2 : version.includes("beta") ? 1 : 0);
  return [...versions].sort((a, b) => stability(a) - stability(b)).slice(0, 3);
}
