import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative } from "node:path";

/** So long a call of git may take, in milliseconds. */
const timeLimit = 5000;

/** The text of a file in a commit, `undefined` where there is no git, no repository, or no such file in it. */
export function committedText(path: string, commit = "HEAD"): string | undefined {
  return git(dirname(path), ["show", `${commit}:./${basename(path)}`]);
}

/** What a git command prints; `undefined` when it fails. Arguments are never read by a shell. */
export function git(folder: string, words: readonly string[]): string | undefined {
  try {
    return execFileSync("git", [...words], {
      cwd: folder,
      encoding: "utf8",
      timeout: timeLimit,
      maxBuffer: 1 << 26,
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch {
    return undefined; // no git, no repository, or not in it: all the same to those who ask
  }
}

/** Whether there is a git to ask. */
export function hasGit(): boolean {
  return git(".", ["--version"]) !== undefined;
}

/** A file of a commit. */
export interface CommittedFile {
  /** Relative to the folder that was asked for, with `/`. */
  readonly path: string;
  readonly object: string;
  /** A folder of the repository that keeps it: the files of a submodule are kept by the submodule. */
  readonly repository: string;
  /** A symbolic link, whose content is the path that it leads to. */
  readonly isLink: boolean;
}

/** The files below a folder in a commit, those of its submodules included; `undefined` where there is no such commit. */
export function committedFiles(folder: string, commit: string): readonly CommittedFile[] | undefined {
  const listing = git(folder, ["ls-tree", "-r", "-z", commit, "--", "."]);
  return listing?.split("\0").flatMap((line) => {
    const [, mode, type, object, path] = /^(\d+) (\w+) ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    if (object === undefined || path === undefined) return [];
    if (type === "commit") return submoduleFiles(folder, path, object);
    return type === "blob" ? [{ path, object, repository: folder, isLink: mode === "120000" }] : [];
  });
}

/** One that is not checked out has no files on either side; asked there, git would answer for the repository around it. */
function submoduleFiles(folder: string, path: string, commit: string): readonly CommittedFile[] {
  const repository = join(folder, path);
  if (!existsSync(join(repository, ".git"))) return [];
  return (committedFiles(repository, commit) ?? []).map((file) => ({ ...file, path: `${path}/${file.path}` }));
}

/** The contents of files of a commit, in their order; `undefined` when git does not answer. */
export function committedContents(files: readonly CommittedFile[]): readonly Uint8Array[] | undefined {
  const contents = new Map<CommittedFile, Uint8Array>();
  for (const repository of new Set(files.map((file) => file.repository))) {
    const own = files.filter((file) => file.repository === repository);
    const blobs = blobsOf(repository, own);
    if (blobs === undefined) return undefined;
    for (const [index, file] of own.entries()) contents.set(file, blobs[index] ?? new Uint8Array());
  }
  return files.map((file) => contents.get(file) ?? new Uint8Array());
}

function blobsOf(repository: string, files: readonly CommittedFile[]): readonly Uint8Array[] | undefined {
  const input = files.map(({ object }) => `${object}\n`).join("");
  const { status, stdout } = spawnSync("git", ["cat-file", "--batch"], {
    cwd: repository,
    input,
    timeout: 12 * timeLimit,
    maxBuffer: 1 << 30,
  });
  if (status !== 0) return undefined;
  let at = 0;
  return files.map(() => {
    const lineEnd = stdout.indexOf(10, at);
    const size = Number(stdout.toString("latin1", at, lineEnd).split(" ")[2]);
    at = lineEnd + 1 + size + 1;
    return stdout.subarray(lineEnd + 1, lineEnd + 1 + size);
  });
}

/** Writes the files of a commit below another folder; false when git does not answer. */
export function writeCommitted(files: readonly CommittedFile[], target: string): boolean {
  const contents = committedContents(files);
  for (const [index, { path, isLink }] of files.entries()) {
    const content = contents?.[index];
    if (content === undefined) return false;
    const written = join(target, path);
    mkdirSync(dirname(written), { recursive: true });
    if (!isLink) writeFileSync(written, content);
    else link(new TextDecoder().decode(content), written, target);
  }
  return true;
}

/** Links that lead out of the folder are left out: what is there now is not what the commit saw. */
function link(to: string, path: string, folder: string): void {
  const isOutside = isAbsolute(to) || relative(folder, join(dirname(path), to)).startsWith("..");
  if (isOutside) return;
  try {
    symlinkSync(to, path);
  } catch {
    // Windows lets only some people make links; the file is missing then, which is said.
  }
}
