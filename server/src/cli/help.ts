import * as l10n from "@vscode/l10n";
import { schedulers } from "../simulation/proxy/schedulers.ts";
import type { CommandShape } from "./arguments.ts";

/** What `drydock --help` says. */
export function overview(commands: readonly string[]): string {
  const lines = commands.map((command) => `  ${command.padEnd(24)}${summaryOf(command)}`);
  return `${l10n.t("drydock COMMAND [NAME] [PATH...] [options]")}\n\n${lines.join("\n")}\n\n${l10n.t("drydock COMMAND --help tells the options of a command.")}\n${l10n.t("Exit status: 0 done, 1 findings or nothing to answer with, 2 wrong use or input that can't be read.")}\n`;
}

/** What `drydock COMMAND --help` says. */
export function commandHelp(command: string, { takesName, formats, options }: CommandShape): string {
  const name = takesName === "never" ? "" : takesName === "required" ? " NAME" : " [NAME]";
  const lines = [
    `drydock ${command}${name} [PATH...]`,
    "",
    summaryOf(command),
    "",
    ...options.map((option) => optionLine(ownOption(command, option))),
    ...(formats.length > 0 ? [`  --format ${formats.join("|")}`] : []),
    ...sharedOptions().map(optionLine),
    ...failureLines(command),
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

/** What exit status 1 means; the others are the same for all. */
function failureLines(command: string): readonly string[] {
  const meaning = failureOf(command);
  return meaning === undefined ? [] : ["", optionLine([l10n.t("exit status 1"), meaning])];
}

function failureOf(command: string): string | undefined {
  switch (command) {
    case "check":
      return l10n.t("findings");
    case "balance":
      return l10n.t("no such Service or port");
    case "rollout":
      return l10n.t("no such workload, or one that is refused or too large");
    case "endpoints":
    case "dns":
      return l10n.t("no such Service");
    case "environment-variables":
    case "resolve":
      return l10n.t("no such pod or workload");
    default:
      return undefined;
  }
}

type OptionHelp = readonly [option: string, meaning: string];

function optionLine([option, meaning]: OptionHelp): string {
  return `  ${option.padEnd(29)} ${meaning}`.trimEnd();
}

/** An option of one command: with the kind of its value, and what it means. */
function ownOption(command: string, option: string): OptionHelp {
  const found = ownOptions(command).find(([each]) => each.split(" ")[0] === `--${option}`);
  return found ?? [`--${option} VALUE`, ""];
}

function ownOptions(command: string): readonly OptionHelp[] {
  switch (command) {
    case "check":
      return [
        ["--fail-on SEVERITY", l10n.t("the least severity that fails: error, warning or information; error")],
        ["--baseline FILE", l10n.t("findings that were there before, which don't fail")],
        ["--write-baseline FILE", l10n.t("writes today's findings as a baseline")],
      ];
    case "resolve":
      return [["--from NAMESPACE[/POD]", l10n.t("who asks")]];
    case "diff":
      return [["--git COMMIT", l10n.t("the state before: a commit, branch or tag of Git")]];
    case "rollout":
      return [
        ["--from FILE", l10n.t("the state before; else that of the last commit")],
        ["--to FILE", l10n.t("the state after; the files then are the state before")],
        ["--image CONTAINER=IMAGE", l10n.t("a new image is all that changes")],
        ["--scenario FILE", l10n.t("plays a scenario in JSON instead of files")],
      ];
    case "balance":
      return [
        ["--proxy MODE", l10n.t("iptables, nftables or ipvs; nftables, with --scheduler ipvs")],
        ["--scheduler NAME", l10n.t("the scheduler of IPVS: {0}; rr", schedulers.join(", "))],
        ["--port PORT", l10n.t("a port of the Service by name or number; the first")],
        ["--requests NUMBER", l10n.t("how many requests are sampled; 10000")],
        ["--clients NUMBER", l10n.t("how many clients send them; ten for each node")],
        ["--seed NUMBER", l10n.t("the same number gives the same sample; 1")],
      ];
    default:
      return [];
  }
}

function sharedOptions(): readonly OptionHelp[] {
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
