import { l10n, window } from "vscode";
import type { SimulationKind, SimulatorTarget } from "../../../server/src/protocol/webview.ts";
import { documentSelector } from "../manifest.ts";
import type { Simulator } from "../simulator/simulator.ts";

/** Preview Rollout and Preview Balancing: of what a code lens names, else of the document at the cursor. From a menu VS Code hands a `Uri` over, which says no more than the editor. */
export function simulatorCommand(simulator: Simulator, kind: SimulationKind): (argument?: unknown) => void {
  return (argument) => {
    const target = isTarget(argument) ? argument : atCursor();
    if (target !== undefined) simulator.show(kind, target);
    else void window.showInformationMessage(l10n.t("Open a Kubernetes manifest first, then simulate its objects."));
  };
}

function isTarget(argument: unknown): argument is SimulatorTarget {
  return typeof argument === "object" && argument !== null && "uri" in argument && typeof argument.uri === "string";
}

function atCursor(): SimulatorTarget | undefined {
  const editor = window.activeTextEditor;
  const isManifest = documentSelector.some(({ language }) => language === editor?.document.languageId);
  if (editor === undefined || !isManifest) return undefined;
  const { line, character } = editor.selection.active;
  return { uri: editor.document.uri.toString(), position: { line, character } };
}
