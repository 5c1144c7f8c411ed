import { describe, test } from "node:test";
import { checkDiagnostics } from "./check.ts";

describe("the backend of an Ingress", () => {
  const service = (port: number, namespace = "shop"): string =>
    `apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: ${namespace}}\nspec: {ports: [{name: http, port: ${port}}]}\n`;
  const ingress = (name: string, port: string, want: readonly [string, string] = ["", ""]): string => `#- /ingress.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: front, namespace: shop}
spec:
  defaultBackend:
    service:
      name: ${name}${want[0]}
      port:
        ${port}${want[1]}
`;

  test("is a port of the Service, by number or by name", () => {
    checkDiagnostics(`${ingress("web", "number: 80")}#- /service.yaml\n${service(80)}`);
    checkDiagnostics(`${ingress("web", "name: http")}#- /service.yaml\n${service(80)}`);
    const wanted = " # want[ingress/port-unknown:warning] Service web has no port 8080; it has 80.";
    checkDiagnostics(`${ingress("web", "number: 8080", ["", wanted])}#- /service.yaml\n${service(80)}`);
    const byName = " # want[ingress/port-unknown:warning] Service web has no port main; it has http.";
    checkDiagnostics(`${ingress("web", "name: main", ["", byName])}#- /service.yaml\n${service(80)}`);
  });

  test("may live elsewhere: a missing one is told quietly, one of another namespace not at all", () => {
    const wanted = " # want[ingress/service-missing:information] there is no Service web in namespace shop";
    checkDiagnostics(ingress("web", "number: 80", [wanted, ""]));
    checkDiagnostics(`${ingress("web", "number: 80")}#- /service.yaml\n${service(80, "other")}`);
  });
});
