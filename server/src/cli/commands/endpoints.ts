import * as l10n from "@vscode/l10n";
import { servicesOf } from "../../index/queries.ts";
import type { Environment, Resource } from "../../index/types.ts";
import { resolveService } from "../../resolve/service.ts";
import type {
  NearMiss,
  PossibleWorkload,
  PredictedEndpoint,
  PredictedSlice,
  SelectedWorkload,
  ServicePort,
  ServiceResolution,
  Workload,
} from "../../resolve/types.ts";
import type { Arguments } from "../arguments.ts";
import type { Command } from "../command.ts";
import { compareForOutput, compareTexts, isMeant } from "../name.ts";
import { placeText, styled, whereIs, writeJson } from "../output.ts";
import type { Terminal } from "../output.ts";
import { eachEnvironment, environmentName, loadWorld } from "../world.ts";
import type { World } from "../world.ts";

/** `drydock endpoints`: what the EndpointSlice controller would publish once every pod is ready. */
export const endpoints: Command = {
  shape: { takesName: "optional", formats: ["text", "json"], options: [] },
  run(options, terminal) {
    const world = loadWorld(options);
    const found = eachEnvironment(world, (environment) => answersOf(world, environment, options));
    const answers = [...found].sort(compareAnswers);
    if (options.format === "json") writeJson(terminal, { version: 1, services: answers.map(({ json }) => json) });
    else answers.forEach((each, index) => terminal.write(`${index === 0 ? "" : "\n"}${textOf(world, each, terminal)}`));
    return {
      notices: world.notices,
      status: options.name !== undefined && answers.length === 0 ? 1 : 0,
      missing: l10n.t("there is no Service {0}", options.name ?? ""),
    };
  },
};

function answersOf(world: World, environment: Environment, options: Arguments): readonly Answer[] {
  const services = servicesOf(environment).filter((service) => isMeant(service, options));
  return services.map((service) => answer(world, world.viewFrom(service.file, environment), service, options));
}

function compareAnswers(a: Answer, b: Answer): number {
  return (
    compareForOutput(a.resolution.service, b.resolution.service) ||
    compareTexts(a.environment ?? "", b.environment ?? "")
  );
}

interface Answer {
  readonly resolution: ServiceResolution;
  readonly environment: string | null;
  readonly json: object;
}

function answer(world: World, environment: Environment, service: Resource, options: Arguments): Answer {
  const resolution = resolveService(environment, service, options.nodes);
  const workload = (each: SelectedWorkload | PossibleWorkload) => workloadJson(world, each, options);
  const json = {
    environment: environmentName(environment),
    namespace: service.namespace,
    name: service.name,
    type: resolution.type,
    headless: resolution.headless,
    selector: resolution.selector ?? null,
    ...whereIs(world, service),
    ports: resolution.ports.map(portJson),
    workloads: resolution.workloads.map(workload),
    possible: resolution.possible.map((each) => ({ ...workload(each), why: each.why })),
    nearMisses: resolution.nearMisses.map((miss) => nearMissJson(world, miss)),
    empty: resolution.empty ?? null,
    slices: resolution.slices.map(sliceJson),
  };
  return { resolution, environment: environmentName(environment), json };
}

function portJson({ name, protocol, port, targetPort, nodePort, appProtocol }: ServicePort) {
  return { name, protocol, port, targetPort, nodePort, appProtocol };
}

function workloadJson(world: World, { resource, replicas }: Workload, { nodes }: Arguments) {
  const { kind, namespace, name } = resource;
  return { kind, namespace, name, ...whereIs(world, resource), replicas: replicas ?? nodes.length };
}

function nearMissJson(world: World, { workload, kind, differences }: NearMiss) {
  const { resource } = workload;
  return {
    kind: resource.kind,
    namespace: resource.namespace,
    name: resource.name,
    ...whereIs(world, resource),
    reason: kind,
    differences: differences.map(({ key, wanted, found, foundKey }) => ({
      key,
      wanted,
      found: found ?? null,
      ...(foundKey === undefined ? {} : { foundKey }),
    })),
  };
}

function sliceJson({ addressType, ports, endpoints: list }: PredictedSlice) {
  return { addressType, ports, endpoints: list.map(endpointJson) };
}

function endpointJson({ workload, pod, hostname, ready, serving, terminating, addresses }: PredictedEndpoint) {
  return { workload, pod, hostname, ready, serving, terminating, ...(addresses === undefined ? {} : { addresses }) };
}

function textOf(world: World, { resolution, environment }: Answer, terminal: Terminal): string {
  const { service } = resolution;
  const name = styled(terminal, "bold", `${service.namespace ?? ""}/${service.name}`);
  const kind = resolution.headless ? l10n.t("headless") : resolution.type;
  const lines = [
    `${name}  ${kind}  ${styled(terminal, "dim", placeText(world, service.place))}${environment === null ? "" : `  [${environment}]`}`,
  ];
  const selector = Object.entries(resolution.selector ?? {}).map(([key, value]) => `${key}=${value}`);
  if (selector.length > 0) lines.push(`  ${l10n.t("selector")}  ${selector.join(", ")}`);
  for (const workload of resolution.workloads) lines.push(`  ${workloadText(world, workload, terminal)}`);
  for (const { addressType, ports, endpoints: list } of resolution.slices) {
    const portList = ports.map(
      ({ name: port, protocol, port: number }) => `${port === "" ? "" : `${port} `}${number ?? "*"}/${protocol}`,
    );
    lines.push(`  ${addressType} ${portList.join(", ") || l10n.t("no ports")}: ${endpointList(list)}`);
  }
  return `${[...lines, ...reasonLines(world, resolution, terminal)].join("\n")}\n`;
}

function workloadText(world: World, { resource, replicas }: Workload, terminal: Terminal): string {
  const count = replicas === undefined ? l10n.t("one pod per node") : l10n.t("{0} pods", replicas);
  return `${resource.kind}/${resource.name}  ${count}  ${styled(terminal, "dim", placeText(world, resource.place))}`;
}

function endpointList(list: readonly PredictedEndpoint[]): string {
  const names = list.map(({ pod, workload, addresses }) => pod ?? `${workload} ${(addresses ?? []).join(" ")}`);
  const shown = names.slice(0, 5).join(", ");
  if (names.length === 0) return l10n.t("no endpoints");
  return names.length > 5 ? l10n.t("{0} and {1} more", shown, names.length - 5) : shown;
}

function reasonLines(
  world: World,
  { empty, possible, nearMisses }: ServiceResolution,
  terminal: Terminal,
): readonly string[] {
  const lines = empty === undefined ? [] : [`  ${styled(terminal, "yellow", reasonText(empty))}`];
  for (const { resource, why } of possible) {
    const reason =
      why === "namespace" ? l10n.t("if both stand in one namespace") : l10n.t("outside of this environment");
    lines.push(
      `  ${l10n.t("possible: {0} {1}, {2}", resource.kind, resource.name, reason)}  ${styled(terminal, "dim", placeText(world, resource.place))}`,
    );
  }
  for (const miss of nearMisses)
    lines.push(
      `  ${l10n.t("nearest: {0}", missText(miss))}  ${styled(terminal, "dim", placeText(world, miss.workload.resource.place))}`,
    );
  return lines;
}

function reasonText(empty: NonNullable<ServiceResolution["empty"]>): string {
  switch (empty) {
    case "external-name":
      return l10n.t("an alias in DNS, it has no endpoints");
    case "no-selector":
      return l10n.t("no selector and no hand-made endpoints");
    case "invalid":
      return l10n.t("the selector is no map of texts");
    case "no-match":
      return l10n.t("no pods match the selector");
    case "no-replicas":
      return l10n.t("the selected workloads have no replicas");
  }
}

function missText({ workload: { resource }, kind, differences }: NearMiss): string {
  const name = `${resource.kind} ${resource.name}`;
  if (kind === "namespace") return l10n.t("{0} in namespace {1}", name, resource.namespace ?? "");
  if (kind === "not-on-template") return l10n.t("{0} has the labels itself, not on its pod template", name);
  const [first] = differences;
  if (first === undefined) return name;
  if (first.foundKey !== undefined) return l10n.t("{0} has {1}={2}", name, first.foundKey, first.wanted);
  return first.found === undefined
    ? l10n.t("{0} has no label {1}", name, first.key)
    : l10n.t("{0} has {1}={2}", name, first.key, first.found);
}
