import { CodeActionKind } from "vscode-languageserver";
import type { CodeAction, CodeActionParams, WorkspaceEdit } from "vscode-languageserver";
import { fixesIn } from "../../features/code-actions/code-actions.ts";
import type { FixOffer } from "../../features/code-actions/code-actions.ts";
import { editsOf, filesOf } from "../../features/code-actions/edits.ts";
import type { FileEdits } from "../../features/code-actions/edits.ts";
import type { Change } from "../../features/finding.ts";
import type { Handler } from "../handler.ts";
import type { Session } from "../session.ts";

/** `textDocument/codeAction`: the ways out of findings. */
export const codeActions: Handler = {
  capabilities: () => ({ codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] } }),
  register(session) {
    session.connection.onCodeAction(
      session.guard.handler<CodeActionParams, CodeAction[]>(
        "textDocument/codeAction",
        [],
        async ({ textDocument, range, context }) => {
          const read = session.workspace.opened(textDocument.uri)?.read;
          if (read === undefined) return [];
          const span = { start: session.offsetAt(read, range.start), end: session.offsetAt(read, range.end) };
          const actions = await Promise.all(
            fixesIn(session.findingsOf(textDocument.uri), span).map((offer) =>
              toCodeAction(session, offer, context.diagnostics),
            ),
          );
          return actions.filter((action) => action !== undefined);
        },
      ),
    );
  },
};

async function toCodeAction(
  session: Session,
  { finding, fix }: FixOffer,
  diagnostics: CodeActionParams["context"]["diagnostics"],
): Promise<CodeAction | undefined> {
  const edit = await workspaceEditOf(session, fix.changes);
  if (edit === undefined) return undefined;
  return {
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: diagnostics.filter(({ code, message }) => code === finding.code && message === finding.message),
    ...(fix.preferred === true ? { isPreferred: true } : {}),
    edit,
  };
}

/** Changes as the client applies them; `undefined` when a file has changed so that they can't be made. */
export async function workspaceEditOf(
  session: Session,
  changes: readonly Change[],
): Promise<WorkspaceEdit | undefined> {
  const files = await Promise.all(filesOf(changes).map(async (file) => [file, await session.readAny(file)] as const));
  const reads = new Map(files);
  const edits = editsOf(changes, (file) => reads.get(file));
  if (edits === undefined) return undefined;
  return toWorkspaceEdit(
    session,
    edits.flatMap((each) => {
      const read = reads.get(each.file);
      return read === undefined ? [] : [{ ...each, read }];
    }),
  );
}

function toWorkspaceEdit(
  session: Session,
  files: readonly (FileEdits & { readonly read: Parameters<Session["rangeOf"]>[0] })[],
): WorkspaceEdit {
  const texts = files.map(({ file, edits, read }) => ({
    uri: session.workspace.uriOf(file),
    edits: edits.map(({ span, newText }) => ({ range: session.rangeOf(read, span), newText })),
  }));
  if (!session.client.versionedEdits)
    return { changes: Object.fromEntries(texts.map(({ uri, edits }) => [uri, edits])) };
  return {
    documentChanges: texts.map(({ uri, edits }) => ({
      textDocument: { uri, version: session.workspace.opened(uri)?.version ?? null },
      edits,
    })),
  };
}
