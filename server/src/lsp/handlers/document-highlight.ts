import { DocumentHighlightKind } from "vscode-languageserver";
import type { DocumentHighlight, DocumentHighlightParams } from "vscode-languageserver";
import { highlightsAt } from "../../features/highlight/highlight.ts";
import type { ChartPlace } from "../../features/charts/navigation.ts";
import type { Handler } from "../handler.ts";
import type { Session } from "../session.ts";
import { chartPlaces } from "./references.ts";

/** `textDocument/documentHighlight`. */
export const documentHighlights: Handler = {
  capabilities: () => ({ documentHighlightProvider: true }),
  register(session) {
    session.connection.onDocumentHighlight(
      session.guard.handler<DocumentHighlightParams, DocumentHighlight[] | null>(
        "textDocument/documentHighlight",
        null,
        async ({ textDocument, position }) => {
          const ofChart = await chartPlaces(session, textDocument.uri, position);
          if (ofChart !== undefined) return inFile(session, textDocument.uri, ofChart);
          const context = session.workspace.contextOf(textDocument.uri);
          if (context === undefined) return null;
          return highlightsAt(context, session.offsetAt(context.read, position)).map(({ span, isDeclaration }) =>
            highlightOf(session.rangeOf(context.read, span), isDeclaration),
          );
        },
      ),
    );
  },
};

function highlightOf(range: DocumentHighlight["range"], isDeclaration: boolean): DocumentHighlight {
  return { range, kind: isDeclaration ? DocumentHighlightKind.Write : DocumentHighlightKind.Read };
}

function inFile(session: Session, uri: string, places: readonly ChartPlace[]): DocumentHighlight[] {
  const read = session.workspace.opened(uri)?.read;
  const file = session.workspace.fileOf(uri);
  return places.flatMap(({ place, isDeclaration }) =>
    read === undefined || place.file !== file ? [] : [highlightOf(session.rangeOf(read, place), isDeclaration)],
  );
}
