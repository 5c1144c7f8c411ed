import { EventEmitter, l10n, languages, type Position, Uri, ViewColumn, window, workspace } from "vscode";
import {
  changedNotification,
  type PreviewParams,
  previewRequest,
  type PreviewResult,
} from "../../server/src/protocol/messages.ts";
import type { Server } from "./server.ts";

/** Read-only documents beside the editor which say what the server answers, and follow the text and the cursor. */
export interface Preview {
  /** Shows the preview of a file: of one Service when the parameters name it, else of the document at the cursor. */
  show(params: PreviewParams): Promise<void>;
  dispose(): void;
}

const scheme = "drydock-preview";

/** The language of previews, which the manifest gives Markdown's colours, but long lines as they are. */
const language = "drydock-preview";

/** A cursor that rests so long is followed, in milliseconds. */
const restMs = 150;

/** Registers the provider of the virtual documents. */
export function createPreview(server: Server): Preview {
  const changes = new EventEmitter<Uri>();
  const refresh = (of: (source: string) => boolean): void => {
    for (const { uri } of workspace.textDocuments) {
      if (uri.scheme === scheme && of(paramsOf(uri).uri)) changes.fire(uri);
    }
  };
  let resting: ReturnType<typeof setTimeout> | undefined;
  const disposables = [
    changes,
    workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changes.event,
      provideTextDocumentContent: (uri) => contentOf(uri, server),
    }),
    workspace.onDidOpenTextDocument((document) => {
      if (document.uri.scheme !== scheme || document.languageId === language) return;
      void languages.setTextDocumentLanguage(document, language);
    }),
    window.onDidChangeTextEditorSelection(({ textEditor }) => {
      const source = textEditor.document.uri.toString();
      clearTimeout(resting);
      resting = setTimeout(() => refresh((each) => each === source), restMs);
    }),
  ];
  server.configure((client) => client.onNotification(changedNotification, () => refresh(() => true)));
  return {
    show: showPreview,
    dispose() {
      clearTimeout(resting);
      for (const disposable of disposables) void disposable.dispose();
    },
  };
}

async function showPreview(params: PreviewParams): Promise<void> {
  const document = await workspace.openTextDocument(uriOf(params));
  await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preserveFocus: true, preview: true });
}

/** The parameters stand in the query, so that the preview survives a reload of the window. The position does not: it is the cursor's. */
function uriOf({ uri, service }: PreviewParams): Uri {
  const file = Uri.parse(uri).path.split("/").at(-1) ?? "";
  const subject = service ?? file;
  const query = JSON.stringify(service === undefined ? { uri } : { uri, service });
  return Uri.from({ scheme, path: `/${l10n.t("{0}: DNS and Endpoints", subject.replaceAll("/", " "))}`, query });
}

function paramsOf(preview: Uri): PreviewParams {
  const read: unknown = JSON.parse(preview.query);
  if (typeof read !== "object" || read === null || !("uri" in read) || typeof read.uri !== "string") return { uri: "" };
  return "service" in read && typeof read.service === "string"
    ? { uri: read.uri, service: read.service }
    : { uri: read.uri };
}

async function contentOf(preview: Uri, server: Server): Promise<string> {
  const params = paramsOf(preview);
  const position = params.service === undefined ? cursorIn(params.uri) : undefined;
  const result = await server.request<PreviewResult | null>(previewRequest, {
    ...params,
    ...(position === undefined ? {} : { position: { line: position.line, character: position.character } }),
  });
  if (result === undefined) return l10n.t("Drydock's server does not answer; the log says why (Drydock: Show Log).");
  return result?.text ?? l10n.t("Nothing of Kubernetes stands here.");
}

function cursorIn(uri: string): Position | undefined {
  const editor = window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri);
  return editor?.selection.active;
}
