import { TextDocumentSyncKind } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Handler } from "../handler.ts";
import type { Session } from "../session.ts";

/** Texts of open documents, and files that change on disk. */
export const documents: Handler = {
  capabilities: () => ({ textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental } }),
  register(session) {
    const { connection, workspace } = session;
    const texts = new Map<string, TextDocument>();
    const take = (document: TextDocument): void => {
      texts.set(document.uri, document);
      workspace.open(document.uri, document.version, document.getText());
      session.publishing.changed(document.uri);
    };
    connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) => {
      if (isLookedAt(session, uri)) take(TextDocument.create(uri, languageId, version, text));
    });
    connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
      const document = texts.get(textDocument.uri);
      if (document !== undefined) take(TextDocument.update(document, [...contentChanges], textDocument.version));
    });
    connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
      if (texts.delete(uri)) void close(session, uri);
    });
    connection.onDidChangeWatchedFiles(({ changes }) => {
      session.indexing.readAgain(changes.map(({ uri }) => uri));
    });
  },
};

/** Never the sides of a diff, the output of a channel, and the like. */
function isLookedAt({ workspace }: Session, uri: string): boolean {
  return /^(file|vscode-vfs|untitled|vscode-remote|inmemory):/.test(workspace.fileOf(uri));
}

async function close(session: Session, uri: string): Promise<void> {
  const isInWorkspace = session.workspace.folderOf(session.workspace.fileOf(uri)) !== undefined;
  const stored = isInWorkspace ? await session.indexing.factsOnDisk(uri) : undefined;
  session.workspace.close(uri, stored);
  session.publishing.closed(uri);
  session.publishing.changed();
}
