import type { Closure, FileReference, Generated, KustomizationSummary } from "../kustomize/types.ts";
import type { AppliedBy } from "./applied-folders.ts";
import type { Index } from "./index.ts";
import type { KustomizationChanges, KustomizationInputs, KustomizeEngine } from "./kustomizations.ts";
import { folderOf, isKustomizationFile, parentOf, roleOf } from "./place.ts";
import type { FileId, FolderId } from "./types.ts";

/** A kustomization that Flux makes of a folder without one. */
export interface GeneratedKustomization extends KustomizationSummary {
  readonly id: FolderId;
  readonly generated: Generated;
  /** The files and folders that it names. */
  readonly named: ReadonlySet<FileId>;
  /** Files with objects that are only there once other software has filled them in. */
  readonly templates: readonly FileId[];
  /** Its objects are those of its files as they stand, so that nothing has to be rendered. */
  readonly isPlain: boolean;
}

/**
 * Names all manifests in the folder and below it, and folders that have a kustomization in place of what is in them; `undefined` where there are none.
 * fluxcd/pkg, kustomize/kustomize_generator.go, scanManifests, v1.20. Flux refuses files that are no manifests; they count as left out by a
 * `.sourceignore`. The `former` one stays when no changed file came to be a manifest or ceased to be one.
 */
export function generatedKustomization(
  { engine, index }: KustomizationInputs,
  folder: FolderId,
  { appliers: [applier], fields }: AppliedBy,
  former: GeneratedKustomization | undefined,
  changes: KustomizationChanges | undefined,
): GeneratedKustomization | undefined {
  if (applier === undefined) return undefined;
  const { file, start, end } = applier.place;
  const at = { file: engine.pathOf(file), span: { start, end } };
  const isPlain = (named: Iterable<FileId>): boolean =>
    fields.length === 0 && ![...named].some((each) => each.endsWith("/"));
  if (
    former !== undefined &&
    changes !== undefined &&
    JSON.stringify(former.generated.at) === JSON.stringify(at) &&
    former.isPlain === isPlain(former.named)
  ) {
    const changed = [...changes.files].map((path) => engine.idOf(path)).filter((each) => each.startsWith(folder));
    if (changed.every((each) => isStillRight(former, index, each))) return former;
  }
  const named = namedIn(index, folder);
  if (named.length === 0) return undefined;
  const references = named.map((each): FileReference => ({
    field: "resources",
    text: `./${each.slice(folder.length).replace(/\/$/, "")}`,
    at,
    kind: each.endsWith("/") ? "folder" : "file",
    path: engine.pathOf(each).replace(/\/$/, ""),
  }));
  return {
    id: folder,
    folder: engine.pathOf(folder).replace(/\/$/, ""),
    file: at.file,
    files: [],
    kind: "Kustomization",
    references,
    open: [],
    generated: { resources: references.map(({ text }) => text), at },
    named: new Set(named),
    templates: index.filesBelow(folder).filter((each) => isTemplated(index, each)),
    isPlain: isPlain(named),
  };
}

export function isGenerated(summary: KustomizationSummary): summary is GeneratedKustomization {
  return "generated" in summary;
}

/** All that a generated kustomization reaches. */
export function reachOfGenerated({ folder, references }: GeneratedKustomization, engine: KustomizeEngine): Closure {
  const pathsTo = (wanted: FileReference["kind"]): readonly string[] =>
    references.flatMap(({ kind, path }) => (kind === wanted && path !== undefined ? [path] : []));
  const own: Closure = { files: pathsTo("file"), folders: [folder], missing: [], open: [] };
  return joinClosures([own, ...pathsTo("folder").map((path) => engine.closure(path))]);
}

/** All that any of them reaches. */
export function joinClosures(closures: readonly Closure[]): Closure {
  return {
    files: [...new Set(closures.flatMap(({ files }) => files))].sort(),
    folders: [...new Set(closures.flatMap(({ folders }) => folders))],
    missing: closures.flatMap(({ missing }) => missing),
    open: closures.flatMap(({ open }) => open),
  };
}

function namedIn(index: Index, folder: FolderId): readonly FileId[] {
  const named: FileId[] = [];
  let kustomized: FolderId | undefined;
  for (const file of index.filesBelow(folder)) {
    if (kustomized !== undefined && file.startsWith(kustomized)) continue;
    const own = folderOf(file);
    kustomized = own !== folder && index.filesIn(own).some(isKustomizationFile) ? own : undefined;
    if (kustomized !== undefined) named.push(kustomized);
    else if (isManifest(index, file)) named.push(file);
  }
  return named;
}

function isStillRight({ named, templates }: GeneratedKustomization, index: Index, file: FileId): boolean {
  if (named.has(file)) return isManifest(index, file);
  for (let above: FolderId | undefined = folderOf(file); above !== undefined; above = parentOf(above))
    if (named.has(above)) return true;
  return !isManifest(index, file) && isTemplated(index, file) === templates.includes(file);
}

/** A document that can't be read right now still makes a manifest of its file. */
function isManifest(index: Index, file: FileId): boolean {
  if (!/\.ya?ml$/.test(file) || roleOf(file) !== "manifest") return false;
  const documents = index.file(file)?.facts.documents ?? [];
  return !isTemplated(index, file) && documents.some(({ facts }) => facts.state === "read" || facts.state === "broken");
}

function isTemplated(index: Index, file: FileId): boolean {
  return index.file(file)?.facts.documents.some(({ facts }) => facts.state === "templated") === true;
}
