import { fileURLToPath } from "node:url";

/** The path of a file's URI, `undefined` for files of other machines and other schemes. */
export function pathOf(uri: string): string | undefined {
  try {
    return uri.startsWith("file:") ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined; // a file of another machine
  }
}
