import { table } from "./table.ts";
import type { KindRow } from "./table.ts";

/** The API groups that a kind belongs to as far as the table knows it. */
export function groupsOfKind(kind: string): readonly string[] {
  return groups.get(kind) ?? [];
}

const groups: ReadonlyMap<string, readonly string[]> = collectGroups();

function collectGroups(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { group, kind } of allKinds()) {
    if (group === undefined || kind === undefined || kind === "*") continue;
    const known = found.get(kind) ?? [];
    if (!known.includes(group)) found.set(kind, [...known, group]);
  }
  return found;
}

function* allKinds(): Generator<Partial<KindRow>> {
  for (const places of Object.values(table.sites)) yield* places;
  for (const { from, to } of table.relations) yield* [from, ...(from.anyOf ?? []), to, ...(to.anyOf ?? [])];
}
