import * as l10n from "@vscode/l10n";
import { parseArguments, UsageError } from "./arguments.ts";
import type { Command, StartThread } from "./command.ts";
import { commandHelp, overview } from "./help.ts";
import type { Terminal } from "./output.ts";

/** All subcommands; each is only loaded when it is called, so that every one of them starts at once. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  check: async () => (await import("./commands/check.ts")).check,
  endpoints: async () => (await import("./commands/endpoints.ts")).endpoints,
  dns: async () => (await import("./commands/dns.ts")).dns,
  resolve: async () => (await import("./commands/resolve.ts")).resolve,
  "environment-variables": async () => (await import("./commands/environment-variables.ts")).environmentVariables,
  rollout: async () => (await import("./commands/rollout.ts")).rollout,
  balance: async () => (await import("./commands/balance.ts")).balance,
  diff: async () => (await import("./commands/diff.ts")).diff,
  "language-server": async () => (await import("./commands/language-server.ts")).languageServer,
};

/** Runs one command line. Returns the exit status: 0 done, 1 findings or nothing to answer with, 2 wrong use or unreadable input. */
export async function run(words: readonly string[], terminal: Terminal, startThread?: StartThread): Promise<number> {
  const [name = "--help", ...rest] = words;
  if (name === "--help" || name === "-h" || name === "help") {
    terminal.write(overview(Object.keys(commands)));
    return words.length === 0 ? 2 : 0;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined)
    return refuse(terminal, l10n.t("there is no command {0}; there are {1}", name, Object.keys(commands).join(", ")));
  try {
    return await runCommand(name, await load(), rest, { terminal, startThread });
  } catch (error) {
    if (error instanceof UsageError) return refuse(terminal, error.message);
    const text =
      error instanceof Error
        ? words.includes("--verbose")
          ? (error.stack ?? error.message)
          : error.message
        : String(error);
    return refuse(terminal, l10n.t("unexpected: {0}", text));
  }
}

async function runCommand(
  name: string,
  command: Command,
  words: readonly string[],
  { terminal, startThread }: { readonly terminal: Terminal; readonly startThread: StartThread | undefined },
): Promise<number> {
  if (words.includes("--help") || words.includes("-h")) {
    terminal.write(commandHelp(name, command.shape));
    return 0;
  }
  const { status, notices, missing } = await command.run(parseArguments(words, command.shape), terminal, startThread);
  for (const notice of notices) terminal.writeError(`drydock: ${notice}\n`);
  if (status === 1 && missing !== undefined) terminal.writeError(`drydock: ${missing}\n`);
  return status;
}

function refuse(terminal: Terminal, message: string): number {
  terminal.writeError(`drydock: ${message}\n`);
  return 2;
}
