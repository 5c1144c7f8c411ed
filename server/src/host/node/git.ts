import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

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
}

/** The files below a folder in a commit; `undefined` where there is no such commit. */
export function committedFiles(folder: string, commit: string): readonly CommittedFile[] | undefined {
  const listing = git(folder, ["ls-tree", "-r", "-z", commit, "--", "."]);
  return listing?.split("\0").flatMap((line) => {
    const [, type, object, path] = /^\d+ (\w+) ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    return type === "blob" && object !== undefined && path !== undefined ? [{ path, object }] : [];
  });
}

/** The contents of files of a commit, in their order; `undefined` when git does not answer. */
export function committedContents(folder: string, files: readonly CommittedFile[]): readonly Uint8Array[] | undefined {
  const input = files.map(({ object }) => `${object}\n`).join("");
  const { status, stdout } = spawnSync("git", ["cat-file", "--batch"], {
    cwd: folder,
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
export function writeCommitted(folder: string, files: readonly CommittedFile[], target: string): boolean {
  const contents = committedContents(folder, files);
  for (const [index, { path }] of files.entries()) {
    const content = contents?.[index];
    if (content === undefined) return false;
    mkdirSync(dirname(join(target, path)), { recursive: true });
    writeFileSync(join(target, path), content);
  }
  return true;
}
