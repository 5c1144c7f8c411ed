import { compareEnvironments } from "../../features/environments/compare.ts";
import { renderedPage } from "../../features/environments/rendered-page.ts";
import type { RenderedState } from "../../features/environments/rendered-page.ts";
import { whyEnvironment } from "../../features/environments/why.ts";
import type { Labels } from "../../features/environments/why.ts";
import {
  activeEnvironmentNotification,
  compareEnvironmentsRequest,
  environmentsRequest,
  renderedRequest,
  whyEnvironmentRequest,
} from "../../protocol/messages.ts";
import type {
  ActiveEnvironmentParams,
  EnvironmentName,
  FileParams,
  PageResult,
  PlaceParams,
  RenderedParams,
} from "../../protocol/messages.ts";
import type { Handler } from "../handler.ts";
import { environmentLabel, fileLabel } from "../labels.ts";
import type { Session } from "../session.ts";
import { toResult } from "./pages.ts";

/** Which environments a file has and why, which one is active, and how objects look in them. */
export const environments: Handler = {
  capabilities: () => ({}),
  register(session) {
    const { connection, guard, workspace } = session;
    connection.onNotification(activeEnvironmentNotification, ({ names }: ActiveEnvironmentParams) => {
      workspace.activate(names);
      session.publishing.changed();
    });
    connection.onRequest(
      environmentsRequest,
      guard.handler<FileParams, readonly EnvironmentName[]>(environmentsRequest, [], ({ uri }) =>
        namesFor(session, uri),
      ),
    );
    connection.onRequest(
      whyEnvironmentRequest,
      guard.handler<FileParams, PageResult | null>(whyEnvironmentRequest, null, ({ uri }) => {
        const context = workspace.templateContextOf(uri) ?? workspace.contextOf(uri);
        return context === undefined ? null : toResult(session, whyEnvironment(context, labelsOf(session)));
      }),
    );
    connection.onRequest(
      compareEnvironmentsRequest,
      guard.handler<PlaceParams, PageResult | null>(compareEnvironmentsRequest, null, ({ uri, position }) => {
        const context = workspace.contextOf(uri);
        if (context === undefined) return null;
        return toResult(
          session,
          compareEnvironments(context, session.offsetAt(context.read, position), labelsOf(session)),
        );
      }),
    );
    connection.onRequest(
      renderedRequest,
      guard.handler<RenderedParams, PageResult | null>(renderedRequest, null, ({ uri, position, environment }) => {
        const context = workspace.contextOf(uri);
        if (context === undefined) return null;
        const offset = position === undefined ? 0 : session.offsetAt(context.read, position);
        return toResult(session, renderedPage(context, offset, stateOf(environment)));
      }),
    );
  },
};

function namesFor(session: Session, uri: string): readonly EnvironmentName[] {
  const context = session.workspace.contextOf(uri);
  if (context === undefined || context.read.facts.documents.every(({ facts }) => facts.state === "foreign")) return [];
  const [active] = context.environments;
  return context.environments.map((environment) => ({
    name: environment.name,
    label: environmentLabel(session, environment.name),
    kind: environment.kind,
    // Others are not rendered only to be named.
    isOpen: environment === active && environment.open.length > 0,
  }));
}

function labelsOf(session: Session): Labels {
  return {
    environment: (name) => environmentLabel(session, name),
    file: (file) => fileLabel(session, file),
  };
}

function stateOf(environment: string | undefined): RenderedState {
  if (environment === undefined) return "active";
  return environment === "" ? "written" : { environment };
}
