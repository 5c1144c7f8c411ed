import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { cache, root } from "../vscode/paths.ts";
import { run } from "../vscode/process.ts";

/** What both runners need, in a fresh folder of the cache. */
export interface Prepared {
  /** A copy of the workspace, which scenarios may change. */
  readonly workspace: string;
  /** The suite as one CommonJS file with `exports.run`. */
  readonly suite: string;
  /** Where the suite writes its result. */
  readonly result: string;
  /** The folder for pictures of failures. */
  readonly pictures: string;
}

const folder = join(cache, "e2e");

export async function prepare(): Promise<Prepared> {
  rmSync(folder, { recursive: true, force: true });
  const prepared = {
    workspace: join(folder, "workspace"),
    suite: join(folder, "suite.cjs"),
    result: join(folder, "result.json"),
    pictures: join(folder, "pictures"),
  };
  mkdirSync(prepared.pictures, { recursive: true });
  cpSync(join(root, "test/e2e/workspace"), prepared.workspace, { recursive: true });
  await build({
    entryPoints: [join(root, "test/e2e/suite/index.ts")],
    outfile: prepared.suite,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    external: ["vscode"],
    logLevel: "warning",
  });
  return prepared;
}

/** Packs the extension that runs the suite where there is no other way into the extension host. */
export async function packDriver(): Promise<string> {
  const vsix = join(folder, "driver.vsix");
  const vsce = join(root, "node_modules/@vscode/vsce/vsce");
  const flags = ["--no-dependencies", "--allow-missing-repository", "--skip-license", "--out", vsix];
  await run(process.execPath, [vsce, "package", ...flags], { cwd: join(root, "test/e2e/driver"), deadline: 60_000 });
  return vsix;
}
