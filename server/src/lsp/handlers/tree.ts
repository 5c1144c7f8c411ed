import { countsOf, objectsOf } from "../../features/tree/tree.ts";
import type { ObjectNode } from "../../features/tree/tree.ts";
import type { Finding } from "../../features/finding.ts";
import type { Environment, Resource } from "../../index/types.ts";
import { treeObjectsRequest, treeRequest } from "../../protocol/messages.ts";
import type {
  TreeEnvironment,
  TreeObject,
  TreeObjectsParams,
  TreeParams,
  TreeResult,
} from "../../protocol/messages.ts";
import type { RequestContext } from "../guard.ts";
import type { Handler } from "../handler.ts";
import { environmentLabel } from "../labels.ts";
import type { Session } from "../session.ts";

/** `drydock/tree` and `drydock/treeObjects`: environments, their Services and workloads. */
export const tree: Handler = {
  capabilities: () => ({}),
  register(session) {
    const { connection, guard, workspace } = session;
    connection.onRequest(
      treeRequest,
      guard.handler<TreeParams, TreeResult | null>(treeRequest, null, async ({ uri, revision }, request) => {
        if (revision === workspace.revision) return null;
        return { revision: workspace.revision, environments: await environmentsFor(session, uri, request) };
      }),
    );
    connection.onRequest(
      treeObjectsRequest,
      guard.handler<TreeObjectsParams, readonly TreeObject[]>(treeObjectsRequest, [], ({ id }) => {
        const environment = workspace.environments.all().find((each) => idOf(each) === id);
        if (environment === undefined) return [];
        const nodes = objectsOf(environment, (resource) => findingsAbout(session, environment, resource));
        return nodes.map((node) => toObject(session, node));
      }),
    );
  },
};

/** Unlike its name, this is unique among environments of all kinds. */
function idOf({ kind, name }: Environment): string {
  return `${kind} ${name}`;
}

async function environmentsFor(
  session: Session,
  uri: string | undefined,
  request: RequestContext,
): Promise<readonly TreeEnvironment[]> {
  const { environments } = session.workspace;
  const active = new Set(uri === undefined ? [] : environments.of(session.workspace.fileOf(uri)).map(idOf));
  const found: TreeEnvironment[] = [];
  for (const environment of environments.all()) {
    await request.checkpoint();
    const counts = countsOf(environment);
    if (counts.services + counts.workloads === 0) continue;
    found.push({
      id: idOf(environment),
      label: environmentLabel(session, environment.name),
      kind: environment.kind,
      isActive: active.has(idOf(environment)),
      isOpen: environment.open.length > 0,
      ...counts,
    });
  }
  return found;
}

/** What there is to say about an object; of an open file all of it, of a closed one what its relations tell. */
function findingsAbout(session: Session, environment: Environment, resource: Resource): readonly Finding[] {
  const { workspace } = session;
  const uri = workspace.uriOf(resource.file);
  if (workspace.opened(uri) === undefined)
    return session.withSeverities(
      workspace.memo.ofResource(environment, resource, session.checkOptionsOf(resource.file)),
    );
  return session
    .findingsOf(uri)
    .filter(
      ({ resource: about }) =>
        about?.group === resource.group && about.kind === resource.kind && about.name === resource.name,
    );
}

function toObject(session: Session, { place, findings, children, ...node }: ObjectNode): TreeObject {
  return {
    ...node,
    location: session.locationOf(place),
    ...findings,
    children: children.map((child) => toObject(session, child)),
  };
}
