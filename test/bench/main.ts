import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { measureCheck } from "./check.ts";
import type { CheckFigures } from "./check.ts";
import { growthBetween, tableText } from "./figures.ts";
import { generateWorkspace } from "./generate.ts";
import { installPeers } from "./peers/install.ts";
import type { PeerFigures } from "./peers/measure.ts";
import { measurePeers } from "./peers/measure.ts";
import { measureServer } from "./server.ts";
import type { ServerFigures } from "./server.ts";
import { measureSimulation } from "./simulation.ts";
import { measureWebview } from "./webview.ts";
import { measureWorstCases } from "./worst-cases.ts";

/**
 * `npm run bench -- [--sizes 1000,10000,50000] [--peers] [--json FILE]`: what an editor and the command line feel, as a table. Nothing here passes or fails;
 * compare ratios of one run, since machines differ.
 */
const { values } = parseArgs({
  options: {
    sizes: { type: "string", default: "1000,10000" },
    json: { type: "string" },
    peers: { type: "boolean", default: false },
  },
});
const corpus = join(import.meta.dirname, "../../../shared/corpus/dev");

const servers: (ServerFigures & { readonly documents: number })[] = [];
const checks: (CheckFigures & { readonly name: string })[] = [];
for (const documents of values.sizes.split(",").map(Number)) {
  const workspace = generateWorkspace(documents);
  try {
    servers.push({ documents, ...(await measureServer(workspace)) });
    checks.push({ name: `${documents} documents`, ...measureCheck(workspace.folder) });
  } finally {
    workspace.remove();
  }
}
if (existsSync(corpus)) checks.push({ name: "corpus", ...measureCheck(corpus) });

console.log("Server over stdio (milliseconds: p50 / p95; memory in MiB)\n");
console.log(
  tableText(
    [
      "documents",
      "cold index",
      "warm index",
      "memory",
      "keystroke",
      "hover",
      "definition",
      "completion",
      "references",
      "rename",
    ],
    servers.map(
      ({ documents, coldIndex, warmIndex, memory, keystroke, hover, definition, completion, references, rename }) => [
        documents,
        coldIndex,
        warmIndex,
        memory,
        ...[keystroke, hover, definition, completion, references, rename].map(({ p50, p95 }) => `${p50} / ${p95}`),
      ],
    ),
  ),
);
const growths = growthBetween<ServerFigures>(servers, {
  "cold index": ({ coldIndex }) => coldIndex,
  "warm index": ({ warmIndex }) => warmIndex,
  memory: ({ memory }) => memory,
  keystroke: ({ keystroke }) => keystroke.p50,
  hover: ({ hover }) => hover.p50,
  completion: ({ completion }) => completion.p50,
});
if (growths[0] !== undefined) {
  console.log("\nGrowth from one size to the next (exponents: 0 is constant, 1 linear)\n");
  console.log(
    tableText(
      ["documents", ...Object.keys(growths[0].exponents)],
      growths.map(({ from, to, exponents }) => [`${from} to ${to}`, ...Object.values(exponents)]),
    ),
  );
}
console.log("\nCommand line (seconds)\n");
console.log(
  tableText(
    ["files of", "files", "MiB", "bare parse", "check", "ratio"],
    checks.map(({ name, files, mebibytes, bareParse, check, ratio }) => [
      name,
      files,
      mebibytes,
      bareParse,
      check,
      ratio,
    ]),
  ),
);
const worst = measureWorstCases();
console.log("\nWorst cases, in process (milliseconds of the processor)\n");
console.log(
  tableText(
    ["case", "size", "index and check", "a keystroke", "growth"],
    worst.map(({ name, size, everything, keystroke, exponent }) => [name, size, everything, keystroke, exponent]),
  ),
);
const simulations = measureSimulation();
console.log("\nSimulation (milliseconds: first time, median)\n");
console.log(
  tableText(
    ["what", "first", "median"],
    simulations.map(({ name, first, median }) => [name, first, median]),
  ),
);
const views = await measureWebview();
if (views.length > 0) {
  console.log("\nSimulator in Chromium (milliseconds: p50 / p95 / longest)\n");
  console.log(
    tableText(
      ["what", "seen", "work"],
      views.map(({ name, ...durations }) => [
        name,
        ...[durations.seen, durations.work].map(({ p50, p95, max }) => `${p50} / ${p95} / ${max}`),
      ]),
    ),
  );
}
const peers = values.peers ? await besidePeers() : [];
if (peers.length > 0) {
  console.log("\nBeside others (milliseconds; ratio: theirs to Drydock's)\n");
  console.log(
    tableText(
      ["work", "peer", "Drydock", "theirs", "ratio"],
      peers.map(({ work, peer, drydock, theirs, ratio }) => [work, peer, drydock, theirs, ratio]),
    ),
  );
}
if (values.json !== undefined) {
  writeFileSync(
    values.json,
    `${JSON.stringify({ servers, growths, checks, worst, simulations, views, peers }, null, 2)}\n`,
  );
}

/** None where they can't be installed or don't run: the other figures stand on their own. */
async function besidePeers(): Promise<readonly PeerFigures[]> {
  try {
    await installPeers();
    return await measurePeers();
  } catch (error) {
    console.log(`\nNo figures of peers: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
}
