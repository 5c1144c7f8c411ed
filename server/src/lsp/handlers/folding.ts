import { FoldingRangeKind } from "vscode-languageserver";
import type { FoldingRange, FoldingRangeParams } from "vscode-languageserver";
import { foldsOf } from "../../features/folding/folding.ts";
import type { Handler } from "../handler.ts";

/** `textDocument/foldingRange`. */
export const folding: Handler = {
  capabilities: () => ({ foldingRangeProvider: true }),
  register(session) {
    session.connection.onFoldingRanges(
      session.guard.handler<FoldingRangeParams, FoldingRange[] | null>(
        "textDocument/foldingRange",
        null,
        ({ textDocument }) => {
          const read = session.workspace.opened(textDocument.uri)?.read;
          if (read === undefined) return null;
          return foldsOf(read).map(({ start, end, kind }) => ({
            startLine: start,
            endLine: end,
            ...(kind === "comment" ? { kind: FoldingRangeKind.Comment } : {}),
          }));
        },
      ),
    );
  },
};
