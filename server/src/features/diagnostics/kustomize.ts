import * as l10n from "@vscode/l10n";
import type { BuildNote, MissingPath } from "../../index/build-notes.ts";
import { buildNotesOf } from "../../index/environment.ts";
import type { Index } from "../../index/index.ts";
import { folderOf, isKustomizationFile } from "../../index/place.ts";
import type { Environment, FileId, Place } from "../../index/types.ts";
import type { Finding, Severity } from "../finding.ts";
import { nearest } from "./fixes/general.ts";

/** What kustomize says of an environment's files: why it refuses to build, what it no longer wants, what has no effect. */
export function buildFindings(environment: Environment): readonly Finding[] {
  return buildNotesOf(environment).flatMap((note) => {
    const place = note.place ?? kustomizationOf(environment);
    if (place === undefined) return [];
    const about = { place, resource: undefined, environments: [environment.name], related: [], fixes: [] };
    return [{ ...about, ...wordsOf(note) }];
  });
}

/**
 * A hint at a manifest that stands beside a kustomization which does not name it, nor does any other one: it is not applied with the rest.
 */
export function unusedFileFindings(index: Index, file: FileId, found: readonly Environment[]): readonly Finding[] {
  const [first] = index.file(file)?.resources ?? [];
  if (first === undefined || isKustomizationFile(file)) return [];
  const beside = index.filesIn(folderOf(file)).filter(isKustomizationFile);
  if (beside.length === 0 || !beside.every((each) => isReadable(index, each))) return [];
  if (found.some(({ kind }) => kind === "kustomization" || kind === "settings")) return [];
  return [
    {
      code: "kustomize/unused-file",
      severity: "hint",
      message: l10n.t("The kustomization beside this file does not name it, so it is not applied with the others."),
      place: first.origin(["kind"]) ?? first.place,
      resource: undefined,
      environments: found.map(({ name }) => name),
      related: [],
      fixes: [],
    },
  ];
}

/** Whether all of a kustomization is seen: one that can't be read may name anything. */
function isReadable(index: Index, kustomization: FileId): boolean {
  const facts = index.file(kustomization)?.facts;
  return (
    facts?.notice === undefined &&
    facts?.documents.every(({ facts: { state } }) => state !== "broken" && state !== "templated") === true
  );
}

/** The beginning of the root's kustomization, for what has no place of its own; `undefined` where Flux makes the kustomization. */
export function kustomizationOf(environment: Environment): Place | undefined {
  const folder = environment.name === "" ? "" : `${environment.name}/`;
  const file = environment.files().find((each) => isKustomizationFile(each) && folderOf(each) === folder);
  return file === undefined ? undefined : { file, start: 0, end: 0 };
}

interface Words {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
}

/** kustomize tells of a missing file as the system call does that failed: what is to be mended comes before that. */
function refusal(text: string, missing: MissingPath | undefined): string {
  if (missing === undefined) return l10n.t("kustomize refuses to build this: {0}", text);
  const path = missing.text.replace(/\/+$/, "");
  const above = path.slice(0, path.lastIndexOf("/") + 1);
  const [near] = nearest(path.slice(above.length), missing.beside());
  return near === undefined
    ? l10n.t("{0}: {1} does not exist. kustomize refuses to build this: {2}", missing.field, missing.text, text)
    : l10n.t(
        "{0}: {1} does not exist. Did you mean {2}? kustomize refuses to build this: {3}",
        missing.field,
        missing.text,
        above + near,
        text,
      );
}

function wordsOf({ code, isError, text, missing }: BuildNote): Words {
  if (isError) return { code: codeOf(code), severity: "error", message: refusal(text, missing) };
  switch (code) {
    case "deprecated-field":
      return {
        code: "kustomize/deprecated-field",
        severity: "hint",
        message: l10n.t("kustomize no longer recommends {0}; `kustomize edit fix` rewrites it.", text),
      };
    case "no-patch-target":
      return {
        code: "kustomize/no-patch-target",
        severity: "warning",
        message: l10n.t("This patch changes nothing: no object matches its target {0}.", text),
      };
    case "unused-var":
      return {
        code: "kustomize/unused-var",
        severity: "hint",
        message: l10n.t("The var {0} is used nowhere.", text),
      };
    default:
      return {
        code: "kustomize/outside-workspace",
        severity: "information",
        message: l10n.t("{0} lies outside of what is open, where nothing is read.", text),
      };
  }
}

/** Classes of kustomize's errors that have a page of their own; the name of a class says what is to be mended. */
function codeOf(code: BuildNote["code"]): string {
  switch (code) {
    case "restriction":
      return "kustomize/restriction";
    case "cycle":
      return "kustomize/cycle";
    case "not-a-kustomization":
      return "kustomize/not-a-kustomization";
    case "multiple-kustomizations":
      return "kustomize/multiple-kustomizations";
    case "empty-kustomization":
      return "kustomize/empty-kustomization";
    case "missing-file":
      return "kustomize/missing-file";
    case "conflict":
      return "kustomize/conflict";
    case "target-not-found":
      return "kustomize/target-not-found";
    case "patch-fails":
      return "kustomize/patch-fails";
    case "invalid-yaml":
      return "kustomize/invalid-yaml";
    case "invalid-kustomization":
      return "kustomize/invalid-kustomization";
    default:
      return "kustomize/invalid";
  }
}
