import type { Closure, FileReference, KustomizationSummary, RenderResult, Written } from "../kustomize/types.ts";
import { appliedFolders } from "./applied-folders.ts";
import type { AppliedBy } from "./applied-folders.ts";
import { directoryRoot, plainRoot } from "./directories.ts";
import type { KustomizationRoot, Kustomizations } from "./environments.ts";
import { generatedKustomization, isGenerated, joinClosures, reachOfGenerated } from "./generated.ts";
import type { GeneratedKustomization } from "./generated.ts";
import type { Index } from "./index.ts";
import { Root } from "./kustomization-root.ts";
import type { RootInputs } from "./kustomization-root.ts";
import { folderOf, isKustomizationFile } from "./place.ts";
import type { FileId, FolderId } from "./types.ts";

/** The engine that reads kustomizations, for one state of their files. Folders and files are paths as it knows them. */
export interface KustomizeEngine {
  /** `undefined` where the folder has no kustomization. */
  summary(folder: string): KustomizationSummary | undefined;
  closure(folder: string): Closure;
  /** Renders what can be rendered, and says what was left out. */
  render(folder: string, written: Written | undefined): RenderResult;
  /** The file id of one of its paths. */
  idOf(path: string): FileId;
  /** The path of a file or folder. */
  pathOf(file: FileId): string;
  /** All files directly in a folder, manifests or not; absent where only manifests are known. */
  filesIn?(folder: FolderId): readonly FileId[];
  /** Whether a path lies where nothing may be read. */
  isOutside?(path: string): boolean;
  /** Whether a file is not read yet: what was made without it says nothing. */
  isPending?(path: string): boolean;
}

/** Everything that a state of the workspace's kustomizations is made of. */
export interface KustomizationInputs {
  readonly engine: KustomizeEngine;
  readonly index: Index;
  /** Folders with a kustomization file, as the engine knows them. */
  readonly folders: readonly string[];
  /** Namespace of objects that name none. */
  readonly namespace?: string;
}

/** What is different from a former state, in the engine's paths. */
export interface KustomizationChanges {
  readonly files: ReadonlySet<string>;
  /** Files or folders came or went: whatever names a path may now mean something else. */
  readonly isPathSetChanged: boolean;
}

/** The kustomizations of the workspace as environments. Of a `former` state everything is taken over that no change reaches. */
export function kustomizationsOf(
  inputs: KustomizationInputs,
  former?: KustomizationGraph,
  changes?: KustomizationChanges,
): KustomizationGraph {
  return new KustomizationGraph(inputs, former, changes);
}

/** The roots among the kustomizations, which are those that no other one uses, and the folders that Flux and Argo CD apply. Immutable. */
export class KustomizationGraph implements Kustomizations {
  readonly roots: readonly KustomizationRoot[];
  readonly claims: ReadonlyMap<FileId, readonly KustomizationRoot[]>;
  readonly partial: ReadonlySet<FileId>;
  readonly #summaries: ReadonlyMap<string, KustomizationSummary>;
  readonly #generated: ReadonlyMap<FolderId, GeneratedKustomization>;
  readonly #roots: ReadonlyMap<string, Root>;
  /** How Flux and Argo CD apply folders with a kustomization. */
  readonly #applied: ReadonlyMap<string, AppliedBy>;

  constructor(
    inputs: KustomizationInputs,
    former: KustomizationGraph | undefined,
    changes: KustomizationChanges | undefined,
  ) {
    const unchanged = changes === undefined || changes.isPathSetChanged ? undefined : former;
    this.#summaries = new Map(inputs.folders.flatMap((folder) => summaryOf(folder, inputs, unchanged, changes)));
    const { kustomizations, generated, directories } = appliedFolders(inputs, new Set(this.#summaries.keys()));
    this.#applied = kustomizations;
    this.#generated = new Map(
      [...generated].flatMap(([folder, appliedBy]) => {
        const made = generatedKustomization(inputs, folder, appliedBy, unchanged?.generated(folder), changes);
        return made === undefined ? [] : [[folder, made] as const];
      }),
    );
    const isSame = unchanged !== undefined && this.#namesTheSame(unchanged);
    const summaries = [...this.#summaries.values(), ...this.#generated.values()];
    const appliedTo = (summary: KustomizationSummary): AppliedBy | undefined =>
      isGenerated(summary) ? generated.get(summary.id) : this.#applied.get(summary.folder);
    const rendered = summaries.filter((summary) => !isGenerated(summary) || !summary.isPlain);
    const rootSummaries = isSame
      ? [...unchanged.#roots.values()].map(({ summary }) => summary)
      : rootsAmong(rendered, inputs.engine, appliedTo);
    this.#roots = new Map(
      rootSummaries.map((summary) => [
        summary.folder,
        rootOf(summary, { ...inputs, appliedBy: appliedTo(summary) }, unchanged, changes),
      ]),
    );
    this.roots = [
      ...this.#roots.values(),
      ...[...this.#generated].flatMap(([folder, made]) =>
        made.isPlain ? [plainRoot(inputs, made, generated.get(folder)!)] : [],
      ),
      ...[...directories].flatMap(([folder, appliedBy]) => directoryRoot(inputs, folder, appliedBy) ?? []),
    ];
    this.claims = claimsOf(this.roots);
    this.partial = isSame ? unchanged.partial : partialFiles(inputs, summaries);
  }

  /** The summary of the kustomization in a folder. */
  summary(folder: string): KustomizationSummary | undefined {
    return this.#summaries.get(folder);
  }

  /** The kustomization that Flux makes of a folder. */
  generated(folder: FolderId): GeneratedKustomization | undefined {
    return this.#generated.get(folder);
  }

  /** The root of a folder. */
  root(folder: string): Root | undefined {
    return this.#roots.get(folder);
  }

  #namesTheSame(former: KustomizationGraph): boolean {
    return (
      namesOf(former.#applied) === namesOf(this.#applied) &&
      isSameMap(former.#summaries, this.#summaries) &&
      isSameMap(former.#generated, this.#generated)
    );
  }
}

/** The folders that controllers name, and the components that they add. */
function namesOf(applied: ReadonlyMap<string, AppliedBy>): string {
  return [...applied].map(([folder, { components }]) => [folder, ...components].join(" ")).join("\n");
}

function isSameMap(left: ReadonlyMap<string, unknown>, right: ReadonlyMap<string, unknown>): boolean {
  return left.size === right.size && [...left].every(([key, value]) => right.get(key) === value);
}

function summaryOf(
  folder: string,
  { engine }: KustomizationInputs,
  former: KustomizationGraph | undefined,
  changes: KustomizationChanges | undefined,
): readonly (readonly [string, KustomizationSummary])[] {
  const known = former?.summary(folder);
  const summary = known !== undefined && changes?.files.has(known.file) === false ? known : engine.summary(folder);
  return summary === undefined ? [] : [[folder, summary]];
}

function rootOf(
  summary: KustomizationSummary,
  inputs: RootInputs,
  former: KustomizationGraph | undefined,
  changes: KustomizationChanges | undefined,
): Root {
  const { engine } = inputs;
  const known = former?.root(summary.folder);
  const isOther = known !== undefined && known.summary !== summary && [known.summary, summary].some(isGenerated);
  const isAppliedAsBefore = known?.isAppliedBy(inputs.appliedBy) === true;
  if (known === undefined || changes === undefined || isOther)
    return new Root(summary, inputs, reachOf(summary, engine, inputs.appliedBy));
  if (!known.isReachedBy(changes.files) && isAppliedAsBefore) return known;
  const isReachChanged = known.reach.folders.some((folder) =>
    [...changes.files].some((file) => folderOf(file) === `${folder}/`.replace(/^\/$/, "") && isKustomizationFile(file)),
  );
  const isReachKept = isAppliedAsBefore && !isReachChanged;
  return new Root(summary, inputs, isReachKept ? known.reach : reachOf(summary, engine, inputs.appliedBy));
}

/** What a kustomization reaches, also through the components that a controller adds to it. */
function reachOf(summary: KustomizationSummary, engine: KustomizeEngine, appliedBy: AppliedBy | undefined): Closure {
  const own = isGenerated(summary) ? reachOfGenerated(summary, engine) : engine.closure(summary.folder);
  const components = (appliedBy?.components ?? []).map((folder) => engine.closure(folder));
  return components.length === 0 ? own : joinClosures([own, ...components]);
}

function rootsAmong(
  summaries: readonly KustomizationSummary[],
  engine: KustomizeEngine,
  appliedTo: (summary: KustomizationSummary) => AppliedBy | undefined,
): readonly KustomizationSummary[] {
  const used = new Set(
    summaries.flatMap((summary) => [...usedFolders(summary), ...(appliedTo(summary)?.components ?? [])]),
  );
  const roots = summaries.filter((summary) => !used.has(summary.folder) || appliedTo(summary) !== undefined);
  // Kustomizations that only use each other: kustomize refuses them, yet their files belong together.
  const reached = new Set(roots.flatMap((summary) => reachOf(summary, engine, appliedTo(summary)).folders));
  const circles = summaries.filter(({ folder }) => !reached.has(folder));
  return [...roots, ...firstOfEachCircle(engine, circles)];
}

function usedFolders({ folder, references }: KustomizationSummary): readonly string[] {
  return references.flatMap(({ kind, path }) =>
    kind === "folder" && path !== undefined && path !== folder ? [path] : [],
  );
}

function firstOfEachCircle(
  engine: KustomizeEngine,
  circles: readonly KustomizationSummary[],
): readonly KustomizationSummary[] {
  const seen = new Set<string>();
  return circles.filter(({ folder }) => {
    if (seen.has(folder)) return false;
    for (const each of engine.closure(folder).folders) seen.add(each);
    return true;
  });
}

function claimsOf(roots: readonly KustomizationRoot[]): ReadonlyMap<FileId, readonly KustomizationRoot[]> {
  const claims = new Map<FileId, KustomizationRoot[]>();
  for (const root of roots) {
    for (const file of root.files) {
      const claim = claims.get(file);
      if (claim === undefined) claims.set(file, [root]);
      else claim.push(root);
    }
  }
  return claims;
}

/** Files that hold patches and the like, and are no resource of any kustomization. */
function partialFiles(
  { engine, index }: KustomizationInputs,
  summaries: readonly KustomizationSummary[],
): ReadonlySet<FileId> {
  const references = summaries.flatMap((summary) => summary.references).filter(({ kind }) => kind === "file");
  const whole = new Set(references.filter(isResource).map(({ path }) => path));
  const partial = new Set(
    references.flatMap(({ path }) => (path === undefined || whole.has(path) ? [] : [engine.idOf(path)])),
  );
  const listed = new Set(references.flatMap(({ path }) => (path === undefined ? [] : [engine.idOf(path)])));
  const folders = summaries.filter((summary) => !isGenerated(summary)).map(({ file }) => folderOf(engine.idOf(file)));
  for (const folder of new Set(folders)) {
    for (const file of index.filesBelow(folder)) if (!listed.has(file) && isUnusedPatch(file)) partial.add(file);
  }
  return partial;
}

/** A patch that its kustomization has commented out still is one. */
function isUnusedPatch(file: FileId): boolean {
  return /(^|[/_.-])patch(es)?([/_.-]|$)[^/]*$/i.test(file);
}

function isResource({ field }: FileReference): boolean {
  return field === "resources" || field === "bases";
}
