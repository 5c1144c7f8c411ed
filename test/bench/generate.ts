import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seededRandom } from "../../server/src/base/random.ts";

/** Where a generated workspace lies, and one of its Services for typing and hovering. */
export interface Workspace {
  readonly folder: string;
  readonly files: readonly string[];
  /** A Service whose selector ties a label of a hundred other files together. */
  readonly widest: string;
  readonly remove: () => void;
}

const filesPerFolder = 20;

/** Writes a workspace of so many documents, two to a file: a Deployment and its Service, in folders of twenty. The same seed gives the same bytes. */
export function generateWorkspace(documents: number, seed = 1): Workspace {
  const folder = mkdtempSync(join(tmpdir(), "drydock-bench-"));
  const random = seededRandom(seed);
  const files: string[] = [];
  for (let number = 0; number * 2 < documents; number++) {
    const parent = join(folder, `team-${Math.floor(number / filesPerFolder)}`);
    if (number % filesPerFolder === 0) mkdirSync(parent);
    const path = join(parent, `app-${number}.yaml`);
    writeFileSync(path, manifest(number, random));
    files.push(path);
  }
  const widest = writeWide(join(folder, "wide"));
  return { folder, files, widest, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A hundred files with one label in common, and a Service that selects them all. */
function writeWide(folder: string): string {
  mkdirSync(folder);
  for (let number = 0; number < 100; number++) writeFileSync(join(folder, `part-${number}.yaml`), part(number));
  const path = join(folder, "all.yaml");
  writeFileSync(path, serviceOf("all", "{release: stable}"));
  return path;
}

function part(number: number): string {
  const labels = `{app: part-${number}, release: stable}`;
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: part-${number}, namespace: wide}
spec:
  selector: {matchLabels: ${labels}}
  template:
    metadata: {labels: ${labels}}
    spec: {containers: [{name: main, image: registry.example/part, ports: [{name: http, containerPort: 80}]}]}
---
${serviceOf(`part-${number}`, labels)}`;
}

function serviceOf(name: string, selector: string): string {
  return `apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: wide}
spec:
  selector: ${selector}
  ports: [{port: 80, targetPort: http}]
`;
}

/** A Deployment and its Service, as people write them. */
export function manifest(number: number, random: () => number): string {
  const name = `app-${number}`;
  const replicas = 1 + Math.floor(random() * 5);
  const variables = Array.from(
    { length: Math.floor(random() * 8) },
    (_, index) => `            - name: SETTING_${index}\n              value: "value of ${name}"\n`,
  ).join("");
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: team-${Math.floor(number / filesPerFolder)}
  labels:
    app.kubernetes.io/name: ${name}
    app.kubernetes.io/part-of: shop
spec:
  replicas: ${replicas}
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: ${name}
        app.kubernetes.io/part-of: shop
    spec:
      containers:
        - name: main
          image: registry.example/${name}:1.${Math.floor(random() * 40)}
          ports:
            - name: http
              containerPort: 8080
          env:
            - name: NEIGHBOUR
              value: http://app-${Math.max(0, number - 1)}.team-${Math.floor(Math.max(0, number - 1) / filesPerFolder)}.svc:80
${variables}          readinessProbe:
            httpGet:
              path: /ready
              port: http
          resources:
            requests:
              cpu: 100m
              memory: 128Mi
---
apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: team-${Math.floor(number / filesPerFolder)}
spec:
  selector:
    app.kubernetes.io/name: ${name}
  ports:
    - name: http
      port: 80
      targetPort: http
`;
}
