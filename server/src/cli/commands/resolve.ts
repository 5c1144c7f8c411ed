import * as l10n from "@vscode/l10n";
import type { Environment } from "../../index/types.ts";
import { resolveName } from "../../resolve/dns.ts";
import type { Asker } from "../../resolve/dns.ts";
import type { NameResolution } from "../../resolve/types.ts";
import { UsageError } from "../arguments.ts";
import type { Arguments } from "../arguments.ts";
import type { Command } from "../command.ts";
import { styled, writeJson } from "../output.ts";
import type { Terminal } from "../output.ts";
import { eachEnvironment, environmentName, loadWorld } from "../world.ts";

/** `drydock resolve`: the resolv.conf of a pod, and what becomes of a name that it asks for. */
export const resolve: Command = {
  shape: { takesName: "required", formats: ["text", "json"], options: ["from"] },
  run(options, terminal) {
    const { namespace, pod } = askerOf(options);
    const world = loadWorld(options);
    const asker = { namespace, ...(pod === undefined ? {} : { pod }) };
    const found = [...eachEnvironment(world, (environment) => answersOf(environment, asker, options))];
    const holders = found.filter(({ isHolder }) => isHolder);
    const answers = holders.length > 0 ? holders : found.slice(0, 1);
    const [first, ...others] = answers.sort(
      (a, b) => Number(b.resolution.result !== undefined) - Number(a.resolution.result !== undefined),
    );
    if (options.format === "json")
      writeJson(terminal, {
        version: 1,
        ...(first === undefined ? {} : answerJson(first)),
        ...(others.length === 0 ? {} : { alternatives: others.map(answerJson) }),
      });
    else for (const answer of answers) terminal.write(answerText(answer, options, answers.length > 1, terminal));
    const isMissing = first === undefined && world.environments.length > 0;
    return {
      notices: world.notices,
      status: isMissing ? 1 : 0,
      missing: l10n.t("there is no pod {0} in namespace {1}", pod ?? "", namespace),
    };
  },
};

function answersOf(environment: Environment, asker: Asker, options: Arguments): readonly Found[] {
  const resolution = resolveName(environment, asker, options.name ?? "", options);
  if (resolution === undefined) return [];
  return [
    {
      environment,
      resolution,
      isHolder: environment.resources().some(({ namespace }) => namespace === asker.namespace),
    },
  ];
}

interface Found {
  readonly environment: Environment;
  /** Whether the environment has objects in the namespace of the pod that asks. */
  readonly isHolder: boolean;
  readonly resolution: NameResolution;
}

function askerOf({ own, namespace }: Arguments): { readonly namespace: string; readonly pod: string | undefined } {
  const from = own["from"];
  if (from === undefined && namespace === undefined) throw new UsageError(l10n.t("--from NAMESPACE[/POD] is missing"));
  const [first = "", pod] = (from ?? namespace ?? "").split("/");
  return { namespace: first, pod };
}

function answerJson({ environment, resolution: { resolvConf, queries, result, error } }: Found) {
  return {
    environment: environmentName(environment),
    resolvConf,
    queries: queries.map(({ name, type, answer, rcode, isForwarded }) => ({
      name,
      type,
      answer,
      rcode,
      ...(isForwarded ? { forwarded: true } : {}),
    })),
    result: result ?? null,
    ...(error === undefined ? {} : { error }),
  };
}

function answerText(
  { environment, resolution: { resolvConf, queries, result, error } }: Found,
  options: Arguments,
  isOneOfMany: boolean,
  terminal: Terminal,
): string {
  const lines = [
    ...(isOneOfMany ? [styled(terminal, "bold", `[${environmentName(environment) ?? ""}]`)] : []),
    ...(error === undefined ? [] : [styled(terminal, "red", error)]),
    `search ${resolvConf.searches.join(" ")}`,
    ...resolvConf.nameservers.map((server) => `nameserver ${server}`),
    `options ${resolvConf.options.join(" ")}`,
    "",
    ...queries.map(
      ({ name, type, rcode, answer }) =>
        `${type.padEnd(4)} ${name}  ${answer.length > 0 ? answer.join(", ") : styled(terminal, "dim", rcode === "NOERROR" ? l10n.t("no such record") : rcode)}`,
    ),
    "",
    result === undefined
      ? styled(terminal, "red", l10n.t("{0} does not resolve", options.name ?? ""))
      : styled(terminal, "green", l10n.t("{0} resolves as {1}", options.name ?? "", result)),
  ];
  return `${lines.join("\n")}\n`;
}
