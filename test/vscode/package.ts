import { rmSync } from "node:fs";
import { join } from "node:path";
import { root, vsix } from "./paths.ts";
import { run } from "./process.ts";

/** Packs what is in dist/ into `drydock.vsix`. The bundles hold every dependency, so no package is packed. */
export async function packExtension(): Promise<string> {
  rmSync(vsix, { force: true });
  const flags = ["--no-dependencies", "--allow-missing-repository", "--no-rewrite-relative-links", "--out", vsix];
  return run(process.execPath, [vsce, "package", ...flags], { cwd: root, deadline: 120_000 });
}

/** The files that the package would have, as paths below the root. */
export async function packedFiles(): Promise<readonly string[]> {
  const listed = await run(process.execPath, [vsce, "ls", "--no-dependencies"], { cwd: root, deadline: 60_000 });
  return listed
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

const vsce = join(root, "node_modules/@vscode/vsce/vsce");

if (import.meta.main) process.stdout.write(await packExtension());
