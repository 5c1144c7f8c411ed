import type { JsonObject, JsonPath } from "../base/json.ts";
import type { Span } from "../base/span.ts";

/**
 * The files that a rendering may read. Paths are relative to the workspace, normalised and separated by `/`; the workspace itself is "", a folder like others.
 * Answers must stay the same during one call.
 */
export interface KustomizeFiles {
  /** The file's text, `undefined` where there is no such file. */
  text(path: string): string | undefined;
  isFolder(path: string): boolean;
  /** Where a path leads when symbolic links are followed; the path itself where it names no link, or leads out of the workspace. */
  realPath?(path: string): string;
  /** The file's bytes. Without it generators take files that are no UTF-8 for texts, and their hashes differ from kustomize's. */
  bytes?(path: string): Uint8Array | undefined;
}

/** A piece of a file; the span counts UTF-16 units from the start of the file's text. */
export interface SourceRange {
  readonly file: string;
  readonly span: Span;
}

/** Why kustomize refuses to build, in the order in which a mistake that fits several is classified. */
export const errorClasses = [
  "remote",
  "helm",
  "plugin",
  "restriction",
  "cycle",
  "not-a-kustomization",
  "multiple-kustomizations",
  "empty-kustomization",
  "missing-file",
  "conflict",
  "target-not-found",
  "patch-fails",
  "invalid-kustomization",
  "invalid-yaml",
  "other",
] as const;

export type ErrorClass = (typeof errorClasses)[number];

/** kustomize's refusal, with the place to mend. */
export interface KustomizeError {
  readonly class: ErrorClass;
  /** kustomize's own words, without the names of the folders it came through. */
  readonly message: string;
  /** The first file or folder that is missing, for the class `missing-file`. */
  readonly missing?: string;
  readonly at?: SourceRange;
}

/** Something that kustomize accepts, yet deserves a word: a deprecated field, a patch whose target matches nothing. */
export interface KustomizeProblem {
  readonly code: "deprecated-field" | "no-patch-target" | "unused-var" | "outside-root";
  /** The field, target or name that the problem is about. */
  readonly subject: string;
  readonly at: SourceRange;
}

/** A part of the kustomization that only its author's machine can know; whatever misses in the environment may come from there. */
export interface OpenReason {
  readonly kind: "remote" | "helm" | "plugin" | "placeholder";
  /** The URL, the chart's name, the plugin's kind, or the field of a controller's object that other software fills in. */
  readonly subject: string;
  readonly at: SourceRange;
}

/** How a controller builds a folder, where that is not as the kustomization in it says. */
export interface Written {
  /** What it makes of a folder without a kustomization. */
  readonly generated?: Generated | undefined;
  readonly fields: readonly WrittenField[];
  /** Files may be read wherever they lie: Flux builds without load restrictions. */
  readonly isUnrestricted: boolean;
}

/** A field that a controller writes into the kustomization, and where its own object has the value. */
export interface WrittenField {
  /** Named as in a kustomization; `commonMetadata` is given to what was built. */
  readonly name: string;
  /** The document of the controller's object. */
  readonly document: SourceRange;
  readonly path: JsonPath;
}

/** A kustomization that stands in no file: Flux makes it of a folder without one. */
export interface Generated {
  readonly resources: readonly string[];
  /** What stands for all of it. */
  readonly at: SourceRange;
}

/** One object of the result, as `kustomize build` prints it. */
export interface RenderedObject {
  readonly object: JsonObject;
  /**
   * The place that gave the value at the path: a line of a resource, of a patch, a generator's literal, a field such as `namePrefix` or `images`.
   * A name that follows a renamed object keeps the place where it is written. `undefined` where the path leads nowhere.
   */
  origin(path: JsonPath): SourceRange | undefined;
  /** All places that gave the path a value, the last and valid one first: an image of an overlay, then the line of the base. */
  origins(path: JsonPath): readonly SourceRange[];
  /** The files that a part of it comes from. */
  sources(): ReadonlySet<string>;
  /** Every scalar with its path, as the object prints it. */
  scalars(): Iterable<RenderedScalar>;
  /** Whether the value at the path is one that the API server accepts as it is written (see `ParseCache`), and nobody has looked into it. */
  isClosed(path: JsonPath): boolean;
}

/** A scalar of a rendered object. */
export interface RenderedScalar {
  readonly path: JsonPath;
  /** All places that gave it a value, the last and valid one first. */
  readonly origins: readonly SourceRange[];
}

/** The outcome of a build; `error` and `objects` exclude each other. */
export type RenderResult = Rendering | FailedRendering;

interface RenderingInputs {
  /** Every file that was asked for, also missing ones, and every folder that was looked into: the result is stale when one of them changes. */
  readonly inputs: readonly string[];
  readonly problems: readonly KustomizeProblem[];
  readonly open: readonly OpenReason[];
}

export interface Rendering extends RenderingInputs {
  readonly error?: undefined;
  /** Mistakes that a tolerant rendering stepped over; always empty otherwise. */
  readonly errors: readonly KustomizeError[];
  /** In the order in which `kustomize build` prints. */
  readonly objects: readonly RenderedObject[];
  /** Indices into `objects` in the order of `kubectl apply -k`: the one of `sortOptions`, otherwise that in which they were loaded. */
  readonly loadOrder: readonly number[];
}

export interface FailedRendering extends RenderingInputs {
  readonly error: KustomizeError;
}

/** One entry of a kustomization that names a file, a folder or a URL. */
export interface FileReference {
  /** The field in which it stands, e.g. `resources`, `configMapGenerator.files`. */
  readonly field: string;
  /** As written. */
  readonly text: string;
  readonly at: SourceRange;
  readonly kind: "file" | "folder" | "remote" | "missing" | "outside";
  /** The path within the workspace, `undefined` for remote ones and those that leave the workspace. */
  readonly path?: string;
}

/** A kustomization's graph neighbours, without rendering anything. Plain data. */
export interface KustomizationSummary {
  readonly folder: string;
  readonly file: string;
  /** All kustomization files of the folder; more than one is a mistake. */
  readonly files: readonly string[];
  readonly kind: "Kustomization" | "Component";
  readonly namespace?: string;
  readonly references: readonly FileReference[];
  /** Helm charts, whose objects nobody sees. */
  readonly open: readonly OpenReason[];
  readonly error?: KustomizeError;
}

/** All files that a kustomization reaches. */
export interface Closure {
  /** Kustomization files, resources, patches, generator inputs, configurations; sorted, existing ones only. */
  readonly files: readonly string[];
  /** Folders with a kustomization, the first one being the start. */
  readonly folders: readonly string[];
  /** References to nothing, and to places outside of the workspace. */
  readonly missing: readonly FileReference[];
  readonly open: readonly OpenReason[];
}
