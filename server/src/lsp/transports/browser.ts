import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import type { Host, RequestSender } from "../host.ts";
import { startServer } from "../server.ts";

/** Serves the page that made this worker; the host reads files through the same connection. */
export function serveWorker(scope: DedicatedWorkerGlobalScope, hostOf: (send: RequestSender) => Host): void {
  const connection = createConnection(new BrowserMessageReader(scope), new BrowserMessageWriter(scope));
  startServer(
    connection,
    hostOf((method, params) => connection.sendRequest(method, params)),
  );
}
