import * as l10n from "@vscode/l10n";
import type { JsonPath } from "../../base/json.ts";
import type { SpanPart } from "../../base/span-table.ts";
import { renderedOf } from "../../index/rendered-resource.ts";
import type { Environment, FileId, Place, Resource } from "../../index/types.ts";
import type { PlacedDocument } from "../../model/facts.ts";
import { listText } from "../describe.ts";
import type { Change, Finding, FoundIn, Severity } from "../finding.ts";
import type { DocumentFinding } from "./document.ts";
import type { DocumentChange } from "./fixes/index.ts";
import { verdictOn } from "./rendered.ts";
import type { CheckOptions, Draft, Rule } from "./rule.ts";
import { rules } from "./rules/index.ts";

/** What the rules say of one object in one environment, and the API server of a rendered one. */
export function checkResource(environment: Environment, resource: Resource, options: CheckOptions): readonly Finding[] {
  const subject = { environment, resource, object: resource.object, options };
  const rendered = renderedOf(resource);
  const drafts = [
    ...(rendered === undefined ? [] : verdictOn(environment, rendered, options)),
    ...rulesFor(resource).flatMap((rule) => rule.check(subject)),
  ];
  return drafts.map((draft) => place(draft, environment, resource));
}

const rulesForAll = rules.filter(({ kinds }) => kinds === undefined);
const rulesByKind: ReadonlyMap<string, readonly Rule[]> = new Map(
  [...new Set(rules.flatMap(({ kinds }) => kinds ?? []))].map((kind) => [
    kind,
    rules.filter(({ kinds }) => kinds === undefined || kinds.includes(kind)),
  ]),
);

function rulesFor({ group, kind }: Resource): readonly Rule[] {
  return rulesByKind.get(`${group}/${kind}`) ?? rulesForAll;
}

function place(draft: Draft, environment: Environment, resource: Resource): Finding {
  return {
    code: draft.code,
    severity: draft.severity,
    message: draft.message,
    place: draft.place ?? nearest(resource, draft.path, draft.part ?? "value"),
    resource: identityOf(resource),
    environments: [environment.name],
    related: draft.related ?? [],
    fixes: draft.fixes ?? [],
  };
}

/** The place of a path of the object, or of its nearest parent that somebody wrote. */
export function nearest(resource: Resource, path: JsonPath, part: SpanPart): Place {
  for (let length = path.length; length > 0; length--) {
    const found = resource.origin(path.slice(0, length), length === path.length ? part : "key");
    if (found !== undefined) return found;
  }
  return resource.place;
}

function identityOf({ apiVersion, group, kind, namespace, name }: Resource): FoundIn {
  return { apiVersion, group, kind, namespace, name };
}

/** Findings of a document's text, at their place in the file. */
export function placeDocumentFindings(
  file: FileId,
  { start, facts }: PlacedDocument,
  found: readonly DocumentFinding[],
  resourceAt: (index: number) => Resource | undefined,
  environments: readonly string[],
): readonly Finding[] {
  return found.map(({ code, severity, message, span, resource, fixes }) => {
    const about = resource === undefined || facts.resources[resource] === undefined ? undefined : resourceAt(resource);
    return {
      code,
      severity,
      message,
      place: { file, start: start + span.start, end: start + span.end },
      resource: about === undefined ? undefined : identityOf(about),
      environments,
      related: [],
      fixes: fixes.map(({ title, preferred, changes }) => ({
        title,
        preferred,
        changes: changes.map((change) => placedChange(file, start, change)),
      })),
    };
  });
}

function placedChange(file: FileId, start: number, change: DocumentChange): Change {
  if (change.kind !== "replace") return { kind: "document", place: { file, start, end: start }, change };
  const { span, newText } = change;
  return { kind: "replace", place: { file, start: start + span.start, end: start + span.end }, text: newText };
}

/**
 * One finding per code and source range, whatever the number of environments that its file belongs to.
 * One that holds in some of them only names these and is a degree quieter.
 */
export function mergeFindings(
  findings: readonly Finding[],
  environmentsOf: (file: FileId) => readonly string[],
): readonly Finding[] {
  const merged = new Map<string, Finding>();
  const syntax = new Set(findings.filter(({ code }) => code.startsWith("yaml/")).map(placeText));
  for (const finding of findings) {
    // What the YAML of a kustomization lacks is said once.
    if (unreadable.has(finding.code) && syntax.has(placeText(finding))) continue;
    const key = `${finding.place.file} ${finding.place.start} ${finding.place.end} ${finding.code}`;
    const known = merged.get(key);
    merged.set(
      key,
      known === undefined
        ? finding
        : { ...known, environments: [...new Set([...known.environments, ...finding.environments])].sort() },
    );
  }
  return [...merged.values()]
    .map((finding) => inSomeOnly(finding, environmentsOf(finding.place.file)))
    .sort(compareFindings);
}

const unreadable: ReadonlySet<string> = new Set(["kustomize/invalid-kustomization", "kustomize/invalid-yaml"]);

function placeText({ place: { file, start } }: Finding): string {
  return `${file} ${start}`;
}

function inSomeOnly(finding: Finding, all: readonly string[]): Finding {
  if (finding.environments.length >= all.length) return finding;
  const common = commonFolder(all);
  return {
    ...finding,
    severity: quieter(finding.severity),
    message: l10n.t("{0} (in {1})", finding.message, listText(finding.environments.map((name) => name.slice(common)))),
  };
}

/** How many characters of the names are folders that all share: they tell nothing. */
function commonFolder([first = "", ...others]: readonly string[]): number {
  const ends = [...first.matchAll(/\//g)].map(({ index }) => index + 1);
  return ends.findLast((end) => others.every((name) => name.startsWith(first.slice(0, end)))) ?? 0;
}

function quieter(severity: Severity): Severity {
  switch (severity) {
    case "error":
      return "warning";
    case "warning":
      return "information";
    case "information":
    case "hint":
      return "hint";
  }
}

function compareFindings(a: Finding, b: Finding): number {
  return (
    compare(a.place.file, b.place.file) ||
    a.place.start - b.place.start ||
    a.place.end - b.place.end ||
    compare(a.code, b.code) ||
    compare(a.message, b.message)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
