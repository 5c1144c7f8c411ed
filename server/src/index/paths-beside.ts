import type { Index } from "./index.ts";
import { folderOf, isKustomizationFile, parentOf } from "./place.ts";
import type { FileId } from "./types.ts";

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

/** The names in the folder of a path that a kustomization could write in the place of its last part. */
export function namesBeside(index: Index, target: FileId, { files, folders }: AcceptedPaths): readonly string[] {
  const above = folderOf(target);
  const ownFiles = files ? index.filesIn(above).filter((file) => !isKustomizationFile(file)) : [];
  const ownFolders = folders
    ? index.folders().filter((each) => parentOf(each) === above && index.filesIn(each).some(isKustomizationFile))
    : [];
  return [
    ...ownFiles.map((file) => file.slice(above.length)),
    ...ownFolders.map((folder) => folder.slice(above.length, -1)),
  ];
}
