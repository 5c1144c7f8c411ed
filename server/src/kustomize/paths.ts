/** The path without `.`, `..` and doubled slashes, relative to the workspace; `undefined` where it leaves the workspace. */
export function normalise(path: string): string | undefined {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join("/");
}

/** The path that `relative` means when it stands in a file of `folder`; `undefined` where it leaves the workspace. */
export function join(folder: string, relative: string): string | undefined {
  return normalise(`${folder}/${relative}`);
}

/** The folder of a path, "" for the workspace itself. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** The last part of a path as written, without slashes at its end. */
export function baseName(path: string): string {
  const trimmed = path.replace(/\/+$/, "");
  return trimmed.slice(trimmed.lastIndexOf("/") + 1);
}

/** Whether the path is the folder itself or lies below it. */
export function isWithin(folder: string, path: string): boolean {
  return folder === "" || path === folder || path.startsWith(`${folder}/`);
}
