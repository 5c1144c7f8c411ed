import * as l10n from "@vscode/l10n";
import { nameKey } from "../../../index/keys.ts";
import { servicesOf } from "../../../index/queries.ts";
import type { Resource } from "../../../index/types.ts";
import { backendsOf } from "../../../resolve/backends.ts";
import type { Backend } from "../../../resolve/backends.ts";
import { resolveService } from "../../../resolve/service.ts";
import { listText, named } from "../../describe.ts";
import { nearest } from "../fixes/general.ts";
import type { Draft, Rule, Subject } from "../rule.ts";

/** The Service and port behind each path of an Ingress. */
export const ingressBackend: Rule = {
  codes: ["ingress/service-missing", "ingress/port-unknown"],
  kinds: ["networking.k8s.io/Ingress"],
  check(subject: Subject): readonly Draft[] {
    const backends = backendsOf(subject.environment, subject.resource).filter(({ name }) => name !== "");
    const missing = new Set<string>();
    return backends.flatMap((backend) => {
      const { name, service } = backend;
      if (service !== undefined) return unknownPort(subject, backend, service);
      const isElsewhere = subject.environment.posting(nameKey("", "Service", name)).length > 0;
      if (isElsewhere || subject.environment.open.length > 0 || missing.has(name)) return [];
      missing.add(name);
      return [missingService(subject, backend)];
    });
  },
};

function missingService({ environment, resource }: Subject, { name, namePath }: Backend): Draft {
  return {
    code: "ingress/service-missing",
    severity: "information",
    message: l10n.t(
      "Ingress {0}: there is no Service {1} in namespace {2} here.",
      resource.name,
      name,
      resource.namespace ?? "",
    ),
    path: namePath,
    fixes: nearest(name, servicesBeside(environment, resource)).map((each, index) => ({
      title: l10n.t("Change the Service to {0}", each),
      preferred: index === 0,
      changes: [{ kind: "set", resource, path: namePath, value: each }],
    })),
  };
}

function servicesBeside(environment: Subject["environment"], { namespace }: Resource): readonly string[] {
  return servicesOf(environment)
    .filter((service) => service.namespace === namespace)
    .map((service) => service.name);
}

function unknownPort(
  { environment, resource }: Subject,
  { port: wanted, portPath, servicePort }: Backend,
  service: Resource,
): readonly Draft[] {
  if (wanted === undefined || servicePort !== undefined) return [];
  const { ports, type } = resolveService(environment, service);
  if (type === "ExternalName" || ports.length === 0) return [];
  const byNumber = typeof wanted === "number";
  const known = ports.map((entry) => (byNumber || entry.name === "" ? String(entry.port) : entry.name));
  const values = ports.map((entry) => (byNumber ? entry.port : entry.name)).filter((value) => value !== "");
  return [
    {
      code: "ingress/port-unknown",
      severity: "warning",
      message: l10n.t(
        "Ingress {0}: Service {1} has no port {2}; it has {3}.",
        resource.name,
        service.name,
        String(wanted),
        listText(known),
      ),
      path: portPath,
      related: [
        {
          place: service.origin(["spec", "ports"], "entry") ?? service.place,
          message: l10n.t("the ports of {0}", named(service)),
        },
      ],
      fixes: values.slice(0, 3).map((value) => ({
        title: l10n.t("Change the port to {0}", String(value)),
        preferred: ports.length === 1,
        changes: [{ kind: "set", resource, path: portPath, value }],
      })),
    },
  ];
}
