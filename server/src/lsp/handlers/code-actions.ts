import type { CodeAction, CodeActionKind, CodeActionParams } from "vscode-languageserver";
import { actionsAt } from "../../features/code-actions/code-actions.ts";
import type { ActionKind, ActionOffer } from "../../features/code-actions/code-actions.ts";
import { filesOf, fixesTogether } from "../../features/code-actions/edits.ts";
import { workspaceEditOf } from "../edits.ts";
import type { Handler } from "../handler.ts";
import type { Session } from "../session.ts";

const kinds: readonly ActionKind[] = ["quickfix", "refactor.extract", "refactor.rewrite", "source.fixAll.drydock"];

/** `textDocument/codeAction`: the ways out of findings, silencing them, refactorings, and the fixes of the whole file. */
export const codeActions: Handler = {
  capabilities: () => ({ codeActionProvider: { codeActionKinds: [...kinds] } }),
  register(session) {
    session.connection.onCodeAction(
      session.guard.handler<CodeActionParams, CodeAction[]>(
        "textDocument/codeAction",
        [],
        async ({ textDocument, range, context: asked }) => {
          const context = session.workspace.contextOf(textDocument.uri);
          if (context === undefined) return [];
          const { read } = context;
          const span = { start: session.offsetAt(read, range.start), end: session.offsetAt(read, range.end) };
          const offers = actionsAt(context, session.findingsOf(textDocument.uri), span).filter(({ kind }) =>
            isAsked(kind, asked.only),
          );
          const actions = await Promise.all(offers.map((offer) => toCodeAction(session, offer, asked.diagnostics)));
          return actions.filter((action) => action !== undefined);
        },
      ),
    );
  },
};

/** Actions of a whole file only where they are asked for: they are for saving, and for the menu of the source. */
function isAsked(kind: ActionKind, only: readonly CodeActionKind[] | undefined): boolean {
  if (only === undefined) return !kind.startsWith("source.");
  return only.some((wanted) => wanted === "" || kind === wanted || kind.startsWith(`${wanted}.`));
}

async function toCodeAction(
  session: Session,
  { kind, title, findings, fixes, preferred }: ActionOffer,
  diagnostics: CodeActionParams["context"]["diagnostics"],
): Promise<CodeAction | undefined> {
  const together = fixes.length === 1 ? fixes : await fixesOf(session, fixes);
  const changes = together.flatMap((fix) => fix.changes);
  const edit = changes.length === 0 ? undefined : await workspaceEditOf(session, changes);
  if (edit === undefined) return undefined;
  return {
    title,
    kind,
    diagnostics: diagnostics.filter(({ code, message }) =>
      findings.some((finding) => code === finding.code && message === finding.message),
    ),
    ...(preferred ? { isPreferred: true } : {}),
    edit,
  };
}

/** Those that can be made together. */
async function fixesOf(session: Session, fixes: ActionOffer["fixes"]): Promise<ActionOffer["fixes"]> {
  const files = filesOf(fixes.flatMap(({ changes }) => changes));
  const reads = new Map(await Promise.all(files.map(async (file) => [file, await session.readAny(file)] as const)));
  return fixesTogether(fixes, (file) => reads.get(file));
}
