import * as l10n from "@vscode/l10n";
import type { Environment, Resource } from "../../index/types.ts";
import { dnsRecordsOf } from "../../resolve/dns.ts";
import { resolveService } from "../../resolve/service.ts";
import type { PredictedEndpoint, PredictedSlice, ServiceResolution } from "../../resolve/types.ts";
import type { FileContext } from "../context.ts";
import { labelsText, listText, named, podsText } from "../describe.ts";
import { qualified, servicesAt } from "../services-at.ts";
import type { ServiceRequest } from "../services-at.ts";
import { table } from "./table.ts";

/** A text that reads as Markdown, too. */
export interface Preview {
  readonly title: string;
  readonly text: string;
}

/** DNS records and endpoints of the Services that are asked for; `undefined` where the file has nothing to do with any. */
export function previewAt(context: FileContext, request: ServiceRequest): Preview | undefined {
  const services = servicesAt(context, request);
  const [first] = services;
  if (first === undefined) return undefined;
  const title =
    services.length === 1 ? l10n.t("Service {0}", qualified(first.resource)) : l10n.t("{0} Services", services.length);
  return {
    title,
    text: `${services.map(({ environment, resource }) => serviceText(environment, resource, context.settings.clusterDomain)).join("\n\n---\n\n")}\n`,
  };
}

function serviceText(environment: Environment, service: Resource, clusterDomain: string): string {
  const resolution = resolveService(environment, service);
  return [
    `# ${l10n.t("Service {0}", qualified(service))}`,
    summary(environment, resolution),
    `## ${l10n.t("Endpoints")}`,
    endpointsText(resolution),
    `## DNS`,
    dnsText(environment, service, clusterDomain),
  ].join("\n\n");
}

function summary(environment: Environment, { type, headless, selector, workloads }: ServiceResolution): string {
  const facts = [headless ? l10n.t("headless") : type];
  if (selector !== undefined) facts.push(l10n.t("selects {0}", labelsText(selector)));
  if (workloads.length > 0)
    facts.push(listText(workloads.map(({ resource, replicas }) => `${named(resource)} (${podsText(replicas)})`)));
  if (environment.name !== "") facts.push(l10n.t("environment {0}", environment.name.split("/").at(-1) ?? ""));
  if (environment.open.length > 0)
    facts.push(l10n.t("not everything is known here: {0}", listText(environment.open.map(({ subject }) => subject))));
  return facts.join(" · ");
}

function endpointsText({ slices, empty, service, selector, nearMisses }: ServiceResolution): string {
  const shown = slices.filter(({ endpoints }) => endpoints.length > 0);
  if (shown.length > 0) return shown.map(sliceText).join("\n\n");
  switch (empty) {
    case "external-name":
      return l10n.t("None: an ExternalName is a DNS alias.");
    case "no-selector":
      return l10n.t(
        "None: the Service has no selector, and no EndpointSlice here has the label kubernetes.io/service-name: {0}.",
        service.name,
      );
    case "no-replicas":
      return l10n.t("None: what it selects is scaled to 0.");
    case "invalid":
      return l10n.t("None: the selector is no map of texts.");
    case "no-match":
    case undefined:
      return [
        l10n.t(
          "None: nothing in namespace {0} has {1}. Connections are refused.",
          service.namespace ?? "",
          labelsText(selector ?? {}),
        ),
        ...nearMisses.map(({ workload }) => `- ${l10n.t("nearest: {0}", named(workload.resource))}`),
      ].join("\n");
  }
}

const mostRows = 50;

function sliceText({ addressType, ports, endpoints, source }: PredictedSlice): string {
  const portsShown = ports
    .map(({ name, port, protocol }) => `${name === "" ? "" : `${name} `}${port ?? "*"}/${protocol}`)
    .join(", ");
  const title = source === undefined ? `EndpointSlice ${addressType}` : `${named(source)} ${addressType}`;
  const rows = endpoints
    .slice(0, mostRows)
    .map((endpoint) => [addressOf(endpoint), endpoint.workload, endpoint.hostname ?? "", conditionsOf(endpoint)]);
  const rest = endpoints.length > mostRows ? `\n\n${l10n.t("… and {0} more", endpoints.length - mostRows)}` : "";
  return `${title} · ${portsShown === "" ? l10n.t("no ports") : portsShown}\n\n${table([l10n.t("pod or address"), l10n.t("of"), "hostname", l10n.t("conditions")], rows)}${rest}`;
}

function addressOf({ pod, addresses }: PredictedEndpoint): string {
  return pod ?? addresses?.join(", ") ?? "";
}

function conditionsOf({ ready, serving, terminating }: PredictedEndpoint): string {
  return [ready ? "ready" : l10n.t("not ready"), serving ? "serving" : "", terminating ? "terminating" : ""]
    .filter((each) => each !== "")
    .join(", ");
}

/** Each name with its records below it: names are long, and the preview is narrow. */
function dnsText(environment: Environment, service: Resource, clusterDomain: string): string {
  const names = new Map<string, string[]>();
  for (const { name, type, values } of dnsRecordsOf(environment, service, clusterDomain)) {
    const lines = names.get(name) ?? [];
    names.set(name, [...lines, ...values.map((value) => `    ${type.padEnd(5)} ${value}`)]);
  }
  if (names.size === 0) return l10n.t("No records: cluster DNS answers NXDOMAIN.");
  const sorted = [...names].sort(([a], [b]) => rank(a, service) - rank(b, service));
  const lines = sorted.flatMap(([name, records]) => [name, ...records]);
  const shown = lines.slice(0, 2 * mostRows).join("\n");
  return lines.length > 2 * mostRows ? `${shown}\n\n${l10n.t("… and {0} more", lines.length - 2 * mostRows)}` : shown;
}

/** The Service's own name first, then its ports, then its pods. */
function rank(name: string, service: Resource): number {
  if (name.startsWith(`${service.name}.`)) return 0;
  return name.startsWith("_") ? 1 : 2;
}
