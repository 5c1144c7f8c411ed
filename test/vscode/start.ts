import { spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { missingForInstallation } from "./install.ts";
import { packExtension } from "./package.ts";
import { cache, examples, findProgram, root, vsix } from "./paths.ts";
import { run } from "./process.ts";
import { quietSettings, startSession } from "./session.ts";

/**
 * `npm start`: builds and packs the extension and opens the example workspace with it, in a profile that is thrown away at the next start.
 * With `code` on PATH and a desktop that is the user's VS Code; otherwise the one that npm ships, in a browser. `npm start -- --browser` insists on the latter.
 */
async function main(args: readonly string[]): Promise<void> {
  say("Building and packing the extension");
  await run(process.execPath, ["esbuild.mjs"], { cwd: root, deadline: 120_000 });
  await packExtension();
  const code = hasDesktop() && !args.includes("--browser") ? findProgram("code") : undefined;
  if (code === undefined) await startInBrowser();
  else await startInCode(code);
}

async function startInCode(code: string): Promise<void> {
  const profile = join(cache, "profiles/code");
  rmSync(profile, { recursive: true, force: true });
  mkdirSync(join(profile, "User"), { recursive: true });
  writeFileSync(join(profile, "User/settings.json"), JSON.stringify(quietSettings, undefined, 2));
  const folders = ["--user-data-dir", profile, "--extensions-dir", join(profile, "extensions")];
  await run(code, [...folders, "--install-extension", vsix], { cwd: root, deadline: 120_000 });
  await run(code, [...folders, "--new-window", "--disable-workspace-trust", examples], {
    cwd: root,
    deadline: 120_000,
  });
  say(`VS Code has the example workspace open: ${examples}`);
}

async function startInBrowser(): Promise<void> {
  const missing = missingForInstallation();
  if (missing !== undefined)
    throw new Error(`There is no VS Code here, and ${missing.what} is missing to install one: ${missing.command}`);
  const session = await startSession({ name: "start", folder: examples, extensions: [vsix], say });
  say(`The example workspace is open in VS Code at ${session.url}`);
  say("Ctrl-C ends it.");
  openInDesktop(session.url);
  const code = await session.process.ended;
  throw new Error(`VS Code's server ended with ${code}`);
}

function openInDesktop(url: string): void {
  const opener = process.platform === "darwin" ? "open" : "xdg-open";
  if (!hasDesktop() || findProgram(opener) === undefined) return;
  spawn(opener, [url], { stdio: "ignore", detached: true }).unref();
}

function hasDesktop(): boolean {
  if (process.platform === "darwin" || process.platform === "win32") return true;
  return [process.env["DISPLAY"], process.env["WAYLAND_DISPLAY"]].some(
    (display) => display !== undefined && display !== "",
  );
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
