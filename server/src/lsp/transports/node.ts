import { createConnection } from "vscode-languageserver/node";
import type { Host } from "../host.ts";
import { startServer } from "../server.ts";

/** Serves the client at the other end of stdio, a pipe, a socket or Node's ipc, as the command line says (`--stdio`, `--node-ipc` …). */
export function serveProcess(host: Host): void {
  startServer(createConnection(), host);
}

/** Serves the client at the other end of two streams. */
export function serveStreams(input: NodeJS.ReadableStream, output: NodeJS.WritableStream, host: Host): void {
  startServer(createConnection(input, output), host);
}
