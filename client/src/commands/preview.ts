import { l10n, window } from "vscode";
import type { PreviewParams } from "../../../server/src/protocol/messages.ts";
import { documentSelector } from "../manifest.ts";
import type { Preview } from "../preview.ts";

/** Preview DNS and Endpoints: of what a code lens names, else of the active editor's file. From a menu VS Code hands a `Uri` over, which says no more than the editor. */
export function previewCommand(preview: Preview): (argument?: unknown) => Promise<void> {
  return async (argument) => {
    const params = isParams(argument) ? argument : activeFile();
    if (params !== undefined) await preview.show(params);
    else
      void window.showInformationMessage(
        l10n.t("Open a Kubernetes manifest first, then preview its DNS names and endpoints."),
      );
  };
}

function isParams(argument: unknown): argument is PreviewParams {
  return typeof argument === "object" && argument !== null && "uri" in argument && typeof argument.uri === "string";
}

function activeFile(): PreviewParams | undefined {
  const document = window.activeTextEditor?.document;
  const language = documentSelector.some(({ language: each }) => each === document?.languageId);
  return document !== undefined && language ? { uri: document.uri.toString() } : undefined;
}
