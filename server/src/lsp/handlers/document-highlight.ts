import { DocumentHighlightKind } from "vscode-languageserver";
import type { DocumentHighlight, DocumentHighlightParams } from "vscode-languageserver";
import { highlightsAt } from "../../features/highlight/highlight.ts";
import type { Handler } from "../handler.ts";

/** `textDocument/documentHighlight`. */
export const documentHighlights: Handler = {
  capabilities: () => ({ documentHighlightProvider: true }),
  register(session) {
    session.connection.onDocumentHighlight(
      session.guard.handler<DocumentHighlightParams, DocumentHighlight[] | null>(
        "textDocument/documentHighlight",
        null,
        ({ textDocument, position }) => {
          const context = session.workspace.contextOf(textDocument.uri);
          if (context === undefined) return null;
          return highlightsAt(context, session.offsetAt(context.read, position)).map(({ span, isDeclaration }) => ({
            range: session.rangeOf(context.read, span),
            kind: isDeclaration ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
          }));
        },
      ),
    );
  },
};
