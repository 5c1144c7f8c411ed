import { folderOf } from "../../index/place.ts";
import type { FileId } from "../../index/types.ts";
import type { ReadFile } from "../../model/read.ts";
import type { Change } from "../finding.ts";
import { writtenPathsOf } from "../document-links/document-links.ts";
import { relativePath } from "./relative.ts";

/** A file or folder that is about to be called otherwise. */
export interface FileMove {
  readonly from: FileId;
  readonly to: FileId;
}

/** The changes that keep a kustomization's paths right when files or folders move, itself included. */
export function changesForMoves(file: FileId, read: ReadFile, moves: readonly FileMove[]): readonly Change[] {
  const folder = folderOf(file).replace(/\/$/, "");
  return writtenPathsOf({ file, read }).flatMap(({ span, path }): readonly Change[] => {
    const before = relativePath(folder, path);
    const after = relativePath(moved(folder, moves), moved(path, moves));
    return before === after ? [] : [{ kind: "replace", place: { file, ...span }, text: after }];
  });
}

function moved(path: FileId, moves: readonly FileMove[]): FileId {
  const move = moves.find(({ from }) => path === from || path.startsWith(`${from}/`));
  return move === undefined ? path : move.to + path.slice(move.from.length);
}
