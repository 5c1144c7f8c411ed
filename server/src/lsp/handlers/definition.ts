import type { Definition, DefinitionParams } from "vscode-languageserver";
import { templateDefinitionAt, valueOccurrencesAt } from "../../features/charts/navigation.ts";
import { definitionAt } from "../../features/definition/definition.ts";
import type { Place } from "../../index/types.ts";
import { chartTexts } from "../chart-texts.ts";
import type { Handler } from "../handler.ts";
import type { Session } from "../session.ts";

/** `textDocument/definition`. */
export const definition: Handler = {
  capabilities: () => ({ definitionProvider: true }),
  register(session) {
    session.connection.onDefinition(
      session.guard.handler<DefinitionParams, Definition | null>("textDocument/definition", null, async (params) => {
        const places = await placesAt(session, params);
        if (places === undefined) return null;
        return places.map((place) => session.locationOf(place)).filter((location) => location !== undefined);
      }),
    );
  },
};

async function placesAt(
  session: Session,
  { textDocument: { uri }, position }: DefinitionParams,
): Promise<readonly Place[] | undefined> {
  const { workspace } = session;
  const template = workspace.templateContextOf(uri);
  if (template !== undefined) {
    const textOf = await chartTexts(session, [template.chart.values]);
    return templateDefinitionAt(template, session.offsetAt(template.read, position), textOf);
  }
  const context = workspace.contextOf(uri);
  if (context === undefined) return undefined;
  const offset = session.offsetAt(context.read, position);
  const chart = workspace.environments.valuesOf(context.file);
  if (chart === undefined) return definitionAt(context, offset);
  return valueOccurrencesAt(chart, context.read.text, offset).flatMap(({ place, isDeclaration }) =>
    isDeclaration ? [] : [place],
  );
}
