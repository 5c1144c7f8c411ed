import { l10n, type LanguageStatusItem, languages, LanguageStatusSeverity } from "vscode";
import { State } from "vscode-languageclient";
import { statusNotification, type StatusParams } from "../../server/src/protocol/messages.ts";
import { documentSelector } from "./manifest.ts";
import type { Server } from "./server.ts";

/** The entry in the language status (the braces at the right of the status bar): the index's progress and size. It is there once the server was wanted. */
export function createStatus(server: Server): { dispose(): void } {
  let item: LanguageStatusItem | undefined;
  const shown = (): LanguageStatusItem => {
    item ??= createItem();
    return item;
  };
  const listener = server.onDidChangeState((state) => showState(shown(), state));
  server.configure((client) =>
    client.onNotification(statusNotification, (params: StatusParams) => showIndex(shown(), params)),
  );
  return {
    dispose() {
      listener.dispose();
      item?.dispose();
    },
  };
}

function createItem(): LanguageStatusItem {
  const item = languages.createLanguageStatusItem("drydock.status", documentSelector);
  item.name = "Drydock";
  item.command = { command: "drydock.showLog", title: l10n.t("Show Log") };
  return item;
}

function showState(item: LanguageStatusItem, state: State): void {
  item.busy = state === State.Starting;
  item.severity = state === State.Stopped ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
  if (state === State.Starting) item.text = l10n.t("Drydock is starting");
  if (state === State.Running) item.text = "Drydock";
  if (state === State.Stopped) item.text = l10n.t("Drydock's server has stopped");
}

function showIndex(item: LanguageStatusItem, { phase, filesDone, filesTotal, resources, notices }: StatusParams): void {
  item.busy = phase === "indexing";
  item.severity = notices.length > 0 ? LanguageStatusSeverity.Warning : LanguageStatusSeverity.Information;
  item.text =
    phase === "indexing"
      ? l10n.t("Drydock reads {0} of {1} files", filesDone, filesTotal)
      : l10n.t("Drydock: {0} objects in {1} files", resources, filesTotal);
  item.detail = notices.join(" · ");
}
