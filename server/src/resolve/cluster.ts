import { isObject, objectAt, textAt } from "../base/json.ts";
import type { JsonObject } from "../base/json.ts";
import { servicesOf } from "../index/queries.ts";
import type { Environment, Resource } from "../index/types.ts";
import { placeholderAddress } from "../simulation/address.ts";
import { serviceFamilies } from "../simulation/endpoints/families.ts";
import { withNamespace } from "./slices.ts";

/** The Service by which pods reach the API server; every cluster has it. */
const apiServer: JsonObject = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "kubernetes", namespace: "default" },
  spec: {
    clusterIP: placeholderAddress("clusterIP", "IPv4", "default", "kubernetes"),
    ports: [{ name: "https", port: 443, protocol: "TCP", targetPort: 6443 }],
  },
};

/** All Services as the API server shows them, the one of the API server included; addresses that nobody wrote are placeholders. */
export function clusterServices(environment: Environment): readonly JsonObject[] {
  return environment.shared("cluster services", (base) => {
    const written = servicesOf(base).map(withClusterIp);
    const hasApiServer = written.some(
      (service) =>
        textAt(service, "metadata", "name") === "kubernetes" && textAt(service, "metadata", "namespace") === "default",
    );
    return hasApiServer ? written : [apiServer, ...written];
  });
}

/** The Service with its namespace and the address that it would get. */
export function withClusterIp(service: Resource): JsonObject {
  const object = withNamespace(service);
  const spec = objectAt(object, "spec");
  const isAddressless =
    textAt(spec, "type") === "ExternalName" || (textAt(spec, "clusterIP") ?? "") !== "" || !isObject(spec);
  if (isAddressless) return object;
  const [family = "IPv4"] = serviceFamilies(object);
  return {
    ...object,
    spec: { ...spec, clusterIP: placeholderAddress("clusterIP", family, service.namespace ?? "", service.name) },
  };
}
