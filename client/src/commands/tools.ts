import { l10n, ProgressLocation, window, workspace } from "vscode";
import { toolRequest, type ToolParams, type PageResult } from "../../../server/src/protocol/messages.ts";
import { documentSelector } from "../manifest.ts";
import type { Pages } from "../pages.ts";
import type { Server } from "../server.ts";

/**
 * Runs `helm` or `kustomize`, because a person asks for it and trusts the workspace, and shows what it says. The person can cancel it.
 */
export function toolCommand(server: Server, pages: Pages, kind: ToolParams["kind"]): () => Promise<void> {
  return async () => {
    const editor = window.activeTextEditor;
    if (!workspace.isTrusted) {
      void window.showInformationMessage(
        l10n.t("This runs a program in the workspace, so the workspace must be trusted."),
      );
      return;
    }
    if (editor === undefined || !documentSelector.some(({ language }) => language === editor.document.languageId)) {
      void window.showInformationMessage(l10n.t("Open a file of the chart or of the kustomization first."));
      return;
    }
    const params: ToolParams = { kind, uri: editor.document.uri.toString(), isTrusted: workspace.isTrusted };
    const title = kind === "chart" ? l10n.t("Drydock runs helm template") : l10n.t("Drydock runs kustomize");
    const result = await window.withProgress(
      { location: ProgressLocation.Notification, title, cancellable: true },
      (_, token) => server.request<PageResult | null>(toolRequest, params, token),
    );
    if (result === undefined) return;
    if (result === null) {
      void window.showInformationMessage(
        kind === "chart"
          ? l10n.t("The file belongs to no chart, or helm is not installed where the workspace is.")
          : l10n.t(
              "The file belongs to no kustomization, or neither kubectl nor kustomize is installed where the workspace is.",
            ),
      );
      return;
    }
    await pages.showText(result);
  };
}
