import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cache, findProgram } from "./paths.ts";
import { run } from "./process.ts";

/** The workbench that npm ships: VS Code 1.139 with its extension host for Node 24. */
export const codeServerVersion = "4.139.1";

/** A workbench ready to start. */
export interface CodeServer {
  /** The Node that it was built for. */
  readonly node: string;
  /** VS Code's own server program. */
  readonly main: string;
}

/** What has to be on the machine before anything can be installed, with the command that brings it. */
export interface Missing {
  readonly what: string;
  readonly command: string;
}

const nativeModules = [
  "@vscode/spdlog",
  "node-pty",
  "@vscode/native-watchdog",
  "@vscode/sqlite3",
  "@vscode/fs-copyfile",
  "@parcel/watcher",
];

const minutes = 60_000;

/** Programs that the installation needs and that are not there; none once it is installed. */
export function missingForInstallation(): Missing | undefined {
  if (isInstalled()) return undefined;
  const absent = [
    ["g++", "g++"],
    ["make", "make"],
    ["python3", "python3"],
  ].filter(([program]) => program !== undefined && findProgram(program) === undefined);
  if (absent.length === 0) return undefined;
  const packages = absent.map(([, name]) => name).join(" ");
  return { what: `a compiler for VS Code's native modules (${packages})`, command: `sudo apt-get install ${packages}` };
}

/** Installs the workbench into the cache, once; later calls return at once. Throws with the log's tail of the step that failed. */
export async function installCodeServer(say: (line: string) => void): Promise<CodeServer> {
  const server = locate();
  if (isInstalled()) return server;
  const missing = missingForInstallation();
  if (missing !== undefined) throw new Error(`${missing.what} is missing: ${missing.command}`);
  say(`Installing VS Code (code-server ${codeServerVersion}) into .vscode-test, once; this takes some minutes`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
  await npm(folder, ["install", `code-server@${codeServerVersion}`, `${nodePackage}@${process.versions.node}`]);
  say("  packages are there; now those of the workbench");
  await npm(library, ["install", "--omit=dev"]);
  say("  now its native modules");
  await buildNativeModules();
  provideRipgrep();
  writeFileSync(stamp, `${codeServerVersion}\n`);
  return server;
}

const folder = join(cache, `code-server-${codeServerVersion}`);
const library = join(folder, "node_modules/code-server/lib/vscode");
const stamp = join(folder, "installed");
const nodePackage = `node-${process.platform}-${process.arch}`;

function locate(): CodeServer {
  return {
    node: join(folder, "node_modules", nodePackage, "bin/node"),
    main: join(library, "out/server-main.js"),
  };
}

function isInstalled(): boolean {
  return existsSync(stamp);
}

/** Runs npm in a folder outside the project; nothing that it installs runs scripts. */
export async function npm(cwd: string, args: readonly string[]): Promise<void> {
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  await run("npm", [...args, ...flags], { cwd, env: npmEnvironment, deadline: 10 * minutes });
}

async function buildNativeModules(): Promise<void> {
  const present = nativeModules.filter((name) => existsSync(join(library, "node_modules", name)));
  const nodedir = join(folder, "node_modules", nodePackage);
  const args = ["rebuild", ...present, "--foreground-scripts", `--nodedir=${nodedir}`];
  await run("npm", args, {
    cwd: library,
    env: { ...npmEnvironment, npm_config_nodedir: nodedir },
    deadline: 10 * minutes,
  });
}

/** `npm run` hands its own settings down as variables; those of the outer project must not steer the inner one. */
const npmEnvironment = Object.fromEntries(
  Object.keys(process.env)
    .filter((name) => /^npm_(package|lifecycle)_|^npm_config_(local_prefix|save_exact|omit_lockfile)/.test(name))
    .map((name) => [name, undefined]),
);

/** Searching files needs ripgrep, which the package fetches in a script that does not run here: the system's will do. */
function provideRipgrep(): void {
  const system = findProgram("rg");
  if (system === undefined) return;
  for (const name of readdirSync(join(library, "node_modules/@vscode")).filter((each) => each.startsWith("ripgrep"))) {
    const bin = join(library, "node_modules/@vscode", name, "bin");
    mkdirSync(bin, { recursive: true });
    if (!existsSync(join(bin, "rg"))) symlinkSync(system, join(bin, "rg"));
  }
}

if (import.meta.main) {
  await installCodeServer((line) => process.stdout.write(`${line}\n`));
}
