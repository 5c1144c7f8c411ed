import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { findingsReport } from "../../server/src/features/findings-report/findings-report.ts";
import { dnsNamesAt } from "../../server/src/features/names/dns-names.ts";
import { askersOf, nameResolutionPage } from "../../server/src/features/names/resolve-name.ts";
import { relationsAt } from "../../server/src/features/relation-page/relation-page.ts";
import { countsOf, objectsOf } from "../../server/src/features/tree/tree.ts";
import { cursorOf } from "../support/fixture.ts";
import { pageText } from "../support/page-text.ts";
import { TestWorkspace } from "../support/workspace.ts";

const shop = `#- /shop/db.yaml
apiVersion: v1
kind: Service
metadata: {name: m«|»ysql, namespace: shop}
spec:
  clusterIP: None
  selector: {app: mysql}
  ports: [{name: db, port: 3306, targetPort: db}]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: mysql, namespace: shop}
spec:
  serviceName: mysql
  replicas: 2
  selector: {matchLabels: {app: mysql}}
  template:
    metadata: {labels: {app: mysql}}
    spec:
      containers:
        - name: mysql
          image: mysql:9
          ports: [{name: db, containerPort: 3306}]
#- /shop/other.yaml
apiVersion: v1
kind: Service
metadata: {name: api, namespace: backend}
spec:
  selector: {app: apj}
  ports: [{port: 80}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: backend}
spec:
  replicas: 3
  selector: {matchLabels: {app: api}}
  template:
    metadata: {labels: {app: api}}
    spec:
      containers: [{name: api, image: "api:1"}]
`;

describe("names in cluster DNS", () => {
  const workspace = new TestWorkspace(shop);
  const context = workspace.context("/shop/db.yaml");
  const { offset } = cursorOf(workspace.fixture);

  test("names to copy: short ones only where they work, pods of a StatefulSet by name", () => {
    const names = dnsNamesAt(context, offset).map(({ name }) => name);
    assert.deepEqual(names, [
      "mysql",
      "mysql.shop",
      "mysql.shop.svc",
      "mysql.shop.svc.cluster.local",
      "mysql-0.mysql.shop.svc.cluster.local",
      "mysql-1.mysql.shop.svc.cluster.local",
      "api.backend",
      "api.backend.svc",
      "api.backend.svc.cluster.local",
    ]);
  });

  test("who may ask: the own namespace first, each with its workloads", () => {
    const askers = askersOf(context, "shop").map(({ namespace, pod }) => `${namespace}/${pod ?? "*"}`);
    assert.deepEqual(askers.slice(0, 4), ["shop/*", "shop/mysql", "backend/*", "backend/api"]);
  });

  test("how a pod resolves a short name: search domains, questions, answer", () => {
    const text = nameResolutionPage(context, { namespace: "shop", pod: "mysql" }, "mysql")?.text ?? "";
    assert.match(text, /^# mysql, asked by shop\/mysql$/m);
    assert.match(text, /^It is mysql\.shop\.svc\.cluster\.local: /m);
    assert.match(text, /^ {4}search shop\.svc\.cluster\.local svc\.cluster\.local cluster\.local$/m);
    assert.match(text, /^\| 1 +\| mysql\.shop\.svc\.cluster\.local +\| A +\| NOERROR /m);
  });

  test("a name of another namespace needs it", () => {
    const ask = (name: string): string => nameResolutionPage(context, { namespace: "shop" }, name)?.text ?? "";
    assert.match(ask("api"), /^Nobody has this name\.$/m);
    assert.match(ask("api.backend"), /^It is api\.backend\.svc\.cluster\.local: /m);
    assert.match(ask("www.example.org"), /a name outside of the cluster, www\.example\.org/);
  });

  test("nobody asks from a pod that is not there", () => {
    assert.equal(nameResolutionPage(context, { namespace: "shop", pod: "web" }, "mysql"), undefined);
  });
});

describe("relations of an object", () => {
  test("what it refers to, and what refers to it, by field", () => {
    const workspace = new TestWorkspace(shop);
    const { path, offset } = cursorOf(workspace.fixture);
    assert.equal(
      pageText(relationsAt(workspace.context(path), offset), workspace),
      `# [Service shop/mysql](/shop/db.yaml:3)

## Refers to

- [StatefulSet mysql](/shop/db.yaml:11): [spec.selector.app](/shop/db.yaml:6), [spec.ports[0].targetPort](/shop/db.yaml:7)

## Is referred to by

- [StatefulSet mysql](/shop/db.yaml:11): [spec.serviceName](/shop/db.yaml:13)
`,
    );
  });

  test("an object that stands alone", () => {
    const workspace = new TestWorkspace("#- /a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a«|»}\n");
    const text = pageText(relationsAt(workspace.context("/a.yaml"), 40), workspace);
    assert.equal(text.match(/Nothing here\./g)?.length, 2);
  });
});

describe("report of findings", () => {
  const workspace = new TestWorkspace(shop);
  const files = workspace.files.map((file) => ({
    label: file.slice(1),
    text: workspace.readOf(file)?.text ?? "",
    findings: workspace.findings(file),
  }));

  test("groups by environment and file, and leads to each place", () => {
    const text = pageText(
      findingsReport(files, (name) => name.slice(1)),
      workspace,
    );
    assert.match(text, /^warnings: 1 in 1 of 2 files$/m);
    assert.match(text, /^## Environment shop$/m);
    assert.match(text, /^### shop\/other\.yaml$/m);
    assert.match(
      text,
      /^- \[5:14\]\(\/shop\/other\.yaml:5\) warning service\/no-matching-pods: Service api selects no/m,
    );
  });

  test("says so where there are none", () => {
    const clean = files.map((file) => ({ ...file, findings: [] }));
    assert.match(findingsReport(clean, (name) => name).text, /2 files, no findings\./);
  });
});

describe("tree of an environment", () => {
  const workspace = new TestWorkspace(shop);
  const [environment] = workspace.environments.of("/shop/db.yaml");
  assert.ok(environment !== undefined);

  test("counts Services and workloads", () => {
    assert.deepEqual(countsOf(environment), { services: 2, workloads: 2 });
  });

  test("Services with their workloads and findings, then workloads without a Service", () => {
    const findings = workspace.findings("/shop/other.yaml");
    const nodes = objectsOf(environment, ({ kind, name }) =>
      findings.filter(({ resource }) => resource?.kind === kind && resource.name === name),
    );
    const shown = nodes.map(({ kind, name, detail, children, findings: { errors, warnings } }) => ({
      node: `${kind} ${name} (${detail})`,
      children: children.map((child) => `${child.kind} ${child.name} (${child.detail})`),
      errors,
      warnings,
    }));
    assert.deepEqual(shown, [
      { node: "Service mysql (headless · 2 pods)", children: ["StatefulSet mysql (2 pods)"], errors: 0, warnings: 0 },
      { node: "Service api (ClusterIP · no endpoints)", children: [], errors: 0, warnings: 1 },
      { node: "Deployment api (3 pods)", children: [], errors: 0, warnings: 0 },
    ]);
  });
});
