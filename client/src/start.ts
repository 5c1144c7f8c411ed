import { commands, type ExtensionContext, type TextDocument, window, workspace } from "vscode";
import { clientCommands } from "../../server/src/protocol/messages.ts";
import { toolCommand } from "./commands/tools.ts";
import { openLocation, showLocations } from "./commands/locations.ts";
import { openExampleCommand } from "./commands/open-example.ts";
import { copyDnsNameCommand, findingsCommand, placePageCommand, resolveNameCommand } from "./commands/pages.ts";
import { reportIssueCommand } from "./commands/report-issue.ts";
import { reviewCommand } from "./commands/review.ts";
import { simulatorCommand } from "./commands/simulator.ts";
import { revealSecretCommand } from "./commands/reveal-secret.ts";
import { serveDocumentation } from "./documentation.ts";
import { serveFiles } from "./files.ts";
import { followNeighbours } from "./elsewhere.ts";
import { createActiveEnvironment, diffRenderedCommand } from "./environments.ts";
import { createLog } from "./log.ts";
import { isManifest } from "./manifest.ts";
import { clientOptions } from "./options.ts";
import { createPages } from "./pages.ts";
import { type ClientFactory, Server } from "./server.ts";
import { createSimulator } from "./simulator/simulator.ts";
import { createStatus } from "./status.ts";
import { createTree } from "./tree.ts";

/** What differs between VS Code on Node and in a browser. */
export interface Platform {
  readonly createClient: ClientFactory;
  /** The server has no files of its own and asks the client for them. */
  readonly clientFiles: boolean;
}

/**
 * Puts the extension together. The server starts when an open text looks like Kubernetes, or when a command needs it; until then nothing is shown.
 */
export function start(context: ExtensionContext, platform: Platform): void {
  const log = createLog();
  const options = clientOptions(log, platform.clientFiles, context.storageUri ?? context.globalStorageUri);
  const server = new Server(() => platform.createClient(options()), log.channel);
  const pages = createPages(server);
  const tree = createTree(server);
  const simulator = createSimulator(context.extensionUri, server);
  const status = createStatus(server);
  const environment = createActiveEnvironment(context, server);
  if (platform.clientFiles) serveFiles(server);
  context.subscriptions.push(log, server, pages, tree, simulator, status, environment, followEditors(server));
  context.subscriptions.push(serveDocumentation(context.extensionUri), followNeighbours(server));
  const register = (id: string, run: (...args: never[]) => unknown): void => {
    context.subscriptions.push(commands.registerCommand(id, run));
  };
  register(clientCommands.openLocation, openLocation);
  register(clientCommands.showLocations, showLocations);
  register(clientCommands.preview, placePageCommand(pages, "preview"));
  register(clientCommands.explain, placePageCommand(pages, "explain"));
  register("drydock.previewRendered", placePageCommand(pages, "rendered"));
  register("drydock.whyEnvironment", placePageCommand(pages, "why"));
  register("drydock.compareEnvironments", placePageCommand(pages, "compare"));
  register("drydock.diffRendered", diffRenderedCommand(server, pages));
  register("drydock.selectEnvironment", () => environment.choose());
  register("drydock.previewChart", toolCommand(server, pages, "chart"));
  register("drydock.verifyRendering", toolCommand(server, pages, "verify"));
  register("drydock.showRelations", placePageCommand(pages, "relations"));
  register("drydock.showFindings", findingsCommand(pages));
  register("drydock.reviewChanges", reviewCommand(pages));
  register("drydock.resolveName", resolveNameCommand(server, pages));
  register("drydock.copyDnsName", copyDnsNameCommand(server));
  register("drydock.openExample", openExampleCommand(context.extensionUri));
  register("drydock.refreshTree", () => tree.refresh());
  register(clientCommands.previewRollout, simulatorCommand(simulator, "rollout"));
  register(clientCommands.previewBalancing, simulatorCommand(simulator, "balance"));
  register(clientCommands.revealSecret, revealSecretCommand(server));
  register("drydock.restartServer", () => server.restart());
  register("drydock.showLog", () => log.channel.show());
  register("drydock.reportIssue", reportIssueCommand(context, server, log));
}

/** Starts the server at the first manifest, and keeps the context key `drydock.manifest` true while one is in the active editor. */
function followEditors(server: Server): { dispose(): void } {
  const startFor = (document: TextDocument): void => {
    if (!server.wanted && isManifest(document)) void server.start();
  };
  const markActive = contextKey("drydock.manifest");
  const lookAtActive = (): void => {
    const document = window.activeTextEditor?.document;
    markActive(document !== undefined && isManifest(document));
  };
  const listeners = [
    window.onDidChangeActiveTextEditor(lookAtActive),
    workspace.onDidOpenTextDocument(startFor),
    workspace.onDidChangeTextDocument(({ document }) => {
      startFor(document);
      if (document === window.activeTextEditor?.document) lookAtActive();
    }),
  ];
  workspace.textDocuments.forEach(startFor);
  lookAtActive();
  return { dispose: () => listeners.forEach((listener) => void listener.dispose()) };
}

/** Sets a context key of `when` clauses, and only when it changes. */
function contextKey(name: string): (value: boolean) => void {
  let last: boolean | undefined;
  return (value) => {
    if (value === last) return;
    last = value;
    void commands.executeCommand("setContext", name, value);
  };
}
