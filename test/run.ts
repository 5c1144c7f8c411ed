import { existsSync, globSync } from "node:fs";
import { join } from "node:path";
import { findChromium } from "./vscode/browser.ts";
import { missingForInstallation } from "./vscode/install.ts";
import { findProgram, root } from "./vscode/paths.ts";
import { killTree, start, tail } from "./vscode/process.ts";

/**
 * `npm test [LAYER…]`: every layer of tests that can run on this machine, in order from fast to slow.
 * A layer that something is missing for is named at the end with the command that adds it; with `E2E=required` in the environment that is a failure.
 */
interface Layer {
  readonly name: string;
  /** What is missing on this machine, and the command that brings it. */
  missing?(): Missing | undefined;
  /** Whether its output is worth reading also when all is well. */
  readonly shown?: boolean;
  /** The layers whose products it tests: where one of them has failed, it fails at once. */
  readonly needs?: readonly string[];
  /** The commands, run by this Node one after the other. Each prints its counts, or counts as one test. */
  readonly commands: readonly (readonly string[])[];
}

interface Missing {
  readonly what: string;
  readonly command: string;
}

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

interface Outcome {
  readonly layer: Layer;
  readonly passed: number;
  readonly failed: number;
  readonly leftOut?: Missing;
}

/** Folders of `test/` that have a layer of their own; all others run together in one process. */
const apart = ["stdio", "editors", "worker", "webview", "package", "e2e"];

const layers: readonly Layer[] = [
  { name: "build", commands: [["esbuild.mjs"]] },
  { name: "unit, property and house rules", commands: [together()] },
  { name: "conformance", shown: true, commands: [["test/conformance/main.ts"]] },
  { name: "protocol over stdio", needs: ["build"], commands: [testsIn("stdio")] },
  { name: "other editors", needs: ["build"], missing: missingEditors, commands: [testsIn("editors")] },
  { name: "protocol in a web worker", needs: ["build"], missing: missingChromium, commands: [testsIn("worker")] },
  { name: "webview", needs: ["build"], missing: missingChromium, commands: [testsIn("webview")] },
  { name: "package", needs: ["build"], commands: [["test/vscode/package.ts"], testsIn("package")] },
  {
    name: "end to end in VS Code",
    needs: ["build", "package"],
    missing: () => missingChromium() ?? missingForInstallation(),
    commands: [["test/e2e/run-code-server.ts"]],
  },
];

const minutes = 60_000;
const deadline = 10 * minutes;

await main(process.argv.slice(2));

async function main(names: readonly string[]): Promise<void> {
  const chosen = chosenLayers(names);
  const outcomes: Outcome[] = [];
  for (const layer of chosen) {
    const broken = outcomes.find((each) => each.failed > 0 && layer.needs?.includes(each.layer.name) === true);
    outcomes.push(broken === undefined ? await runLayer(layer) : without(broken.layer, layer));
  }
  const leftOut = outcomes.flatMap((outcome) => (outcome.leftOut === undefined ? [] : [outcome]));
  for (const { layer, leftOut: missing } of leftOut) {
    process.stdout.write(
      `Left out: ${layer.name}, for want of ${missing?.what ?? ""}. To add it: ${missing?.command ?? ""}\n`,
    );
  }
  const required = process.env["E2E"] === "required" ? leftOut.length : 0;
  const passed = sum(outcomes.map((each) => each.passed));
  const failed = sum(outcomes.map((each) => each.failed)) + required;
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}

/** The layers with one of these words in their names, all without words; and those whose products they test, which may be older than the sources. */
function chosenLayers(names: readonly string[]): readonly Layer[] {
  const isNamed = ({ name }: Layer): boolean => names.length === 0 || names.some((each) => name.includes(each));
  const needed = layers.filter(isNamed).flatMap(({ needs = [] }) => needs);
  return layers
    .filter(({ commands }) => commands.every((command) => command.length > 0))
    .filter((layer) => isNamed(layer) || needed.includes(layer.name));
}

async function runLayer(layer: Layer): Promise<Outcome> {
  const leftOut = layer.missing?.();
  if (leftOut !== undefined) return { layer, passed: 0, failed: 0, leftOut };
  const started = performance.now();
  const counts = { passed: 0, failed: 0 };
  for (const command of layer.commands) {
    const { passed, failed } = await runCommand(command, layer.shown === true);
    counts.passed += passed;
    counts.failed += failed;
    if (failed > 0) break;
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${layer.name}: ${counts.passed} passed, ${counts.failed} failed (${seconds} s)\n`);
  return { layer, ...counts };
}

function without(broken: Layer, layer: Layer): Outcome {
  process.stdout.write(`${layer.name}: not run, for ${broken.name} failed\n`);
  return { layer, passed: 0, failed: 1 };
}

/** Runs one command; shows its output when it fails. Without counts in its output it is one test: its exit status. */
async function runCommand(command: readonly string[], shown: boolean): Promise<Counts> {
  const child = start(process.execPath, command, { cwd: root, env: { NODE_TEST_CONTEXT: undefined } });
  const timer = setTimeout(() => {
    killTree(child.pid);
  }, deadline);
  const status = await child.ended;
  clearTimeout(timer);
  const output = child.output.join("");
  const counts = countsOf(output) ?? { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1 };
  if (status === 0 && counts.failed === 0) {
    if (shown) process.stdout.write(`${output.trimEnd()}\n`);
    return counts;
  }
  process.stdout.write(`${failuresOf(output)}\n${command.join(" ")} ended with ${status}\n`);
  return { passed: counts.passed, failed: Math.max(1, counts.failed) };
}

/** The counts in the closing lines of node:test or of one of our own programs. */
function countsOf(output: string): Counts | undefined {
  const own = [...output.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1);
  if (own !== undefined) return { passed: Number(own[1]), failed: Number(own[2]) };
  const passed = [...output.matchAll(/^ℹ pass (\d+)$/gm)].at(-1);
  const failed = [...output.matchAll(/^ℹ fail (\d+)$/gm)].at(-1);
  const cancelled = [...output.matchAll(/^ℹ cancelled (\d+)$/gm)].at(-1);
  if (passed === undefined || failed === undefined) return undefined;
  return { passed: Number(passed[1]), failed: Number(failed[1]) + Number(cancelled?.[1] ?? 0) };
}

/** node:test repeats what failed at the end; of other programs the last lines tell. */
function failuresOf(output: string): string {
  const failing = output.lastIndexOf("✖ failing tests:");
  return failing < 0 ? tail(output, 150) : tail(output.slice(failing), 300);
}

function together(): readonly string[] {
  const files = globSync("test/**/*.test.ts", { cwd: root }).filter((path) => {
    return !apart.some((folder) => path.startsWith(join("test", folder)));
  });
  return ["--test", "--test-isolation=none", "--test-reporter=spec", ...files.sort()];
}

/** Tests that start programs: each file in a process of its own. Empty where there are none. */
function testsIn(folder: string): readonly string[] {
  const files = globSync(`test/${folder}/**/*.test.ts`, { cwd: root }).sort();
  return files.length === 0 ? [] : ["--test", "--test-concurrency=1", "--test-reporter=spec", ...files];
}

function missingEditors(): Missing | undefined {
  const absent = ["nvim", "emacs"].filter((program) => findProgram(program) === undefined);
  return absent.length === 0
    ? undefined
    : { what: absent.join(" and "), command: "apt-get install neovim emacs-nox elpa-eglot" };
}

function missingChromium(): Missing | undefined {
  const found = findChromium();
  if (found !== undefined && existsSync(found)) return undefined;
  return { what: "Chromium", command: "sudo apt-get install chromium" };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
