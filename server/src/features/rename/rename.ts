import * as l10n from "@vscode/l10n";
import { scalarText } from "../../base/json.ts";
import type { Span } from "../../base/span.ts";
import type { Environment, FileId, Place, Resource } from "../../index/types.ts";
import type { ReadFile } from "../../model/read.ts";
import { occurrencesOf } from "../../resolve/relations/occurrences.ts";
import type { Reference } from "../../resolve/relations/occurrences.ts";
import { variablePrefix } from "../../resolve/relations/objects.ts";
import type { Target } from "../../resolve/relations/types.ts";
import { replaceScalar } from "../../yaml/edit.ts";
import type { TextEdit } from "../../yaml/edit.ts";
import type { YamlNode } from "../../yaml/node.ts";
import { locate } from "../../yaml/path.ts";
import type { FileContext } from "../context.ts";
import { named } from "../describe.ts";
import { placesOfName } from "../references/places.ts";
import { buildOccurrences } from "./kustomize.ts";
import { longTextReferences } from "./long-texts.ts";
import { renameSubjectAt } from "./subject.ts";
import type { Refusal, RenameSubject } from "./subject.ts";
import { reasonAgainstName } from "./validity.ts";

/** What a client shows before the new name is typed. */
export interface PreparedRename {
  readonly span: Span;
  readonly placeholder: string;
}

/** All that belongs to a rename, before the texts of the files are at hand. */
export interface RenamePlan {
  readonly subject: RenameSubject;
  readonly name: string;
  readonly occurrences: readonly PlannedOccurrence[];
  /** The files whose texts are needed. */
  readonly files: readonly FileId[];
  /** Names of the environments that change. */
  readonly environments: readonly string[];
}

interface PlannedOccurrence {
  readonly resource: Resource;
  readonly target: Target | undefined;
  readonly reference: Reference | undefined;
}

/** What a rename has to know of the whole workspace. */
export interface RenameSources {
  /** The environments of a file. */
  readonly environmentsOf: (file: FileId) => readonly Environment[];
  /** The objects of a file as they are written. */
  readonly sourcesOf: (file: FileId) => readonly Resource[];
}

/** Why a person should look before an edit is made. */
export type Caution = "immutable" | "uncertain" | "variable";

export interface RenameEdit extends TextEdit {
  readonly file: FileId;
  readonly caution: Caution | undefined;
}

/** Whether the thing at an offset can be renamed; `undefined` where nothing has a name. */
export function prepareRename(context: FileContext, offset: number): PreparedRename | Refusal | undefined {
  const subject = renameSubjectAt(context, offset);
  if (subject === undefined || "reason" in subject) return subject;
  return { span: subject.span, placeholder: subject.written };
}

/**
 * Everything that changes with the name at an offset, in all environments that share one of the files. `undefined` where nothing has a name.
 */
export function planRename(
  context: FileContext,
  offset: number,
  name: string,
  { environmentsOf, sourcesOf }: RenameSources,
): RenamePlan | Refusal | undefined {
  const subject = renameSubjectAt(context, offset);
  if (subject === undefined || "reason" in subject) return subject;
  const { kubernetesVersion } = context.settings;
  const reason = reasonAgainstName(subject, name, kubernetesVersion === "" ? "1.36" : kubernetesVersion);
  if (reason !== undefined) return { reason };
  const occurrences: PlannedOccurrence[] = [];
  const environments = new Map<string, Environment>();
  let open: readonly Environment[] = [subject.environment, ...context.environments];
  while (open.length > 0) {
    for (const environment of open) {
      if (environments.has(environment.name)) continue;
      environments.set(environment.name, environment);
      occurrences.push(...plannedIn(environment, subject, sourcesOf));
    }
    const files = new Set(occurrences.map(({ resource }) => resource.file));
    open = [...files].flatMap(environmentsOf).filter((environment) => !environments.has(environment.name));
  }
  const files = new Set(occurrences.flatMap(filesOfOccurrence));
  return { subject, name, occurrences, files: [...files], environments: [...environments.keys()] };
}

function plannedIn(
  environment: Environment,
  subject: RenameSubject,
  sourcesOf: RenameSources["sourcesOf"],
): readonly PlannedOccurrence[] {
  const seeds = environment === subject.environment ? subject.targets : sameTargets(environment, subject.targets);
  const found = occurrencesOf(environment, seeds, subject.scope);
  const built = buildOccurrences(environment, subject, sourcesOf);
  return [
    ...[...found.declarations, ...built.declarations].map((target) => ({
      resource: target.resource,
      target,
      reference: undefined,
    })),
    ...[...found.references, ...built.references, ...longTextReferences(environment, subject.targets)].map(
      (reference) => ({
        resource: reference.resource,
        target: undefined,
        reference,
      }),
    ),
  ];
}

/** The targets as another environment has them: objects of the same kind whose names stand at the same place. */
function sameTargets(environment: Environment, targets: readonly Target[]): readonly Target[] {
  return targets.flatMap((target) => {
    const { file, start } = target.resource.place;
    return environment
      .resources()
      .filter((each) => each.file === target.resource.file && each.kind === target.resource.kind)
      .filter(({ place }) => place.file === file && place.start === start)
      .map((resource) => ({ ...target, resource }));
  });
}

function filesOfOccurrence({ resource, target, reference }: PlannedOccurrence): readonly FileId[] {
  const path = target?.path ?? reference?.name.path ?? [];
  const place = resource.origin(path, "value") ?? resource.origin(path, "key");
  return place === undefined ? [] : [place.file];
}

/** The edits of a plan, each place once; refused when a declaration can't be changed as it stands. */
export function editsOfRename(
  plan: RenamePlan,
  textOf: (file: FileId) => ReadFile | undefined,
): readonly RenameEdit[] | Refusal {
  const edits = new Map<string, RenameEdit>();
  for (const occurrence of plan.occurrences) {
    const found = editsOfOccurrence(plan, occurrence, textOf);
    if (found.length === 0 && occurrence.target !== undefined && isWritten(occurrence.target, plan))
      return {
        reason: l10n.t("{0} of {1} can't be changed as it stands.", plan.subject.written, named(occurrence.resource)),
      };
    for (const edit of found) edits.set(`${edit.file} ${edit.span.start}`, edit);
  }
  return [...edits.values()].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.span.start - b.span.start));
}

/** Whether a file holds the declaration: labels that the control plane adds stand nowhere. */
function isWritten({ resource, path }: Target, { subject }: RenamePlan): boolean {
  return resource.origin(path, subject.labelPart === "value" ? "value" : "key") !== undefined;
}

function editsOfOccurrence(
  plan: RenamePlan,
  { resource, target, reference }: PlannedOccurrence,
  textOf: (file: FileId) => ReadFile | undefined,
): readonly RenameEdit[] {
  if (target !== undefined) {
    const place = resource.origin(target.path, partOfTarget(target, plan));
    return place === undefined
      ? []
      : wholeEdit(plan, place, textOf(place.file), cautionOf(resource, target.path, undefined));
  }
  if (reference === undefined || isOtherPart(reference, plan)) return [];
  const caution = cautionOf(resource, reference.name.path, reference);
  if (reference.name.span !== undefined)
    return placesOfName(reference, textOf).flatMap((place) => partEdit(plan, place, textOf(place.file), caution));
  const place = resource.origin(reference.name.path, partOfReference(reference, plan));
  return place === undefined ? [] : wholeEdit(plan, place, textOf(place.file), caution);
}

function partOfTarget({ part }: Target, { subject }: RenamePlan): "key" | "value" {
  if (part === "entry") return subject.labelPart ?? "value";
  return part;
}

function partOfReference({ name }: Reference, { subject }: RenamePlan): "key" | "value" {
  if (name.isKey) return "key";
  return subject.labelPart === "key" && name.label?.value !== undefined ? "key" : "value";
}

/** In lists of values and in texts the key stands elsewhere. */
function isOtherPart({ name }: Reference, { subject }: RenamePlan): boolean {
  return (
    subject.labelPart === "key" &&
    name.label?.value !== undefined &&
    (typeof name.path.at(-1) === "number" || name.span !== undefined)
  );
}

function cautionOf(
  { group, kind }: Resource,
  path: readonly (string | number)[],
  reference: Reference | undefined,
): Caution | undefined {
  if (reference?.name.mention.relation.row.by === "service-env") return "variable";
  if (reference?.name.isCertain === false) return "uncertain";
  const isWorkload = (group === "apps" && kind !== "ControllerRevision") || (group === "batch" && kind === "Job");
  return isWorkload && path[0] === "spec" && path[1] === "selector" ? "immutable" : undefined;
}

/** Replaces a scalar that is the name as a whole; none where it reads otherwise, because a patch or a generator gave the object its value. */
function wholeEdit(
  { subject, name }: RenamePlan,
  place: Place,
  read: ReadFile | undefined,
  caution: Caution | undefined,
): readonly RenameEdit[] {
  const document = read?.documents.find(({ placed }) => placed.start <= place.start && place.end <= placed.end);
  const shift = document?.placed.start ?? 0;
  const node = document === undefined ? undefined : scalarAt(document.parsed?.root ?? null, place.start - shift);
  if (document === undefined || node?.type !== "scalar" || scalarText(node.value) !== subject.written) return [];
  const { span, newText } = replaceScalar(document.text, node, name);
  return [{ file: place.file, span: { start: span.start + shift, end: span.end + shift }, newText, caution }];
}

function scalarAt(root: YamlNode | null, offset: number): YamlNode | undefined {
  const location = locate(root, offset);
  const node = location?.part === "key" ? location.entry?.key : location?.node;
  return node?.span.start === offset ? node : undefined;
}

/** Replaces a name within a longer text; the variables of a Service begin with its name in capitals. */
function partEdit(
  { subject, name }: RenamePlan,
  { file, start, end }: Place,
  read: ReadFile | undefined,
  caution: Caution | undefined,
): readonly RenameEdit[] {
  const spell = caution === "variable" ? variablePrefix : (text: string): string => text;
  return read?.text.slice(start, end) === spell(subject.written)
    ? [{ file, span: { start, end }, newText: spell(name), caution }]
    : [];
}
