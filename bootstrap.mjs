// `node bootstrap.mjs SCRIPT [ARGUMENT…]`: what `npm start` and `npm test` run on any machine with Node 20 or later. Installs the packages that are
// missing (a fresh clone has none, also not the Node that understands our sources), then runs the script with them.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(fileURLToPath(import.meta.url));
const installed = join(root, "node_modules/.package-lock.json");
const lock = join(root, "package-lock.json");

if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs) {
  console.log("Installing packages (once)");
  const npm = process.env.npm_execpath;
  run(npm === undefined ? "npm" : process.execPath, [
    ...(npm === undefined ? [] : [npm]),
    "ci",
    "--no-audit",
    "--no-fund",
  ]);
}
run(join(root, "node_modules/.bin/node"), process.argv.slice(2));

function run(program, words) {
  const { status, error } = spawnSync(program, words, {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (error !== undefined) console.error(error.message);
  if (status !== 0) process.exit(status ?? 1);
}
