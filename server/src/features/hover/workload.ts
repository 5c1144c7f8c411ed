import * as l10n from "@vscode/l10n";
import type { JsonPath } from "../../base/json.ts";
import { numberAt, textAt, textMapAt } from "../../base/json.ts";
import { servicesOf } from "../../index/queries.ts";
import type { Environment, Resource } from "../../index/types.ts";
import { podTemplatePath } from "../../kubernetes/pod-template.ts";
import { resolveService } from "../../resolve/service.ts";
import type { SelectedWorkload, ServiceResolution } from "../../resolve/types.ts";
import { podsText } from "../describe.ts";
import type { HoverRequest } from "./hover.ts";
import { bullets, code, escaped, linked, paragraphs } from "../markdown.ts";
import type { Linker } from "../markdown.ts";
import { isPath, startsWith } from "./paths.ts";

/** Hovers on what makes pods: its name, its template's labels, container ports, replicas. */
export function workloadHover({ subject, link }: HoverRequest): string | undefined {
  const { environment, resource, path } = subject;
  const template = podTemplatePath(resource.group, resource.kind);
  if (template === undefined) return undefined;
  const selecting = selectingServices(environment, resource);
  const labels = [...template, "metadata", "labels"];
  if (isPath(path, ["metadata", "name"]) || isPath(path, ["kind"])) return overview(resource, selecting, link);
  if (isPath(path, ["spec", "replicas"])) return overview(resource, selecting, link);
  const key = path[labels.length];
  if (startsWith(path, labels)) return labelHover(selecting, typeof key === "string" ? key : undefined, link);
  const ports = path.lastIndexOf("ports");
  const index = path[ports + 1];
  if (startsWith(path, [...template, "spec"]) && ports > 0 && typeof index === "number")
    return portHover(resource, selecting, path.slice(0, ports + 2), link);
  return undefined;
}

interface Selecting {
  readonly resolution: ServiceResolution;
  readonly workload: SelectedWorkload;
}

function selectingServices(environment: Environment, resource: Resource): readonly Selecting[] {
  return servicesOf(environment).flatMap((service) => {
    if (service.namespace !== resource.namespace) return [];
    const resolution = resolveService(environment, service);
    const workload = resolution.workloads.find(
      (each) => each.resource.place.file === resource.place.file && each.resource.place.start === resource.place.start,
    );
    return workload === undefined ? [] : [{ resolution, workload }];
  });
}

function overview(resource: Resource, selecting: readonly Selecting[], link: Linker): string {
  const replicas = numberAt(resource.object, "spec", "replicas");
  const count = resource.kind === "DaemonSet" ? undefined : (replicas ?? 1);
  const heading = `**${escaped(resource.kind)} ${escaped(resource.name)}** · ${podsText(count)}`;
  return paragraphs(
    heading,
    selecting.length === 0 ? l10n.t("No Service here selects its pods.") : l10n.t("Selected by:"),
    serviceBullets(selecting, link),
  );
}

function serviceBullets(selecting: readonly Selecting[], link: Linker): string | undefined {
  return bullets(
    selecting.map(
      ({ resolution: { service, ports }, workload }) => `${linked(service, link)}${portsText(ports, workload)}`,
    ),
  );
}

function portsText(ports: ServiceResolution["ports"], workload: SelectedWorkload): string {
  const shown = ports.map((port) => {
    const target = workload.ports.find(({ index }) => index === port.index)?.number;
    return `${code(String(port.port))} → ${target === undefined ? "?" : code(String(target))}`;
  });
  return shown.length === 0 ? "" : ` · ${shown.join(", ")}`;
}

function labelHover(selecting: readonly Selecting[], key: string | undefined, link: Linker): string {
  const asking =
    key === undefined
      ? selecting
      : selecting.filter(({ resolution }) =>
          Object.hasOwn(textMapAt(resolution.service.object, "spec", "selector"), key),
        );
  if (asking.length === 0)
    return key === undefined
      ? l10n.t("No Service here selects pods with these labels.")
      : l10n.t("No Service here that selects these pods asks for {0}.", code(key));
  return paragraphs(
    key === undefined ? l10n.t("Selected by:") : l10n.t("{0} is asked for by:", code(key)),
    serviceBullets(asking, link),
  );
}

function portHover(resource: Resource, selecting: readonly Selecting[], path: JsonPath, link: Linker): string {
  const name = textAt(resource.object, ...path, "name");
  const number = numberAt(resource.object, ...path, "containerPort");
  const lines = selecting.flatMap(({ resolution: { service, ports }, workload }) =>
    workload.ports
      .filter(({ declaration }) => declaration !== undefined && isPath(declaration, path))
      .flatMap(({ index }) => {
        const port = ports.find((each) => each.index === index);
        return port === undefined ? [] : [l10n.t("port {0} of {1}", code(String(port.port)), linked(service, link))];
      }),
  );
  const title = `${name === undefined ? "" : `${code(name)} = `}${code(String(number ?? "?"))}`;
  return paragraphs(
    title,
    lines.length === 0
      ? l10n.t(
          "No Service leads here. A container port need not be declared to be reachable; only its name matters to others.",
        )
      : bullets(lines),
  );
}
