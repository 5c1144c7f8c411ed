import { cpSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cache, root, vsix } from "./paths.ts";
import { run } from "./process.ts";

/** Packs what is in dist/ into `drydock.vsix`. The bundles hold every dependency, so no package is packed. */
export async function packExtension(): Promise<string> {
  rmSync(vsix, { force: true });
  const flags = ["--no-dependencies", "--allow-missing-repository", "--no-rewrite-relative-links", "--out", vsix];
  return run(process.execPath, [vsce, "package", ...flags], { cwd: stage(), deadline: 120_000 });
}

/** The files that the package would have, as paths below the root. */
export async function packedFiles(): Promise<readonly string[]> {
  const listed = await run(process.execPath, [vsce, "ls", "--no-dependencies"], { cwd: stage(), deadline: 60_000 });
  return listed
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

const vsce = join(root, "node_modules/@vscode/vsce/vsce");

/** Top-level folders which the packer, looking at every file before it asks `.vscodeignore`, would take long to walk through. */
const heavy = new Set([".git", ".vscode-test", "node_modules", "client", "server", "test"]);

/** Copies what may be packed into a folder of its own. */
function stage(): string {
  const folder = join(cache, "package");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(root).filter((each) => !heavy.has(each) && !each.endsWith(".vsix"))) {
    cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  return folder;
}

if (import.meta.main) process.stdout.write(await packExtension());
