import type { TextEdit, WorkspaceEdit } from "vscode-languageserver";
import { editsOf, filesOf, newFilesOf } from "../features/code-actions/edits.ts";
import type { Change } from "../features/finding.ts";
import type { Session } from "./session.ts";

/** Edits of one file, in the client's positions. */
export interface UriEdits {
  readonly uri: string;
  readonly edits: TextEdit[];
}

/** Changes as text edits; files that are not open are read for it. `undefined` when one of them can't be made, since its text has changed meanwhile. */
export async function textEditsOf(
  session: Session,
  changes: readonly Change[],
): Promise<readonly UriEdits[] | undefined> {
  const reads = new Map(
    await Promise.all(filesOf(changes).map(async (file) => [file, await session.readAny(file)] as const)),
  );
  return editsOf(changes, (file) => reads.get(file))?.flatMap(({ file, edits }) => {
    const read = reads.get(file);
    if (read === undefined) return [];
    return [
      {
        uri: session.workspace.uriOf(file),
        edits: edits.map(({ span, newText }) => ({ range: session.rangeOf(read, span), newText })),
      },
    ];
  });
}

/** Changes as the client applies them. */
export async function workspaceEditOf(
  session: Session,
  changes: readonly Change[],
): Promise<WorkspaceEdit | undefined> {
  const texts = await textEditsOf(session, changes);
  if (texts === undefined) return undefined;
  const created = newFilesOf(changes).map((file) => session.workspace.uriOf(file));
  if (created.length > 0 && !session.client.createsFiles) return undefined;
  if (!session.client.versionedEdits)
    return { changes: Object.fromEntries(texts.map(({ uri, edits }) => [uri, edits])) };
  return {
    documentChanges: [
      ...created.map((uri) => ({ kind: "create" as const, uri, options: { ignoreIfExists: true } })),
      ...texts.map(({ uri, edits }) => ({
        textDocument: { uri, version: session.workspace.opened(uri)?.version ?? null },
        edits,
      })),
    ],
  };
}
