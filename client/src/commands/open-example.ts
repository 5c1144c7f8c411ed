import { Uri, window, workspace } from "vscode";

/** Opens the walkthrough's manifests as a new file, which is nowhere stored until the person does. */
export function openExampleCommand(extension: Uri): () => Promise<void> {
  return async () => {
    const bytes = await workspace.fs.readFile(Uri.joinPath(extension, "docs/walkthrough/example.yaml"));
    const content = new TextDecoder().decode(bytes);
    await window.showTextDocument(await workspace.openTextDocument({ language: "yaml", content }));
  };
}
