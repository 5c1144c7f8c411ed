import { test } from "node:test";
import { checkDiagnostics, checkFix } from "./check.ts";

const workload = (name: string, container: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  selector: {matchLabels: {app: web, name: ${name}}}
  template:
    metadata: {labels: {app: web, name: ${name}}}
    spec:
      containers:
        - ${container}
---
`;

const service = (targetPort: string): string => `apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports:
    - port: 80
      targetPort: ${targetPort}
`;

const http = "{name: web, image: web, ports: [{name: http, containerPort: 8080}]}";

test("a name that a container declares is fine, and so is any number", () => {
  checkDiagnostics(workload("a", http) + service("http"));
  checkDiagnostics(workload("a", http) + service("12345"));
});

test("a name that no pod has", () => {
  checkDiagnostics(
    workload("a", http) +
      service(
        "htpp # want[service/target-port-unknown:warning] no container of Deployment a has a port named htpp, so port 80 has no endpoints. They have http.",
      ),
  );
});

test("a name that some pods lack", () => {
  checkDiagnostics(
    workload("a", http) +
      workload("b", "{name: web, image: web}") +
      service(
        "http # want[service/target-port-partly-unknown:warning] the pods of Deployment b have no port named http",
      ),
  );
});

test("a name with another protocol does not count", () => {
  checkDiagnostics(
    workload("a", "{name: web, image: web, ports: [{name: dns, containerPort: 53, protocol: UDP}]}") +
      service("dns # want[service/target-port-unknown] another protocol than TCP"),
  );
});

test("the fix writes the name that the container has", () => {
  checkFix(workload("a", http) + service('"htpp"'), "Change targetPort to http", {
    "/main.yaml": workload("a", http) + service('"http"'),
  });
});
