import { SemanticTokensBuilder } from "vscode-languageserver";
import type { SemanticTokens, SemanticTokensParams, SemanticTokensRangeParams } from "vscode-languageserver";
import type { Span } from "../../base/span.ts";
import type { FileContext } from "../../features/context.ts";
import { semanticTokensOf, tokenModifiers, tokenTypes } from "../../features/semantic-tokens/semantic-tokens.ts";
import type { Handler } from "../handler.ts";
import type { Session } from "../session.ts";

/** `textDocument/semanticTokens`, for a whole document or a range. */
export const semanticTokens: Handler = {
  capabilities: () => ({
    semanticTokensProvider: {
      legend: { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] },
      full: true,
      range: true,
    },
  }),
  register(session) {
    const { semanticTokens: tokens } = session.connection.languages;
    tokens.on(
      session.guard.handler<SemanticTokensParams, SemanticTokens>(
        "textDocument/semanticTokens/full",
        { data: [] },
        ({ textDocument }) => {
          const context = session.workspace.contextOf(textDocument.uri);
          if (context === undefined) return { data: [] };
          return encoded(session, context, { start: 0, end: context.read.text.length });
        },
      ),
    );
    tokens.onRange(
      session.guard.handler<SemanticTokensRangeParams, SemanticTokens>(
        "textDocument/semanticTokens/range",
        { data: [] },
        ({ textDocument, range }) => {
          const context = session.workspace.contextOf(textDocument.uri);
          if (context === undefined) return { data: [] };
          const { read } = context;
          return encoded(session, context, {
            start: session.offsetAt(read, range.start),
            end: session.offsetAt(read, range.end),
          });
        },
      ),
    );
  },
};

function encoded(session: Session, context: FileContext, range: Span): SemanticTokens {
  const builder = new SemanticTokensBuilder();
  for (const { span, type, modifier } of semanticTokensOf(context, range)) {
    const { start, end } = session.rangeOf(context.read, span);
    const bits = modifier === undefined ? 0 : 1 << tokenModifiers.indexOf(modifier);
    builder.push(start.line, start.character, end.character - start.character, tokenTypes.indexOf(type), bits);
  }
  return builder.build();
}
