import { Range, Uri, ViewColumn, window } from "vscode";
import type { SourceLocation } from "../../../server/src/protocol/webview.ts";

/** Shows a place in an editor: where the file is open already, else beside the simulator. */
export async function reveal(
  { uri, range: { start, end } }: SourceLocation,
  options: { readonly preserveFocus?: boolean } = {},
): Promise<void> {
  const target = Uri.parse(uri);
  const open = window.visibleTextEditors.find(({ document }) => document.uri.toString() === target.toString());
  await window.showTextDocument(target, {
    ...options,
    viewColumn: open?.viewColumn ?? ViewColumn.One,
    selection: new Range(start.line, start.character, end.line, end.character),
  });
}
