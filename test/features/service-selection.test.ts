import { test } from "node:test";
import { checkDiagnostics, checkFix } from "./check.ts";

const deployment = (labels: string, extra = ""): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, ${extra}namespace: shop}
spec:
  selector: {matchLabels: {${labels}}}
  template:
    metadata: {labels: {${labels}}}
    spec: {containers: [{name: web, image: "web:1"}]}
`;

const service = (selector: string): string => `apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  selector:
    ${selector}
  ports: [{port: 80}]
`;

test("a Service that finds its pods in another file of the folder is silent", () => {
  checkDiagnostics(`#- /a/deployment.yaml\n${deployment("app: web")}#- /a/service.yaml\n${service("app: web")}`);
});

test("one letter off is a warning that names the letter", () => {
  checkDiagnostics(
    `#- /a/deployment.yaml\n${deployment("app: web")}#- /a/service.yaml\n${service("app: wbe # want[service/no-matching-pods:warning] Deployment web has app=web")}`,
  );
});

test("nothing that comes close is an information", () => {
  checkDiagnostics(
    `#- /a/service.yaml\n${service("app: web # want[service/no-matching-pods:information] nothing in namespace shop has app=web")}`,
  );
});

test("labels on the object instead of its template are a warning", () => {
  checkDiagnostics(
    `#- /a/deployment.yaml\n${deployment("run: other", "labels: {app: web}, ")}#- /a/service.yaml\n${service("app: web # want[service/no-matching-pods:warning] its pod template lacks app=web")}`,
  );
});

test("the same labels in another namespace are a warning", () => {
  checkDiagnostics(
    `#- /a/deployment.yaml\n${deployment("app: web").replace("namespace: shop", "namespace: stage")}#- /a/service.yaml\n${service("app: web # want[service/no-matching-pods:warning] in namespace stage")}`,
  );
});

test("a workload without a namespace is possible, and no more than an information", () => {
  checkDiagnostics(
    `#- /a/deployment.yaml\n${deployment("app: web").replace(", namespace: shop", "")}#- /a/service.yaml\n${service("app: web # want[service/no-matching-pods:information] Deployment web would match if both stood in the same namespace")}`,
  );
});

test("a document that does not parse makes the environment open, and nothing is called missing", () => {
  checkDiagnostics(
    `#- /a/broken.yaml\napiVersion: v1\nkind: "Pod # want[yaml/syntax]\n#- /a/service.yaml\n${service("app: web")}`,
  );
});

test("the fix takes the value of the nearest template, and keeps the comment", () => {
  checkFix(
    `#- /a/deployment.yaml\n${deployment("app: web")}#- /a/service.yaml\n${service("app: wbe # ours")}`,
    "Change selector to app: web",
    {
      "/a/service.yaml": service("app: web # ours"),
    },
  );
});

test("the other direction changes template and selector of the workload together", () => {
  checkFix(
    `#- /a/deployment.yaml\n${deployment("app: web")}#- /a/service.yaml\n${service("app: wbe")}`,
    "Change the label of Deployment web to app: wbe",
    {
      "/a/deployment.yaml": deployment("app: wbe"),
    },
  );
});
