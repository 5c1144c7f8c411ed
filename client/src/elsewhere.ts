import { extensions, workspace } from "vscode";
import { type Elsewhere, elsewhereNotification } from "../../server/src/protocol/messages.ts";
import { elsewhereAmong, neighbourSettings } from "./neighbours.ts";
import type { Server } from "./server.ts";

/** What the other extensions of this window do at the moment. */
export function elsewhereNow(): Elsewhere {
  return elsewhereAmong({
    isInstalled: (extension) => extensions.getExtension(extension) !== undefined,
    setting: (name) => workspace.getConfiguration().get(name),
  });
}

/** Tells the server when extensions come or go, or are told to be silent; a new server knows it from its options. */
export function followNeighbours(server: Server): { dispose(): void } {
  const tell = (): void => void server.notify(elsewhereNotification, elsewhereNow());
  const listeners = [
    extensions.onDidChange(tell),
    workspace.onDidChangeConfiguration((change) => {
      if (neighbourSettings.some((name) => change.affectsConfiguration(name))) tell();
    }),
  ];
  return { dispose: () => listeners.forEach((listener) => void listener.dispose()) };
}
