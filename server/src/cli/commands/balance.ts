import * as l10n from "@vscode/l10n";
import { routeMarkdown, routeText } from "../../features/simulation/route-report.ts";
import { balanceSvg } from "../../features/simulation/svg.ts";
import { balanceMarkdown, balanceText } from "../../features/simulation/text.ts";
import { servicesOf } from "../../index/queries.ts";
import type { Environment, Resource } from "../../index/types.ts";
import { newestKubernetes } from "../../kubernetes/api-lifecycle.ts";
import { balanceRoutes, balanceService } from "../../resolve/balance.ts";
import type { RouteBalance } from "../../simulation/ingress/balance-route.ts";
import type { BalanceResult } from "../../simulation/proxy/balance-types.ts";
import { schedulers } from "../../simulation/proxy/schedulers.ts";
import { UsageError } from "../arguments.ts";
import type { Arguments } from "../arguments.ts";
import type { Command } from "../command.ts";
import { compareForOutput, isMeant } from "../name.ts";
import { writeJson } from "../output.ts";
import { environmentName, loadWorld, resourcesIn } from "../world.ts";

/** `drydock balance`: how requests to a Service spread over its pods, and those of the routes that lead to it over their Services. */
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
      routes: routesOf(environment, resource, options),
    }));
    if (options.format === "json")
      writeJson(terminal, results.length === 1 ? results[0] : { version: 1, services: results });
    else terminal.write(results.map(({ routes, ...result }) => textOf(result, routes, options.format)).join("\n"));
    const { port = "" } = options.own;
    return {
      notices: world.notices,
      status: results.every(({ because }) => because.some(({ code }) => code === "no-such-port")) ? 1 : 0,
      missing:
        found.length === 0
          ? l10n.t("there is no Service {0}", options.name ?? "")
          : l10n.t("there is no port {0} in {1}", port, results.map(({ service }) => service).join(", ")),
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

/** The weighted routes of the Gateway API and of Istio that lead to the Service. */
function routesOf(environment: Environment, service: Resource, options: Arguments): readonly RouteBalance[] {
  const kubernetesVersion = options.kubernetesVersion === "" ? newestKubernetes : options.kubernetesVersion;
  const [requests, seed] = ["requests", "seed"].map((name) => countOf(name, options));
  return balanceRoutes(
    environment,
    service,
    { kubernetesVersion, nodes: options.nodes, proxyMode: "nftables" },
    { ...(requests === undefined ? {} : { requests }), ...(seed === undefined ? {} : { seed }) },
  );
}

function textOf(result: BalanceResult, routes: readonly RouteBalance[], format: string): string {
  if (format === "svg") return balanceSvg(result, routes);
  const [service, route] = format === "markdown" ? [balanceMarkdown, routeMarkdown] : [balanceText, routeText];
  return [service(result), ...routes.map(route)].join("\n");
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
