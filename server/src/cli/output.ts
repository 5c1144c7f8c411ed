import type { Position } from "../base/lines.ts";
import { positionIn } from "../model/position.ts";
import type { Place, Resource } from "../index/types.ts";
import type { World } from "./world.ts";

/** Where a command writes; a test passes its own. */
export interface Terminal {
  write(text: string): void;
  writeError(text: string): void;
  /** Whether colours are welcome. */
  readonly isColoured: boolean;
}

/** Writes a value as indented JSON; objects keep the order of their fields. */
export function writeJson(terminal: Terminal, value: unknown): void {
  terminal.write(`${JSON.stringify(value, undefined, 2)}\n`);
}

/** The 0-based position of a place's start. */
export function startOf({ index }: Pick<World, "index">, place: Place): Position {
  const facts = index.file(place.file)?.facts;
  return facts === undefined ? { line: 0, character: 0 } : positionIn(facts, place.start);
}

/** `path` and 0-based `line` of an object, as JSON has them. */
export function whereIs(
  world: Pick<World, "index">,
  { place }: Resource,
): { readonly path: string; readonly line: number } {
  return { path: place.file, line: startOf(world, place).line };
}

/** `path:line`, 1-based, as people and terminals read it. */
export function placeText(world: Pick<World, "index">, place: Place): string {
  return `${place.file}:${startOf(world, place).line + 1}`;
}

export type Style = "bold" | "dim" | "red" | "yellow" | "blue" | "green";

const codes: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
  blue: [34, 39],
  green: [32, 39],
};

/** The text in a style, or as it is where colours are not welcome. */
export function styled(terminal: Pick<Terminal, "isColoured">, style: Style, text: string): string {
  const [on, off] = codes[style];
  return terminal.isColoured ? `\u001b[${on}m${text}\u001b[${off}m` : text;
}
