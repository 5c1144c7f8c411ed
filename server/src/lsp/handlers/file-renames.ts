import type { RenameFilesParams, WorkspaceEdit } from "vscode-languageserver";
import { changesForMoves } from "../../features/kustomization-paths/rename-files.ts";
import type { Change } from "../../features/finding.ts";
import { isKustomizationFile } from "../../index/place.ts";
import { workspaceEditOf } from "../edits.ts";
import type { Handler } from "../handler.ts";

/** `workspace/willRenameFiles`: paths in kustomizations follow their files. */
export const fileRenames: Handler = {
  capabilities: () => ({
    workspace: { fileOperations: { willRename: { filters: [{ pattern: { glob: "**/*" } }] } } },
  }),
  register(session) {
    const { connection, guard, workspace } = session;
    connection.workspace.onWillRenameFiles(
      guard.handler<RenameFilesParams, WorkspaceEdit | null>("workspace/willRenameFiles", null, async ({ files }) => {
        const moves = files.map(({ oldUri, newUri }) => ({
          from: workspace.fileOf(oldUri).replace(/\/$/, ""),
          to: workspace.fileOf(newUri).replace(/\/$/, ""),
        }));
        const changes: Change[] = [];
        for (const file of workspace.index.filesBelow("").filter(isKustomizationFile)) {
          const read = await session.readAny(file);
          if (read !== undefined) changes.push(...changesForMoves(file, read, moves));
        }
        return changes.length === 0 ? null : ((await workspaceEditOf(session, changes)) ?? null);
      }),
    );
  },
};
