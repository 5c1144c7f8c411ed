import { extensions, type Uri } from "vscode";

/** What is used of the API that VS Code's own git extension exports. */
interface GitApi {
  getRepository(uri: Uri): { show(ref: string, path: string): Promise<string> } | null;
}

/** The text of a file as last committed; `undefined` without git, and for files that are not committed. */
export async function committedText(uri: Uri): Promise<string | undefined> {
  try {
    const git = extensions.getExtension<{ getAPI(version: 1): GitApi }>("vscode.git");
    if (git === undefined) return undefined;
    const api = (git.isActive ? git.exports : await git.activate()).getAPI(1);
    return await api.getRepository(uri)?.show("HEAD", uri.fsPath);
  } catch {
    return undefined;
  }
}
