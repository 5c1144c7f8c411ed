import type { Closure, FileReference, KustomizationSummary, RenderResult, SourceRange } from "../kustomize/types.ts";
import { objectSetEnvironment } from "./environment.ts";
import type { ObjectSet } from "./environment.ts";
import type { KustomizationRoot, Kustomizations } from "./environments.ts";
import type { Index } from "./index.ts";
import { defaultNamespace, folderOf } from "./place.ts";
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
}

/** The kustomizations of the workspace as environments. `folders`: those with a kustomization file, as the engine knows them. */
export function kustomizationsOf(
  engine: KustomizeEngine,
  index: Index,
  folders: readonly string[],
  namespace = defaultNamespace,
): Kustomizations {
  const summaries = folders.flatMap((folder) => engine.summary(folder) ?? []);
  const used = new Set(summaries.flatMap((summary) => usedFolders(summary)));
  const roots = summaries.filter(({ folder }) => !used.has(folder));
  // Kustomizations that only use each other: kustomize refuses them, yet their files belong together.
  const reached = new Set(roots.flatMap(({ folder }) => engine.closure(folder).folders));
  const circles = summaries.filter(({ folder }) => !reached.has(folder));
  return {
    roots: [...roots, ...firstOfEachCircle(engine, circles)].map(
      (summary) => new Root(engine, index, summary, namespace),
    ),
    partial: partialFiles(engine, index, summaries),
  };
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

/** Files that hold patches and the like, and are no resource of any kustomization. */
function partialFiles(
  engine: KustomizeEngine,
  index: Index,
  summaries: readonly KustomizationSummary[],
): ReadonlySet<FileId> {
  const references = summaries.flatMap((summary) => summary.references).filter(({ kind }) => kind === "file");
  const whole = new Set(references.filter(isResource).map(({ path }) => path));
  const partial = new Set(
    references.flatMap(({ path }) => (path === undefined || whole.has(path) ? [] : [engine.idOf(path)])),
  );
  const listed = new Set(references.flatMap(({ path }) => (path === undefined ? [] : [engine.idOf(path)])));
  for (const { file } of summaries) {
    for (const beside of index.filesBelow(folderOf(engine.idOf(file))))
      if (!listed.has(beside) && isUnusedPatch(beside)) partial.add(beside);
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
  readonly file: FileId;
  readonly folder: FolderId;
  readonly #engine: KustomizeEngine;
  readonly #index: Index;
  readonly #summary: KustomizationSummary;
  readonly #namespace: string;
  #closure: Closure | undefined;
  #environment: Environment | undefined;

  constructor(engine: KustomizeEngine, index: Index, summary: KustomizationSummary, namespace: string) {
    this.#engine = engine;
    this.#index = index;
    this.#summary = summary;
    this.#namespace = namespace;
    this.file = engine.idOf(summary.file);
    this.folder = folderOf(this.file);
  }

  get files(): readonly FileId[] {
    this.#closure ??= this.#engine.closure(this.#summary.folder);
    return this.#closure.files.map((path) => this.#engine.idOf(path)).sort();
  }

  environment(): Environment {
    const about = {
      name: this.folder.replace(/\/$/, ""),
      kind: "kustomization",
      namespace: this.#namespace,
      files: () => this.files,
    } as const;
    return (this.#environment ??= objectSetEnvironment(about, () => this.#render()));
  }

  /** The rendered objects; where kustomize refuses to build at all, those of the files as they stand. */
  #render(): ObjectSet {
    const rendering = this.#engine.render(this.#summary.folder);
    const open = this.#openReasons(rendering);
    if (rendering.error !== undefined)
      return { open, resources: this.files.flatMap((file) => this.#index.file(file)?.resources ?? []) };
    const from = { index: this.#index, kustomization: this.file, idOf: (path: string) => this.#engine.idOf(path) };
    return { open, resources: rendering.objects.map((object) => new RenderedResource(object, from, this.#namespace)) };
  }

  #openReasons(rendering: RenderResult): readonly OpenReason[] {
    const fails = rendering.error === undefined ? rendering.errors : [rendering.error];
    return [
      ...rendering.open.map(({ kind, subject, at }) => ({ code: openCodes[kind], subject, place: this.#placeOf(at) })),
      ...fails.map(({ message, at }) => ({
        code: "build-fails" as const,
        subject: message,
        place: at === undefined ? undefined : this.#placeOf(at),
      })),
      ...this.files.flatMap((file) => this.#index.file(file)?.open ?? []),
    ];
  }

  #placeOf({ file, span }: SourceRange): Place {
    return { file: this.#engine.idOf(file), start: span.start, end: span.end };
  }
}

const openCodes = { remote: "remote-base", helm: "helm-chart", plugin: "plugin" } as const;
