import type { CodeLens, CodeLensParams, Command } from "vscode-languageserver";
import { lensesOf } from "../../features/code-lens/code-lens.ts";
import type { Lens } from "../../features/code-lens/code-lens.ts";
import { clientCommands } from "../../protocol/messages.ts";
import type { Handler } from "../handler.ts";
import type { Session } from "../session.ts";

/** `textDocument/codeLens`, for clients that run our commands: a lens that does nothing is still worth reading. */
export const codeLenses: Handler = {
  capabilities: () => ({ codeLensProvider: { resolveProvider: false } }),
  register(session) {
    session.connection.onCodeLens(
      session.guard.handler<CodeLensParams, CodeLens[]>("textDocument/codeLens", [], ({ textDocument }) => {
        const context = session.workspace.contextOf(textDocument.uri);
        if (context === undefined) return [];
        return lensesOf(context).flatMap((lens) => {
          if (lens.place.file !== context.file) return [];
          const range = session.rangeOf(context.read, lens.place);
          return [{ range, command: commandOf(session, lens, textDocument.uri, range.start) }];
        });
      }),
    );
  },
};

function commandOf(
  session: Session,
  { title, action }: Lens,
  uri: string,
  position: CodeLens["range"]["start"],
): Command {
  const { commands } = session.client;
  if (action.kind === "preview" && commands.has(clientCommands.preview)) {
    return { title, command: clientCommands.preview, arguments: [{ uri, service: action.service }] };
  }
  const simulator =
    action.kind === "simulate" && action.what === "balance"
      ? clientCommands.previewBalancing
      : clientCommands.previewRollout;
  if (action.kind === "simulate" && commands.has(simulator)) {
    return { title, command: simulator, arguments: [{ uri, object: action.object }] };
  }
  if (action.kind === "places" && commands.has(clientCommands.showLocations)) {
    const locations = action.places.flatMap((place) => session.locationOf(place) ?? []);
    return { title, command: clientCommands.showLocations, arguments: [uri, position, locations] };
  }
  return { title, command: "" };
}
