import * as l10n from "@vscode/l10n";
import { kustomizationOf } from "../../features/diagnostics/kustomize.ts";
import { unsavedText, verifyRendering } from "../../features/environments/verify.ts";
import { folderOf, parentOf } from "../../index/place.ts";
import type { FileId, FolderId } from "../../index/types.ts";
import { toolRequest } from "../../protocol/messages.ts";
import type { PageResult, ToolParams } from "../../protocol/messages.ts";
import type { RequestContext } from "../guard.ts";
import type { Handler } from "../handler.ts";
import type { ToolCall, ToolResult } from "../host.ts";
import { environmentLabel, fileLabel } from "../labels.ts";
import type { Session } from "../session.ts";
import { toResult } from "./pages.ts";

/** `drydock/tool`: programs of the person's machine, run only when the person asks for it. */
export const tools: Handler = {
  capabilities: () => ({}),
  register(session) {
    session.connection.onRequest(
      toolRequest,
      session.guard.handler<ToolParams, PageResult | null>(toolRequest, null, ({ kind, uri, isTrusted }, request) => {
        // Clients may leave it out, whatever the type says.
        if ((isTrusted as unknown) !== true) return null;
        const file = session.workspace.fileOf(uri);
        if (session.workspace.folderOf(file) === undefined) return null;
        return kind === "chart" ? renderChart(session, file, request) : verify(session, file, request);
      }),
    );
  },
};

type Program = Pick<ToolCall, "program" | "words">;

/** Runs the first of several programs that is there. */
async function run(
  { host }: Session,
  programs: readonly Program[],
  folder: string,
  request: RequestContext,
): Promise<ToolResult | undefined> {
  for (const program of programs) {
    const onStarted = (stop: () => void): void => request.onCancelled(stop);
    const result = await host.runTool?.({ ...program, folder, onStarted });
    if (result !== undefined) return result;
  }
  return undefined;
}

async function renderChart(session: Session, file: FileId, request: RequestContext): Promise<PageResult | null> {
  const folder = chartOf(session, folderOf(file));
  if (folder === undefined) return null;
  const title = folder.split("/").at(-2) ?? "";
  const uri = session.workspace.uriOf(folder);
  const result = await run(session, [{ program: "helm", words: ["template", "preview", "."] }], uri, request);
  if (result === undefined) return null;
  return { title, text: result.succeeded ? result.output : failureText("helm", result) };
}

/** The folder of the chart that a folder belongs to: the nearest one with a Chart.yaml. */
function chartOf({ workspace }: Session, folder: FolderId): FolderId | undefined {
  for (let at: FolderId | undefined = folder; at !== undefined; at = parentOf(at)) {
    if (workspace.index.file(`${at}Chart.yaml`) !== undefined) return at;
    if (workspace.folderOf(at) === undefined) return undefined;
  }
  return undefined;
}

async function verify(session: Session, file: FileId, request: RequestContext): Promise<PageResult | null> {
  await session.settled(file);
  const environment = session.workspace.environments
    .of(file)
    .find((each) => each.kind === "kustomization" && kustomizationOf(each) !== undefined);
  if (environment === undefined) return null;
  const programs: readonly Program[] = [
    { program: "kustomize", words: ["build", "."] },
    { program: "kubectl", words: ["kustomize", "."] },
  ];
  const result = await run(session, programs, session.workspace.uriOf(environment.name), request);
  if (result === undefined) return null;
  const label = environmentLabel(session, environment.name);
  const unsaved = (await session.unsaved(environment.files())).map((each) => fileLabel(session, each));
  return result.succeeded
    ? toResult(session, verifyRendering(environment, label, { printed: result.output, unsaved }))
    : { title: label, text: [...unsavedText(unsaved), failureText("kustomize", result)].join("\n\n") };
}

function failureText(program: string, { errors, isOutOfTime }: ToolResult): string {
  const reason =
    isOutOfTime === true
      ? l10n.t("{0} took too long and was ended.", program)
      : l10n.t("{0} ended with an error:", program);
  return `${reason}\n\n${errors}`.trimEnd();
}
