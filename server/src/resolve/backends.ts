import { arrayAt, at, isObject, numberAt, objectAt, textAt } from "../base/json.ts";
import type { JsonObject, JsonPath } from "../base/json.ts";
import { findCore } from "../index/queries.ts";
import type { Environment, Resource } from "../index/types.ts";
import { servicePortsOf } from "./target-port.ts";
import type { ServicePort } from "./types.ts";

/** A Service and port that an Ingress or HTTPRoute sends requests to. */
export interface Backend {
  /** The map that names the Service: `["spec", "defaultBackend", "service"]`. */
  readonly path: JsonPath;
  readonly namespace: string;
  readonly name: string;
  /** As written: a number, a name (Ingress alone), or nothing. */
  readonly port: number | string | undefined;
  /** `undefined` where the environment has no such Service. */
  readonly service: Resource | undefined;
  /** `undefined` where the Service lacks the port. */
  readonly servicePort: ServicePort | undefined;
}

/** All Services behind an Ingress or a Gateway API route, in the order of the text; other objects have none. */
export function backendsOf(environment: Environment, resource: Resource): readonly Backend[] {
  const namespace = resource.namespace ?? "";
  return writtenBackends(resource).map((written) => {
    const backend = { namespace, ...written };
    const service = findCore(environment, "Service", backend.namespace, backend.name);
    const ports = service === undefined ? [] : servicePortsOf(service.object);
    return {
      ...backend,
      service,
      servicePort: ports.find(({ name, port }) => backend.port === (typeof backend.port === "string" ? name : port)),
    };
  });
}

type WrittenBackend = Pick<Backend, "path" | "name" | "port"> & { readonly namespace?: string };

function writtenBackends({ group, kind, object }: Resource): readonly WrittenBackend[] {
  if (kind === "Ingress" && (group === "networking.k8s.io" || group === "extensions")) return ingressBackends(object);
  return group === "gateway.networking.k8s.io" && kind.endsWith("Route") ? routeBackends(object) : [];
}

function ingressBackends(ingress: JsonObject): readonly WrittenBackend[] {
  const paths = arrayAt(ingress, "spec", "rules").flatMap((rule, ruleIndex) =>
    arrayAt(rule, "http", "paths").map((_, index): JsonPath => [
      "spec",
      "rules",
      ruleIndex,
      "http",
      "paths",
      index,
      "backend",
    ]),
  );
  const legacyDefault: JsonPath = ["spec", "backend"];
  return [["spec", "defaultBackend"], legacyDefault, ...paths].flatMap((path) => ingressBackend(ingress, path));
}

/** A backend of `networking.k8s.io/v1`, or of the versions before it (`serviceName`, `servicePort`). */
function ingressBackend(ingress: JsonObject, path: JsonPath): readonly WrittenBackend[] {
  const service = objectAt(ingress, ...path, "service");
  const name = textAt(service, "name");
  if (name !== undefined) {
    const port = textAt(service, "port", "name") ?? numberAt(service, "port", "number");
    return [{ path: [...path, "service"], name, port }];
  }
  const legacy = textAt(ingress, ...path, "serviceName");
  const port = at(ingress, ...path, "servicePort");
  return legacy === undefined
    ? []
    : [{ path, name: legacy, port: typeof port === "string" || typeof port === "number" ? port : undefined }];
}

function routeBackends(route: JsonObject): readonly WrittenBackend[] {
  return arrayAt(route, "spec", "rules").flatMap((rule, ruleIndex) =>
    arrayAt(rule, "backendRefs").flatMap((reference, index) => {
      const name = textAt(reference, "name");
      const isService =
        isObject(reference) &&
        (textAt(reference, "kind") ?? "Service") === "Service" &&
        (textAt(reference, "group") ?? "") === "";
      if (name === undefined || !isService) return [];
      const namespace = textAt(reference, "namespace");
      return [
        {
          path: ["spec", "rules", ruleIndex, "backendRefs", index],
          name,
          port: numberAt(reference, "port"),
          ...(namespace === undefined ? {} : { namespace }),
        },
      ];
    }),
  );
}
