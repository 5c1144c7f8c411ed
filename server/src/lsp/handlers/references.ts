import type { Location, ReferenceParams } from "vscode-languageserver";
import { filesWithTexts, occurrencesAt, placesOf } from "../../features/references/references.ts";
import type { Handler } from "../handler.ts";

/** `textDocument/references`. */
export const references: Handler = {
  capabilities: () => ({ referencesProvider: true }),
  register(session) {
    session.connection.onReferences(
      session.guard.handler<ReferenceParams, Location[] | null>(
        "textDocument/references",
        null,
        async ({ textDocument, position, context: { includeDeclaration } }) => {
          const context = session.workspace.contextOf(textDocument.uri);
          if (context === undefined) return null;
          const occurrences = occurrencesAt(context, session.offsetAt(context.read, position)).filter(
            ({ isDeclaration }) => includeDeclaration || !isDeclaration,
          );
          const reads = new Map(
            await Promise.all(
              filesWithTexts(occurrences).map(async (file) => [file, await session.readAny(file)] as const),
            ),
          );
          return placesOf(occurrences, (file) => reads.get(file)).flatMap((place): Location[] => {
            const read = reads.get(place.file);
            if (read !== undefined)
              return [{ uri: session.workspace.uriOf(place.file), range: session.rangeOf(read, place) }];
            const location = session.locationOf(place);
            return location === undefined ? [] : [location];
          });
        },
      ),
    );
  },
};
