import { CodeActionKind } from "vscode-languageserver";
import type { CodeAction, CodeActionParams } from "vscode-languageserver";
import { fixesIn } from "../../features/code-actions/code-actions.ts";
import type { FixOffer } from "../../features/code-actions/code-actions.ts";
import { workspaceEditOf } from "../edits.ts";
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
