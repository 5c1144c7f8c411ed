import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkDefinition, lensTitles, previewText } from "./check.ts";

const deployment = (label: string, port = "name: http"): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {${label}}}
    spec: {containers: [{name: web, image: web, ports: [{${port}, containerPort: 8080}]}]}
`;

const service = (selector: string, targetPort = "http"): string => `apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  selector: {${selector}}
  ports: [{port: 80, targetPort: ${targetPort}}]
`;

describe("definition", () => {
  test("from a selector's label to the templates that have it", () => {
    checkDefinition(`#- /a.yaml\n${deployment("«target»app: web«/»")}#- /b.yaml\n${service("ap«|»p: web")}`);
  });

  test("from a template's label to the selectors that ask for it", () => {
    checkDefinition(`#- /a.yaml\n${deployment("app: w«|»eb")}#- /b.yaml\n${service("«target»app: web«/»")}`);
  });

  test("from a targetPort to the port of the container", () => {
    checkDefinition(
      `#- /a.yaml\n${deployment("app: web", "name: «target»http«/»")}#- /b.yaml\n${service("app: web", "ht«|»tp")}`,
    );
  });

  test("from an Ingress to its Service", () => {
    const ingress =
      "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web, namespace: shop}\nspec: {defaultBackend: {service: {name: we«|»b, port: {number: 80}}}}\n";
    checkDefinition(
      `#- /a.yaml\n${ingress}#- /b.yaml\n${service("app: web").replace("name: web", "name: «target»web«/»")}`,
    );
  });
});

describe("code lens", () => {
  test("a Service says how many pods it has and whose", () => {
    assert.deepEqual(lensTitles(`#- /a.yaml\n${deployment("app: web")}#- /b.yaml\n${service("app: web")}`, "/b.yaml"), [
      "1: 2 pods · Deployment web",
      "1: DNS and endpoints",
      "1: balancing",
    ]);
  });

  test("a Service that selects nothing says so", () => {
    assert.deepEqual(lensTitles(`#- /b.yaml\n${service("app: web")}`, "/b.yaml"), [
      "1: selects no pods",
      "1: DNS and endpoints",
      "1: balancing",
    ]);
  });
});

describe("preview", () => {
  test("lists endpoints and records", () => {
    const text = previewText(`#- /a.yaml\n${deployment("app: web")}#- /b.yaml\n${service("ap«|»p: web")}`) ?? "";
    assert.match(text, /# Service shop\/web/);
    assert.match(text, /EndpointSlice IPv4 · 8080\/TCP/);
    assert.match(text, /\| web-<2> +\| Deployment\/web +\|/);
    assert.match(text, /^web\.shop\.svc\.cluster\.local\n {4}A {5}<clusterIP of shop\/web>$/m);
  });

  test("from a workload it shows the Services that select it", () => {
    assert.match(
      previewText(`#- /a.yaml\n${deployment("ap«|»p: web")}#- /b.yaml\n${service("app: web")}`) ?? "",
      /# Service shop\/web/,
    );
  });

  test("says why there are no endpoints", () => {
    assert.match(
      previewText(`#- /b.yaml\n${service("ap«|»p: web")}`) ?? "",
      /None: nothing in namespace shop has app=web\. Connections are refused\./,
    );
  });
});
