import { accessSync, constants } from "node:fs";
import { delimiter, join, resolve } from "node:path";

/** The root of the checkout. */
export const root = resolve(import.meta.dirname, "../..");

/** Everything that is downloaded or thrown away; git ignores it. */
export const cache = join(root, ".vscode-test");

/** The packed extension, as `npm run package` leaves it. */
export const vsix = join(root, "drydock.vsix");

/** The workspace that `npm start` and the screenshots open. */
export const examples = join(root, "examples");

/** The first of the programs that is on PATH, as an absolute path. */
export function findProgram(...names: readonly string[]): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  for (const name of names) {
    const found = folders.map((folder) => join(folder, name)).find(isExecutable);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
