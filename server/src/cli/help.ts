import * as l10n from "@vscode/l10n";
import type { CommandShape } from "./arguments.ts";

/** What `drydock --help` says. */
export function overview(commands: readonly string[]): string {
  const lines = commands.map((command) => `  ${command.padEnd(24)}${summaryOf(command)}`);
  return `${l10n.t("drydock COMMAND [NAME] [PATH...] [options]")}\n\n${lines.join("\n")}\n\n${l10n.t("drydock COMMAND --help tells the options of a command.")}\n`;
}

/** What `drydock COMMAND --help` says. */
export function commandHelp(command: string, { takesName, formats, options }: CommandShape): string {
  const name = takesName === "never" ? "" : takesName === "required" ? " NAME" : " [NAME]";
  const own = options.map((option) => `  --${option} VALUE`);
  const lines = [
    `drydock ${command}${name} [PATH...]`,
    "",
    summaryOf(command),
    "",
    ...own,
    ...(formats.length > 0 ? [`  --format ${formats.join("|")}`] : []),
    ...sharedOptions().map(([option, meaning]) => `  ${option.padEnd(30)}${meaning}`),
  ];
  return `${lines.join("\n")}\n`;
}

function summaryOf(command: string): string {
  switch (command) {
    case "check":
      return l10n.t("what the API server would refuse and what can't work");
    case "endpoints":
      return l10n.t("the endpoints of Services");
    case "dns":
      return l10n.t("the records that the cluster's DNS would answer");
    case "resolve":
      return l10n.t("how a pod resolves a name");
    case "environment-variables":
      return l10n.t("the environment variables of a workload's containers");
    case "rollout":
      return l10n.t("the rollout of a workload, step by step");
    case "balance":
      return l10n.t("which pods of a Service get the requests");
    case "diff":
      return l10n.t("what a change does to the cluster: OLD NEW, or --git BASE");
    case "language-server":
      return l10n.t("the language server, on standard input and output");
    default:
      return "";
  }
}

function sharedOptions(): readonly (readonly [string, string])[] {
  return [
    ["-e, --environment NAME", l10n.t("one environment alone; none: all files as one set, as they stand")],
    ["-n, --namespace NAME", l10n.t("the namespace of objects that name none")],
    ["--kubernetes-version VERSION", l10n.t("the API server's version; the newest known")],
    ["--cluster-domain NAME", l10n.t("the DNS domain of the cluster; cluster.local")],
    ["--node-search-domains A,B", l10n.t("search domains of the nodes' own resolv.conf")],
    ["--nodes NUMBER", l10n.t("how many nodes there are; 3")],
    ["--zones A,B", l10n.t("the zones that the nodes stand in, in turn; a")],
    ["--exclude GLOB", l10n.t("leaves out files and folders")],
    ["--no-ignore", l10n.t("reads what .gitignore leaves out")],
    ["--no-recursive", l10n.t("reads the files directly in a folder alone")],
    ["--stdin-path PATH", l10n.t("what standard input is called")],
    ["--max-file-size KIB", l10n.t("larger files are not read; 16384")],
    ["--verbose", l10n.t("says where the program itself failed")],
  ];
}
