import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { hoverText } from "./check.ts";

const shop = (service: string, workload = ""): string => `#- /shop/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: web:1
          ports: [{name: http, containerPort: 8080}]${workload}
#- /shop/service.yaml
${service}`;

const service = `apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  selector: {app: web}
  ports:
    - {name: http, port: 80, targetPort: http}
`;

describe("hover", () => {
  test("a Service's name tells whom it selects, on which ports, under which name", () => {
    assert.equal(
      hoverText(shop(service.replace("name: web", "name: w«|»eb"))),
      [
        "**Service web** · ClusterIP",
        "Selects the pods with `app=web` in namespace `shop`:",
        "- [Deployment web](/shop/web.yaml:3) · 3 pods",
        "- `http` `80`/TCP → `8080`",
        "DNS: `web.shop.svc`",
      ].join("\n\n"),
    );
  });

  test("a targetPort leads to its declaration", () => {
    assert.match(
      hoverText(shop(service.replace("targetPort: http", "targetPort: ht«|»tp"))) ?? "",
      /\[Deployment web\]\(.*\): `8080` · \[declaration\]\(\/shop\/web.yaml:13\)/,
    );
  });

  test("a selector without pods says why, and what comes close", () => {
    const text = hoverText(shop(service.replace("app: web", "app: w«|»ebb"))) ?? "";
    assert.match(text, /Selects \*\*no pods\*\*: nothing in namespace `shop` has `app=webb`/);
    assert.match(text, /\[Deployment web\]\(.*\) has `app=web`/);
  });

  test("a pod label tells who asks for it", () => {
    assert.match(
      hoverText(shop(service).replace("labels: {app: web}", "labels: {a«|»pp: web}")) ?? "",
      /`app` is asked for by:\n\n- \[Service web\]/,
    );
  });

  test("a container port tells which Service ports lead to it", () => {
    assert.match(
      hoverText(shop(service).replace("containerPort: 8080", "containerPort: 80«|»80")) ?? "",
      /`http` = `8080`\n\n- port `80` of \[Service web\]/,
    );
  });

  test("a DNS name in a text leads to its Service", () => {
    const text = hoverText(
      shop(service, `\n          env: [{name: URL, value: "http://web.sh«|»op.svc.cluster.local:80/x"}]`),
    );
    assert.match(text ?? "", /`web\.shop\.svc\.cluster\.local` · \[Service web\]/);
  });

  test("a DNS name of a Service that is not here says so, an ordinary word says nothing", () => {
    assert.match(
      hoverText(shop(service, `\n          env: [{name: URL, value: db.sh«|»op.svc}]`)) ?? "",
      /No Service `db` in namespace `shop`/,
    );
    assert.equal(hoverText(shop(service, `\n          env: [{name: MODE, value: prod«|»uction}]`)), undefined);
  });

  test("half-typed places answer with nothing instead of failing", () => {
    assert.equal(hoverText("apiVersion: v1\nkind: Service\nmetadata:\n  name«|»"), undefined);
  });
});
