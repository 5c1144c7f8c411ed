import type { Place, Resource } from "../index/types.ts";
import { named } from "./describe.ts";

/** Makes the target of a link to a place; `undefined` where there can be none. */
export type Linker = (place: Place) => string | undefined;

/** Text from a manifest, so that nothing in it is taken for Markdown. */
export function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|<>]/g, "\\$&");
}

/** Text from a manifest in a code span. */
export function code(text: string): string {
  const fence = "`".repeat(Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  return text === "" ? "` `" : `${fence}${text.startsWith("`") || text.endsWith("`") ? ` ${text} ` : text}${fence}`;
}

/** `[Deployment web](…)`, or the bare name where no link can be made. */
export function linked(resource: Resource, link: Linker): string {
  return linkTo(named(resource), resource.place, link);
}

export function linkTo(text: string, place: Place, link: Linker): string {
  const target = link(place);
  return target === undefined ? escaped(text) : `[${escaped(text)}](${target})`;
}

/** Paragraphs, the empty ones left out. */
export function paragraphs(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join("\n\n");
}

/** A list, `undefined` without items; long ones end in a number. */
export function bullets(
  items: readonly string[],
  most = 8,
  more = (count: number): string => `… +${count}`,
): string | undefined {
  if (items.length === 0) return undefined;
  const shown = items.length > most ? [...items.slice(0, most - 1), more(items.length - most + 1)] : items;
  return shown.map((item) => `- ${item}`).join("\n");
}
