import {
  commands,
  type ExtensionContext,
  l10n,
  type QuickPickItem,
  StatusBarAlignment,
  type StatusBarItem,
  type TextEditor,
  window,
  workspace,
} from "vscode";
import {
  activeEnvironmentNotification,
  type ActiveEnvironmentParams,
  type EnvironmentName,
  environmentsRequest,
} from "../../server/src/protocol/messages.ts";
import { documentSelector } from "./manifest.ts";
import { type Pages, pageUri } from "./pages.ts";
import type { Server } from "./server.ts";

/** The active environment: shown in the status bar, chosen by a person, remembered for each workspace folder. */
export interface ActiveEnvironment {
  /** Lets a person choose among the environments of the open file. */
  choose(): Promise<void>;
  dispose(): void;
}

const stateKey = "drydock.activeEnvironments";

/** So many choices are remembered for a folder. */
const mostRemembered = 50;

/** Registers the status bar item, and tells each new server what was chosen before. */
export function createActiveEnvironment(context: ExtensionContext, server: Server): ActiveEnvironment {
  const item = window.createStatusBarItem("drydock.environment", StatusBarAlignment.Right, 90);
  item.name = l10n.t("Drydock Environment");
  item.command = "drydock.selectEnvironment";
  const remembered = (): readonly string[] => namesOf(context.workspaceState.get<unknown>(stateKey));
  const look = (): void => void show(item, server);
  const listeners = [window.onDidChangeActiveTextEditor(look), server.onDidChangeManifests(look)];
  server.configure((client) => {
    const params: ActiveEnvironmentParams = { names: remembered() };
    return client.onDidChangeState(() => {
      if (client.isRunning() && params.names.length > 0)
        void client.sendNotification(activeEnvironmentNotification, params);
    });
  });
  return {
    async choose() {
      const chosen = await pickEnvironment(server, l10n.t("Active Environment"));
      if (chosen === undefined) return;
      const names = [chosen.name, ...remembered().filter((name) => name !== chosen.name)].slice(0, mostRemembered);
      await context.workspaceState.update(stateKey, names);
      await server.notify(activeEnvironmentNotification, { names } satisfies ActiveEnvironmentParams);
      look();
    },
    dispose() {
      item.dispose();
      for (const listener of listeners) void listener.dispose();
    },
  };
}

function namesOf(stored: unknown): readonly string[] {
  return Array.isArray(stored) ? stored.filter((name): name is string => typeof name === "string") : [];
}

async function show(item: StatusBarItem, server: Server): Promise<void> {
  const editor = manifestEditor();
  const [active, ...others] = editor === undefined || !server.wanted ? [] : await environmentsOf(server, editor);
  if (editor !== manifestEditor()) return;
  if (active === undefined) {
    item.hide();
    return;
  }
  item.text = `$(layers) ${active.label}`;
  item.tooltip = [
    l10n.t("Drydock looks at this file as a part of {0}.", active.label),
    active.isOpen ? l10n.t("A part of it can't be seen, so nothing is called missing.") : "",
    others.length > 0 ? l10n.t("It belongs to {0} other environments: choose one.", others.length) : "",
  ]
    .filter((text) => text !== "")
    .join("\n");
  item.show();
}

async function environmentsOf(server: Server, editor: TextEditor): Promise<readonly EnvironmentName[]> {
  const uri = editor.document.uri.toString();
  return (await server.request<readonly EnvironmentName[]>(environmentsRequest, { uri })) ?? [];
}

function manifestEditor(): TextEditor | undefined {
  const editor = window.activeTextEditor;
  return documentSelector.some(({ language }) => language === editor?.document.languageId) ? editor : undefined;
}

async function pickEnvironment(
  server: Server,
  title: string,
  first: readonly EnvironmentName[] = [],
): Promise<EnvironmentName | undefined> {
  const editor = manifestEditor();
  const found = editor === undefined ? [] : [...first, ...(await environmentsOf(server, editor))];
  if (found.length === 0) {
    void window.showInformationMessage(
      l10n.t("Open a Kubernetes manifest first: the command is about its environments."),
    );
    return undefined;
  }
  const items = found.map((environment): QuickPickItem & { readonly environment: EnvironmentName } => ({
    label: environment.label,
    description: kindText(environment.kind),
    environment,
  }));
  return (await window.showQuickPick(items, { title, matchOnDescription: true }))?.environment;
}

function kindText(kind: EnvironmentName["kind"]): string {
  if (kind === "kustomization") return l10n.t("kustomization");
  return kind === "settings" ? l10n.t("settings") : l10n.t("folder");
}

/** Shows the object at the cursor as it is written beside what an environment makes of it, or two environments beside each other. */
export function diffRenderedCommand(server: Server, pages: Pages): () => Promise<void> {
  return async () => {
    const editor = manifestEditor();
    const written: EnvironmentName = { name: "", label: l10n.t("as written"), kind: "folder", isOpen: false };
    const left = await pickEnvironment(server, l10n.t("Compare (left side)"), [written]);
    const right = left === undefined ? undefined : await pickEnvironment(server, l10n.t("With (right side)"));
    if (editor === undefined || left === undefined || right === undefined) return;
    const uri = editor.document.uri.toString();
    const subject = workspace.asRelativePath(editor.document.uri);
    pages.remember(uri, editor.selection.active);
    const sideOf = ({ name, label }: EnvironmentName) =>
      pageUri({ kind: "rendered", subject: `${subject} ${label}`, params: { uri, environment: name } });
    const title = l10n.t("{0}: {1} ↔ {2}", subject, left.label, right.label);
    await commands.executeCommand("vscode.diff", sideOf(left), sideOf(right), title);
  };
}
