import type {
  Closure,
  ErrorClass,
  FileReference,
  KustomizationSummary,
  KustomizeError,
  RenderResult,
  SourceRange,
} from "../kustomize/types.ts";
import { appliedFolders } from "./applied-folders.ts";
import type { AppliedBy, AppliedNamespace } from "./applied-folders.ts";
import type { BuildNote, MissingPath } from "./build-notes.ts";
import { objectSetEnvironment } from "./environment.ts";
import type { ObjectSet } from "./environment.ts";
import type { KustomizationRoot, Kustomizations } from "./environments.ts";
import type { Index } from "./index.ts";
import { defaultNamespace, folderOf, isKustomizationFile } from "./place.ts";
import { acceptedBy, namesBeside } from "./paths-beside.ts";
import { RenderedResource } from "./rendered-resource.ts";
import type { Environment, FileId, FolderId, OpenReason, Place } from "./types.ts";

/** The engine that reads kustomizations, for one state of their files. Folders and files are paths as it knows them. */
export interface KustomizeEngine {
  /** `undefined` where the folder has no kustomization. */
  summary(folder: string): KustomizationSummary | undefined;
  closure(folder: string): Closure;
  /** Renders what can be rendered, and says what was left out. */
  render(folder: string): RenderResult;
  /** The file id of one of its paths. */
  idOf(path: string): FileId;
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

/** The roots among the kustomizations: those that no other one uses. Immutable. */
export class KustomizationGraph implements Kustomizations {
  readonly roots: readonly KustomizationRoot[];
  readonly claims: ReadonlyMap<FileId, readonly KustomizationRoot[]>;
  readonly partial: ReadonlySet<FileId>;
  readonly #summaries: ReadonlyMap<string, KustomizationSummary>;
  readonly #roots: ReadonlyMap<string, Root>;
  /** The folders that Flux and Argo CD apply. */
  readonly #applied: ReadonlyMap<string, AppliedBy>;

  constructor(
    inputs: KustomizationInputs,
    former: KustomizationGraph | undefined,
    changes: KustomizationChanges | undefined,
  ) {
    const unchanged = changes === undefined || changes.isPathSetChanged ? undefined : former;
    this.#summaries = new Map(inputs.folders.flatMap((folder) => summaryOf(folder, inputs, unchanged, changes)));
    const summaries = [...this.#summaries.values()];
    this.#applied = appliedFolders(inputs, new Set(this.#summaries.keys()));
    const isSame =
      unchanged !== undefined &&
      [...unchanged.#applied.keys()].join("\n") === [...this.#applied.keys()].join("\n") &&
      summaries.length === unchanged.#summaries.size &&
      summaries.every((each) => unchanged.#summaries.get(each.folder) === each);
    const rootSummaries = isSame
      ? [...unchanged.#roots.values()].map(({ summary }) => summary)
      : rootsAmong(summaries, inputs.engine, new Set(this.#applied.keys()));
    this.#roots = new Map(
      rootSummaries.map((summary) => {
        const appliedBy = this.#applied.get(summary.folder);
        return [summary.folder, rootOf(summary, { ...inputs, appliedBy }, unchanged, changes)];
      }),
    );
    this.roots = [...this.#roots.values()];
    this.claims = claimsOf(this.roots);
    this.partial = isSame ? unchanged.partial : partialFiles(inputs, summaries);
  }

  /** The summary of the kustomization in a folder. */
  summary(folder: string): KustomizationSummary | undefined {
    return this.#summaries.get(folder);
  }

  /** The root of a folder. */
  root(folder: string): Root | undefined {
    return this.#roots.get(folder);
  }
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

/** What a root is made of, and how it is applied. */
interface RootInputs extends KustomizationInputs {
  readonly appliedBy: AppliedBy | undefined;
}

function rootOf(
  summary: KustomizationSummary,
  inputs: RootInputs,
  former: KustomizationGraph | undefined,
  changes: KustomizationChanges | undefined,
): Root {
  const known = former?.root(summary.folder);
  if (known === undefined || changes === undefined) return new Root(summary, inputs);
  if (!known.isReachedBy(changes.files) && known.isAppliedBy(inputs.appliedBy)) return known;
  const isReachChanged = known.reach.folders.some((folder) =>
    [...changes.files].some((file) => folderOf(file) === `${folder}/`.replace(/^\/$/, "") && isKustomizationFile(file)),
  );
  return new Root(summary, inputs, isReachChanged ? undefined : known.reach);
}

function rootsAmong(
  summaries: readonly KustomizationSummary[],
  engine: KustomizeEngine,
  applied: ReadonlySet<string>,
): readonly KustomizationSummary[] {
  const used = new Set(summaries.flatMap((summary) => usedFolders(summary)));
  const roots = summaries.filter(({ folder }) => !used.has(folder) || applied.has(folder));
  // Kustomizations that only use each other: kustomize refuses them, yet their files belong together.
  const reached = new Set(roots.flatMap(({ folder }) => engine.closure(folder).folders));
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
  for (const folder of new Set(summaries.map(({ file }) => folderOf(engine.idOf(file))))) {
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

class Root implements KustomizationRoot {
  readonly summary: KustomizationSummary;
  readonly file: FileId;
  readonly folder: FolderId;
  readonly files: readonly FileId[];
  readonly reach: Closure;
  readonly #inputs: RootInputs;
  #environment: Environment | undefined;
  #rendered: ReadonlySet<string> = new Set();

  constructor(
    summary: KustomizationSummary,
    inputs: RootInputs,
    reach: Closure = inputs.engine.closure(summary.folder),
  ) {
    const { engine } = inputs;
    this.summary = summary;
    this.#inputs = inputs;
    this.file = engine.idOf(summary.file);
    this.folder = folderOf(this.file);
    this.reach = reach;
    this.files = reach.files.map((path) => engine.idOf(path)).sort();
  }

  /** Whether files that are different now have a part in it. */
  isReachedBy(files: ReadonlySet<string>): boolean {
    if (this.reach.files.some((file) => files.has(file))) return true;
    return [...files].some((file) => this.#rendered.has(file));
  }

  /** Whether a controller still applies it in the same way, from the same lines. */
  isAppliedBy(appliedBy: AppliedBy | undefined): boolean {
    return JSON.stringify(appliedBy) === JSON.stringify(this.#inputs.appliedBy);
  }

  get #namespace(): AppliedNamespace {
    const { appliedBy, namespace = defaultNamespace } = this.#inputs;
    return appliedBy?.namespace ?? { name: namespace, overrides: false };
  }

  environment(): Environment {
    const about = {
      name: this.folder.replace(/\/$/, ""),
      kind: "kustomization",
      namespace: this.#namespace.name,
      files: () => this.files,
    } as const;
    return (this.#environment ??= objectSetEnvironment(about, () => this.#render()));
  }

  /** The rendered objects; where kustomize refuses to build at all, those of the files as they stand. */
  #render(): ObjectSet {
    const { engine, index } = this.#inputs;
    const rendering = engine.render(this.summary.folder);
    this.#rendered = new Set(rendering.inputs);
    const notes = this.#notes(rendering);
    const open = this.#openReasons(rendering, notes);
    if (rendering.error !== undefined)
      return { open, notes, resources: this.files.flatMap((file) => index.file(file)?.resources ?? []) };
    const from = { index, kustomization: this.file, idOf: (path: string) => engine.idOf(path) };
    const resources = rendering.objects.map((object) => new RenderedResource(object, from, this.#namespace));
    return { open, notes, resources };
  }

  #openReasons(rendering: RenderResult, notes: readonly BuildNote[]): readonly OpenReason[] {
    const { engine, index, appliedBy } = this.#inputs;
    const pending = rendering.inputs.filter((path) => engine.isPending?.(path) === true);
    return [
      ...rendering.open.map(({ kind, subject, at }) => ({ code: openCodes[kind], subject, place: this.#placeOf(at) })),
      ...notes.flatMap(({ code, isError, text, place }): readonly OpenReason[] => {
        if (isError) return [{ code: "build-fails", subject: text, place }];
        return code === "outside-root" ? [{ code: "remote-base", subject: text, place }] : [];
      }),
      ...pending.map((path) => ({ code: "unread-file" as const, subject: path, place: undefined })),
      ...(appliedBy?.open ?? []),
      ...this.files.flatMap((file) => index.file(file)?.open ?? []),
    ];
  }

  /** What kustomize says, without what only the author's machine can know, and nothing as long as a file is not read yet. */
  #notes(rendering: RenderResult): readonly BuildNote[] {
    const { engine } = this.#inputs;
    if (rendering.inputs.some((path) => engine.isPending?.(path) === true)) return [];
    const problems = rendering.problems.map(({ code, subject, at }): BuildNote => ({
      code,
      isError: false,
      text: subject,
      place: this.#placeOf(at),
    }));
    const errors = rendering.error === undefined ? rendering.errors : [rendering.error];
    const notes = [...problems, ...errors.flatMap((error) => this.#noteOfError(error, rendering))];
    const isPartOnly =
      this.summary.kind === "Component" ||
      rendering.open.length > 0 ||
      notes.some(({ code }) => hidesObjects.has(code));
    return isPartOnly ? notes.filter(({ code }) => !needsAll.has(code)) : notes;
  }

  #noteOfError(error: KustomizeError, { problems }: RenderResult): readonly BuildNote[] {
    const { class: code, message, missing, at } = error;
    if (
      isUnknowable(code) ||
      (at !== undefined && problems.some((each) => each.code === "outside-root" && each.at === at))
    )
      return [];
    const place = at === undefined ? undefined : this.#placeOf(at);
    // Other software fills it in before kustomize reads it.
    if (place !== undefined && this.#isTemplated(place.file)) return [];
    if (missing !== undefined && this.#inputs.engine.isOutside?.(missing) === true)
      return [{ code: "outside-root", isError: false, text: missing, place }];
    const path = this.#missingPath(error);
    return [{ code, isError: true, text: message, place, ...(path === undefined ? {} : { missing: path }) }];
  }

  /** The entry that an error about something missing is about. */
  #missingPath({ class: code, at }: KustomizeError): MissingPath | undefined {
    if (code !== "missing-file" || at === undefined) return undefined;
    const entry = this.reach.missing.find(
      (each) => each.at.file === at.file && each.at.span.start === at.span.start && each.path !== undefined,
    );
    if (entry?.path === undefined) return undefined;
    const { field, text } = entry;
    const target = this.#inputs.engine.idOf(entry.path);
    return { field, text, beside: () => namesBeside(this.#inputs.index, target, acceptedBy(field)) };
  }

  #isTemplated(file: FileId): boolean {
    return this.#inputs.index.file(file)?.facts.documents.some(({ facts }) => facts.state === "templated") === true;
  }

  #placeOf({ file, span }: SourceRange): Place {
    return { file: this.#inputs.engine.idOf(file), start: span.start, end: span.end };
  }
}

/** What keeps objects from being seen. */
const hidesObjects: ReadonlySet<BuildNote["code"]> = new Set([
  "missing-file",
  "not-a-kustomization",
  "restriction",
  "outside-root",
  "invalid-yaml",
  "invalid-kustomization",
  "cycle",
]);

/** What can only be said where all objects are seen. */
const needsAll: ReadonlySet<BuildNote["code"]> = new Set([
  "target-not-found",
  "patch-fails",
  "no-patch-target",
  "unused-var",
]);

/** Remote bases, charts and plugins are no mistakes: they stand among the open reasons. */
function isUnknowable(code: ErrorClass): boolean {
  return Object.hasOwn(openCodes, code);
}

const openCodes = { remote: "remote-base", helm: "helm-chart", plugin: "plugin" } as const;
