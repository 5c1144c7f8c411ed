import type {
  Closure,
  ErrorClass,
  KustomizeError,
  KustomizationSummary,
  RenderResult,
  SourceRange,
  Written,
} from "../kustomize/types.ts";
import type { AppliedBy } from "./applied-folders.ts";
import type { BuildNote, MissingPath } from "./build-notes.ts";
import { objectSetEnvironment } from "./environment.ts";
import type { ObjectSet } from "./environment.ts";
import type { KustomizationRoot } from "./environments.ts";
import { isGenerated } from "./generated.ts";
import type { GeneratedKustomization } from "./generated.ts";
import type { KustomizationInputs } from "./kustomizations.ts";
import { acceptedBy, namesBeside } from "./paths-beside.ts";
import { defaultNamespace } from "./place.ts";
import { RenderedResource } from "./rendered-resource.ts";
import type { Environment, FileId, FolderId, OpenReason, Place, Resource } from "./types.ts";

/** What a root is made of, and how it is applied. */
export interface RootInputs extends KustomizationInputs {
  readonly appliedBy: AppliedBy | undefined;
}

/** A kustomization that is applied by itself, rendered when it is first asked for. */
export class Root implements KustomizationRoot {
  readonly summary: KustomizationSummary;
  readonly folder: FolderId;
  readonly files: readonly FileId[];
  readonly reach: Closure;
  readonly #inputs: RootInputs;
  #environment: Environment | undefined;
  #rendered: ReadonlySet<string> = new Set();

  constructor(summary: KustomizationSummary, inputs: RootInputs, reach: Closure) {
    const { engine } = inputs;
    this.summary = summary;
    this.#inputs = inputs;
    this.folder = engine.idOf(summary.folder === "" ? "" : `${summary.folder}/`);
    this.reach = reach;
    this.files = reach.files.map((path) => engine.idOf(path)).sort();
  }

  /** Whether files that are different now have a part in it. */
  isReachedBy(files: ReadonlySet<string>): boolean {
    if (this.reach.files.some((file) => files.has(file))) return true;
    return [...files].some((file) => this.#rendered.has(file));
  }

  get #generated(): GeneratedKustomization | undefined {
    return isGenerated(this.summary) ? this.summary : undefined;
  }

  /** Whether a controller still applies it in the same way, from the same lines. */
  isAppliedBy(appliedBy: AppliedBy | undefined): boolean {
    return JSON.stringify(appliedBy) === JSON.stringify(this.#inputs.appliedBy);
  }

  get #namespace(): string {
    const { appliedBy, namespace = defaultNamespace } = this.#inputs;
    return appliedBy?.namespace ?? namespace;
  }

  get #written(): Written | undefined {
    const { appliedBy, engine } = this.#inputs;
    if (appliedBy === undefined) return undefined;
    const fields = appliedBy.fields.map(({ name, path, document: { file, start, end } }) => ({
      name,
      path,
      document: { file: engine.pathOf(file), span: { start, end } },
    }));
    return { generated: this.#generated?.generated, fields, isUnrestricted: appliedBy.isUnrestricted };
  }

  environment(): Environment {
    const { appliedBy, engine } = this.#inputs;
    const about = {
      name: this.folder.replace(/\/$/, ""),
      kind: "kustomization",
      namespace: this.#namespace,
      files: () => this.files,
      appliers: appliedBy?.appliers ?? [],
      builtAlone: () => this.#resourcesOf(engine.render(this.summary.folder, undefined)),
    } as const;
    return (this.#environment ??= objectSetEnvironment(about, () => this.#render()));
  }

  #render(): ObjectSet {
    const rendering = this.#inputs.engine.render(this.summary.folder, this.#written);
    this.#rendered = new Set(rendering.inputs);
    const notes = this.#notes(rendering);
    const open = this.#openReasons(rendering, notes);
    const told = notes.filter(({ place }) => !this.#isOfController(place));
    return { open, notes: told, resources: this.#resourcesOf(rendering) };
  }

  /** The rendered objects; where kustomize refuses to build at all, those of the files as they stand. */
  #resourcesOf(rendering: RenderResult): readonly Resource[] {
    const { engine, index } = this.#inputs;
    if (rendering.error !== undefined) return this.files.flatMap((file) => index.file(file)?.resources ?? []);
    const from = { index, kustomization: engine.idOf(this.summary.file), idOf: (path: string) => engine.idOf(path) };
    return rendering.objects.map((object) => new RenderedResource(object, from, this.#namespace));
  }

  /** What a controller makes of a repository depends on what is left out of that: a mistake in it is not certain. */
  #isOfController(place: Place | undefined): boolean {
    if (place === undefined) return false;
    const { appliedBy } = this.#inputs;
    if (this.#generated?.named.has(place.file) === true) return true;
    return (
      !this.files.includes(place.file) && appliedBy?.appliers.some((each) => each.place.file === place.file) === true
    );
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
      ...[...this.files, ...(this.#generated?.templates ?? [])].flatMap((file) => index.file(file)?.open ?? []),
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
    const { engine, index } = this.#inputs;
    const target = engine.idOf(entry.path);
    const others = (folder: FolderId): readonly FileId[] => engine.filesIn?.(folder) ?? [];
    return { field, text, beside: () => namesBeside(index, target, acceptedBy(field), others) };
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

const openCodes = { remote: "remote-base", helm: "helm-chart", plugin: "plugin", placeholder: "placeholder" } as const;
