import * as l10n from "@vscode/l10n";
import { balanceSvg } from "../../features/simulation/svg.ts";
import { balanceMarkdown, balanceText } from "../../features/simulation/text.ts";
import { servicesOf } from "../../index/queries.ts";
import type { Environment, Resource } from "../../index/types.ts";
import { balanceService } from "../../resolve/balance.ts";
import type { BalanceResult } from "../../simulation/proxy/balance-types.ts";
import { schedulers } from "../../simulation/proxy/schedulers.ts";
import { UsageError } from "../arguments.ts";
import type { Arguments } from "../arguments.ts";
import type { Command } from "../command.ts";
import { compareForOutput, isMeant } from "../name.ts";
import { writeJson } from "../output.ts";
import { environmentName, loadWorld, resourcesIn } from "../world.ts";

/** `drydock balance`: how requests to a Service spread over its pods. */
export const balance: Command = {
  shape: {
    takesName: "optional",
    formats: ["text", "json", "markdown", "svg"],
    options: ["proxy", "scheduler", "requests", "clients", "seed", "port"],
  },
  run(options, terminal) {
    const world = loadWorld(options);
    const found = [...resourcesIn(world, servicesOf)]
      .filter(({ resource }) => isMeant(resource, options))
      .sort((a, b) => compareForOutput(a.resource, b.resource));
    const results = found.map(({ environment, resource }) => ({
      environment: environmentName(environment),
      ...resultOf(environment, resource, options),
    }));
    if (options.format === "json")
      writeJson(terminal, results.length === 1 ? results[0] : { version: 1, services: results });
    else terminal.write(results.map((result) => textOf(result, options.format)).join("\n"));
    return {
      notices: world.notices,
      status: found.length === 0 ? 1 : 0,
      missing: l10n.t("there is no Service {0}", options.name ?? ""),
    };
  },
};

function resultOf(environment: Environment, service: Resource, options: Arguments): BalanceResult {
  const { proxy, scheduler, port } = options.own;
  const mode = oneOf("--proxy", proxy ?? (scheduler === undefined ? "nftables" : "ipvs"), [
    "iptables",
    "nftables",
    "ipvs",
  ] as const);
  const [requests, clients, seed] = ["requests", "clients", "seed"].map((name) => countOf(name, options));
  return balanceService(environment, service, options.nodes, {
    proxy: { mode, ...(scheduler === undefined ? {} : { scheduler: oneOf("--scheduler", scheduler, schedulers) }) },
    ...(port === undefined ? {} : { port: /^\d+$/.test(port) ? Number(port) : port }),
    ...(requests === undefined ? {} : { requests }),
    ...(clients === undefined ? {} : { clients: { count: clients } }),
    ...(seed === undefined ? {} : { seed }),
  });
}

function textOf(result: BalanceResult, format: string): string {
  if (format === "svg") return balanceSvg(result);
  return format === "markdown" ? balanceMarkdown(result) : balanceText(result);
}

function oneOf<Word extends string>(option: string, value: string, words: readonly Word[]): Word {
  const found = words.find((word) => word === value);
  if (found === undefined) throw new UsageError(l10n.t("{0} must be one of {1}", option, words.join(", ")));
  return found;
}

function countOf(name: string, { own }: Arguments): number | undefined {
  const value = own[name];
  if (value === undefined) return undefined;
  if (!/^\d{1,9}$/.test(value)) throw new UsageError(l10n.t("--{0} must be a number from 0", name));
  return Number(value);
}
