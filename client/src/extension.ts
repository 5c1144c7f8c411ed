import type { ExtensionContext } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { start } from "./start.ts";

/** Called by VS Code where extensions run on Node: the server is a process of its own. */
export function activate(context: ExtensionContext): void {
  const module = context.asAbsolutePath("dist/server.cjs");
  start(context, {
    clientFiles: false,
    createClient: (options) =>
      new LanguageClient("drydock", "Drydock", { module, transport: TransportKind.ipc }, options),
  });
}
