import { l10n, Position, Range, Uri, workspace, WorkspaceEdit } from "vscode";
import type { WriteKnobsResult } from "../../../server/src/protocol/webview.ts";

export type WriteOutcome = "written" | "declined" | "failed";

/** Shows the exact change of the manifests, and makes it when the person agrees. */
export async function confirmAndApply({ changes }: WriteKnobsResult): Promise<WriteOutcome> {
  const edit = new WorkspaceEdit();
  const metadata = { label: l10n.t("Write the simulated values"), needsConfirmation: true };
  for (const [uri, texts] of Object.entries(changes)) {
    for (const { range, newText } of texts) edit.replace(Uri.parse(uri), toRange(range), newText, metadata);
  }
  if (edit.size === 0) return "failed";
  const documents = await Promise.all(edit.entries().map(([uri]) => workspace.openTextDocument(uri)));
  const before = documents.map(({ version }) => version);
  const isApplied = await workspace.applyEdit(edit);
  // A change that the person leaves out of the preview counts as applied for VS Code: whether a text changed tells the truth.
  return isApplied && documents.some(({ version }, index) => version !== before[index]) ? "written" : "declined";
}

function toRange({ start, end }: { readonly start: Point; readonly end: Point }): Range {
  return new Range(new Position(start.line, start.character), new Position(end.line, end.character));
}

interface Point {
  readonly line: number;
  readonly character: number;
}
