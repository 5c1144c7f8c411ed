import * as l10n from "@vscode/l10n";
import { LSPErrorCodes, MessageType, ResponseError, ShowMessageNotification } from "vscode-languageserver";
import type {
  AnnotatedTextEdit,
  ChangeAnnotation,
  PrepareRenameParams,
  PrepareRenameResult,
  RenameParams,
  TextEdit,
  WorkspaceEdit,
} from "vscode-languageserver";
import { templateRenameRefusal } from "../../features/charts/rename.ts";
import { editsOfRename, planRename, prepareRename } from "../../features/rename/rename.ts";
import type { Caution, RenameEdit, RenamePlan } from "../../features/rename/rename.ts";
import type { FileId } from "../../index/types.ts";
import type { ReadFile } from "../../model/read.ts";
import type { Handler } from "../handler.ts";
import type { Session } from "../session.ts";

type Refused = ResponseError<undefined>;

/** `textDocument/prepareRename` and `textDocument/rename`. */
export const rename: Handler = {
  capabilities: () => ({ renameProvider: { prepareProvider: true } }),
  register(session) {
    session.connection.onPrepareRename(
      session.guard.handler<PrepareRenameParams, PrepareRenameResult | null | Refused>(
        "textDocument/prepareRename",
        null,
        ({ textDocument, position }) => {
          const refusal = refusalInTemplate(session, { textDocument, position });
          if (refusal !== undefined) return refusal;
          const context = session.workspace.contextOf(textDocument.uri);
          if (context === undefined) return null;
          const prepared = prepareRename(context, session.offsetAt(context.read, position));
          if (prepared === undefined) return null;
          if ("reason" in prepared) return refused(prepared.reason);
          return { range: session.rangeOf(context.read, prepared.span), placeholder: prepared.placeholder };
        },
      ),
    );
    session.connection.onRenameRequest(
      session.guard.handler<RenameParams, WorkspaceEdit | null | Refused>("textDocument/rename", null, (params) =>
        renamed(session, params),
      ),
    );
  },
};

function refused(reason: string): Refused {
  return new ResponseError(LSPErrorCodes.RequestFailed, reason);
}

/** Names of a Helm chart's template stay as they are. */
function refusalInTemplate(session: Session, { textDocument, position }: PrepareRenameParams): Refused | undefined {
  const context = session.workspace.templateContextOf(textDocument.uri);
  if (context === undefined) return undefined;
  const refusal = templateRenameRefusal(context, session.offsetAt(context.read, position));
  return refusal === undefined ? undefined : refused(refusal.reason);
}

async function renamed(
  session: Session,
  { textDocument, position, newName }: RenameParams,
): Promise<WorkspaceEdit | null | Refused> {
  const refusal = refusalInTemplate(session, { textDocument, position });
  if (refusal !== undefined) return refusal;
  const context = session.workspace.contextOf(textDocument.uri);
  if (context === undefined) return null;
  const { environments, index } = session.workspace;
  const plan = planRename(context, session.offsetAt(context.read, position), newName, {
    environmentsOf: (file) => environments.of(file),
    sourcesOf: (file) => index.file(file)?.resources ?? [],
  });
  if (plan === undefined) return null;
  if ("reason" in plan) return refused(plan.reason);
  const reads = new Map(
    await Promise.all(plan.files.map(async (file) => [file, await session.readAny(file)] as const)),
  );
  const edits = editsOfRename(plan, (file) => reads.get(file));
  if ("reason" in edits) return refused(edits.reason);
  if (edits.some(({ caution }) => caution === "immutable")) warnOfImmutable(session);
  return toWorkspaceEdit(session, plan, edits, reads);
}

/** An edit that waits for a confirmation is not made by default, and a template without its selector is refused: so this is said, not asked. */
function warnOfImmutable({ connection, logger }: Session): void {
  const words = [
    l10n.t("The selector of a workload can't be changed in a running cluster."),
    l10n.t("The object has to be deleted and created anew."),
  ];
  connection
    .sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message: words.join(" ") })
    .catch((error: unknown) => logger.error(`rename: ${String(error)}`));
}

/** One edit of all files. Edits that a person should look at carry an annotation; clients without them only get the certain ones. */
function toWorkspaceEdit(
  session: Session,
  plan: RenamePlan,
  edits: readonly RenameEdit[],
  reads: ReadonlyMap<FileId, ReadFile | undefined>,
): WorkspaceEdit {
  const { annotatedEdits, versionedEdits } = session.client;
  const isAnnotated = annotatedEdits && versionedEdits;
  const wanted = isAnnotated ? edits : edits.filter(({ caution }) => caution !== "uncertain" && caution !== "variable");
  const toEdit = (read: ReadFile, { span, newText, caution }: RenameEdit): TextEdit | AnnotatedTextEdit => ({
    range: session.rangeOf(read, span),
    newText,
    ...(isAnnotated ? { annotationId: caution ?? "rename" } : {}),
  });
  const texts = [...reads].flatMap(([file, read]) => {
    const own = read === undefined ? [] : wanted.filter((edit) => edit.file === file);
    return read === undefined || own.length === 0
      ? []
      : [{ uri: session.workspace.uriOf(file), edits: own.map((edit) => toEdit(read, edit)) }];
  });
  if (!versionedEdits) return { changes: Object.fromEntries(texts.map((each) => [each.uri, each.edits])) };
  return {
    documentChanges: texts.map(({ uri, edits: own }) => ({
      textDocument: { uri, version: session.workspace.opened(uri)?.version ?? null },
      edits: own,
    })),
    ...(isAnnotated ? { changeAnnotations: annotationsOf(plan, wanted) } : {}),
  };
}

function annotationsOf(plan: RenamePlan, edits: readonly RenameEdit[]): Record<string, ChangeAnnotation> {
  const used = new Set(edits.map(({ caution }) => caution ?? "rename"));
  const { written } = plan.subject;
  const description = l10n.t("Environments: {0}", plan.environments.map((name) => shortName(name)).join(", "));
  const texts: Readonly<Record<Caution | "rename", ChangeAnnotation>> = {
    rename: { label: l10n.t("Rename {0} to {1}", written, plan.name), description },
    immutable: {
      label: l10n.t("Selectors that can't be changed in a running cluster"),
      description: l10n.t("The object has to be deleted and created anew."),
    },
    uncertain: {
      label: l10n.t("Texts that may mean {0}", written),
      description,
      needsConfirmation: true,
    },
    variable: {
      label: l10n.t("Variables that pods get for the Service {0}", written),
      description,
      needsConfirmation: true,
    },
  };
  return Object.fromEntries(Object.entries(texts).filter(([id]) => used.has(id as Caution)));
}

/** The last folders of an environment's name, which may be a long path. */
function shortName(name: string): string {
  return name.split("/").slice(-2).join("/");
}
