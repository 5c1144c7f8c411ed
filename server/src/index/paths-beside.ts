import type { Index } from "./index.ts";
import { folderOf, isKustomizationFile, parentOf } from "./place.ts";
import type { FileId, FolderId } from "./types.ts";

/** What the paths of a field of a kustomization may lead to. */
export interface AcceptedPaths {
  readonly files: boolean;
  readonly folders: boolean;
  /** Whether files need not be manifests: they become entries of a ConfigMap or Secret. */
  readonly ofAnyKind: boolean;
}

/** What a field accepts, named as in `patches.path` or by its first part alone. */
export function acceptedBy(field: string): AcceptedPaths {
  return {
    files: field !== "bases" && field !== "components",
    folders: /^(resources|bases|components|generators|transformers|validators)$/.test(field),
    ofAnyKind: /^(configMap|secret)Generator(\.|$)/.test(field),
  };
}

/**
 * The names in the folder of a path that a kustomization could write in the place of its last part.
 * @param listAll the files of a folder that are no manifests, and maybe those that are
 */
export function namesBeside(
  index: Index,
  target: FileId,
  { files, folders, ofAnyKind }: AcceptedPaths,
  listAll: (folder: FolderId) => readonly FileId[] = () => [],
): readonly string[] {
  const above = folderOf(target);
  const known = new Set([...(files ? index.filesIn(above) : []), ...(ofAnyKind ? listAll(above) : [])]);
  const ownFiles = [...known].filter((file) => !isKustomizationFile(file));
  const ownFolders = folders
    ? index.folders().filter((each) => parentOf(each) === above && index.filesIn(each).some(isKustomizationFile))
    : [];
  return [
    ...ownFiles.map((file) => file.slice(above.length)),
    ...ownFolders.map((folder) => folder.slice(above.length, -1)),
  ];
}
