import * as l10n from "@vscode/l10n";
import type { JsonPath } from "../../../base/json.ts";
import { isObject, textAt } from "../../../base/json.ts";
import type { Span } from "../../../base/span.ts";
import { buildNotesOf } from "../../../index/environment.ts";
import type { Index } from "../../../index/index.ts";
import { acceptedBy, namesBeside } from "../../../index/paths-beside.ts";
import { folderOf, isKustomizationFile, joined } from "../../../index/place.ts";
import type { FileId, FolderId } from "../../../index/types.ts";
import { kustomizationShape } from "../../../kustomize/settings/shapes.ts";
import type { Shape } from "../../../kustomize/settings/shape.ts";
import type { ReadDocument } from "../../../model/read.ts";
import type { YamlNode } from "../../../yaml/node.ts";
import { locate, nodeAtPath, toJson, valueSpan } from "../../../yaml/path.ts";
import { quoteIfNeeded } from "../../../yaml/quote.ts";
import type { FileContext } from "../../context.ts";
import { generatorKey } from "../../document-links/document-links.ts";
import type { Change, Finding, Fix, PathChange } from "../../finding.ts";
import { relativePath } from "../../kustomization-paths/relative.ts";
import { deprecatedFieldFixes } from "./deprecated-fields.ts";
import { nearest } from "./general.ts";

/** What a way out is made from. */
export interface KustomizeFixRequest {
  readonly context: FileContext;
  readonly index: Index;
  readonly finding: Finding;
  readonly document: ReadDocument;
  /** Where the finding stands in its document. */
  readonly path: JsonPath;
  /** A change of the document. */
  readonly change: (change: PathChange) => Change;
}

type FixMaker = (request: KustomizeFixRequest) => readonly Fix[];

const makers: Readonly<Record<string, FixMaker>> = {
  "kustomize/missing-file": (request) => [
    ...nearPaths(request, () => besideMissing(request)),
    ...newFile(request),
    ...removal(request),
  ],
  "kustomize/not-a-kustomization": (request) => [
    ...nearPaths(request, (target) => namesBeside(request.index, target, acceptedBy("bases"))),
    ...removal(request),
  ],
  "kustomize/cycle": removal,
  "kustomize/restriction": removal,
  "kustomize/unused-var": removal,
  "kustomize/no-patch-target": (request) => [...nearTargets(request), ...removal(request)],
  "kustomize/target-not-found": nearTargets,
  "kustomize/conflict": listedTwice,
  "kustomize/invalid-kustomization": nearFields,
  "kustomize/unused-file": useFile,
  "kustomize/deprecated-field": deprecatedFieldFixes,
};

/** Findings of what kustomize says, with their ways out; others as they are. */
export function withKustomizeFixes(
  findings: readonly Finding[],
  context: FileContext,
  index: Index,
): readonly Finding[] {
  return findings.map((finding) => {
    if (finding.code === "kustomize/empty-kustomization") return { ...finding, fixes: filesOfFolder(context, index) };
    const make = Object.hasOwn(makers, finding.code) ? makers[finding.code] : undefined;
    const request = make === undefined ? undefined : requestFor(finding, context, index);
    return make === undefined || request === undefined ? finding : { ...finding, fixes: make(request) };
  });
}

function requestFor(finding: Finding, context: FileContext, index: Index): KustomizeFixRequest | undefined {
  const { place } = finding;
  if (place.file !== context.file) return undefined;
  const document = context.read.documents.find(
    ({ placed }) => placed.start <= place.start && place.start <= placed.end,
  );
  if (document === undefined) return undefined;
  const from = document.placed.start;
  const root = document.parsed?.root ?? null;
  const path = pathOf(root, { start: place.start - from, end: place.end - from });
  const start = { file: context.file, start: from, end: from };
  const change = (own: PathChange): Change => ({ kind: "document", place: start, change: own });
  return { context, index, finding, document, path, change };
}

/** The path whose value stands exactly there, otherwise that of the innermost one. */
function pathOf(root: YamlNode | null, { start, end }: Span): JsonPath {
  const innermost = locate(root, start)?.path ?? [];
  for (let length = innermost.length; length >= 0; length--) {
    const span = valueSpan(root, innermost.slice(0, length));
    if (span?.start === start && span.end === end) return innermost.slice(0, length);
  }
  return innermost;
}

/** The item of a list that the finding is about goes. */
function removal({ path, change }: KustomizeFixRequest): readonly Fix[] {
  const item = path.findLastIndex((step) => typeof step === "number");
  if (item < 0) return [];
  return [
    {
      title: l10n.t("Remove this entry of {0}", String(path[item - 1] ?? "")),
      changes: [change({ kind: "remove", path: path.slice(0, item + 1) })],
    },
  ];
}

/** A path of a kustomization as it is written, without the key of `KEY=PATH`. */
function writtenPath({
  document,
  path,
}: KustomizeFixRequest): { readonly key: string; readonly path: string } | undefined {
  const node = nodeAtPath(document.parsed?.root ?? null, path);
  if (node?.type !== "scalar" || typeof node.value !== "string" || /[\n]|:\/\//.test(node.value)) return undefined;
  const key = generatorKey(node.value);
  return { key, path: node.value.slice(key.length) };
}

/** The field of the kustomization in which the finding stands. */
function fieldOf({ path }: KustomizeFixRequest): string {
  return String(path[0] ?? "");
}

function nearPaths(request: KustomizeFixRequest, besideOf: (target: FileId) => readonly string[]): readonly Fix[] {
  const written = writtenPath(request);
  if (written === undefined) return [];
  const target = joined(folderOf(request.context.file), written.path);
  return nearNames(request, target, besideOf(target));
}

/** What the finding's own words choose from. */
function besideMissing({ context, finding }: KustomizeFixRequest): readonly string[] {
  const { file, start } = finding.place;
  const notes = context.environments.flatMap((environment) => buildNotesOf(environment));
  return (
    notes
      .find(({ missing, place }) => missing !== undefined && place?.file === file && place.start === start)
      ?.missing?.beside() ?? []
  );
}

function nearNames(request: KustomizeFixRequest, target: FileId, names: readonly string[]): readonly Fix[] {
  const { context, path, change } = request;
  const above = folderOf(target);
  const folder = folderOf(context.file).replace(/\/$/, "");
  const key = writtenPath(request)?.key ?? "";
  return nearest(target.slice(above.length), names).map((name, index) => {
    const text = relativePath(folder, `${above}${name}`);
    return {
      title: l10n.t("Change {0} to {1}", relativePath(folder, target), text),
      preferred: index === 0,
      changes: [change({ kind: "set", path, value: `${key}${text}` })],
    };
  });
}

/** An empty file is something that resources and generators can read. */
function newFile(request: KustomizeFixRequest): readonly Fix[] {
  const written = writtenPath(request);
  const field = fieldOf(request);
  const isReadable = field === "resources" || field === "configMapGenerator" || field === "secretGenerator";
  if (written === undefined || !isReadable || !/\.[\w-]+$/.test(written.path)) return [];
  const file = joined(folderOf(request.context.file), written.path);
  return [{ title: l10n.t("Create the file {0}", written.path), changes: [{ kind: "new-file", file }] }];
}

/** Names of objects of the same kind, for a patch or a selector that names none of them. */
function nearTargets(request: KustomizeFixRequest): readonly Fix[] {
  const { context, document, path, index, change } = request;
  const selected = toJson(nodeAtPath(document.parsed?.root ?? null, path) ?? null);
  if (!isObject(selected)) return [];
  const namePath = typeof selected["metadata"] === "object" ? ["metadata", "name"] : ["name"];
  const [kind, name] = [textAt(selected, "kind"), textAt(selected, ...namePath)];
  if (kind === undefined || name === undefined) return [];
  const named = context.environments
    .flatMap((environment) => environment.files())
    .flatMap((file) => (file === context.file ? [] : (index.file(file)?.resources ?? [])))
    .filter((resource) => resource.kind === kind)
    .map((resource) => resource.name);
  return nearest(
    name,
    [...new Set(named)].filter((each) => each !== name),
  ).map((near, at) => ({
    title: l10n.t("Change {0} to {1}", name, near),
    preferred: at === 0,
    changes: [change({ kind: "set", path: [...path, ...namePath], value: near })],
  }));
}

/** A file whose object another file has already: its kustomization may go without it. */
function listedTwice({ context, index }: KustomizeFixRequest): readonly Fix[] {
  const kustomization = kustomizationIn(index, folderOf(context.file));
  if (kustomization === undefined || kustomization === context.file) return [];
  const name = context.file.slice(folderOf(context.file).length);
  const start = { file: kustomization, start: 0, end: 0 };
  return [
    {
      title: l10n.t("Remove {0} from the resources", name),
      changes: [{ kind: "document", place: start, change: { kind: "remove-item", path: ["resources"], value: name } }],
    },
  ];
}

function nearFields({ finding, path, change }: KustomizeFixRequest): readonly Fix[] {
  const written = /unknown field "([^"]+)"/.exec(finding.message)?.[1];
  if (written === undefined || path.at(-1) !== written) return [];
  const fixes = nearest(written, fieldsAt(path.slice(0, -1))).map((name, index): Fix => ({
    title: l10n.t("Change {0} to {1}", written, name),
    preferred: index === 0,
    changes: [change({ kind: "rename-key", path, name })],
  }));
  return [...fixes, { title: l10n.t("Remove {0}", written), changes: [change({ kind: "remove", path })] }];
}

/** The fields that kustomize knows at a path of a kustomization. */
function fieldsAt(path: JsonPath): readonly string[] {
  let shape: Shape | undefined = kustomizationShape;
  for (const step of path) {
    if (typeof shape !== "object") return [];
    if ("list" in shape && typeof step === "number") shape = shape.list;
    else shape = "fields" in shape && Object.hasOwn(shape.fields, step) ? shape.fields[step] : undefined;
  }
  return typeof shape === "object" && "fields" in shape ? Object.keys(shape.fields) : [];
}

/** An empty kustomization may have meant the manifests beside it. */
function filesOfFolder({ file, read }: FileContext, index: Index): readonly Fix[] {
  const folder = folderOf(file);
  const names = index
    .filesIn(folder)
    .filter((each) => !isKustomizationFile(each) && index.file(each)!.resources.length > 0)
    .map((each) => `  - ${quoteIfNeeded(each.slice(folder.length))}\n`);
  if (names.length === 0) return [];
  const end = { file, start: read.text.length, end: read.text.length };
  const lineBreak = /[^\n]$/.test(read.text) ? "\n" : "";
  return [
    {
      title: l10n.t("Name the manifests of this folder"),
      changes: [{ kind: "replace", place: end, text: `${lineBreak}resources:\n${names.join("")}` }],
    },
  ];
}

function useFile({ context, index }: KustomizeFixRequest): readonly Fix[] {
  const folder = folderOf(context.file);
  const kustomization = kustomizationIn(index, folder);
  if (kustomization === undefined) return [];
  const name = context.file.slice(folder.length);
  const start = { file: kustomization, start: 0, end: 0 };
  return [
    {
      title: l10n.t("Add {0} to the resources of {1}", name, kustomization.slice(folder.length)),
      changes: [{ kind: "document", place: start, change: { kind: "append", path: ["resources"], value: name } }],
    },
  ];
}

function kustomizationIn(index: Index, folder: FolderId): FileId | undefined {
  return index.filesIn(folder).find(isKustomizationFile);
}
