import { Position, Range, Uri, workspace, WorkspaceEdit } from "vscode";
import type { SourceLocation, WriteKnobsResult, WriteOutcome } from "../../../server/src/protocol/webview.ts";
import { reveal } from "./reveal.ts";

/** Writes values into the manifests and shows where. Nothing is saved, and one undo takes it back: that asks less than a preview with boxes to tick. */
export async function writeAndShow({ changes }: WriteKnobsResult): Promise<WriteOutcome> {
  const edit = new WorkspaceEdit();
  const places: SourceLocation[] = [];
  for (const [uri, texts] of Object.entries(changes)) {
    for (const { range, newText } of texts) {
      edit.replace(Uri.parse(uri), toRange(range), newText);
      places.push({ uri, range: { start: range.start, end: range.start } });
    }
  }
  const [first] = places;
  if (first === undefined || !(await workspace.applyEdit(edit))) return "failed";
  await reveal(first, { preserveFocus: true });
  return "written";
}

function toRange({ start, end }: SourceLocation["range"]): Range {
  return new Range(new Position(start.line, start.character), new Position(end.line, end.character));
}
