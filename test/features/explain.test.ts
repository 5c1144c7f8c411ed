import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { explainAt } from "../../server/src/features/explain/explain.ts";
import { pageText } from "../support/page-text.ts";
import { TestWorkspace } from "../support/workspace.ts";

function explained(service: string, workload = deployment()): string {
  const workspace = new TestWorkspace(`#- /shop/service.yaml\n${service}\n#- /shop/web.yaml\n${workload}`);
  return pageText(explainAt(workspace.context("/shop/service.yaml"), { offset: 0, service: undefined }), workspace);
}

function service(spec: string): string {
  return `apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec:\n  ${spec.replaceAll("\n", "\n  ")}`;
}

function deployment({ replicas = 3, container = "", kind = "Deployment" } = {}): string {
  return `apiVersion: apps/v1
kind: ${kind}
metadata: {name: web, namespace: shop}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: web:1
          ports: [{name: http, containerPort: 8080}]
          ${container}
`;
}

const ports = "ports: [{port: 80, targetPort: http}]";

describe("why a Service has no endpoints", () => {
  test("all is well", () => {
    assert.equal(
      explained(service(`selector: {app: web}\n${ports}`)),
      `# [Service shop/web](/shop/service.yaml:3): why endpoints, or why none

It has endpoints as soon as the pods are ready.

## 1. ✓ It has a selector: [app=web](/shop/service.yaml:5).

## 2. ✓ Pods in namespace shop have these labels.

- [Deployment web](/shop/web.yaml:3) makes pods with app=web

## 3. ✓ There are pods.

- [Deployment web](/shop/web.yaml:3): 3 pods

## 4. ✓ Port 80 leads to port http of the pods.

- [Deployment web](/shop/web.yaml:3): [8080](/shop/web.yaml:13)/TCP

## 5. ✓ Pods are ready as soon as their containers run: there is no readiness probe.

## In the cluster

    kubectl -n shop get endpointslices -l kubernetes.io/service-name=web
    kubectl -n shop describe service web
`,
    );
  });

  test("a typing error in the selector: what was meant, and the way out", () => {
    const text = explained(service(`selector: {app: wbe}\n${ports}`));
    assert.match(text, /^It has no endpoints: No pod template in namespace shop has app=wbe\.$/m);
    assert.match(text, /- \[Deployment web\]\(\/shop\/web.yaml:3\) has app=web\./);
    assert.match(text, /- Way out: Change selector to app: web$/m);
    assert.doesNotMatch(text, /readiness|There are pods/);
  });

  test("nothing comes close: what there is in the namespace", () => {
    const text = explained(service(`selector: {run: billing}\n${ports}`));
    assert.match(text, /✗ No pod template in namespace shop has run=billing\./);
    assert.match(text, /- \[Deployment web\]\(.*\) makes pods with app=web/);
  });

  test("nothing in the namespace makes pods", () => {
    const text = explained(service(`selector: {app: web}\n${ports}`).replace("namespace: shop", "namespace: billing"));
    assert.match(text, /Deployment web\]\(.*\) has them in namespace shop/);
  });

  test("scaled to zero", () => {
    const text = explained(service(`selector: {app: web}\n${ports}`), deployment({ replicas: 0 }));
    assert.match(text, /^It has no endpoints: What it selects is scaled to 0\.$/m);
    assert.match(text, /Way out: Set spec\.replicas of Deployment web to 1 or more\./);
  });

  test("a targetPort that no container names", () => {
    const text = explained(service("selector: {app: web}\nports: [{port: 80, targetPort: htpp}]"));
    assert.match(text, /✗ Port 80 leads to a port htpp that pods do not have\./);
    assert.match(text, /no container port has the name htpp/);
  });

  test("one of two ports leads nowhere: there are endpoints, but not for it", () => {
    const text = explained(
      service(
        "selector: {app: web}\nports: [{name: a, port: 80, targetPort: http}, {name: b, port: 81, targetPort: x}]",
      ),
    );
    assert.match(text, /^It has endpoints, but not everywhere: Port b \(81\) leads to a port x/m);
  });

  test("readiness, startup and gates are named", () => {
    const container =
      "readinessProbe: {httpGet: {path: /, port: http}}\n      readinessGates: [{conditionType: example.org/warm}]";
    const text = explained(service(`selector: {app: web}\n${ports}`), deployment({ container }));
    assert.match(text, /· Pods count once they are ready\./);
    assert.match(text, /container web has to pass its \[readinessProbe\]\(\/shop\/web.yaml:14\)/);
    assert.match(text, /somebody has to set the condition example\.org\/warm/);
  });

  test("publishNotReadyAddresses", () => {
    const text = explained(service(`publishNotReadyAddresses: true\nselector: {app: web}\n${ports}`));
    assert.match(text, /✓ Pods count from the start: publishNotReadyAddresses is set\./);
  });

  test("headless, ExternalName, no selector, endpoints by hand, an invalid selector", () => {
    assert.match(explained(service("clusterIP: None\nselector: {app: web}")), /· It is headless/);
    assert.match(
      explained(service("type: ExternalName\nexternalName: db.example.org")),
      /✗ .* alias of db\.example\.org/,
    );
    const bare = service(ports.replace("http", "80"));
    assert.match(explained(bare), /✗ It has no selector, and nobody wrote endpoints for it\./);
    const slice = `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: web-1, namespace: shop, labels: {kubernetes.io/service-name: web}}
addressType: IPv4
ports: [{port: 80}]
endpoints: [{addresses: [192.0.2.1]}]
`;
    assert.match(explained(bare, slice), /✓ Its endpoints are written by hand\.\n\n- \[EndpointSlice web-1\]/);
    assert.match(explained(service(`selector: {app: [web]}\n${ports}`)), /✗ The selector is no map of texts\./);
  });

  test("where something can't be seen, nothing is certain", () => {
    const text = explained(
      service(`selector: {app: other}\n${ports}`),
      "apiVersion: v1\nkind: Pod\nmetadata: {{ .Values.metadata }}\n",
    );
    assert.match(text, /^It can't be said from here/m);
    assert.match(text, /Not everything can be seen here/);
  });

  test("NetworkPolicies are named", () => {
    const policy = `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny, namespace: shop}
spec: {podSelector: {}}
`;
    assert.match(
      explained(service(`selector: {app: web}\n${ports}`), deployment() + policy),
      /- \[NetworkPolicy deny\]/,
    );
  });

  test("a page without a Service is none", () => {
    const workspace = new TestWorkspace("#- /a.yaml\nfoo: 1\n");
    assert.equal(explainAt(workspace.context("/a.yaml"), { offset: 0, service: undefined }), undefined);
  });
});
