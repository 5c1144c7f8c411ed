import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { LanguageClient } from "../support/language-client.ts";
import { startProgram } from "../support/stdio.ts";
import type { Durations } from "./figures.ts";
import { durationsOf, rounded } from "./figures.ts";
import type { Workspace } from "./generate.ts";

/** What an editor feels of a workspace. Times in milliseconds, memory in MiB. */
export interface ServerFigures {
  readonly coldIndex: number;
  /** A second start that finds what the first one has kept. */
  readonly warmIndex: number;
  readonly memory: number;
  readonly keystroke: Durations;
  readonly hover: Durations;
  readonly definition: Durations;
  readonly completion: Durations;
  readonly references: Durations;
  readonly rename: Durations;
}

/** A cold index of tens of thousands of files on a busy machine takes its time: the bench tells how long, it does not judge. */
const deadline = 10 * 60_000;

/** Starts the server on a workspace, types in one of its files, hovers and completes, over real stdio. */
export async function measureServer(workspace: Workspace): Promise<ServerFigures> {
  const wire = startProgram("server.cjs", ["--stdio"]);
  const folder = pathToFileURL(workspace.folder).href;
  const started = performance.now();
  const { client } = await LanguageClient.open(wire, { folder, deadline });
  await client.untilReady();
  const coldIndex = rounded(performance.now() - started);
  const path = workspace.files[Math.floor(workspace.files.length / 2)]!;
  const uri = pathToFileURL(path).href;
  const text = readFileSync(path, "utf8");
  await client.openText(uri, text);
  const keystroke = await durationsOf(200, async (round) => {
    await client.changeText(uri, text.replace(/image: \S+/, `image: registry.example/typed:${round}`));
    await client.diagnostics(uri);
  });
  await client.changeText(uri, text);
  const at = (needle: string, shift: number): object => ({
    textDocument: { uri },
    position: positionOf(text, text.lastIndexOf(needle) + shift),
  });
  const hover = await durationsOf(200, () => client.request("textDocument/hover", at("targetPort: http", 13)));
  const definition = await durationsOf(200, () =>
    client.request("textDocument/definition", at("targetPort: http", 13)),
  );
  const completion = await durationsOf(100, () =>
    client.request("textDocument/completion", at("targetPort: http", 13)),
  );
  const references = await durationsOf(100, () =>
    client.request("textDocument/references", { ...at("name: http", 7), context: { includeDeclaration: true } }),
  );
  const rename = await measureRename(client, workspace.widest);
  const memory = rounded(residentMiB(wire.pid));
  await client.end();
  const warmIndex = await measureWarmStart(folder);
  return { coldIndex, warmIndex, memory, keystroke, hover, definition, completion, references, rename };
}

/** Renames the label that a hundred files have in common. */
async function measureRename(client: LanguageClient, path: string): Promise<Durations> {
  const uri = pathToFileURL(path).href;
  const text = readFileSync(path, "utf8");
  await client.openText(uri, text);
  const position = positionOf(text, text.indexOf("stable"));
  return durationsOf(20, () =>
    client.request("textDocument/rename", { textDocument: { uri }, position, newName: "canary" }),
  );
}

/** Starts twice with a store of its own: the first start fills it, the second one is timed. */
async function measureWarmStart(folder: string): Promise<number> {
  const storage = mkdtempSync(join(tmpdir(), "drydock-store-"));
  const options = { folder, deadline, initializationOptions: { storage: pathToFileURL(storage).href } };
  try {
    const first = await LanguageClient.open(startProgram("server.cjs", ["--stdio"]), options);
    await first.client.untilReady();
    await untilFilled(storage);
    await first.client.end();
    const started = performance.now();
    const second = await LanguageClient.open(startProgram("server.cjs", ["--stdio"]), options);
    await second.client.untilReady();
    const warmIndex = rounded(performance.now() - started);
    await second.client.end();
    return warmIndex;
  } finally {
    rmSync(storage, { recursive: true, force: true });
  }
}

/** The server tells nobody when it has written its store; while it writes, the file's name has an ending. */
async function untilFilled(storage: string): Promise<void> {
  const started = performance.now();
  while (readdirSync(storage).every((name) => name.includes("."))) {
    if (performance.now() - started > deadline) throw new Error(`the server has kept nothing in ${deadline} ms`);
    await new Promise((done) => setTimeout(done, 100));
  }
}

export function positionOf(text: string, offset: number): { readonly line: number; readonly character: number } {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length - 1, character: before.at(-1)!.length };
}

/** Resident memory of a process; 0 where the system does not tell. */
function residentMiB(pid: number | undefined): number {
  try {
    const [, kib = "0"] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return Number(kib) / 1024;
  } catch {
    return 0;
  }
}
