import { CompletionItemKind } from "vscode-languageserver";
import type { CompletionItem, CompletionList, CompletionParams } from "vscode-languageserver";
import { completionsAt } from "../../features/completion/completion.ts";
import type { Completion } from "../../features/completion/completion.ts";
import { pathCompletionsAt } from "../../features/kustomization-paths/complete.ts";
import type { Handler } from "../handler.ts";

/** `textDocument/completion`: waits for nothing but the file itself. */
export const completion: Handler = {
  capabilities: () => ({ completionProvider: { triggerCharacters: [":", " ", '"', ".", "-", "=", "/", "@", "("] } }),
  register(session) {
    session.connection.onCompletion(
      session.guard.handler<CompletionParams, CompletionList | null>(
        "textDocument/completion",
        null,
        ({ textDocument, position }) => {
          const context = session.workspace.contextOf(textDocument.uri);
          if (context === undefined) return null;
          const offset = session.offsetAt(context.read, position);
          const paths = pathCompletionsAt(context, offset, session.workspace.index);
          const found = paths.length > 0 ? paths : completionsAt(context, offset);
          return {
            isIncomplete: true,
            items: found.map(({ label, kind, detail, documentation, span, newText, sortText }): CompletionItem => ({
              label,
              kind: kinds[kind],
              detail,
              ...(documentation === undefined ? {} : { documentation }),
              textEdit: { range: session.rangeOf(context.read, span), newText },
              filterText: newText.trimStart(),
              sortText,
            })),
          };
        },
      ),
    );
  },
};

const kinds: Readonly<Record<Completion["kind"], CompletionItemKind>> = {
  value: CompletionItemKind.Reference,
  label: CompletionItemKind.Property,
};
