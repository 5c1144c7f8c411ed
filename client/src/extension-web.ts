import { type ExtensionContext, Uri } from "vscode";
import { LanguageClient } from "vscode-languageclient/browser";
import { start } from "./start.ts";

/** Called by VS Code where there is no Node: the server is a worker of the browser, and reads files through the client. */
export function activate(context: ExtensionContext): void {
  const script = Uri.joinPath(context.extensionUri, "dist/server-web.js");
  start(context, {
    clientFiles: true,
    createClient: (options) =>
      new LanguageClient("drydock", "Drydock", () => Promise.resolve(new Worker(script.toString(true))), options),
  });
}
