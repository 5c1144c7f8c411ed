import { SymbolKind } from "vscode-languageserver";
import type { DocumentSymbol, DocumentSymbolParams, SymbolInformation } from "vscode-languageserver";
import { templateSymbolsOf } from "../../features/charts/symbols.ts";
import { documentSymbolsOf } from "../../features/symbols/symbols.ts";
import type { DocumentSymbol as Symbol, SymbolType } from "../../features/symbols/symbols.ts";
import type { ReadFile } from "../../model/read.ts";
import type { Handler } from "../handler.ts";
import type { Session } from "../session.ts";

/** `textDocument/documentSymbol`: a tree, or its objects as a list for clients that know no trees. */
export const documentSymbols: Handler = {
  capabilities: () => ({ documentSymbolProvider: true }),
  register(session) {
    session.connection.onDocumentSymbol(
      session.guard.handler<DocumentSymbolParams, DocumentSymbol[] | SymbolInformation[]>(
        "textDocument/documentSymbol",
        [],
        ({ textDocument: { uri } }) => {
          const template = session.workspace.templateContextOf(uri);
          const context = template ?? session.workspace.contextOf(uri);
          if (context === undefined) return [];
          const symbols = template === undefined ? documentSymbolsOf(context) : templateSymbolsOf(template);
          if (session.client.hierarchicalSymbols) return symbols.map((symbol) => toTree(session, context.read, symbol));
          return symbols.map(({ name, type, span }) => ({
            name,
            kind: kinds[type],
            location: { uri, range: session.rangeOf(context.read, span) },
          }));
        },
      ),
    );
  },
};

function toTree(session: Session, read: ReadFile, symbol: Symbol): DocumentSymbol {
  return {
    name: symbol.name,
    detail: symbol.detail,
    kind: kinds[symbol.type],
    range: session.rangeOf(read, symbol.span),
    selectionRange: session.rangeOf(read, symbol.selection),
    children: symbol.children.map((child) => toTree(session, read, child)),
  };
}

const kinds: Readonly<Record<SymbolType, SymbolKind>> = {
  object: SymbolKind.Object,
  container: SymbolKind.Package,
  port: SymbolKind.Interface,
  key: SymbolKind.Key,
  host: SymbolKind.Namespace,
};
