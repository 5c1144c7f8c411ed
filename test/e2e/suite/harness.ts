import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";

/** One scenario; it passes unless it throws. */
export interface Scenario {
  readonly name: string;
  run(): Promise<void>;
}

export interface SuiteResult {
  readonly scenarios: readonly { readonly name: string; readonly milliseconds: number; readonly error?: string }[];
}

/** Runs the scenarios in order, each from a workbench without editors, and writes the result into the file that the environment names. */
export async function runScenarios(scenarios: readonly Scenario[]): Promise<SuiteResult> {
  const results: { name: string; milliseconds: number; error?: string }[] = [];
  for (const scenario of scenarios) {
    const started = performance.now();
    const error = await errorOf(() => scenario.run());
    await errorOf(revertAndCloseAll);
    const milliseconds = Math.round(performance.now() - started);
    results.push({ name: scenario.name, milliseconds, ...(error === undefined ? {} : { error }) });
  }
  const file = process.env["DRYDOCK_E2E_RESULT"];
  if (file !== undefined) writeFileSync(file, JSON.stringify({ scenarios: results }));
  return { scenarios: results };
}

async function errorOf(run: () => Promise<void>): Promise<string | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

async function revertAndCloseAll(): Promise<void> {
  for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  }
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
}

/** The answer as soon as it is defined; asks again until the deadline, whose error says what came last. */
export async function until<T>(
  what: string,
  ask: () => Thenable<T | undefined> | T | undefined,
  describe: () => unknown = () => "",
  deadline = 15_000,
): Promise<T> {
  const end = performance.now() + deadline;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > end) throw new Error(`${what}: not within ${deadline} ms; ${JSON.stringify(describe())}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Opens a file of the workspace in an editor. */
export async function open(path: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(uriOf(path));
  return vscode.window.showTextDocument(document, { preview: false });
}

export function uriOf(path: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error("There is no workspace folder");
  return vscode.Uri.file(join(folder.uri.fsPath, path));
}

/** The place behind the n-th (from 1) occurrence of the text. */
export function placeAfter(document: vscode.TextDocument, text: string, occurrence = 1): vscode.Position {
  let offset = -1;
  for (let count = 0; count < occurrence; count++) {
    offset = document.getText().indexOf(text, offset + 1);
    if (offset < 0) throw new Error(`${document.uri.path} has no ${occurrence}. "${text}"`);
  }
  return document.positionAt(offset + text.length);
}

/** Replaces the first occurrence of a text in a document, as if typed. */
export async function replace(document: vscode.TextDocument, from: string, to: string): Promise<void> {
  const end = placeAfter(document, from);
  const start = document.positionAt(document.offsetAt(end) - from.length);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(start, end), to);
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error(`${document.uri.path} can not be edited`);
}

/** Codes of Drydock's findings in a file. */
export function codesOf(uri: vscode.Uri): readonly string[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source?.toLowerCase() === "drydock")
    .map(({ code }) => String(typeof code === "object" ? code.value : code));
}

/** The texts of all hovers at a place, once there are any. */
export function hoverAt(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
  return until(`a hover at ${position.line}:${position.character}`, async () => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      position,
    );
    const texts = hovers
      .flatMap(({ contents }) => contents)
      .map((each) => (each instanceof vscode.MarkdownString ? each.value : JSON.stringify(each)));
    return texts.length === 0 ? undefined : texts.join("\n");
  });
}
