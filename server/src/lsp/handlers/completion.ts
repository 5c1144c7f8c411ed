import { CompletionItemKind, InsertTextFormat, InsertTextMode } from "vscode-languageserver";
import type { CompletionItem, CompletionList, CompletionParams } from "vscode-languageserver";
import { templateCompletionsAt } from "../../features/charts/completion.ts";
import { completionsAt } from "../../features/completion/completion.ts";
import type { Completion } from "../../features/completion/completion.ts";
import type { FileContext } from "../../features/context.ts";
import { snippetsAt } from "../../features/completion/snippets.ts";
import { pathCompletionsAt } from "../../features/kustomization-paths/complete.ts";
import { chartTexts } from "../chart-texts.ts";
import type { ReadFile } from "../../model/read.ts";
import type { Handler } from "../handler.ts";
import type { Session } from "../session.ts";

/** `textDocument/completion`: waits for nothing but the file itself. */
export const completion: Handler = {
  capabilities: () => ({ completionProvider: { triggerCharacters: [":", " ", '"', ".", "-", "=", "/", "@", "("] } }),
  register(session) {
    session.connection.onCompletion(
      session.guard.handler<CompletionParams, CompletionList | null>(
        "textDocument/completion",
        null,
        async ({ textDocument, position }) => {
          const template = session.workspace.templateContextOf(textDocument.uri);
          const context = template ?? session.workspace.contextOf(textDocument.uri);
          if (context === undefined) return null;
          const offset = session.offsetAt(context.read, position);
          const found =
            template === undefined
              ? ofManifest(session, context, offset)
              : templateCompletionsAt(template, offset, await chartTexts(session, [template.chart.values]));
          return { isIncomplete: true, items: found.map((each) => toItem(session, context.read, each)) };
        },
      ),
    );
  },
};

/** More files than these below a kustomization are not offered to its generators. */
const mostFiles = 500;

function ofManifest(session: Session, context: FileContext, offset: number): readonly Completion[] {
  const { host, workspace } = session;
  const paths = pathCompletionsAt(context, offset, workspace.index, (folder) =>
    (host.local?.filesBelow(workspace.uriOf(folder), mostFiles) ?? []).map((uri) => workspace.fileOf(uri)),
  );
  const names = paths.length > 0 ? paths : completionsAt(context, offset, session.hasTemplates);
  return [...names, ...(session.hasSnippets ? snippetsAt(context, offset) : [])];
}

function toItem(session: Session, read: ReadFile, found: Completion): CompletionItem {
  const { client } = session;
  const { label, kind, detail, documentation, span, newText, snippet, sortText } = found;
  const isSnippet = client.snippets && snippet !== undefined;
  return {
    label,
    kind: kinds[kind],
    detail,
    ...(documentation === undefined ? {} : { documentation }),
    ...(isSnippet ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
    textEdit: { range: session.rangeOf(read, span), newText: isSnippet ? snippet : newText },
    filterText: kind === "template" ? label : newText.trimStart(),
    sortText,
    ...(client.keepsBlanks && /[\r\n]/.test(newText) ? { insertTextMode: InsertTextMode.asIs } : {}),
  };
}

const kinds: Readonly<Record<Completion["kind"], CompletionItemKind>> = {
  value: CompletionItemKind.Reference,
  label: CompletionItemKind.Property,
  template: CompletionItemKind.Snippet,
};
