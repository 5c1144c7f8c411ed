import { execFileSync } from "node:child_process";
import { basename, dirname } from "node:path";

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
