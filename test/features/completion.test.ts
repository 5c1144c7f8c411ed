import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { completed, completionLabels, completions } from "./check.ts";

const deployment = (name: string, labels: string, rest = ""): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop}
spec:
  replicas: 3
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata:
      labels: {${labels}}
    spec:
      containers:
        - name: main
          image: web
          ports: [{name: http, containerPort: 8080}]
${rest}`;

const workloads = `#- /shop/a.yaml\n${deployment("web", "app: web, tier: front")}#- /shop/b.yaml\n${deployment("api", "app: api, tier: back")}`;

const service = (spec: string): string =>
  `${workloads}#- /shop/service.yaml\napiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  namespace: shop\nspec:\n${spec}`;

describe("completing a selector", () => {
  test("offers labels with their values, and says what they select", () => {
    const found = completions(service("  selector:\n    «|»\n"));
    assert.deepEqual(
      found.map(({ label, detail }) => `${label} (${detail})`),
      [
        "app: api (3 pods of Deployment api)",
        "app: web (3 pods of Deployment web)",
        "tier: back (3 pods of Deployment api)",
        "tier: front (3 pods of Deployment web)",
      ],
    );
  });

  test("puts what fits the other labels first", () => {
    assert.deepEqual(completionLabels(service("  selector:\n    app: web\n    «|»\n")), ["tier: front", "tier: back"]);
    assert.deepEqual(completionLabels(service("  selector:\n    app: web\n    tier: «|»\n")), ["front", "back"]);
  });

  test("narrows down by what is typed", () => {
    assert.deepEqual(completionLabels(service("  selector:\n    ti«|»\n")), ["tier: back", "tier: front"]);
    assert.deepEqual(completionLabels(service("  selector:\n    app: w«|»\n")), ["web"]);
  });

  test("begins a line where the map has none", () => {
    const text = service("  selector: «|»\n");
    assert.match(completed(text, "app: web"), /selector:\n {4}app: web\n/);
    assert.match(completed(service("  selector: {«|»}\n"), "app: web"), /selector: \{app: web\}\n/);
  });

  test("leaves the value of a key that has one", () => {
    assert.match(completed(service("  selector:\n    a«|»: web\n"), "app"), /\n {4}app: web\n/);
  });

  test("keeps quotes", () => {
    assert.match(completed(service('  selector:\n    app: "«|»"\n'), "web"), /app: "web"\n/);
  });

  test("offers keys and values of expressions", () => {
    const budget = (expression: string): string =>
      `${workloads}#- /shop/b2.yaml\napiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: a, namespace: shop}\nspec:\n  selector:\n    matchExpressions:\n      - ${expression}\n`;
    assert.deepEqual(completionLabels(budget("{key: «|»}")), ["app", "tier"]);
    assert.deepEqual(completionLabels(budget("{key: app, operator: In, values: [«|»]}")), ["api", "web"]);
  });
});

describe("completing a template", () => {
  test("offers the labels that selectors ask for, the unanswered first", () => {
    const waiting = service("  selector: {app: shop, tier: front}\n");
    const source = `${waiting}#- /shop/c.yaml\n${deployment("new", "«|»")}`;
    assert.deepEqual(completionLabels(source), ["app: new", "app: shop", "tier: front"]);
  });
});

describe("completing a name", () => {
  test("in comments nothing is offered", () => {
    assert.deepEqual(completionLabels(service("  selector:\n    app: web # «|»\n")), []);
    assert.deepEqual(completionLabels(service("  # selector: «|»\n")), []);
  });

  test("a number stays a number, a name gets no quotes", () => {
    const source = service("  selector: {app: web}\n  ports:\n    - port: 80\n      targetPort: «|»\n");
    assert.deepEqual(completionLabels(source), ["http", "8080"]);
    assert.match(completed(source, "8080"), /targetPort: 8080\n/);
    assert.match(completed(source, "http"), /targetPort: http\n/);
  });

  test("a blank is put behind the colon where it is missing", () => {
    const source = service("  selector: {app: web}\n  ports:\n    - port: 80\n      targetPort:«|»\n");
    assert.match(completed(source, "http"), /targetPort: http\n/);
  });

  test("a text that YAML would misread gets quotes", () => {
    const source = service("  selector:\n    version: «|»\n").replace("tier: front", 'version: "1.0"');
    assert.match(completed(source, "1.0"), /version: "1\.0"\n/);
  });

  test("hosts come with their ports and the pods behind them", () => {
    const source = (value: string): string =>
      `${service("  clusterIP: None\n  selector: {app: db}\n  ports: [{name: sql, port: 5432}]\n")}#- /shop/db.yaml\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db, namespace: shop}\nspec:\n  replicas: 2\n  serviceName: web\n  template: {metadata: {labels: {app: db}}, spec: {containers: [{name: a, env: [{name: URL, value: "${value}"}]}]}}\n`;
    assert.deepEqual(completionLabels(source("http://«|»")), [
      "web",
      "db-0.web.shop.svc.cluster.local",
      "db-1.web.shop.svc.cluster.local",
      "web.shop.svc.cluster.local",
    ]);
    assert.deepEqual(completionLabels(source("http://web:«|»")), ["5432"]);
    assert.deepEqual(completionLabels(source("«|»")), []);
    assert.match(completed(source("http://w«|»/x"), "web"), /value: "http:\/\/web\/x"/);
  });

  test("half-typed documents and broken neighbours do no harm", () => {
    const broken = service("  selector:\n    app: «|»\n  ports: [{port: 80\n---\nkind: {\n");
    assert.deepEqual(completionLabels(broken), ["api", "web"]);
  });

  test("a namespace that objects have", () => {
    assert.equal(
      completionLabels(service("  ports: []\n").replace("namespace: shop\nspec", "namespace: «|»\nspec")).includes(
        "shop",
      ),
      true,
    );
  });
});

describe("completing JSON", () => {
  const json = (spec: string): string =>
    `${workloads}#- /shop/service.json\n{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web", "namespace": "shop"}, "spec": {${spec}}}\n`;

  test("writes every text in double quotes, and numbers as they are", () => {
    const port = (written: string): string =>
      json(`"selector": {"app": "web"}, "ports": [{"port": 80, "targetPort":${written}}]`);
    assert.match(completed(port(" «|»"), "http"), /"targetPort": "http"\}/);
    assert.match(completed(port("«|»"), "8080"), /"targetPort": 8080\}/);
    assert.match(completed(port('"ht«|»"'), "http"), /"targetPort":"http"\}/);
    assert.deepEqual(completionLabels(port('"«|»"')), ["http"]);
  });

  test("puts a label in the place of a key that is begun, with its quotes", () => {
    assert.match(completed(json('"selector": {«|»}'), "app: web"), /"selector": \{"app": "web"\}/);
    assert.match(completed(json('"selector": {"«|»"}'), "app: web"), /"selector": \{"app": "web"\}/);
    assert.match(completed(json('"selector": {"app": "«|»"}'), "web"), /"selector": \{"app": "web"\}/);
  });
});
