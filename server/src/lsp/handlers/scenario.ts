import { knobChanges, scenarioOf } from "../../features/simulation/scenario.ts";
import type { PlacedScenario } from "../../features/simulation/scenario.ts";
import type { Place } from "../../index/types.ts";
import { scenarioRequest, writeKnobsRequest } from "../../protocol/webview.ts";
import type {
  ScenarioParams,
  ScenarioResult,
  SourceLocation,
  TextChange,
  WriteKnobsParams,
  WriteKnobsResult,
} from "../../protocol/webview.ts";
import { textEditsOf } from "../edits.ts";
import type { Handler } from "../handler.ts";
import type { Session } from "../session.ts";

/** `drydock/scenario` and `drydock/writeKnobs`: what the simulator starts from, and how its values get into the manifest. */
export const scenario: Handler = {
  capabilities: () => ({}),
  register(session) {
    session.connection.onRequest(
      scenarioRequest,
      session.guard.handler<ScenarioParams, ScenarioResult | null>(scenarioRequest, null, (params) => {
        const context = session.workspace.contextOf(params.uri);
        if (context === undefined) return null;
        const { nodes, proxyMode } = context.settings;
        const offset = params.position === undefined ? undefined : session.offsetAt(context.read, params.position);
        const found = scenarioOf(
          context,
          {
            kind: params.kind,
            offset,
            object: params.object,
            siblings: params.siblings,
            committedText: params.committedText,
          },
          { kubernetesVersion: session.kubernetesVersion, nodes, proxyMode },
        );
        return found === undefined ? null : toResult(session, params.uri, found);
      }),
    );
    session.connection.onRequest(
      writeKnobsRequest,
      session.guard.handler<WriteKnobsParams, WriteKnobsResult | null>(writeKnobsRequest, null, (params) =>
        writeKnobs(session, params),
      ),
    );
  },
};

function toResult(
  session: Session,
  uri: string,
  { objects, fields, rejected, open, containers, ...rest }: PlacedScenario,
): ScenarioResult {
  return {
    ...rest,
    revision: session.workspace.revision,
    uri,
    sources: {
      objects: located(session, objects),
      fields: Object.fromEntries(Object.entries(fields).map(([id, places]) => [id, located(session, places)])),
    },
    containers: containers.map(({ name, image, place }) => ({ name, image, ...locationOf(session, place) })),
    rejected: rejected.map(({ message, place }) => ({ message, ...locationOf(session, place) })),
    notices: open.map(({ message, place }) => ({ message, ...locationOf(session, place) })),
  };
}

function located<Key extends string>(
  session: Session,
  places: Partial<Readonly<Record<Key, Place>>>,
): Record<Key, SourceLocation> {
  const entries = Object.entries<Place | undefined>(places).flatMap(([key, place]) => {
    const location = place === undefined ? undefined : session.locationOf(place);
    return location === undefined ? [] : [[key, location] as const];
  });
  return Object.fromEntries(entries) as Record<Key, SourceLocation>;
}

function locationOf(session: Session, place: Place | undefined): { readonly location?: SourceLocation } {
  const location = place === undefined ? undefined : session.locationOf(place);
  return location === undefined ? {} : { location };
}

async function writeKnobs(
  session: Session,
  { uri, object, values, images }: WriteKnobsParams,
): Promise<WriteKnobsResult | null> {
  const context = session.workspace.contextOf(uri);
  const changes = context === undefined ? undefined : knobChanges(context, object, values, images);
  const edits = changes === undefined ? undefined : await textEditsOf(session, changes);
  if (edits === undefined) return null;
  const files = edits.map(
    ({ uri: file, edits: each }) => [file, each.map(({ range, newText }): TextChange => ({ range, newText }))] as const,
  );
  return { changes: Object.fromEntries(files), notices: [] };
}
