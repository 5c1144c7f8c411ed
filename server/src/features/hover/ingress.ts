import * as l10n from "@vscode/l10n";
import { numberAt, textAt } from "../../base/json.ts";
import { find } from "../../index/queries.ts";
import { resolveService } from "../../resolve/service.ts";
import type { ServicePort, ServiceResolution } from "../../resolve/types.ts";
import { podsText } from "../describe.ts";
import type { HoverRequest } from "./hover.ts";
import { bullets, code, linked, paragraphs } from "../markdown.ts";
import { valueAt } from "./paths.ts";

/** Hovers on the backends of an Ingress: Service, port and the pods behind them. */
export function ingressHover({ subject, link }: HoverRequest): string | undefined {
  const { environment, resource, path } = subject;
  if (resource.group !== "networking.k8s.io" || resource.kind !== "Ingress") return undefined;
  const depth = Math.max(path.lastIndexOf("backend"), path.lastIndexOf("defaultBackend"));
  if (depth < 0) return undefined;
  const backend = valueAt(subject, path.slice(0, depth + 1));
  const name = textAt(backend, "service", "name");
  if (name === undefined) return undefined;
  const namespace = resource.namespace ?? environment.namespace;
  const [service] = find(environment, { group: "", kind: "Service", namespace, name });
  if (service === undefined)
    return l10n.t("No Service {0} in namespace {1} is known here.", code(name), code(namespace));
  const resolution = resolveService(environment, service);
  const wanted = textAt(backend, "service", "port", "name") ?? numberAt(backend, "service", "port", "number");
  const port = resolution.ports.find((each) => each.name === wanted || each.port === wanted);
  return paragraphs(
    `${linked(service, link)} · ${portText(port, wanted)}`,
    resolution.workloads.length === 0
      ? l10n.t("Behind it stand no pods: clients get 503.")
      : bullets(podLines(resolution, port, link)),
  );
}

function portText(port: ServicePort | undefined, wanted: string | number | undefined): string {
  if (port === undefined) return l10n.t("has no port {0}", code(String(wanted ?? "?")));
  return l10n.t("port {0}", code(port.name === "" ? String(port.port) : `${port.name} = ${port.port}`));
}

function podLines(
  { workloads }: ServiceResolution,
  port: ServicePort | undefined,
  link: HoverRequest["link"],
): readonly string[] {
  return workloads.map(({ resource, replicas, ports }) => {
    const number = ports.find(({ index }) => index === port?.index)?.number;
    return `${linked(resource, link)} · ${podsText(replicas)}${number === undefined ? "" : ` · ${code(String(number))}`}`;
  });
}
