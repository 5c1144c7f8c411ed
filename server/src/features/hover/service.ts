import * as l10n from "@vscode/l10n";
import { textAt } from "../../base/json.ts";
import { resolveService } from "../../resolve/service.ts";
import type { NearMiss, SelectedWorkload, ServicePort, ServiceResolution } from "../../resolve/types.ts";
import { labelsText, podsText } from "../describe.ts";
import type { HoverRequest } from "./hover.ts";
import { bullets, code, escaped, linked, linkTo, paragraphs } from "../markdown.ts";
import type { Linker } from "../markdown.ts";

/** Hovers on a Service: its name, kind, selector and labels, ports, type, address, policies. */
export function serviceHover({ subject, link }: HoverRequest): string | undefined {
  const { environment, resource, path } = subject;
  if (resource.group !== "" || resource.kind !== "Service") return undefined;
  const resolution = resolveService(environment, resource);
  const [first, second, third] = path;
  if ((first === "metadata" && second === "name") || first === "kind") return overview(resolution, link);
  if (first !== "spec") return undefined;
  switch (second) {
    case "selector":
      return selection(resolution, link);
    case "ports":
      return typeof third === "number" ? portHover(resolution, third, link) : allPorts(resolution, link);
    case "type":
      return typeHover(resolution);
    case "clusterIP":
      return addressHover(resolution);
    case "externalName":
      return l10n.t(
        "Cluster DNS answers every query for this Service with a CNAME to {0}. There are no endpoints, no cluster address and no port translation.",
        code(textAt(resource.object, "spec", "externalName") ?? ""),
      );
    default:
      return undefined;
  }
}

function overview(resolution: ServiceResolution, link: Linker): string {
  const { service, headless, type } = resolution;
  const name = `${service.name}.${service.namespace ?? ""}.svc`;
  const heading = `**Service ${escaped(service.name)}** · ${headless ? l10n.t("headless") : type}`;
  return paragraphs(heading, selection(resolution, link), allPorts(resolution, link), `DNS: ${code(name)}`);
}

/** Whom the Service selects, or why nobody. */
function selection(resolution: ServiceResolution, link: Linker): string {
  const { workloads, selector, manual, possible, empty, nearMisses, service } = resolution;
  if (workloads.length > 0) {
    const labels = selector === undefined ? "" : code(labelsText(selector));
    return paragraphs(
      l10n.t("Selects the pods with {0} in namespace {1}:", labels, code(service.namespace ?? "")),
      bullets(workloads.map((workload) => workloadLine(workload, link))),
    );
  }
  if (manual.length > 0)
    return paragraphs(
      l10n.t("Its endpoints are written by hand:"),
      bullets(manual.map((resource) => linked(resource, link))),
    );
  switch (empty) {
    case "external-name":
      return l10n.t("An ExternalName selects no pods.");
    case "no-selector":
      return l10n.t(
        "Without a selector the control plane makes no endpoints: write an EndpointSlice with the label {0}.",
        code(`kubernetes.io/service-name: ${service.name}`),
      );
    case "invalid":
      return l10n.t("The selector is no map of texts.");
    case "no-match":
    case "no-replicas":
    case undefined:
      return paragraphs(
        l10n.t(
          "Selects **no pods**: nothing in namespace {0} has {1}.",
          code(service.namespace ?? ""),
          code(labelsText(selector ?? {})),
        ),
        bullets([
          ...possible.map((workload) =>
            workload.why === "namespace"
              ? l10n.t("possibly {0}, if both are applied to one namespace", workloadLine(workload, link))
              : l10n.t("possibly {0}, which stands in another folder", workloadLine(workload, link)),
          ),
          ...nearMisses.map((miss) => nearMissLine(miss, link)),
        ]),
      );
  }
}

function workloadLine({ resource, replicas }: Pick<SelectedWorkload, "resource" | "replicas">, link: Linker): string {
  return `${linked(resource, link)} · ${podsText(replicas)}`;
}

function nearMissLine({ workload, differences, kind }: NearMiss, link: Linker): string {
  const name = linked(workload.resource, link);
  const [difference] = differences;
  switch (kind) {
    case "namespace":
      return l10n.t("{0} has these labels in namespace {1}", name, code(workload.resource.namespace ?? ""));
    case "not-on-template":
      return l10n.t("{0} has the labels itself, but its pod template does not", name);
    case "other-key":
      return l10n.t(
        "{0} has the value {1} under the key {2}",
        name,
        code(difference?.wanted ?? ""),
        code(difference?.foundKey ?? ""),
      );
    case "typing-error":
    case "one-value":
      return l10n.t("{0} has {1}", name, code(`${difference?.key ?? ""}=${difference?.found ?? ""}`));
  }
}

function allPorts({ ports, workloads, headless }: ServiceResolution, link: Linker): string | undefined {
  return bullets(ports.map((port) => portLine(port, workloads, headless, link)));
}

function portLine(port: ServicePort, workloads: readonly SelectedWorkload[], headless: boolean, link: Linker): string {
  const name = port.name === "" ? "" : `${code(port.name)} `;
  const numbers = new Map<number, SelectedWorkload[]>();
  for (const workload of workloads) {
    const number = workload.ports.find(({ index }) => index === port.index)?.number;
    if (number !== undefined) numbers.set(number, [...(numbers.get(number) ?? []), workload]);
  }
  const targets = [...numbers].map(([number, holders]) =>
    numbers.size === 1
      ? code(String(number))
      : `${code(String(number))} (${holders.map(({ resource }) => linked(resource, link)).join(", ")})`,
  );
  const target = targets.length > 0 ? targets.join(", ") : code(String(port.targetPort));
  const node = port.nodePort === null ? "" : ` · nodePort ${code(String(port.nodePort))}`;
  return headless
    ? `${name}${target}/${port.protocol}`
    : `${name}${code(String(port.port))}/${port.protocol} → ${target}${node}`;
}

function portHover(resolution: ServiceResolution, index: number, link: Linker): string | undefined {
  const port = resolution.ports.find((each) => each.index === index);
  if (port === undefined) return undefined;
  const lines = resolution.workloads.map((workload) => {
    const target = workload.ports.find((each) => each.index === index);
    const name = linked(workload.resource, link);
    if (target?.number === undefined)
      return l10n.t("{0}: no port named {1}, so no endpoint for this port", name, code(String(port.targetPort)));
    const place = target.declaration === undefined ? undefined : workload.resource.origin(target.declaration, "value");
    const number = code(String(target.number));
    return place === undefined
      ? `${name}: ${number}`
      : `${name}: ${number} · ${linkTo(l10n.t("declaration"), place, link)}`;
  });
  return paragraphs(portLine(port, resolution.workloads, resolution.headless, link), bullets(lines));
}

function typeHover({ type, headless }: ServiceResolution): string {
  switch (type) {
    case "ExternalName":
      return l10n.t("**ExternalName**: a DNS alias (CNAME) and nothing else.");
    case "NodePort":
      return l10n.t("**NodePort**: a cluster address, and the same port on every node.");
    case "LoadBalancer":
      return l10n.t(
        "**LoadBalancer**: a cluster address, a port on every node, and an address outside of the cluster.",
      );
    case "ClusterIP":
      return headless
        ? l10n.t("**ClusterIP**, headless: DNS answers with the pods' addresses.")
        : l10n.t(
            "**ClusterIP**: one address inside the cluster, behind which kube-proxy spreads connections over the endpoints.",
          );
  }
}

function addressHover({ headless, service }: ServiceResolution): string {
  return headless
    ? l10n.t(
        "Headless: no cluster address. DNS answers {0} with the addresses of all ready pods, and kube-proxy does nothing.",
        code(`${service.name}.${service.namespace ?? ""}.svc`),
      )
    : l10n.t("The cluster address; the API server chooses one from the service range where none is written.");
}
