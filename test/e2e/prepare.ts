import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { build } from "esbuild";
import { cache, root } from "../vscode/paths.ts";
import { run } from "../vscode/process.ts";

/** What both runners need, in a fresh folder of the cache. */
export interface Prepared {
  /** A copy of the workspace, which scenarios may change. */
  readonly workspace: string;
  /** The suite as one CommonJS file with `exports.run`. */
  readonly suite: string;
  /** The variables of a machine on which the programs are installed that Drydock runs when it is asked to. */
  readonly env: Readonly<Record<string, string>>;
  /** Where the suite writes its result. */
  readonly result: string;
  /** The folder for pictures of failures. */
  readonly pictures: string;
}

const folder = join(cache, "e2e");
const programs = join(folder, "programs");

export async function prepare(): Promise<Prepared> {
  rmSync(folder, { recursive: true, force: true });
  const prepared = {
    workspace: join(folder, "workspace"),
    suite: join(folder, "suite.cjs"),
    env: { PATH: [programs, process.env["PATH"] ?? ""].join(delimiter) },
    result: join(folder, "result.json"),
    pictures: join(folder, "pictures"),
  };
  mkdirSync(prepared.pictures, { recursive: true });
  writeHelm();
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

/** A stand-in for Helm, which says where and with which words it was started. */
function writeHelm(): void {
  mkdirSync(programs, { recursive: true });
  const script = '#!/bin/sh\necho "# ${PWD##*/}: $*"\nprintf "apiVersion: v1\\nkind: ConfigMap\\n"\n';
  writeFileSync(join(programs, "helm"), script, { mode: 0o755 });
}

/** Packs the extension that runs the suite where there is no other way into the extension host. */
export async function packDriver(): Promise<string> {
  const vsix = join(folder, "driver.vsix");
  const vsce = join(root, "node_modules/@vscode/vsce/vsce");
  const flags = ["--no-dependencies", "--allow-missing-repository", "--skip-license", "--out", vsix];
  await run(process.execPath, [vsce, "package", ...flags], { cwd: join(root, "test/e2e/driver"), deadline: 60_000 });
  return vsix;
}
