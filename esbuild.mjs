// Bundles every program of Drydock into dist/: `node esbuild.mjs [--watch]`.
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, context } from "esbuild";

const kib = 1024;

/** The Node of the oldest VS Code that `engines.vscode` admits. */
const node = { platform: "node", format: "cjs", target: "node20" };
const browser = { platform: "browser", target: "es2022" };

/**
 * One file per program. `budget` is the largest size in bytes; what grows beyond it fails the build, so that growth is a decision.
 * @type {readonly { out: string, entry: string, budget: number, options: import("esbuild").BuildOptions }[]}
 */
const programs = [
  {
    out: "extension.cjs",
    entry: "client/src/extension.ts",
    budget: 600 * kib,
    options: { ...node, external: ["vscode"] },
  },
  {
    out: "extension-web.js",
    entry: "client/src/extension-web.ts",
    budget: 600 * kib,
    options: { ...browser, format: "cjs", external: ["vscode"] },
  },
  { out: "server.cjs", entry: "server/src/host/node/main.ts", budget: 1900 * kib, options: node },
  { out: "worker.cjs", entry: "server/src/host/node/facts-worker.ts", budget: 500 * kib, options: node },
  {
    out: "server-web.js",
    entry: "server/src/host/browser/main.ts",
    budget: 1900 * kib,
    options: { ...browser, format: "iife" },
  },
  { out: "command-line.cjs", entry: "server/src/cli/main.ts", budget: 1900 * kib, options: node },
  {
    out: "drydock.cjs",
    entry: "server/src/cli/launch.ts",
    budget: 1 * kib,
    options: { ...node, banner: { js: "#!/usr/bin/env node" } },
  },
  {
    out: "simulation.js",
    entry: "client/webview/simulation.ts",
    budget: 150 * kib,
    options: { ...browser, format: "iife" },
  },
  {
    out: "balancing.js",
    entry: "client/webview/balancing.ts",
    budget: 150 * kib,
    options: { ...browser, format: "iife" },
  },
  {
    out: "webview.js",
    entry: "client/webview/main.tsx",
    budget: 150 * kib,
    options: { ...browser, format: "iife", jsx: "automatic", jsxImportSource: "preact" },
  },
];

const watching = process.argv.includes("--watch");

const present = programs.filter((program) => existsSync(program.entry));
const missing = programs.filter((program) => !existsSync(program.entry));

rmSync("dist", { recursive: true, force: true });
mkdirSync("dist");
if (watching) await watch();
else await buildAll();

async function buildAll() {
  const started = performance.now();
  const attempts = await Promise.allSettled(
    present.map(async (program) => ({ program, result: await build(optionsOf(program)) })),
  );
  if (existsSync("dist/drydock.cjs")) chmodSync("dist/drydock.cjs", 0o755);
  const results = attempts.flatMap((attempt) => (attempt.status === "fulfilled" ? [attempt.value] : []));
  const tooLarge = results.filter(({ program }) => sizeOf(program) > program.budget);
  for (const { program } of results) {
    console.log(
      `${`dist/${program.out}`.padEnd(24)} ${kilobytes(sizeOf(program))} of ${kilobytes(program.budget)} KiB`,
    );
  }
  writeNotices(results.flatMap(({ result }) => Object.keys(result.metafile.inputs)));
  console.log(`built in ${Math.round(performance.now() - started)} ms`);
  for (const { program, result } of tooLarge) reportLargest(program, result.metafile);
  for (const { out, entry } of missing) console.error(`dist/${out} is missing: there is no ${entry}`);
  const needed = missing.filter(({ out }) => isNamed(out));
  if (attempts.length > results.length || tooLarge.length > 0 || needed.length > 0) process.exitCode = 1;
}

/** Whether the manifest or the extension names a program: without it, a part of the product would not work. */
function isNamed(out) {
  const sources = readdirSync("client/src", { recursive: true }).filter((name) => name.endsWith(".ts"));
  const texts = ["package.json", ...sources.map((name) => join("client/src", name))];
  return texts.some((path) => readFileSync(path, "utf8").includes(`dist/${out}`));
}

async function watch() {
  for (const program of present) {
    const watcher = await context({ ...optionsOf(program), sourcemap: "linked", minify: false, logLevel: "info" });
    await watcher.watch();
  }
}

function optionsOf({ entry, out, options }) {
  return {
    entryPoints: [entry],
    outfile: `dist/${out}`,
    bundle: true,
    minify: true,
    keepNames: false,
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
    define: { "process.env.NODE_ENV": '"production"' },
    ...options,
  };
}

function sizeOf(program) {
  return statSync(join("dist", program.out)).size;
}

function kilobytes(bytes) {
  return (bytes / kib).toFixed(0).padStart(5);
}

/** Says what fills a bundle that grew beyond its budget. */
function reportLargest(program, metafile) {
  console.error(
    `dist/${program.out} is larger than its budget of ${kilobytes(program.budget)} KiB; the largest parts:`,
  );
  const inputs = Object.values(metafile.outputs)[0]?.inputs ?? {};
  const largest = Object.entries(inputs)
    .sort(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput)
    .slice(0, 10);
  for (const [path, { bytesInOutput }] of largest) console.error(`  ${kilobytes(bytesInOutput)} KiB  ${path}`);
}

/** The licences of the bundled packages, which their authors want to see beside the code. */
function writeNotices(inputs) {
  const folders = new Set(
    inputs
      .map((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0])
      .filter((path) => path !== undefined),
  );
  const notices = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    const text = file === undefined ? "" : readFileSync(join(folder, file), "utf8").trim();
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  writeFileSync("dist/licenses.txt", notices.join(`\n${"-".repeat(80)}\n\n`));
}
