import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { actionTitles, checkAction, checkDiagnostics, checkFix } from "./check.ts";

const deployment = (labels = "app: web", ports = "", selector = "app: web"): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  replicas: 3 # three of them
  selector:
    matchLabels:
      ${selector}
  template:
    metadata:
      labels:
        ${labels} # the label
    spec:
      containers:
        - name: web
          image: web:1${ports}
`;
const withPort = "\n          ports:\n            - containerPort: 8080 # the port";
const service = (selector = "app: web", target = "http"): string => `apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
spec:
  selector:
    ${selector} # whom
  ports:
    - port: 80
      targetPort: ${target} # where
`;

const files = (one: string, two: string): string => `#- /a.yaml\n${one}#- /b.yaml\n${two}`;

describe("fixes of a Service that selects nothing", () => {
  test("a typing error, in either direction", () => {
    const source = files(deployment(), service("app: wbe", "80"));
    checkFix(source, "Change selector to app: web", { "/b.yaml": service("app: web", "80") });
    checkFix(source, "Change the label of Deployment web to app: wbe", {
      "/a.yaml": deployment("app: wbe", "", "app: wbe"),
    });
  });

  test("the value stands under another key, in either direction", () => {
    const source = files(deployment("run: web", "", "run: web"), service("app: web", "80"));
    checkFix(source, "Change the key in the selector to run", { "/b.yaml": service("run: web", "80") });
    checkFix(source, "Change the key of the label of Deployment web to app", { "/a.yaml": deployment() });
  });

  test("the label stands on the object instead of its template", () => {
    const wrong = deployment("tier: front", "", "tier: front").replace(
      "  namespace: shop\n",
      "  namespace: shop\n  labels: {app: web}\n",
    );
    checkFix(files(wrong, service("app: web", "80")), "Give the pods of Deployment web the label app=web", {
      "/a.yaml": wrong.replace("tier: front # the label", "tier: front # the label\n        app: web"),
    });
  });

  test("another namespace", () => {
    checkFix(
      files(deployment(), service("app: web", "80").replace("namespace: shop", "namespace: shp")),
      "Move Service web to namespace shop",
      { "/b.yaml": service("app: web", "80") },
    );
  });
});

describe("fixes of ports and names", () => {
  test("a targetPort without a named port: the name, or the number", () => {
    const source = files(deployment("app: web", withPort), service());
    checkFix(source, "Name port 8080 of Deployment web http", {
      "/a.yaml": deployment("app: web", withPort.replace("# the port", "# the port\n              name: http")),
    });
    checkFix(source, "Change targetPort to 8080", { "/b.yaml": service("app: web", "8080") });
  });

  test("an unknown field with a near name, a number in quotes", () => {
    const text = deployment();
    checkFix(text.replace("replicas:", "replica:"), "Change replica to replicas", { "/main.yaml": text });
    checkFix(text.replace("replicas: 3", 'replicas: "3"'), "Take 3 out of its quotes", { "/main.yaml": text });
  });

  test("selector and template do not agree, in either direction", () => {
    const source = deployment("app: wbe");
    checkFix(source, "Give the pod template the labels of the selector", { "/main.yaml": deployment() });
    checkFix(source, "Change the selector to the labels of the pod template", {
      "/main.yaml": deployment("app: wbe", "", "app: wbe"),
    });
  });

  test("a missing selector is taken from the template", () => {
    const text = deployment().replace("  selector:\n    matchLabels:\n      app: web\n", "");
    checkFix(text, "Select the labels of the pod template", {
      "/main.yaml": `${text}  selector:\n    matchLabels:\n      app: web\n`,
    });
  });

  test("an object without a line between it and the next", () => {
    const text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";
    checkFix(text + text.replace("name: a", "name: b"), "Begin a new document before the second apiVersion", {
      "/main.yaml": `${text}---\n${text.replace("name: a", "name: b")}`,
    });
  });

  test("objects of one name, by their place", () => {
    const text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";
    checkFix(`${text}---\n${text}`, "Change the name to a-2", {
      "/main.yaml": `${text}---\n${text.replace("name: a", "name: a-2")}`,
    });
  });

  test("the Service of a StatefulSet", () => {
    const set = `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  selector:
    matchLabels: {app: db}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: db}]}
`;
    checkFix(set, "Create the headless Service db", {
      "/main.yaml": `${set}---\napiVersion: v1\nkind: Service\nmetadata:\n  name: db\nspec:\n  clusterIP: None\n  selector:\n    app: db\n`,
    });
  });
});

describe("fixing all", () => {
  const two = `${deployment().replace("replicas:", "replica:")}---\n${deployment().replace("replicas:", "replica:").replace("name: web", "name: two")}`;

  test("of one code, and of the file", () => {
    const titles = actionTitles(two.replace("  replica:", "  repl«|»ica:"));
    assert.ok(titles.includes("quickfix: Fix all schema/unknown-field in this file"), titles.join("\n"));
    assert.ok(
      titles.includes("source.fixAll.drydock: Fix everything in this file that has a clear fix"),
      titles.join("\n"),
    );
    checkAction(two.replace("  replica:", "  repl«|»ica:"), "Fix all schema/unknown-field in this file", {
      "/main.yaml": two.replaceAll("replica:", "replicas:"),
    });
  });

  test("of several codes at once, also away from the findings for the menu of the source", () => {
    const source = two.replace("replicas: 3 # three", 'replicas: "3" # three').replace("kind: Depl", "kind: De«|»pl");
    assert.deepEqual(
      actionTitles(source).filter((title) => title.startsWith("quickfix")),
      [],
    );
    checkAction(source, "Fix everything in this file that has a clear fix", {
      "/main.yaml": two.replaceAll("replica:", "replicas:"),
    });
  });
});

describe("refactorings", () => {
  test("a Service, a headless one and a budget for a workload, behind its document", () => {
    const text = deployment("app: web", withPort.replace("containerPort", "name: http\n              containerPort"));
    const source = text.replace("name: web", "name: we«|»b");
    const head = (kind: string, name: string, version = "v1"): string =>
      `${text}---\napiVersion: ${version}\nkind: ${kind}\nmetadata:\n  name: ${name}\n  namespace: shop\nspec:\n`;
    const port = "  ports:\n    - name: http\n      port: 8080\n      targetPort: http\n";
    checkAction(source, "Create a Service for Deployment web", {
      "/main.yaml": `${head("Service", "web")}  selector:\n    app: web\n${port}`,
    });
    checkAction(source, "Create a headless Service for Deployment web", {
      "/main.yaml": `${head("Service", "web-headless")}  selector:\n    app: web\n  clusterIP: None\n${port}`,
    });
    checkAction(source, "Create a PodDisruptionBudget for Deployment web", {
      "/main.yaml": `${head("PodDisruptionBudget", "web", "policy/v1")}  maxUnavailable: 1\n  selector:\n    matchLabels:\n      app: web\n`,
    });
  });

  test("none that is there already", () => {
    const titles = actionTitles(
      files(deployment("app: web", withPort).replace("name: web", "name: we«|»b"), service("app: web", "8080")),
    );
    assert.ok(!titles.some((title) => title.includes("Create a Service")), titles.join("\n"));
  });

  test("a name for a port, in the container and in every Service that uses the number", () => {
    checkAction(
      files(deployment("app: web", withPort.replace("8080", "80«|»80")), service("app: web", "8080")),
      "Name port 8080 http, also in 1 Service ports",
      {
        "/a.yaml": deployment("app: web", withPort.replace("# the port", "# the port\n              name: http")),
        "/b.yaml": service("app: web", "http"),
      },
    );
  });

  test("matchLabels and matchExpressions", () => {
    const text = deployment("app: web", "", "app: web # which");
    const lines = "    matchExpressions:\n      - {key: app, operator: In, values: [web]} # which\n";
    const turned = text.replace("    matchLabels:\n      app: web # which\n", lines);
    checkAction(text.replace("matchLabels", "match«|»Labels"), "Turn matchLabels into matchExpressions", {
      "/main.yaml": turned,
    });
    checkAction(turned.replace("matchExpr", "match«|»Expr"), "Turn matchExpressions into matchLabels", {
      "/main.yaml": text,
    });
    const flow = text.replace("    matchLabels:\n      app: web # which\n", "    matchLabels: {app: web}\n");
    checkAction(flow.replace("matchLabels", "match«|»Labels"), "Turn matchLabels into matchExpressions", {
      "/main.yaml": text.replace(
        "    matchLabels:\n      app: web # which\n",
        "    matchExpressions:\n      - key: app\n        operator: In\n        values:\n          - web\n",
      ),
    });
  });
});

describe("an object without apiVersion", () => {
  const text = "kind: Deployment\nmetadata:\n  name: web\n";

  test("is found by its kind, and gets the line", () => {
    checkDiagnostics(text.replace("Deployment", "Deployment # want[api/missing-version] has no apiVersion"));
    assert.ok(
      actionTitles(text.replace("kind", "ki«|»nd")).some((title) => title.startsWith("quickfix: Add apiVersion")),
    );
    checkAction(text.replace("kind", "ki«|»nd"), "Add apiVersion: apps/v1", {
      "/main.yaml": `apiVersion: apps/v1\n${text}`,
    });
  });

  test("other texts are left alone", () => {
    for (const other of [
      "kind: Deployment\nname: web\n",
      "kind: Widget\nmetadata:\n  name: web\n",
      "kind: Deployment\nmetadata:\n  name: {{ .Values.name }}\n",
      "a:\n  kind: Deployment\n  metadata:\n    name: web\n",
    ])
      checkDiagnostics(other);
  });
});

describe("fixes of what is missing", () => {
  test("neither selector nor labels", () => {
    const text = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers: [{name: web, image: web}] # one
`;
    checkFix(text, "Give the pods the label app: web, and select it", {
      "/main.yaml": `${text}    metadata:\n      labels:\n        app: web\n  selector:\n    matchLabels:\n      app: web\n`,
    });
  });

  test("the values that the API server names", () => {
    const text = `apiVersion: batch/v1
kind: Job
metadata: {name: once}
spec:
  template:
    spec:
      containers: [{name: task, image: task}]
`;
    checkFix(text, "Add restartPolicy: Never", { "/main.yaml": `${text}      restartPolicy: Never\n` });
  });

  test("a missing field of an item is named as the API server names it", () => {
    checkDiagnostics(`apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: a}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: a}
subjects:
  - {kind: ServiceAccount, name: a} # want[api/required] ClusterRoleBinding a: subjects[0].namespace: Required value
`);
  });
});
