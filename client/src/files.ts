import { FileType, RelativePattern, Uri, workspace } from "vscode";
import {
  listFilesRequest,
  type ListFilesParams,
  type ListFilesResult,
  readFilesRequest,
  type ReadFilesParams,
  type ReadFilesResult,
} from "../../server/src/protocol/messages.ts";
import type { Server } from "./server.ts";

/** Answers the server's questions for files: in a browser, and in workspaces that are no folders of a disk, only the editor can read them. */
export function serveFiles(server: Server): void {
  server.configure((client) => client.onRequest(readFilesRequest, readFiles));
  server.configure((client) => client.onRequest(listFilesRequest, listFiles));
}

async function readFiles({ uris, limit }: ReadFilesParams): Promise<ReadFilesResult> {
  return { contents: await Promise.all(uris.map((uri) => readFile(Uri.parse(uri), limit))) };
}

async function readFile(uri: Uri, limit: number): Promise<string | null> {
  try {
    const stat = await workspace.fs.stat(uri);
    if ((stat.type & FileType.File) === 0 || stat.size > limit) return null;
    return base64(await workspace.fs.readFile(uri));
  } catch {
    // Gone or unreadable: to the server both mean that there is no such file.
    return null;
  }
}

/** `findFiles` leaves out what `files.exclude` names by itself. */
async function listFiles({ folder, exclude }: ListFilesParams): Promise<ListFilesResult> {
  const base = Uri.parse(folder);
  const left = ["**/.git/**", "**/node_modules/**", ...exclude];
  const found = await workspace.findFiles(
    new RelativePattern(base, "{**/*.yaml,**/*.yml,**/*.json,**/templates/**/*.tpl}"),
    new RelativePattern(base, `{${left.join(",")}}`),
  );
  return { uris: found.map((uri) => uri.toString()).sort() };
}

const chunk = 0x8000;

function base64(bytes: Uint8Array): string {
  let binary = "";
  for (let start = 0; start < bytes.length; start += chunk) {
    binary += String.fromCharCode(...bytes.subarray(start, start + chunk));
  }
  return btoa(binary);
}
