import { MarkupKind } from "vscode-languageserver";
import type { Hover, HoverParams } from "vscode-languageserver";
import { hoverAt } from "../../features/hover/hover.ts";
import type { Place } from "../../index/types.ts";
import { clientCommands } from "../../protocol/messages.ts";
import type { RevealSecretParams } from "../../protocol/messages.ts";
import type { Handler } from "../handler.ts";
import type { Session } from "../session.ts";

/** `textDocument/hover`: waits for nothing but the file itself. */
export const hover: Handler = {
  capabilities: () => ({ hoverProvider: true }),
  register(session) {
    session.connection.onHover(
      session.guard.handler<HoverParams, Hover | null>("textDocument/hover", null, ({ textDocument, position }) => {
        const context = session.workspace.contextOf(textDocument.uri);
        if (context === undefined) return null;
        const found = hoverAt(
          context,
          session.offsetAt(context.read, position),
          (place) => linkTo(session, place),
          (place) => revealLink(session, place),
        );
        if (found === undefined) return null;
        const { markdown } = session.client;
        return {
          contents: {
            kind: markdown ? MarkupKind.Markdown : MarkupKind.PlainText,
            value: markdown ? found.markdown : plain(found.markdown),
          },
          range: session.rangeOf(context.read, found.span),
        };
      }),
    );
  },
};

/** A link that opens a place: our own command where the client runs it, a URI with a line else. */
function linkTo(session: Session, place: Place): string | undefined {
  const location = session.locationOf(place);
  if (location === undefined) return undefined;
  if (session.client.commands.has(clientCommands.openLocation)) {
    return `command:${clientCommands.openLocation}?${encodeURIComponent(JSON.stringify([location]))}`;
  }
  return `${location.uri}#L${location.range.start.line + 1}`;
}

/** A link that reveals the value of a Secret, for clients that have the command. */
function revealLink(session: Session, place: Place): string | undefined {
  const location = session.locationOf(place);
  if (location === undefined || !session.client.commands.has(clientCommands.revealSecret)) return undefined;
  const params: RevealSecretParams = { uri: location.uri, position: location.range.start };
  return `command:${clientCommands.revealSecret}?${encodeURIComponent(JSON.stringify([params]))}`;
}

/** Markdown as plain text, for clients that show it as it is. */
function plain(markdown: string): string {
  return markdown
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[*`]/g, "")
    .replace(/\\([\\`*_{}[\]()#+\-.!|<>])/g, "$1");
}
