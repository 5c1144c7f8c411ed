import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver/node";
import type { Wire } from "./language-client.ts";

const root = resolve(import.meta.dirname, "../..");

/** Starts a bundle of `dist/` that speaks LSP over its standard streams. */
export function startProgram(bundle: string, args: readonly string[]): Wire {
  return startScript(join(root, "dist", bundle), args);
}

/** Starts a script for Node that speaks LSP over its standard streams. */
export function startScript(path: string, args: readonly string[]): Wire {
  const child = spawn(process.execPath, [path, ...args], { stdio: ["pipe", "pipe", "pipe"] });
  const log: string[] = [];
  child.stderr.on("data", (chunk: Buffer) => log.push(chunk.toString()));
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.onError(([error]) => log.push(error.message));
  const ended = new Promise<number>((done) => child.on("close", (code) => done(code ?? -1)));
  process.once("exit", () => child.kill("SIGKILL"));
  return { connection, log, ended, ...(child.pid === undefined ? {} : { pid: child.pid }) };
}

/** Writes files into a new folder, which is gone when the process ends; returns its URI. */
export function writeFolder(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "drydock-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return pathToFileURL(folder).toString();
}
