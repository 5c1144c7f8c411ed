import { Charts } from "./charts.ts";
import type { Chart } from "./charts.ts";
import { fileSetEnvironment, folderEnvironment, hidesOthers } from "./environment.ts";
import type { FolderOptions } from "./environment.ts";
import type { Index } from "./index.ts";
import { defaultNamespace, folderOf } from "./place.ts";
import type { Environment, FileId, FolderId } from "./types.ts";

/** How environments are found. Everything may be absent: then each folder is one. */
export interface EnvironmentOptions {
  /** Namespace of objects that name none, where neither a kustomization nor an environment of the settings does. */
  readonly namespace?: string;
  /** Folders that stepping up does not leave: those of the workspace. */
  readonly tops?: readonly FolderId[];
  /** Environments of the settings; they win. */
  readonly defined?: readonly DefinedEnvironment[];
  /** Names of environments that a person has chosen, the latest first: they come first among those of a file. */
  readonly active?: readonly string[];
  /** Environments that kustomizations make. */
  readonly kustomizations?: Kustomizations;
}

/** An environment of the settings; its globs are somebody else's business. */
export interface DefinedEnvironment {
  readonly name: string;
  readonly namespace?: string;
  includes(file: FileId): boolean;
}

/** All kustomizations of the workspace that no other one uses, and folders that controllers apply. */
export interface Kustomizations {
  readonly roots: readonly KustomizationRoot[];
  /** The roots that reach a file. */
  readonly claims: ReadonlyMap<FileId, readonly KustomizationRoot[]>;
  /** Files that are only patches, replacements and the like: no object of theirs is complete. */
  readonly partial: ReadonlySet<FileId>;
}

export interface KustomizationRoot {
  readonly folder: FolderId;
  /** Everything that it reaches, sorted. */
  readonly files: readonly FileId[];
  /** The rendered objects; made when first asked. */
  environment(): Environment;
}

/** Which documents belong together, for one state of the index. */
export class Environments {
  readonly index: Index;
  readonly #options: EnvironmentOptions;
  readonly #folders = new Map<FolderId, Environment>();
  readonly #views = new Map<FileId, Environment>();
  readonly #claims: ReadonlyMap<FileId, readonly KustomizationRoot[]>;
  readonly #charts: Charts;
  #defined: readonly { readonly environment: Environment; readonly includes: (file: FileId) => boolean }[] | undefined;

  constructor(index: Index, options: EnvironmentOptions = {}) {
    this.index = index;
    this.#options = options;
    this.#charts = new Charts(index);
    this.#claims = options.kustomizations?.claims ?? new Map<FileId, readonly KustomizationRoot[]>();
  }

  /** The environments that a file belongs to, at least one; the active one first. */
  of(file: FileId): readonly Environment[] {
    const environments = this.#of(file);
    const active = this.#options.active?.find((name) => environments.some((each) => each.name === name));
    if (active === undefined) return environments;
    const isActive = ({ name }: Environment): boolean => name === active;
    return [...environments.filter(isActive), ...environments.filter((each) => !isActive(each))];
  }

  #of(file: FileId): readonly Environment[] {
    const defined = this.#definedEnvironments().filter(({ includes }) => includes(file));
    if (defined.length > 0) return defined.map(({ environment }) => environment);
    const roots = this.#claims.get(file);
    if (roots !== undefined) return roots.map((root) => root.environment());
    return [this.#view(file)];
  }

  /** All environments that hold an object: those of the settings, of kustomizations, and the folders with files of their own, each sorted by name. */
  all(): readonly Environment[] {
    const defined = this.#definedEnvironments();
    const kustomizations = (this.#options.kustomizations?.roots ?? []).map((root) => root.environment());
    const isFree = (file: FileId): boolean =>
      !this.#claims.has(file) && !defined.some(({ includes }) => includes(file));
    const folders = this.index
      .folders()
      .filter((folder) =>
        this.index.filesIn(folder).some((file) => isFree(file) && this.index.file(file)!.resources.length > 0),
      )
      .map((folder) => this.#folder(folder));
    return [...defined.map(({ environment }) => environment), ...kustomizations, ...folders];
  }

  /** The environment of that name. */
  named(name: string): Environment | undefined {
    return this.all().find((environment) => environment.name === name);
  }

  /** Whether the objects of a file are only parts of objects, such as patches. */
  isPartial(file: FileId): boolean {
    return this.#options.kustomizations?.partial.has(file) === true;
  }

  /** Whether a kustomization reads a file, which need not be a manifest. */
  isReached(file: FileId): boolean {
    return this.#claims.has(file);
  }

  /** The chart of which a file is a template; `undefined` where settings or kustomizations say otherwise. */
  templateOf(file: FileId): Chart | undefined {
    if (this.#claims.has(file) || this.#definedEnvironments().some(({ includes }) => includes(file))) return undefined;
    return this.#charts.templateOf(file);
  }

  /** The chart that a file is the `values.yaml` of. */
  valuesOf(file: FileId): Chart | undefined {
    return this.#charts.valuesOf(file);
  }

  #definedEnvironments(): readonly {
    readonly environment: Environment;
    readonly includes: (file: FileId) => boolean;
  }[] {
    this.#defined ??= (this.#options.defined ?? []).map((each) => ({
      environment: fileSetEnvironment(this.index, {
        name: each.name,
        kind: "settings",
        namespace: each.namespace ?? this.#options.namespace ?? defaultNamespace,
        files: this.index.filesBelow("").filter((file) => each.includes(file)),
      }),
      includes: (file) => each.includes(file),
    }));
    return this.#defined;
  }

  /** The folder of a file, as it looks from there: what the file itself defines hides other definitions of it. */
  #view(file: FileId): Environment {
    let view = this.#views.get(file);
    if (view === undefined) {
      const folder = folderOf(file);
      const isOwnView = hidesOthers(this.index, file, folder);
      view = isOwnView
        ? folderEnvironment(this.index, folder, { ...this.#folderOptions(folder), from: file })
        : this.#folder(folder);
      this.#views.set(file, view);
    }
    return view;
  }

  #folder(folder: FolderId): Environment {
    let environment = this.#folders.get(folder);
    if (environment === undefined) {
      environment = folderEnvironment(this.index, folder, this.#folderOptions(folder));
      this.#folders.set(folder, environment);
    }
    return environment;
  }

  #folderOptions(folder: FolderId): FolderOptions {
    const { namespace, tops = [""] } = this.#options;
    const top = tops.find((each) => folder.startsWith(each)) ?? folder;
    return { below: false, top, claimed: this.#claims, ...(namespace === undefined ? {} : { namespace }) };
  }
}
