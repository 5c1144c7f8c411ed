import type { InlayHint, InlayHintParams } from "vscode-languageserver";
import { inlayHintsOf } from "../../features/inlay-hints/inlay-hints.ts";
import type { Handler } from "../handler.ts";

/** `textDocument/inlayHint`. */
export const inlayHints: Handler = {
  capabilities: () => ({ inlayHintProvider: true }),
  register(session) {
    session.connection.languages.inlayHint.on(
      session.guard.handler<InlayHintParams, InlayHint[]>("textDocument/inlayHint", [], ({ textDocument, range }) => {
        const context = session.workspace.contextOf(textDocument.uri);
        if (context === undefined) return [];
        const { read } = context;
        const span = { start: session.offsetAt(read, range.start), end: session.offsetAt(read, range.end) };
        return inlayHintsOf(context, span).map(({ offset, text }) => ({
          position: session.rangeOf(read, { start: offset, end: offset }).start,
          label: text,
          paddingLeft: true,
        }));
      }),
    );
  },
};
