import { checkFile, checkNext } from "../../features/diagnostics/file.ts";
import { explainAt } from "../../features/explain/explain.ts";
import { findingsReport } from "../../features/findings-report/findings-report.ts";
import type { CheckedFile } from "../../features/findings-report/findings-report.ts";
import type { FileContext } from "../../features/context.ts";
import type { Page } from "../../features/page.ts";
import { relationsAt } from "../../features/relation-page/relation-page.ts";
import type { FileId } from "../../index/types.ts";
import { explainRequest, findingsRequest, relationsRequest } from "../../protocol/messages.ts";
import type { PageLink, PageResult, PlaceParams, PreviewParams } from "../../protocol/messages.ts";
import type { RequestContext } from "../guard.ts";
import type { Handler } from "../handler.ts";
import { environmentLabel, fileLabel } from "../labels.ts";
import type { Session } from "../session.ts";

/** `drydock/explain`, `drydock/relations` and `drydock/findings`: texts with links into the manifests. */
export const pages: Handler = {
  capabilities: () => ({}),
  register(session) {
    const { connection, guard, workspace } = session;
    connection.onRequest(
      explainRequest,
      guard.handler<PreviewParams, PageResult | null>(explainRequest, null, ({ uri, position, service }) => {
        const context = workspace.contextOf(uri);
        if (context === undefined) return null;
        const offset = position === undefined ? undefined : session.offsetAt(context.read, position);
        return toResult(session, explainAt(context, { offset, service }));
      }),
    );
    connection.onRequest(
      relationsRequest,
      guard.handler<PlaceParams, PageResult | null>(relationsRequest, null, ({ uri, position }) => {
        const context = workspace.contextOf(uri);
        if (context === undefined) return null;
        return toResult(session, relationsAt(context, session.offsetAt(context.read, position)));
      }),
    );
    connection.onRequest(
      findingsRequest,
      guard.handler<unknown, PageResult | null>(findingsRequest, null, async (_, request) => {
        const files = await checkAll(session, request);
        return toResult(
          session,
          findingsReport(files, (name) => environmentLabel(session, name)),
        );
      }),
    );
  },
};

/** A page as the client gets it. */
export function toResult(session: Session, page: Page | undefined): PageResult | null {
  if (page === undefined) return null;
  const { title, text, links } = page;
  return {
    title,
    text,
    links: links.flatMap(({ start, end, place }): PageLink[] => {
      const target = session.locationOf(place);
      return target === undefined ? [] : [{ start, end, target }];
    }),
  };
}

/** Every file of the workspace with its findings; files that have gone meanwhile are left out. */
async function checkAll(session: Session, request: RequestContext): Promise<readonly CheckedFile[]> {
  const checked: CheckedFile[] = [];
  for (const file of session.workspace.index.filesBelow("")) {
    await request.checkpoint();
    const found = await checkOne(session, file, request);
    if (found !== undefined) checked.push(found);
  }
  return checked;
}

async function checkOne(session: Session, file: FileId, request: RequestContext): Promise<CheckedFile | undefined> {
  const { workspace } = session;
  const read = await session.readAny(file);
  if (read === undefined || workspace.environments.templateOf(file) !== undefined) return undefined;
  const known = workspace.contextOf(workspace.uriOf(file));
  const context: FileContext = known ?? {
    file,
    read,
    environments: workspace.environments.of(file),
    settings: workspace.settings,
    now: session.host.wallTime(),
  };
  const isPartial = workspace.environments.isPartial(file);
  const options = session.checkOptionsOf(file);
  while (checkNext(context, workspace.memo, options, isPartial)) await request.checkpoint();
  const findings = checkFile(context, workspace.memo, options, isPartial);
  return {
    label: fileLabel(session, file),
    text: read.text,
    findings: session.withSeverities(findings).filter(({ place }) => place.file === file),
  };
}
