import { commands, Location, Position, Range, Uri, window } from "vscode";
import type {
  Location as ProtocolLocation,
  Position as ProtocolPosition,
  Range as ProtocolRange,
} from "../../../server/src/protocol/messages.ts";

/** Shows a place in its file; the target of code lenses and of links in hovers. */
export async function openLocation(location: ProtocolLocation): Promise<void> {
  await window.showTextDocument(Uri.parse(location.uri), { selection: toRange(location.range) });
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
