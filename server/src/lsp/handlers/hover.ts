import { MarkupKind } from "vscode-languageserver";
import type { Hover, HoverParams } from "vscode-languageserver";
import type { TemplateContext } from "../../features/charts/context.ts";
import { templateHoverAt } from "../../features/charts/hover.ts";
import { hoverAt } from "../../features/hover/hover.ts";
import type { Hover as FoundHover } from "../../features/hover/hover.ts";
import type { Place } from "../../index/types.ts";
import type { ReadFile } from "../../model/read.ts";
import { clientCommands } from "../../protocol/messages.ts";
import type { RevealSecretParams } from "../../protocol/messages.ts";
import { chartTexts } from "../chart-texts.ts";
import type { Handler } from "../handler.ts";
import type { Session } from "../session.ts";

/** `textDocument/hover`: waits for nothing but the file itself. */
export const hover: Handler = {
  capabilities: () => ({ hoverProvider: true }),
  register(session) {
    session.connection.onHover(
      session.guard.handler<HoverParams, Hover | null>("textDocument/hover", null, (params) => {
        const template = session.workspace.templateContextOf(params.textDocument.uri);
        return template === undefined ? manifestHover(session, params) : templateHover(session, template, params);
      }),
    );
  },
};

function manifestHover(session: Session, { textDocument, position }: HoverParams): Hover | null {
  const context = session.workspace.contextOf(textDocument.uri);
  if (context === undefined) return null;
  const found = hoverAt(
    context,
    session.offsetAt(context.read, position),
    (place) => linkTo(session, place),
    (place) => revealLink(session, place),
  );
  return found === undefined ? null : toHover(session, context.read, found);
}

async function templateHover(
  session: Session,
  context: TemplateContext,
  { position }: HoverParams,
): Promise<Hover | null> {
  const textOf = await chartTexts(session, [context.chart.values]);
  const offset = session.offsetAt(context.read, position);
  const found = templateHoverAt(context, offset, textOf, (place) => linkTo(session, place));
  return found === undefined ? null : toHover(session, context.read, found);
}

function toHover(session: Session, read: ReadFile, { markdown, span }: FoundHover): Hover {
  const { markdown: takesMarkdown } = session.client;
  return {
    contents: {
      kind: takesMarkdown ? MarkupKind.Markdown : MarkupKind.PlainText,
      value: takesMarkdown ? markdown : plain(markdown),
    },
    range: session.rangeOf(read, span),
  };
}

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
