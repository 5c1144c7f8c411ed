import { SymbolKind } from "vscode-languageserver";
import type { SymbolInformation, WorkspaceSymbolParams } from "vscode-languageserver";
import { workspaceSymbolsOf } from "../../features/symbols/workspace-symbols.ts";
import type { Handler } from "../handler.ts";

const mostSymbols = 500;

/** `workspace/symbol`: all objects of the workspace. */
export const workspaceSymbols: Handler = {
  capabilities: () => ({ workspaceSymbolProvider: true }),
  register(session) {
    session.connection.onWorkspaceSymbol(
      session.guard.handler<WorkspaceSymbolParams, SymbolInformation[]>("workspace/symbol", [], ({ query }) =>
        workspaceSymbolsOf(session.workspace.index, query, mostSymbols).flatMap(({ name, container, place }) => {
          const location = session.locationOf(place);
          return location === undefined ? [] : [{ name, kind: SymbolKind.Object, containerName: container, location }];
        }),
      ),
    );
  },
};
