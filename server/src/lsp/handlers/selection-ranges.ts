import type { SelectionRange, SelectionRangeParams } from "vscode-languageserver";
import { selectionRangesAt } from "../../features/selection-ranges/selection-ranges.ts";
import type { Handler } from "../handler.ts";

/** `textDocument/selectionRange`. */
export const selectionRanges: Handler = {
  capabilities: () => ({ selectionRangeProvider: true }),
  register(session) {
    session.connection.onSelectionRanges(
      session.guard.handler<SelectionRangeParams, SelectionRange[] | null>(
        "textDocument/selectionRange",
        null,
        ({ textDocument, positions }) => {
          const read = session.workspace.opened(textDocument.uri)?.read;
          if (read === undefined) return null;
          return positions.map((position) => {
            const spans = selectionRangesAt(read, session.offsetAt(read, position));
            const range = spans.reduceRight<SelectionRange | undefined>(
              (parent, span) => ({ range: session.rangeOf(read, span), ...(parent === undefined ? {} : { parent }) }),
              undefined,
            );
            return range ?? { range: { start: position, end: position } };
          });
        },
      ),
    );
  },
};
