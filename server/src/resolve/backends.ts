import { arrayAt, at, isObject, numberAt, objectAt, textAt } from "../base/json.ts";
import type { JsonObject, JsonPath } from "../base/json.ts";
import { find } from "../index/queries.ts";
import type { Environment, Resource } from "../index/types.ts";
import { servicePortsOf } from "./target-port.ts";
import type { ServicePort } from "./types.ts";

/** A Service and port that an Ingress or HTTPRoute sends requests to. */
export interface Backend {
  /** Where the name stands: `["spec", "defaultBackend", "service", "name"]`. */
  readonly namePath: JsonPath;
  readonly namespace: string;
  readonly name: string;
  /** As written: a number, a name (Ingress alone), or nothing. */
  readonly port: number | string | undefined;
  /** Where the port stands, or would. */
  readonly portPath: JsonPath;
  /** Of several Services by this name one that has the port; `undefined` where the environment has none. */
  readonly service: Resource | undefined;
  /** `undefined` where the Service lacks the port. */
  readonly servicePort: ServicePort | undefined;
}

/** All Services behind an Ingress or a Gateway API route, in the order of the text; other objects have none. */
export function backendsOf(environment: Environment, resource: Resource): readonly Backend[] {
  const namespace = resource.namespace ?? "";
  return writtenBackends(resource).map((written) => {
    const backend = { namespace, ...written };
    const identity = { group: "", kind: "Service", namespace: backend.namespace, name: backend.name };
    const services = find(environment, identity);
    const service = services.find((each) => portOf(each, backend.port) !== undefined) ?? services[0];
    return { ...backend, service, servicePort: service === undefined ? undefined : portOf(service, backend.port) };
  });
}

function portOf(service: Resource, wanted: Backend["port"]): ServicePort | undefined {
  return servicePortsOf(service.object).find(({ name, port }) => wanted === (typeof wanted === "string" ? name : port));
}

type WrittenBackend = Pick<Backend, "namePath" | "name" | "port" | "portPath"> & { readonly namespace?: string };

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
    const portName = textAt(service, "port", "name") ?? "";
    const port = portName === "" ? numberAt(service, "port", "number") : portName;
    const portPath = [...path, "service", "port", portName === "" ? "number" : "name"];
    return [{ namePath: [...path, "service", "name"], name, port, portPath }];
  }
  const legacy = textAt(ingress, ...path, "serviceName");
  const port = at(ingress, ...path, "servicePort");
  if (legacy === undefined) return [];
  return [
    {
      namePath: [...path, "serviceName"],
      name: legacy,
      port: typeof port === "string" || typeof port === "number" ? port : undefined,
      portPath: [...path, "servicePort"],
    },
  ];
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
      const path: JsonPath = ["spec", "rules", ruleIndex, "backendRefs", index];
      return [
        {
          namePath: [...path, "name"],
          name,
          port: numberAt(reference, "port"),
          portPath: [...path, "port"],
          ...(namespace === undefined ? {} : { namespace }),
        },
      ];
    }),
  );
}
