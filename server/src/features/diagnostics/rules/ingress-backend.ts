import * as l10n from "@vscode/l10n";
import type { JsonPath, JsonValue } from "../../../base/json.ts";
import { arrayAt, at, numberAt, objectAt, textAt } from "../../../base/json.ts";
import { nameKey } from "../../../index/keys.ts";
import { servicesOf } from "../../../index/queries.ts";
import type { Resource } from "../../../index/types.ts";
import { resolveService } from "../../../resolve/service.ts";
import { listText, named } from "../../describe.ts";
import { nearest } from "../fixes/general.ts";
import type { Draft, Rule, Subject } from "../rule.ts";

/** The Service and port behind each path of an Ingress. */
export const ingressBackend: Rule = {
  codes: ["ingress/service-missing", "ingress/port-unknown"],
  kinds: ["networking.k8s.io/Ingress"],
  check(subject: Subject): readonly Draft[] {
    const backends = backendPaths(subject.object);
    const missing = new Set<string>();
    return backends.flatMap((path) => {
      const name = textAt(subject.object, ...path, "service", "name");
      if (name === undefined || name === "") return [];
      const candidates = subject.environment.posting(nameKey("", "Service", name));
      const services = candidates.filter(({ namespace }) => namespace === subject.resource.namespace);
      if (services.length > 0) {
        const drafts = services.map((service) => unknownPort(subject, path, service));
        return drafts.every((draft) => draft.length > 0) ? (drafts[0] ?? []) : [];
      }
      if (candidates.length > 0 || subject.environment.open.length > 0 || missing.has(name)) return [];
      missing.add(name);
      return [missingService(subject, path, name)];
    });
  },
};

function backendPaths(object: JsonValue): readonly JsonPath[] {
  const rules = arrayAt(object, "spec", "rules").flatMap((rule, ruleIndex) =>
    arrayAt(rule, "http", "paths").map((_, pathIndex): JsonPath => [
      "spec",
      "rules",
      ruleIndex,
      "http",
      "paths",
      pathIndex,
      "backend",
    ]),
  );
  return objectAt(object, "spec", "defaultBackend") === undefined ? rules : [["spec", "defaultBackend"], ...rules];
}

function missingService({ environment, resource }: Subject, path: JsonPath, name: string): Draft {
  return {
    code: "ingress/service-missing",
    severity: "information",
    message: l10n.t(
      "Ingress {0}: there is no Service {1} in namespace {2} here.",
      resource.name,
      name,
      resource.namespace ?? "",
    ),
    path: [...path, "service", "name"],
    fixes: nearest(name, servicesBeside(environment, resource)).map((each, index) => ({
      title: l10n.t("Change the Service to {0}", each),
      preferred: index === 0,
      changes: [{ kind: "set", resource, path: [...path, "service", "name"], value: each }],
    })),
  };
}

function servicesBeside(environment: Subject["environment"], { namespace }: Resource): readonly string[] {
  return servicesOf(environment)
    .filter((service) => service.namespace === namespace)
    .map((service) => service.name);
}

function unknownPort({ environment, resource, object }: Subject, path: JsonPath, service: Resource): readonly Draft[] {
  const port = objectAt(object, ...path, "service", "port");
  const byName = textAt(port, "name") ?? "";
  const wanted = byName === "" ? numberAt(port, "number") : byName;
  const { ports, type } = resolveService(environment, service);
  if (
    wanted === undefined ||
    type === "ExternalName" ||
    ports.length === 0 ||
    ports.some((known) => (byName === "" ? known.port : known.name) === wanted)
  )
    return [];
  const known = ports.map((entry) => (byName === "" || entry.name === "" ? String(entry.port) : entry.name));
  const field: JsonPath = [...path, "service", "port", byName === "" ? "number" : "name"];
  const values = ports.map((entry) => (byName === "" ? entry.port : entry.name)).filter((value) => value !== "");
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
      path: field,
      related: [
        {
          place: service.origin(["spec", "ports"], "entry") ?? service.place,
          message: l10n.t("the ports of {0}", named(service)),
        },
      ],
      fixes: values.slice(0, 3).map((value) => ({
        title: l10n.t("Change the port to {0}", String(value)),
        preferred: ports.length === 1,
        changes: [{ kind: "set", resource, path: field, value }],
      })),
    },
  ];
}

/** The Services that an Ingress sends requests to, each with the path of its name. */
export function backendServices(ingress: Resource): readonly { readonly name: string; readonly path: JsonPath }[] {
  return backendPaths(ingress.object).flatMap((path) => {
    const name = at(ingress.object, ...path, "service", "name");
    return typeof name === "string" ? [{ name, path: [...path, "service", "name"] }] : [];
  });
}
