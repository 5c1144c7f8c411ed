import { env, l10n, type Position, ProgressLocation, type TextEditor, window } from "vscode";
import {
  type DnsName,
  dnsNamesRequest,
  type NameAsker,
  nameAskersRequest,
  type PlaceParams,
} from "../../../server/src/protocol/messages.ts";
import { documentSelector } from "../manifest.ts";
import type { PageKind, Pages } from "../pages.ts";
import type { Server } from "../server.ts";

/**
 * Shows a page about what a code lens or a link names, else about the place of the cursor. From a menu VS Code hands a `Uri` over, which says no more than the editor.
 */
export function placePageCommand(
  pages: Pages,
  kind: Exclude<PageKind, "findings" | "name" | "review">,
): (argument?: unknown) => Promise<void> {
  return async (argument) => {
    const editor = activeManifest();
    const params = isParams(argument) ? argument : editor === undefined ? undefined : { uri: uriOf(editor) };
    if (params === undefined) {
      sayWhatIsNeeded();
      return;
    }
    const { uri, service } = params;
    const subject = service ?? uri.split("/").at(-1) ?? "";
    await pages.show({
      kind,
      subject: decodeURIComponent(subject),
      params: service === undefined ? { uri } : { uri, service },
    });
  };
}

/** Every finding of the workspace in one text. Reading all files takes a while in large workspaces. */
export function findingsCommand(pages: Pages): () => Promise<void> {
  return async () => {
    await window.withProgress(
      { location: ProgressLocation.Window, title: l10n.t("Drydock checks all files") },
      async () => pages.show({ kind: "findings", subject: l10n.t("Drydock Findings"), params: {} }),
    );
  };
}

/** Asks for a name and for who asks, and shows how DNS answers. */
export function resolveNameCommand(server: Server, pages: Pages): () => Promise<void> {
  return async () => {
    const editor = activeManifest();
    if (editor === undefined) {
      sayWhatIsNeeded();
      return;
    }
    const place = placeOf(editor);
    const name = await window.showInputBox({
      title: l10n.t("Resolve a Name"),
      prompt: l10n.t("A name as a program in a pod would use it, such as mysql or mysql.shop.svc.cluster.local"),
      value: hostAt(editor),
      validateInput: (value) =>
        isHost(value) ? undefined : l10n.t("A DNS name has letters, digits, dots and dashes."),
    });
    if (name === undefined) return;
    const askers = (await server.request<readonly NameAsker[]>(nameAskersRequest, place)) ?? [];
    const chosen = await window.showQuickPick(
      askers.map((asker) => ({
        label: asker.pod ?? l10n.t("any pod"),
        description: l10n.t("namespace {0}", asker.namespace),
        asker,
      })),
      { title: l10n.t("Resolve {0}: who asks?", name), matchOnDescription: true },
    );
    if (chosen === undefined) return;
    const params = { uri: place.uri, name, asker: chosen.asker };
    await pages.show({ kind: "name", subject: name, params });
  };
}

/** Offers the names of Services for copying, those of the cursor's Service first. */
export function copyDnsNameCommand(server: Server): () => Promise<void> {
  return async () => {
    const editor = activeManifest();
    if (editor === undefined) {
      sayWhatIsNeeded();
      return;
    }
    const names = (await server.request<readonly DnsName[]>(dnsNamesRequest, placeOf(editor))) ?? [];
    if (names.length === 0) {
      void window.showInformationMessage(l10n.t("There is no Service here that has a DNS name."));
      return;
    }
    const chosen = await window.showQuickPick(
      names.map(({ name, detail }) => ({ label: name, description: detail })),
      { title: l10n.t("Copy DNS Name"), matchOnDescription: true },
    );
    if (chosen === undefined) return;
    await env.clipboard.writeText(chosen.label);
    window.setStatusBarMessage(l10n.t("{0} is in the clipboard", chosen.label), 3000);
  };
}

interface Params {
  readonly uri: string;
  readonly service?: string;
}

function isParams(argument: unknown): argument is Params {
  return typeof argument === "object" && argument !== null && "uri" in argument && typeof argument.uri === "string";
}

function activeManifest(): TextEditor | undefined {
  const editor = window.activeTextEditor;
  return documentSelector.some(({ language }) => language === editor?.document.languageId) ? editor : undefined;
}

function sayWhatIsNeeded(): void {
  void window.showInformationMessage(
    l10n.t("Open a Kubernetes manifest first: the command is about the place of the cursor."),
  );
}

function uriOf({ document }: TextEditor): string {
  return document.uri.toString();
}

function placeOf(editor: TextEditor): PlaceParams {
  const { line, character }: Position = editor.selection.active;
  return { uri: uriOf(editor), position: { line, character } };
}

const host = /[A-Za-z0-9_]([-A-Za-z0-9_]*[A-Za-z0-9_])?(\.[A-Za-z0-9_]([-A-Za-z0-9_]*[A-Za-z0-9_])?)*\.?/;

function isHost(text: string): boolean {
  return new RegExp(`^${host.source}$`).test(text);
}

/** The selected text, or the name under the cursor. */
function hostAt({ document, selection }: TextEditor): string {
  const range = selection.isEmpty ? document.getWordRangeAtPosition(selection.active, host) : selection;
  const text = range === undefined ? "" : document.getText(range);
  return isHost(text) ? text : "";
}
