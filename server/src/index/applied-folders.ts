import { arrayAt, objectAt, textAt } from "../base/json.ts";
import type { JsonObject, JsonValue } from "../base/json.ts";
import type { Index } from "./index.ts";
import { kindKey } from "./keys.ts";
import type { KustomizationInputs } from "./kustomizations.ts";
import { folderOf, parentOf } from "./place.ts";
import type { FolderId } from "./types.ts";

/**
 * The folders with a kustomization that a Flux `Kustomization` or an Argo CD `Application` names: they are applied by themselves, even where another
 * kustomization uses them, too. Their paths begin at the top of a repository, which is some folder above the file that holds them.
 */
export function appliedFolders(
  { engine, index }: KustomizationInputs,
  folders: ReadonlySet<string>,
): readonly string[] {
  const byId = new Map([...folders].map((folder) => [engine.idOf(folder === "" ? "" : `${folder}/`), folder]));
  const found = namedPaths(index).flatMap(({ from, path }) => {
    for (let top: FolderId | undefined = from; top !== undefined; top = parentOf(top)) {
      const folder = byId.get(`${top}${path}`);
      if (folder !== undefined) return [folder];
    }
    return [];
  });
  return [...new Set(found)].sort();
}

interface NamedPath {
  readonly from: FolderId;
  /** Without `./` in front, with `/` at its end; "" for the top itself. */
  readonly path: string;
}

function namedPaths(index: Index): readonly NamedPath[] {
  const flux = index.posting(kindKey("kustomize.toolkit.fluxcd.io", "Kustomization"));
  const argo = index.posting(kindKey("argoproj.io", "Application"));
  return [
    ...flux.flatMap(({ file, object }) => namedPath(folderOf(file), textAt(object, "spec", "path"))),
    ...argo.flatMap(({ file, object }) =>
      sourcesOf(object).flatMap((source) => namedPath(folderOf(file), textAt(source, "path"))),
    ),
  ];
}

function sourcesOf(object: JsonObject): readonly JsonValue[] {
  const source = objectAt(object, "spec", "source");
  return [...(source === undefined ? [] : [source]), ...arrayAt(object, "spec", "sources")];
}

function namedPath(from: FolderId, path: string | undefined): readonly NamedPath[] {
  if (path === undefined) return [];
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  return [{ from, path: parts.map((part) => `${part}/`).join("") }];
}
