import { l10n, type Uri } from "vscode";
import { type LanguageClientOptions, RevealOutputChannelOn } from "vscode-languageclient";
import { clientCommands, type InitializationOptions } from "../../server/src/protocol/messages.ts";
import { elsewhereNow } from "./elsewhere.ts";
import type { Log } from "./log.ts";
import { documentSelector, helpersSelector } from "./manifest.ts";

/** Options of a new client; evaluated at each start, because the other extensions may have changed since. */
export function clientOptions(log: Log, clientFiles: boolean, storage: Uri): () => LanguageClientOptions {
  return () => ({
    documentSelector: [...documentSelector, ...helpersSelector],
    outputChannel: log.channel,
    traceOutputChannel: log.trace,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationOptions: initializationOptions(clientFiles, storage),
    markdown: { isTrusted: { enabledCommands: Object.values(clientCommands) }, supportThemeIcons: true },
    diagnosticPullOptions: { onChange: true, onTabs: true },
  });
}

/** The texts of the display language by their English ones; empty in English. */
export function translations(): Readonly<Record<string, string>> {
  return textsOf(l10n.bundle ?? {});
}

function initializationOptions(clientFiles: boolean, storage: Uri): InitializationOptions {
  const bundle = l10n.bundle;
  return {
    elsewhere: elsewhereNow(),
    commands: Object.values(clientCommands),
    clientFiles,
    storage: storage.toString(),
    status: true,
    documentation: true,
    ...(bundle === undefined ? {} : { l10nBundle: textsOf(bundle) }),
  };
}

/** The translations that stand as plain texts; VS Code's bundle may also hold objects with a comment for the translator. */
function textsOf(bundle: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(bundle).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}
