import type { Definition, DefinitionParams, Location } from "vscode-languageserver";
import { definitionAt } from "../../features/definition/definition.ts";
import type { Handler } from "../handler.ts";

/** `textDocument/definition`. */
export const definition: Handler = {
  capabilities: () => ({ definitionProvider: true }),
  register(session) {
    session.connection.onDefinition(
      session.guard.handler<DefinitionParams, Definition | null>(
        "textDocument/definition",
        null,
        ({ textDocument, position }) => {
          const context = session.workspace.contextOf(textDocument.uri);
          if (context === undefined) return null;
          return definitionAt(context, session.offsetAt(context.read, position)).flatMap((place): Location[] => {
            const location = session.locationOf(place);
            return location === undefined ? [] : [location];
          });
        },
      ),
    );
  },
};
