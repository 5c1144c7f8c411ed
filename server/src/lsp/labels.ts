import type { FileId } from "../index/types.ts";
import type { Session } from "./session.ts";

/** A file as people call it: its path below the workspace folder. */
export function fileLabel({ workspace }: Session, file: FileId): string {
  const folder = workspace.folderOf(file);
  return folder === undefined ? file : file.slice(folder.length);
}

/** An environment as people call it: its folder below the workspace folder, the workspace folder's own name, or its name in the settings. */
export function environmentLabel({ workspace }: Session, name: string): string {
  const folder = workspace.folderOf(`${name}/`);
  if (folder === undefined) return name;
  return name.slice(folder.length) || (folder.slice(0, -1).split("/").at(-1) ?? name);
}
