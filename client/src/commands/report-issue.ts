import { env, type ExtensionContext, l10n, version, window, workspace } from "vscode";
import { reportRequest, type ReportResult } from "../../../server/src/protocol/messages.ts";
import type { Log } from "../log.ts";
import type { Server } from "../server.ts";

/**
 * Writes a report into a new editor, for a person to read, complete and send: versions, changed settings, the log.
 * Never anything of a manifest: traces are left out of the log, and names of environments and namespaces out of the settings.
 */
export function reportIssueCommand(context: ExtensionContext, server: Server, log: Log): () => Promise<void> {
  return async () => {
    const facts = server.wanted ? await server.request<ReportResult>(reportRequest, {}) : undefined;
    const content = report(extensionVersion(context), facts, log.recent());
    await window.showTextDocument(await workspace.openTextDocument({ language: "markdown", content }));
  };
}

function report(extension: string, facts: ReportResult | undefined, lines: readonly string[]): string {
  const server = facts === undefined ? l10n.t("The server is not running.") : json(facts);
  return [
    `# ${l10n.t("Drydock: report of a problem")}`,
    l10n.t("What did you do, what did you expect, what happened instead?"),
    `## ${l10n.t("Versions")}`,
    json({
      drydock: extension,
      vscode: version,
      app: env.appName,
      host: env.appHost,
      remote: env.remoteName !== undefined,
    }),
    `## ${l10n.t("Server")}`,
    server,
    `## ${l10n.t("Changed settings")}`,
    json(changedSettings()),
    `## ${l10n.t("Log")}`,
    `\`\`\`\n${lines.join("\n")}\n\`\`\``,
    "",
  ].join("\n\n");
}

function json(value: unknown): string {
  return `\`\`\`json\n${JSON.stringify(value, undefined, 2)}\n\`\`\``;
}

/** Settings that say nothing of what is in the manifests. */
const reportable = [
  "kubernetesVersion",
  "proxyMode",
  "maxFileSize",
  "severities",
  "yamlSyntax",
  "templates",
  "codeLens.services",
  "trace.server",
];

function changedSettings(): Record<string, unknown> {
  const configuration = workspace.getConfiguration("drydock");
  const changed: Record<string, unknown> = {};
  for (const name of reportable) {
    const found = configuration.inspect(name);
    const value: unknown = configuration.get(name);
    if (JSON.stringify(value) !== JSON.stringify(found?.defaultValue)) changed[name] = value;
  }
  return changed;
}

function extensionVersion(context: ExtensionContext): string {
  const manifest: unknown = context.extension.packageJSON;
  const found = typeof manifest === "object" && manifest !== null && "version" in manifest ? manifest.version : "";
  return typeof found === "string" ? found : "";
}
