import type { BuildContext } from "./context.ts";
import { refuse, refuseUnknown, Refusal } from "./failure.ts";
import { isGitUrl, isWebAddress } from "./git-url.ts";
import { isWithin, join } from "./paths.ts";
import type { LocatedText } from "./resource.ts";
import type { SourceRange } from "./types.ts";

export interface LoadedFile {
  readonly path: string;
  readonly text: string;
}

/** Reads what a kustomization names: files in or below its folder, and other folders. kustomize api, internal/loader/fileloader.go, v0.21.2. */
export class Loader {
  readonly root: string;
  readonly #context: BuildContext;
  readonly #referrer: Loader | undefined;

  constructor(context: BuildContext, root: string, referrer?: Loader) {
    this.#context = context;
    this.root = root;
    this.#referrer = referrer;
  }

  /** The file that an entry names. */
  load({ text: name, origin }: LocatedText): LoadedFile {
    if (isWebAddress(name))
      refuseUnknown("remote", name, `Get ${JSON.stringify(name)}: remote resources are not loaded`, origin);
    const path = this.#resolve(name, origin);
    if (this.#context.isFolder(path)) refuse("other", `'${path}' must resolve to a file`, origin);
    const text = this.#context.text(path) ?? missing(path, origin);
    if (!isWithin(this.root, path) && !this.#context.isUnrestricted)
      refuse("restriction", `security; file '${path}' is not in or below '${this.root}'`, origin);
    return { path, text };
  }

  /** Reads something without which the rest can still be told. */
  step(run: () => void): void {
    this.#context.step(run);
  }

  /** The bytes of a file that was loaded; `undefined` where the host gives texts alone. */
  bytesOf(path: string): Uint8Array | undefined {
    return this.#context.bytes(path);
  }

  /** Whether an entry names a folder of the workspace. */
  namesFolder(name: string): boolean {
    const path = isWebAddress(name) || name === "" || name.startsWith("/") ? undefined : join(this.root, name);
    return path !== undefined && this.#context.isFolder(path);
  }

  /** The loader of a folder that an entry names. */
  enter({ text: name, origin }: LocatedText): Loader {
    if (name === "") refuse("other", "new root cannot be empty", origin);
    if (isGitUrl(name))
      refuseUnknown("remote", name, `${JSON.stringify(name)}: remote resources are not loaded`, origin);
    if (name.startsWith("/")) refuse("other", `new root '${name}' cannot be absolute`, origin);
    if (isAmbiguous(name))
      refuse(
        "other",
        `path ${JSON.stringify(name)} is ambiguous: check for YAML indentation errors in your kustomization file`,
        origin,
      );
    const path = this.#resolve(name, origin);
    if (!this.#context.isFolder(path)) {
      if (this.#context.text(path) === undefined) missing(path, origin);
      refuse("other", `must build at directory: '${path}': file is not directory`, origin);
    }
    this.#refuseCycle(path, origin);
    return new Loader(this.#context, path, this);
  }

  #resolve(name: string, origin: SourceRange | undefined): string {
    const path = name.startsWith("/") ? undefined : join(this.root, name);
    if (path !== undefined) return this.#context.realPath(path);
    this.#context.noteOutside(name, origin);
    return refuse("restriction", `security; '${name}' is outside of the workspace, where nothing is read`, origin);
  }

  #refuseCycle(candidate: string, origin: SourceRange | undefined): void {
    if (isWithin(candidate, this.root)) {
      refuse("cycle", `cycle detected: candidate root '${candidate}' contains visited root '${this.root}'`, origin);
    }
    if (this.#referrer !== undefined) this.#referrer.#refuseCycle(candidate, origin);
  }
}

/** Refuses a path at which there is nothing. */
export function missing(path: string, at: SourceRange | undefined): never {
  const message = `evalsymlink failure on '${path}' : lstat ${path}: no such file or directory`;
  throw new Refusal({ class: "missing-file", message, missing: path, ...(at === undefined ? {} : { at }) });
}

/** Two entries that a wrong indentation made one: `../a - ../b`. */
function isAmbiguous(name: string): boolean {
  return name.split("/").some((part) => part !== ".." && part.includes(".."));
}
