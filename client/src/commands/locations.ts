import { commands, Location, Position, Range, Uri, window } from "vscode";
import type {
  Location as ProtocolLocation,
  Position as ProtocolPosition,
  Range as ProtocolRange,
} from "../../../server/src/protocol/messages.ts";
import { pageScheme } from "../pages.ts";

/** Shows a place in its file; the target of code lenses, and of links in hovers and pages. A page is not covered: it stays beside the file. */
export async function openLocation(location: ProtocolLocation): Promise<void> {
  const uri = Uri.parse(location.uri);
  const active = window.activeTextEditor;
  const shown = window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
  const other = window.visibleTextEditors.find(({ document }) => document.uri.scheme !== pageScheme);
  const viewColumn = active?.document.uri.scheme === pageScheme ? (shown ?? other)?.viewColumn : undefined;
  await window.showTextDocument(uri, {
    selection: toRange(location.range),
    ...(viewColumn === undefined ? {} : { viewColumn }),
  });
}

/** Peeks at several places from where a code lens stands; a single one is opened. */
export async function showLocations(
  uri: string,
  position: ProtocolPosition,
  locations: readonly ProtocolLocation[],
): Promise<void> {
  await commands.executeCommand(
    "editor.action.goToLocations",
    Uri.parse(uri),
    toPosition(position),
    locations.map(({ uri: target, range }) => new Location(Uri.parse(target), toRange(range))),
    "gotoAndPeek",
  );
}

function toRange({ start, end }: ProtocolRange): Range {
  return new Range(toPosition(start), toPosition(end));
}

function toPosition({ line, character }: ProtocolPosition): Position {
  return new Position(line, character);
}
