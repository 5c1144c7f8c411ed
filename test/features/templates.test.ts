import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { templates } from "../../server/src/features/completion/templates.ts";
import { applyEdits } from "../../server/src/yaml/edit.ts";
import { cursorOf, parseFixture, textOf } from "../support/fixture.ts";
import { TestWorkspace } from "../support/workspace.ts";
import { templatesAt } from "./check.ts";

const others = `#- /shop/others.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
data: {level: debug, theme: dark}
---
apiVersion: v1
kind: Secret
metadata: {name: keys, namespace: shop}
stringData: {token: not-shown}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: store, namespace: shop}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}
`;

const deployment = (inContainer: string, inPod = "", inSpec = ""): string => `${others}#- /shop/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
${inSpec}  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: registry.example/web:1.0.0
${inContainer}          ports:
            - name: http
              containerPort: 8080
${inPod}`;

const service = (spec: string): string =>
  `${deployment("")}#- /shop/front.yaml\napiVersion: v1\nkind: Service\nmetadata:\n  name: front\n  namespace: shop\nspec:\n  selector:\n    app: web\n${spec}`;

const ingress = (spec: string): string =>
  `${deployment("")}#- /shop/ingress.yaml\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: web\n  namespace: shop\nspec:\n${spec}`;

const places: readonly (readonly [source: string, labels: readonly string[]])[] = [
  [service("  «|»\n"), ["ports"]],
  [service("  po«|»\n"), ["ports"]],
  [service("").replace("  selector:\n    app: web\n", "  «|»\n"), ["ports"]],
  [service("").replace("  selector:\n    app: web\n", "  po«|»\n"), ["ports"]],
  [service("  ports:\n    - «|»\n"), ["new ServicePort"]],
  [service("  ports:\n  -«|»\n"), ["new ServicePort"]],
  [
    deployment("          «|»\n"),
    [
      "env (value)",
      "env (ConfigMap)",
      "env (Secret)",
      "envFrom (ConfigMap)",
      "envFrom (Secret)",
      "livenessProbe (HTTP)",
      "livenessProbe (TCP)",
      "readinessProbe (HTTP)",
      "readinessProbe (TCP)",
      "resources",
      "startupProbe (HTTP)",
      "startupProbe (TCP)",
    ],
  ],
  [deployment("          «|»\n", "      volumes:\n        - name: data\n          emptyDir: {}\n"), ["volumeMounts"]],
  [deployment("          env:\n            - «|»\n"), ["value", "ConfigMap", "Secret"]],
  [deployment("          envFrom:\n            - «|»\n"), ["ConfigMap", "Secret"]],
  [deployment("", "            - «|»\n"), ["new ContainerPort"]],
  [deployment("", "        - «|»\n"), ["new Container"]],
  [deployment("", "      volumes:\n        - «|»\n"), ["emptyDir", "ConfigMap", "Secret", "PersistentVolumeClaim"]],
  [
    deployment(
      "          volumeMounts:\n            - «|»\n",
      "      volumes:\n        - name: data\n          emptyDir: {}\n",
    ),
    ["new VolumeMount"],
  ],
  [deployment("", "", "  str«|»\n"), ["strategy"]],
  [ingress("  rules:\n    - «|»\n"), ["new IngressRule"]],
  [ingress("  rules:\n    - http:\n        paths:\n          - «|»\n"), ["new HTTPIngressPath"]],
  [ingress("  defaultBackend: {service: {name: web, port: {number: 80}}}\n  tls:\n    - «|»\n"), ["new IngressTLS"]],
  [
    `${deployment("")}#- /shop/scaler.yaml\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: web\n  namespace: shop\nspec:\n  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}\n  maxReplicas: 3\n  metrics:\n    - «|»\n`,
    ["new MetricSpec"],
  ],
  [
    "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: reader\n  namespace: shop\nrules:\n  - «|»\n",
    ["new PolicyRule"],
  ],
];

/** The texts over which a person would type, in the notation of the protocol. */
const stops = /\$\{\d+:(?:[^}\\]|\\.)*\}|\$\{\d+\|(?:[^|\\]|\\.)*\|\}|\$\d+/g;

describe("templates of what is begun", () => {
  for (const [source, labels] of places) {
    const { path, offset } = cursorOf(parseFixture(source));
    const text = textOf(parseFixture(source), path);
    const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset).trim();
    test(`${path} behind “${line}”: ${labels.join(", ")}`, () => {
      const offered = templatesAt(source);
      const withContainer = offered.filter(({ label }) => labels.includes(label));
      assert.deepEqual(
        withContainer.map(({ label }) => label).sort(),
        [...labels].sort(),
        `offered: ${offered.map(({ label }) => label).join(" | ")}`,
      );
      for (const each of withContainer) {
        const after = applyEdits(text, [each]);
        const files = [...parseFixture(source).files.values()].map((file) =>
          file.path === path ? `#- ${path}\n${after}` : `#- ${file.path}\n${file.text}`,
        );
        const workspace = new TestWorkspace(files.join("\n"));
        const found = workspace.files.flatMap((file) => workspace.findings(file));
        const shown = found.filter(({ severity }) => severity === "error" || severity === "warning");
        assert.deepEqual(
          shown.map(({ code, message }) => `${code}: ${message}`),
          [],
          after,
        );
      }
    });
  }

  test("say which names exist, in the order of their use", () => {
    const found = templatesAt(deployment("          env:\n            - «|»\n"));
    assert.equal(
      found.find(({ label }) => label === "ConfigMap")?.snippet,
      "name: ${1:NAME}\n              valueFrom:\n                configMapKeyRef:\n                  name: ${2|settings,kube-root-ca.crt|}\n                  key: ${3|level,theme|}",
    );
  });

  test("what would name something is not offered where there is nothing to name", () => {
    assert.deepEqual(templatesAt(deployment("          volumeMounts:\n            - «|»\n")), []);
    const alone = "apiVersion: v1\nkind: Service\nmetadata:\n  name: front\nspec:\n  ports:\n    - «|»\n";
    assert.equal(templatesAt(alone)[0]?.newText, "name: http\n      port: 80");
  });

  test("an item differs from those that are there", () => {
    const [port] = templatesAt(service("  ports:\n    - name: http\n      port: 80\n    - «|»\n"));
    assert.equal(port?.newText, "name: http-2\n      port: 81\n      targetPort: http");
  });

  test("a client without snippets gets the same text without marks", () => {
    for (const [source] of places)
      for (const { newText, snippet = "" } of templatesAt(source)) {
        assert.doesNotMatch(newText, /\$\{?\d|MARK/);
        assert.ok([...snippet.matchAll(stops)].length > 0, snippet);
      }
  });

  test("nothing within braces, comments and texts, before values that are there, and in kinds that nobody knows", () => {
    for (const source of [
      service("  ports: [{«|»}]\n"),
      service("  ports: [\n    {\n      «|»\n    }\n  ]\n"),
      '{\n  "apiVersion": "v1",\n  "kind": "Service",\n  "metadata": {"name": "a"},\n  "spec": {\n    «|»\n  }\n}\n',
      service("  # «|»\n"),
      service("  ports:\n    - port: «|»80\n"),
      service("  po«|»: 80\n"),
      "apiVersion: example.com/v1\nkind: Service\nmetadata:\n  name: a\nspec:\n  «|»\n",
    ])
      assert.deepEqual(templatesAt(source), [], source);
  });

  test("every template is offered somewhere above", () => {
    const offered = new Set(places.flatMap(([source]) => templatesAt(source).map(({ newText }) => newText.trim())));
    const words = [...offered].join("\n");
    for (const [type, all] of templates)
      for (const { value } of all) assert.match(words, new RegExp(`\\b${Object.keys(value)[0] ?? ""}:`), type);
  });
});
