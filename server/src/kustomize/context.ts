import type { ParseCache } from "./cache.ts";
import type { KustomizeError, KustomizeFiles, KustomizeProblem, OpenReason, SourceRange } from "./types.ts";
import { attempt, Refusal } from "./failure.ts";
import { MergeSchemas } from "./patches/merge-schema.ts";

/** What one build shares: the files, what was asked of them, and what is to be told besides the result. */
export class BuildContext {
  readonly cache: ParseCache;
  readonly schemas = new MergeSchemas();
  readonly problems: KustomizeProblem[] = [];
  readonly open: OpenReason[] = [];
  /** Mistakes that a tolerant build stepped over. */
  readonly errors: KustomizeError[] = [];
  /** Whether files may be read wherever they lie. */
  readonly isUnrestricted: boolean;
  readonly #files: KustomizeFiles;
  readonly #tolerant: boolean;
  readonly #inputs = new Set<string>();

  constructor(files: KustomizeFiles, cache: ParseCache, tolerant: boolean, isUnrestricted = false) {
    this.isUnrestricted = isUnrestricted;
    this.#files = files;
    this.cache = cache;
    this.#tolerant = tolerant;
  }

  get inputs(): readonly string[] {
    return [...this.#inputs].sort();
  }

  text(path: string): string | undefined {
    this.#inputs.add(path);
    return this.#files.text(path);
  }

  bytes(path: string): Uint8Array | undefined {
    return this.#files.bytes?.(path);
  }

  isFolder(path: string): boolean {
    this.#inputs.add(path);
    return this.#files.isFolder(path);
  }

  /** Roots are compared by where they really are, so that links can't lead in a circle. */
  realPath(path: string): string {
    return this.#files.realPath?.(path) ?? path;
  }

  noteOutside(name: string, at: SourceRange | undefined): void {
    if (at !== undefined) this.problems.push({ code: "outside-root", subject: name, at });
  }

  noteUnmatched(target: string, at: SourceRange | undefined): void {
    if (at !== undefined) this.problems.push({ code: "no-patch-target", subject: target, at });
  }

  noteUnused(variable: string, at: SourceRange | undefined): void {
    if (at !== undefined) this.problems.push({ code: "unused-var", subject: variable, at });
  }

  noteDeprecated(field: string, at: SourceRange | undefined): void {
    if (at !== undefined) this.problems.push({ code: "deprecated-field", subject: field, at });
  }

  /**
   * One step of a build. A tolerant build notes a mistake and goes on without the step, so that one missing file or remote base
   * leaves the rest of an environment readable.
   */
  step(run: () => void): void {
    const result = attempt(run);
    if (!(result instanceof Refusal)) return;
    this.noteOpen(result);
    if (!this.#tolerant) throw result;
    this.errors.push(result.error);
  }

  noteOpen(refusal: Refusal): void {
    const kind = refusal.class;
    if (refusal.at === undefined || (kind !== "remote" && kind !== "helm" && kind !== "plugin")) return;
    if (!this.open.some(({ at }) => at === refusal.at))
      this.open.push({ kind, subject: refusal.subject ?? refusal.message, at: refusal.at });
  }
}
