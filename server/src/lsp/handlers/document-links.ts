import type { DocumentLink, DocumentLinkParams } from "vscode-languageserver";
import { documentLinksOf } from "../../features/document-links/document-links.ts";
import type { Handler } from "../handler.ts";

/** `textDocument/documentLink`: the paths of kustomizations. */
export const documentLinks: Handler = {
  capabilities: () => ({ documentLinkProvider: { resolveProvider: false } }),
  register(session) {
    session.connection.onDocumentLinks(
      session.guard.handler<DocumentLinkParams, DocumentLink[]>("textDocument/documentLink", [], ({ textDocument }) => {
        const context = session.workspace.contextOf(textDocument.uri);
        if (context === undefined) return [];
        const reached = new Set(context.environments.flatMap((environment) => environment.files()));
        const isKnown = (file: string): boolean =>
          session.workspace.index.file(file) !== undefined || reached.has(file);
        return documentLinksOf(context, isKnown).map(({ span, target }) => ({
          range: session.rangeOf(context.read, span),
          target: session.workspace.uriOf(target),
        }));
      }),
    );
  },
};
