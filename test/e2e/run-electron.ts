import { existsSync } from "node:fs";
import { join } from "node:path";
import { cache, findProgram, root, vsix } from "../vscode/paths.ts";
import { run } from "../vscode/process.ts";
import { prepare } from "./prepare.ts";

/**
 * The same suite in VS Code's own build, the oldest supported and the current one, through `@vscode/test-electron`: `node test/e2e/run-electron.ts [VERSION…]`.
 * It downloads VS Code, so it is no part of `npm test`; where the download can't be reached it says that nothing was tested.
 */
const version = "3.1.0";
const folder = join(cache, "test-electron");

interface TestElectron {
  downloadAndUnzipVSCode(options: { readonly version: string; readonly cachePath: string }): Promise<string>;
  runTests(options: {
    readonly vscodeExecutablePath: string;
    readonly extensionDevelopmentPath: string;
    readonly extensionTestsPath: string;
    readonly extensionTestsEnv: Readonly<Record<string, string>>;
    readonly launchArgs: readonly string[];
  }): Promise<number>;
}

async function main(versions: readonly string[]): Promise<number> {
  const library = await testElectron();
  if (process.platform === "linux" && (process.env["DISPLAY"] ?? "") === "") {
    return skipped("there is no display; run it below xvfb-run");
  }
  for (const wanted of versions) {
    let executable: string;
    try {
      executable = await library.downloadAndUnzipVSCode({ version: wanted, cachePath: folder });
    } catch (error) {
      return skipped(
        `VS Code ${wanted} can't be downloaded: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
    const { workspace, suite, env } = await prepare();
    const profile = join(cache, "profiles", `electron-${wanted}`);
    await library.runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: root,
      extensionTestsPath: suite,
      extensionTestsEnv: env,
      launchArgs: [workspace, "--user-data-dir", profile, "--disable-extensions", "--disable-workspace-trust"],
    });
    process.stdout.write(`VS Code ${wanted}: the suite passed\n`);
  }
  return 0;
}

/** The library is fetched when it is wanted: only this runner needs it. */
async function testElectron(): Promise<TestElectron> {
  const entry = join(folder, "node_modules/@vscode/test-electron/out/index.js");
  if (!existsSync(entry)) {
    const npm = findProgram("npm") ?? "npm";
    const flags = ["--no-audit", "--no-fund", "--prefix", folder];
    await run(npm, ["install", `@vscode/test-electron@${version}`, ...flags], { cwd: cache, deadline: 300_000 });
  }
  return (await import(entry)) as TestElectron;
}

function skipped(why: string): number {
  process.stdout.write(`Skipped, nothing was tested: ${why}\n`);
  return process.env["E2E"] === "required" ? 1 : 0;
}

if (!existsSync(vsix))
  process.stdout.write("The suite runs on the sources' bundles in dist/; build them first: npm run build\n");
const wanted = process.argv.slice(2);
process.exitCode = await main(wanted.length > 0 ? wanted : ["1.100.0", "stable"]);
