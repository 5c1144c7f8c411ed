import { DidChangeWatchedFilesNotification } from "vscode-languageserver";
import type { Connection, InitializeParams, InitializeResult, ServerCapabilities } from "vscode-languageserver";
import { clientFeatures } from "./client-features.ts";
import { PositionConverter, chooseEncoding } from "./convert.ts";
import { Guard } from "./guard.ts";
import { handlers } from "./handlers/index.ts";
import type { Host, Logger } from "./host.ts";
import { chooseLanguage } from "./locale.ts";
import { listenToSettings } from "./settings.ts";
import { Session } from "./session.ts";
import { drydockVersion } from "../base/version.ts";
import { Workspace } from "./workspace.ts";

/** Serves one client over a connection until it says `exit`. The only place where the parts are put together. */
export function startServer(connection: Connection, host: Host): void {
  let session: Session | undefined;
  connection.onInitialize((params) => {
    session = createSession(connection, host, params);
    for (const handler of handlers) handler.register(session);
    return initializeResult(session, params);
  });
  connection.onInitialized(() => {
    if (session !== undefined) void begin(session);
  });
  connection.onShutdown(() => session?.stop());
  connection.onExit(() => host.exit(session?.isStopped === true ? 0 : 1));
  connection.listen();
}

function createSession(connection: Connection, host: Host, params: InitializeParams): Session {
  const client = clientFeatures(params);
  chooseLanguage(params.locale, client.options.l10nBundle);
  const logger = loggerOf(connection);
  const workspace = new Workspace(() => host.wallTime(), host.local);
  const guard = new Guard({
    logger,
    now: () => host.now(),
    nextTurn: () => host.nextTurn(),
    revision: () => workspace.revision,
  });
  const converter = new PositionConverter(chooseEncoding(params.capabilities.general?.positionEncodings));
  workspace.setFolders(foldersOf(params));
  return new Session({ connection, host, logger, workspace, guard, client, converter });
}

function initializeResult({ client, encoding }: Session, params: InitializeParams): InitializeResult {
  const capabilities = handlers.reduce<ServerCapabilities>(
    (all, handler) => ({ ...all, ...handler.capabilities(client) }),
    {},
  );
  return {
    capabilities: {
      ...capabilities,
      ...(params.capabilities.general?.positionEncodings === undefined ? {} : { positionEncoding: encoding }),
      workspace: { ...capabilities.workspace, workspaceFolders: { supported: true, changeNotifications: true } },
    },
    serverInfo: { name: "Drydock", version: drydockVersion },
  };
}

/** After the handshake: settings first, since they say what is read, then the files. */
async function begin(session: Session): Promise<void> {
  const { connection, workspace, logger } = session;
  try {
    await listenToSettings(session);
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      const gone = new Set(removed.map(({ uri }) => uri));
      void session.readFolders([
        ...workspace.folderUris.filter((uri) => !gone.has(uri)),
        ...added.map(({ uri }) => uri),
      ]);
    });
  } catch (error) {
    logger.error(`settings: ${String(error)}`);
  }
  await watchFiles(session);
  await session.readFolders(workspace.folderUris);
}

/** Files that people write without the editor: after a checkout, or by a tool. */
async function watchFiles({ connection, client, logger }: Session): Promise<void> {
  if (!client.watchesFiles) return;
  const watchers = ["**/*.{yaml,yml,json}", "**/Kustomization", "**/templates/**/*.tpl"].map((globPattern) => ({
    globPattern,
  }));
  try {
    await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  } catch (error) {
    logger.error(`watching files: ${String(error)}`);
  }
}

function foldersOf(params: InitializeParams): readonly string[] {
  const { workspaceFolders } = params;
  if (workspaceFolders !== undefined && workspaceFolders !== null) return workspaceFolders.map(({ uri }) => uri);
  const root: unknown = Object.entries(params).find(([key]) => key === olderRoot)?.[1];
  return typeof root === "string" ? [root] : [];
}

/** Clients from before workspace folders know a single one, under a name that the protocol has deprecated. */
const olderRoot = "rootUri";

function loggerOf(connection: Connection): Logger {
  return {
    trace: (message) => connection.tracer.log(message),
    info: (message) => connection.console.info(message),
    error: (message) => connection.console.error(message),
  };
}
