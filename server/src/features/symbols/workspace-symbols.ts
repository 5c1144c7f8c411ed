import type { Place } from "../../index/types.ts";
import type { Index, IndexedFile } from "../../index/index.ts";
import { SourceResource } from "../../index/place.ts";

/** An object of the workspace that a query finds. */
export interface WorkspaceSymbol {
  /** `Service web`. */
  readonly name: string;
  /** Its namespace as written, or its file's folder. */
  readonly container: string;
  readonly place: Place;
}

/** The objects whose kind and name contain the letters of the query in this order; those that begin with it first. */
export function workspaceSymbolsOf(index: Index, query: string, most: number): readonly WorkspaceSymbol[] {
  const wanted = query.toLowerCase().replace(/\s+/g, "");
  const found: { readonly symbol: WorkspaceSymbol; readonly rank: number }[] = [];
  for (const file of index.filesBelow("")) {
    for (const resource of objectsIn(index.file(file))) {
      if (resource.name === "") continue;
      const rank = rankOf(resource.kind.toLowerCase(), resource.name.toLowerCase(), wanted);
      if (rank === undefined) continue;
      const container = resource.writtenNamespace ?? file.slice(file.lastIndexOf("/") + 1);
      const symbol = { name: `${resource.kind} ${resource.name}`, container, place: resource.place };
      found.push({ symbol, rank });
    }
  }
  return found
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ symbol }) => symbol);
}

/** Also those of a chart's template, as far as their names stand there. */
function objectsIn(file: IndexedFile | undefined): readonly SourceResource[] {
  if (file === undefined) return [];
  const templated = file.facts.documents.flatMap((document) =>
    (document.facts.template?.objects ?? []).map((facts) => new SourceResource(file.file, document, facts)),
  );
  return templated.length === 0 ? file.resources : [...file.resources, ...templated];
}

function rankOf(kind: string, name: string, wanted: string): number | undefined {
  if (name.startsWith(wanted)) return 0;
  if (name.includes(wanted)) return 1;
  return isSubsequence(wanted, kind + name) ? 2 : undefined;
}

function isSubsequence(wanted: string, text: string): boolean {
  let next = 0;
  for (const letter of text) if (letter === wanted[next]) next++;
  return next === wanted.length;
}
