import { parseArgs } from "node:util";
import * as l10n from "@vscode/l10n";
import { kindOfPath } from "../host/node/walk.ts";
import type { SimulatedNode } from "../simulation/nodes.ts";

/** Wrong use or unreadable input: exit status 2 and one line on standard error. */
export class UsageError extends Error {}

export interface Arguments {
  /** What is asked about; `undefined` where nothing was named. */
  readonly name: string | undefined;
  /** Files, folders and `-`. */
  readonly paths: readonly string[];
  readonly format: string;
  /** `--environment`; "none" for no environments at all. */
  readonly environment: string | undefined;
  readonly namespace: string | undefined;
  readonly kubernetesVersion: string;
  readonly clusterDomain: string;
  readonly nodeSearchDomains: readonly string[];
  readonly nodes: readonly SimulatedNode[];
  readonly exclude: readonly string[];
  readonly isRecursive: boolean;
  readonly honoursGitignore: boolean;
  readonly stdinPath: string;
  /** Larger files are not read, in bytes. */
  readonly maxFileSize: number;
  readonly isVerbose: boolean;
  readonly wantsHelp: boolean;
  /** Options of one command alone. */
  readonly own: Readonly<Record<string, string | undefined>>;
}

/** What one command takes beyond what all take. */
export interface CommandShape {
  /** Whether the first argument names something: never, if it is no path, or always. */
  readonly takesName: "never" | "optional" | "required";
  readonly formats: readonly string[];
  /** Names of its own options, all with a value. */
  readonly options: readonly string[];
}

const shared = {
  format: { type: "string", default: "text" },
  environment: { type: "string", short: "e" },
  namespace: { type: "string", short: "n" },
  "kubernetes-version": { type: "string", default: "" },
  "cluster-domain": { type: "string", default: "cluster.local" },
  "node-search-domains": { type: "string", default: "" },
  nodes: { type: "string", default: "3" },
  zones: { type: "string", default: "a" },
  exclude: { type: "string", multiple: true },
  "no-recursive": { type: "boolean", default: false },
  "no-ignore": { type: "boolean", default: false },
  "stdin-path": { type: "string", default: "<stdin>" },
  "max-file-size": { type: "string", default: "16384" },
  stdio: { type: "boolean", default: false },
  verbose: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

/** Reads the arguments behind the command. Throws `UsageError` with a text for people. */
export function parseArguments(words: readonly string[], shape: CommandShape): Arguments {
  const { values, positionals } = parse(words, shape);
  const { name, paths } = splitPositionals(positionals, shape);
  const format = String(values["format"]);
  if (!shape.formats.includes(format))
    throw new UsageError(l10n.t("--format must be one of {0}", shape.formats.join(", ")));
  return {
    name,
    paths: paths.length === 0 ? ["."] : paths,
    format,
    environment: textOf(values["environment"]),
    namespace: textOf(values["namespace"]),
    kubernetesVersion: versionOf(String(values["kubernetes-version"])),
    clusterDomain: String(values["cluster-domain"]).replace(/^\.|\.$/g, ""),
    nodeSearchDomains: listOf(String(values["node-search-domains"])),
    nodes: nodesOf(String(values["nodes"]), listOf(String(values["zones"]))),
    exclude: Array.isArray(values["exclude"]) ? values["exclude"].map(String) : [],
    isRecursive: values["no-recursive"] !== true,
    honoursGitignore: values["no-ignore"] !== true,
    stdinPath: String(values["stdin-path"]),
    maxFileSize: numberOf("--max-file-size", String(values["max-file-size"])) * 1024,
    isVerbose: values["verbose"] === true,
    wantsHelp: values["help"] === true,
    own: Object.fromEntries(shape.options.map((option) => [option, textOf(values[option])])),
  };
}

type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

function parse(
  words: readonly string[],
  shape: CommandShape,
): { readonly values: Values; readonly positionals: readonly string[] } {
  const own = Object.fromEntries(shape.options.map((option) => [option, { type: "string" } as const]));
  try {
    return parseArgs({ args: [...words], options: { ...shared, ...own }, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function splitPositionals(
  positionals: readonly string[],
  { takesName }: CommandShape,
): { readonly name: string | undefined; readonly paths: readonly string[] } {
  const [first, ...rest] = positionals;
  const namesFirst = first !== undefined && (takesName === "required" || (takesName === "optional" && !isPath(first)));
  if (takesName === "required" && first === undefined) throw new UsageError(l10n.t("a NAME is missing"));
  const paths = namesFirst ? rest : positionals;
  for (const path of paths) {
    if (!isPath(path)) throw new UsageError(l10n.t("{0}: no such file or folder", path));
  }
  if (namesFirst && /\.(ya?ml|json)$/.test(first)) throw new UsageError(l10n.t("{0}: no such file or folder", first));
  return { name: namesFirst ? first : undefined, paths };
}

function isPath(word: string): boolean {
  return word === "-" || kindOfPath(word) !== undefined;
}

function nodesOf(count: string, zones: readonly string[]): readonly SimulatedNode[] {
  return Array.from({ length: Math.min(numberOf("--nodes", count), 5000) }, (_, index) => {
    const zone = zones[index % Math.max(1, zones.length)];
    return { name: `node-${index + 1}`, ...(zone === undefined ? {} : { zone }) };
  });
}

/** `1.36` of `1.36`, `v1.36` or `v1.36.3`; empty for the newest. */
function versionOf(text: string): string {
  const version = /^(?:v?(1\.\d{1,3})(?:\.\d+)?)?$/.exec(text);
  if (version === null) throw new UsageError(l10n.t("--kubernetes-version must be a version such as {0}", "1.36"));
  return version[1] ?? "";
}

function numberOf(option: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(l10n.t("{0} must be a number", option));
  return Number(text);
}

function listOf(text: string): readonly string[] {
  return text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

function textOf(value: Values[string]): string | undefined {
  return typeof value === "string" ? value : undefined;
}
