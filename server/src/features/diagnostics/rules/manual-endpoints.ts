import * as l10n from "@vscode/l10n";
import type { JsonPath } from "../../../base/json.ts";
import { arrayAt, numberAt, textAt } from "../../../base/json.ts";
import { nameKey } from "../../../index/keys.ts";
import type { Resource } from "../../../index/types.ts";
import { resolveService } from "../../../resolve/service.ts";
import { listText, named } from "../../describe.ts";
import type { Draft, Rule, Subject } from "../rule.ts";

/** Hand-written Endpoints and EndpointSlices beside the Service that they are meant for. */
export const manualEndpoints: Rule = {
  codes: ["endpoints/controller-owned", "endpoints/port-name"],
  kinds: ["/Endpoints", "discovery.k8s.io/EndpointSlice"],
  check(subject: Subject): readonly Draft[] {
    const { environment, resource, object } = subject;
    const name =
      resource.kind === "Endpoints"
        ? resource.name
        : textAt(object, "metadata", "labels", "kubernetes.io/service-name");
    if (name === undefined) return [];
    const service = environment
      .posting(nameKey("", "Service", name))
      .find(({ namespace }) => namespace === resource.namespace);
    if (service === undefined) return [];
    const { selector, ports } = resolveService(environment, service);
    if (selector !== undefined) return resource.kind === "Endpoints" ? [controllerOwned(resource, service)] : [];
    return portPaths(subject).flatMap((path) =>
      portName(
        subject,
        service,
        path,
        ports.map((port) => port.name),
      ),
    );
  },
};

function controllerOwned(resource: Resource, service: Resource): Draft {
  return {
    code: "endpoints/controller-owned",
    severity: "information",
    message: l10n.t(
      "Endpoints {0}: the Service of that name has a selector, so the endpoints controller overwrites this object.",
      resource.name,
    ),
    path: ["metadata", "name"],
    fixes: [
      {
        title: l10n.t("Remove the selector of {0}", named(service)),
        changes: [{ kind: "remove", resource: service, path: ["spec", "selector"] }],
      },
    ],
    related: [
      {
        place: service.origin(["spec", "selector"], "entry") ?? service.place,
        message: l10n.t("the selector of {0}", named(service)),
      },
    ],
  };
}

function portPaths({ resource, object }: Subject): readonly JsonPath[] {
  if (resource.kind === "EndpointSlice") return arrayAt(object, "ports").map((_, index) => ["ports", index]);
  return arrayAt(object, "subsets").flatMap((subset, outer) =>
    arrayAt(subset, "ports").map((_, index): JsonPath => ["subsets", outer, "ports", index]),
  );
}

/** kube-proxy joins ports of Service and slice by name and protocol, never by number (pkg/proxy, ServicePortName, v1.36). */
function portName(
  { resource, object }: Subject,
  service: Resource,
  path: JsonPath,
  known: readonly string[],
): readonly Draft[] {
  const name = textAt(object, ...path, "name") ?? "";
  if (known.length === 0 || known.includes(name)) return [];
  const written = name === "" ? String(numberAt(object, ...path, "port") ?? "") : name;
  const shown = known.map((each) => (each === "" ? l10n.t("a port without name") : each));
  return [
    {
      code: "endpoints/port-name",
      severity: "warning",
      message: l10n.t(
        "{0}: port {1} must be named like the port of Service {2}, which has {3}; otherwise it gets no traffic.",
        named(resource),
        written,
        service.name,
        listText(shown),
      ),
      path: name === "" ? path : [...path, "name"],
      fixes: known
        .filter((each) => each !== "")
        .slice(0, 3)
        .map((each) => ({
          title: l10n.t("Name the port {0}", each),
          preferred: known.length === 1,
          changes: [{ kind: "set", resource, path: [...path, "name"], value: each }],
        })),
      related: [
        {
          place: service.origin(["spec", "ports"], "entry") ?? service.place,
          message: l10n.t("the ports of {0}", named(service)),
        },
      ],
    },
  ];
}
