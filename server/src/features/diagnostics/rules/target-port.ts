import * as l10n from "@vscode/l10n";
import { distance } from "fastest-levenshtein";
import type { JsonObject, JsonPath } from "../../../base/json.ts";
import { arrayAt, isObject, numberAt, textAt } from "../../../base/json.ts";
import { podTemplatePath } from "../../../kubernetes/pod-template.ts";
import { resolveService } from "../../../resolve/service.ts";
import type { SelectedWorkload, ServicePort } from "../../../resolve/types.ts";
import { listText, named } from "../../describe.ts";
import type { Fix, RelatedPlace } from "../../finding.ts";
import type { Draft, Rule, Subject } from "../rule.ts";

/** A targetPort that names a port which the selected pods do not declare: the Service port has no endpoint there. */
export const targetPort: Rule = {
  codes: ["service/target-port-unknown", "service/target-port-partly-unknown"],
  kinds: ["/Service"],
  check(subject: Subject): readonly Draft[] {
    const { ports, workloads } = resolveService(subject.environment, subject.resource);
    return ports.flatMap((port) => checkPort(subject, port, workloads));
  },
};

function checkPort(subject: Subject, port: ServicePort, workloads: readonly SelectedWorkload[]): readonly Draft[] {
  if (typeof port.targetPort !== "string") return [];
  const without = workloads.filter((workload) => targetOf(workload, port)?.number === undefined);
  if (without.length === 0) return [];
  const everywhere = without.length === workloads.length;
  if (everywhere && subject.environment.open.length > 0) return [];
  const path: JsonPath = ["spec", "ports", port.index, "targetPort"];
  return [
    {
      code: everywhere ? "service/target-port-unknown" : "service/target-port-partly-unknown",
      severity: "warning",
      message: `${consequence(subject, port, without, everywhere)} ${remedy(without, port)}`.trimEnd(),
      path,
      related: without.slice(0, 3).map((workload) => declaredPorts(workload)),
      fixes: fixesFor(subject, path, port.targetPort, without),
    },
  ];
}

function consequence(
  { resource }: Subject,
  { targetPort, port }: ServicePort,
  without: readonly SelectedWorkload[],
  everywhere: boolean,
): string {
  const names = listText(without.map((workload) => named(workload.resource)));
  return everywhere
    ? l10n.t(
        "Service {0}: no container of {1} has a port named {2}, so port {3} has no endpoints.",
        resource.name,
        names,
        targetPort,
        port,
      )
    : l10n.t(
        "Service {0}: the pods of {1} have no port named {2}, so port {3} never reaches them.",
        resource.name,
        names,
        targetPort,
        port,
      );
}

function remedy(without: readonly SelectedWorkload[], port: ServicePort): string {
  const mistake = without.map((workload) => targetOf(workload, port)?.mistake).find((found) => found !== undefined);
  if (mistake === "other-protocol") return l10n.t("A port of that name has another protocol than {0}.", port.protocol);
  if (mistake === "init-container")
    return l10n.t(
      "A port of that name is in an init container, which does not count unless its restartPolicy is Always.",
    );
  const names = [...new Set(without.flatMap(portNames))];
  return names.length === 0 ? l10n.t("They name no ports: use the number.") : l10n.t("They have {0}.", listText(names));
}

function targetOf(workload: SelectedWorkload, port: ServicePort) {
  return workload.ports.find(({ index }) => index === port.index);
}

function containersOf({ resource }: SelectedWorkload): {
  readonly path: JsonPath;
  readonly containers: readonly JsonObject[];
} {
  const path = [...(podTemplatePath(resource.group, resource.kind) ?? []), "spec", "containers"];
  return { path, containers: arrayAt(resource.object, ...path).filter(isObject) };
}

function portNames(workload: SelectedWorkload): readonly string[] {
  return containersOf(workload).containers.flatMap((container) =>
    arrayAt(container, "ports").flatMap((port) => textAt(port, "name") ?? []),
  );
}

function declaredPorts(workload: SelectedWorkload): RelatedPlace {
  const { path, containers } = containersOf(workload);
  const index = Math.max(
    0,
    containers.findIndex((container) => arrayAt(container, "ports").length > 0),
  );
  const { resource } = workload;
  const place = resource.origin([...path, index, "ports"], "entry") ?? resource.origin(path, "key") ?? resource.place;
  return { place, message: l10n.t("the ports of {0}", named(resource)) };
}

function fixesFor(
  { resource }: Subject,
  path: JsonPath,
  written: string,
  without: readonly SelectedWorkload[],
): readonly Fix[] {
  const shared = without.map(portNames).reduce((left, right) => left.filter((name) => right.includes(name)));
  const nearest = [...new Set(shared)].sort((a, b) => distance(a, written) - distance(b, written));
  if (nearest.length === 0) return numberFixes(resource, path, written, without);
  return nearest.slice(0, 3).map((name, index) => ({
    title: l10n.t("Change targetPort to {0}", name),
    preferred: index === 0 && (nearest.length === 1 || distance(name, written) <= 2),
    changes: [{ kind: "set", resource, path, value: name }],
  }));
}

/** Where no port has a name: the number instead, or the name for the only port there is. */
function numberFixes(
  service: Subject["resource"],
  path: JsonPath,
  written: string,
  without: readonly SelectedWorkload[],
): readonly Fix[] {
  const declared = without.map(portNumbers);
  const [first] = declared;
  const number = first?.length === 1 ? first[0]?.number : undefined;
  if (number === undefined || declared.some((ports) => ports.length !== 1 || ports[0]?.number !== number)) return [];
  const isName = /^[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?$/.test(written) && /[a-z]/.test(written);
  const change: Fix = {
    title: l10n.t("Change targetPort to {0}", number),
    changes: [{ kind: "set", resource: service, path, value: number }],
  };
  const names: Fix = {
    title: l10n.t(
      "Name port {0} of {1} {2}",
      number,
      listText(without.map(({ resource }) => named(resource))),
      written,
    ),
    changes: without.map(({ resource }, index) => ({
      kind: "set",
      resource,
      path: [...(declared[index]?.[0]?.path ?? []), "name"],
      value: written,
    })),
  };
  return isName ? [names, change] : [change];
}

/** The declared ports. */
function portNumbers(workload: SelectedWorkload): readonly { readonly path: JsonPath; readonly number: number }[] {
  const { path, containers } = containersOf(workload);
  return containers.flatMap((container, outer) =>
    arrayAt(container, "ports").flatMap((port, inner) => {
      const number = numberAt(port, "containerPort");
      return number === undefined ? [] : [{ path: [...path, outer, "ports", inner], number }];
    }),
  );
}
