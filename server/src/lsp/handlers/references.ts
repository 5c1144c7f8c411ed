import type { Location, Position, ReferenceParams } from "vscode-languageserver";
import { templateOccurrencesAt, valueOccurrencesAt } from "../../features/charts/navigation.ts";
import type { ChartPlace } from "../../features/charts/navigation.ts";
import { filesWithTexts, occurrencesAt, placesOf } from "../../features/references/references.ts";
import { chartTexts } from "../chart-texts.ts";
import type { Handler } from "../handler.ts";
import type { Session } from "../session.ts";

/** `textDocument/references`. */
export const references: Handler = {
  capabilities: () => ({ referencesProvider: true }),
  register(session) {
    session.connection.onReferences(
      session.guard.handler<ReferenceParams, Location[] | null>(
        "textDocument/references",
        null,
        async ({ textDocument, position, context: { includeDeclaration } }) => {
          const ofChart = await chartPlaces(session, textDocument.uri, position);
          if (ofChart !== undefined) {
            const wanted = ofChart.filter(({ isDeclaration }) => includeDeclaration || !isDeclaration);
            return wanted.map(({ place }) => session.locationOf(place)).filter((location) => location !== undefined);
          }
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

/** What goes by the name at a place of a chart's template or of its values; `undefined` in other files. */
export async function chartPlaces(
  session: Session,
  uri: string,
  position: Position,
): Promise<readonly ChartPlace[] | undefined> {
  const { workspace } = session;
  const template = workspace.templateContextOf(uri);
  if (template !== undefined) {
    const textOf = await chartTexts(session, [template.chart.values, ...template.chart.templates()]);
    return templateOccurrencesAt(template, session.offsetAt(template.read, position), textOf);
  }
  const context = workspace.contextOf(uri);
  const chart = context === undefined ? undefined : workspace.environments.valuesOf(context.file);
  if (context === undefined || chart === undefined) return undefined;
  return valueOccurrencesAt(chart, context.read.text, session.offsetAt(context.read, position));
}
