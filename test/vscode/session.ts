import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { installCodeServer } from "./install.ts";
import { cache } from "./paths.ts";
import { killTree, run, start, type Started } from "./process.ts";

export interface SessionOptions {
  /** Names the profile below the cache; an earlier one of that name is thrown away. */
  readonly name: string;
  /** The folder that the workbench opens. */
  readonly folder: string;
  /** Packed extensions to install. */
  readonly extensions: readonly string[];
  /** Settings besides {@link quietSettings}. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Variables that extensions see. */
  readonly env?: Readonly<Record<string, string>>;
  readonly say: (line: string) => void;
}

/** A running VS Code without a window of its own. */
export interface Session {
  /** Open it in a browser; extensions run as soon as one has. */
  readonly url: string;
  readonly process: Started;
  /** Where VS Code writes its own logs. */
  readonly logs: string;
  /** Ends it and everything that it started. */
  stop(): void;
}

/** Nothing that moves, asks, updates or phones home; and no side bars beside what is looked at. */
export const quietSettings = {
  "chat.disableAIFeatures": true,
  "chat.commandCenter.enabled": false,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "files.autoSave": "off",
  "git.openRepositoryInParentFolders": "never",
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "window.commandCenter": false,
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
} as const;

/** Starts VS Code with a fresh profile and the given extensions; installs it first where it is not yet. */
export async function startSession(options: SessionOptions): Promise<Session> {
  const { node, main } = await installCodeServer(options.say);
  const profile = join(cache, "profiles", options.name);
  rmSync(profile, { recursive: true, force: true });
  writeSettings(profile, { ...quietSettings, ...options.settings });
  const folders = ["--server-data-dir", profile, "--extensions-dir", join(profile, "extensions")];
  const common = { cwd: cache, env: { ...options.env, VSCODE_PROXY_URI: undefined } };
  const installs = options.extensions.flatMap((vsix) => ["--install-extension", vsix]);
  await run(node, [main, ...folders, "--accept-server-license-terms", ...installs], { ...common, deadline: 60_000 });
  const port = await freePort();
  const process = start(node, [main, ...folders, ...serverFlags, "--host", "127.0.0.1", "--port", String(port)], {
    ...common,
    logFile: join(profile, "output.log"),
  });
  await process.waitFor("Extension host agent listening", 30_000);
  return {
    url: `http://localhost:${port}/?folder=${encodeURI(options.folder)}`,
    process,
    logs: join(profile, "data/logs"),
    stop: () => killTree(process.pid),
  };
}

const serverFlags = [
  // Extensions see the variables that are given, not those of a login shell.
  "--force-disable-user-env",
  "--without-connection-token",
  "--accept-server-license-terms",
  "--disable-workspace-trust",
  "--telemetry-level",
  "off",
];

/** Settings of the machine and of the user: the workbench reads some from the one and some from the other. */
function writeSettings(profile: string, settings: Readonly<Record<string, unknown>>): void {
  for (const scope of ["Machine", "User"]) {
    const folder = join(profile, "data", scope);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "settings.json"), JSON.stringify(settings, undefined, 2));
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
