import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  checkFolds,
  checkInlayHints,
  checkSelection,
  checkTokens,
  documentLinkTexts,
  lensTitles,
  symbolLines,
  workspaceSymbolNames,
} from "./check.ts";

const deployment = (name: string, label: string, replicas = "replicas: 3"): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop}
spec:
  ${replicas}
  strategy: {type: Recreate}
  selector: {matchLabels: {app: ${label}}}
  template:
    metadata: {labels: {app: ${label}}}
    spec:
      containers:
        - name: web
          image: web:1
          ports:
            - {name: http, containerPort: 8080}
`;

const service = `apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  type: ClusterIP
  selector:
    app: web
  ports:
    - {name: main, port: 80, targetPort: http}
`;

describe("inlay hints", () => {
  test("the number behind a targetPort, and the pods behind a selector", () => {
    checkInlayHints(
      `#- /a.yaml\n${deployment("web", "web")}#- /b.yaml\n${service.replace("selector:", "selector:«3 pods»").replace("targetPort: http", "targetPort: http«= 8080»")}`,
      "/b.yaml",
    );
    checkInlayHints(`#- /b.yaml\n${service.replace("selector:", "selector:«no pods»")}`, "/b.yaml");
  });

  test("the pods of budgets and policies, the number behind a backend", () => {
    checkInlayHints(
      `#- /a.yaml\n${deployment("web", "web")}#- /b.yaml\napiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: web, namespace: shop}\nspec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}«3 pods»}\n`,
      "/b.yaml",
    );
    checkInlayHints(
      `#- /a.yaml\n${service}#- /b.yaml\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web, namespace: shop}\nspec: {defaultBackend: {service: {name: web, port: {name: main«= 80»}}}}\n`,
      "/b.yaml",
    );
  });

  test("the namespace where none is written, and defaults that matter", () => {
    checkInlayHints(
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web«in default»}\nspec:«replicas: 1 · RollingUpdate 25%/25%»\n  selector: {}\n",
      "/main.yaml",
    );
    checkInlayHints(
      "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec:«type: ClusterIP»\n  ports: []\n",
      "/main.yaml",
    );
    checkInlayHints("apiVersion: v1\nkind: Namespace\nmetadata: {name: web}\n", "/main.yaml");
  });

  test("each kind can be switched off", () => {
    const off = { targetPorts: false, pods: false, namespaces: false, defaults: false };
    const text =
      "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  selector: {a: b}\n  ports: [{port: 1}]\n";
    checkInlayHints(text, "/main.yaml", { inlayHints: off });
    checkInlayHints(text.replace("name: web", "name: web«in default»"), "/main.yaml", {
      inlayHints: { ...off, namespaces: true },
    });
  });
});

describe("code lens on workloads", () => {
  test("says who selects, scales and protects it", () => {
    const others = `---
apiVersion: v1
kind: Service
metadata: {name: web-canary, namespace: shop}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web, namespace: shop}
spec: {minReplicas: 2, maxReplicas: 10, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web, namespace: shop}
spec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}}
`;
    assert.deepEqual(lensTitles(`#- /a.yaml\n${deployment("web", "web")}#- /b.yaml\n${service}${others}`, "/a.yaml"), [
      "1: selected by web and web-canary · HPA 2-10 · PDB 1",
      "1: rollout",
    ]);
    assert.deepEqual(lensTitles(`#- /a.yaml\n${deployment("web", "web")}`, "/a.yaml"), ["1: rollout"]);
  });
});

describe("symbols", () => {
  test("objects with containers and ports, and what they come to", () => {
    assert.deepEqual(symbolLines(`${deployment("web", "web")}---\n${service}`, "/main.yaml"), [
      "object Deployment web (3 pods) @3",
      "  container web (web:1) @12",
      "    port http (8080) @15",
      "object Service web (3 pods) @19",
      "  port main (80 → http) @25",
    ]);
  });

  test("keys of ConfigMaps and hosts of an Ingress", () => {
    const config = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {one: x, two: y}\n";
    const ingress =
      "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a}\nspec: {rules: [{host: a.b, http: {paths: [{path: /x}]}}]}\n";
    assert.deepEqual(symbolLines(`${config}---\n${ingress}`, "/main.yaml"), [
      "object ConfigMap a @3",
      "  key one @4",
      "  key two @4",
      "object Ingress a @8",
      "  host a.b (/x) @9",
    ]);
  });

  test("objects of the workspace, by the letters of kind and name", () => {
    const source = `#- /a.yaml\n${deployment("web", "web")}#- /b.yaml\n${service}#- /c.yaml\n${deployment("other-web", "x")}`;
    assert.deepEqual(workspaceSymbolNames(source, ""), ["Deployment web", "Service web", "Deployment other-web"]);
    assert.deepEqual(workspaceSymbolNames(source, "web"), ["Deployment web", "Service web", "Deployment other-web"]);
    assert.deepEqual(workspaceSymbolNames(source, "srvweb"), ["Service web"]);
    assert.deepEqual(workspaceSymbolNames(source, "nothing"), []);
  });
});

describe("folding", () => {
  test("documents, blocks, texts and comments", () => {
    checkFolds(
      `# one\n# two\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  text: |\n    a\n    b\n---\napiVersion: v1\nkind: Service\nspec:\n  ports:\n  - port: 1\n    name: a\n`,
      ["1-10", "5-6", "7-10", "8-10", "11-17", "14-17", "15-17", "16-17"],
    );
  });

  test("groups of comments between blocks", () => {
    checkFolds("apiVersion: v1\nkind: ConfigMap\n# one\n# two\ndata: {}\n", ["comment 3-4"]);
  });

  test("texts that are not read fold by their indentation", () => {
    checkFolds("apiVersion: v1\nkind: {{ .Kind }}\nspec:\n  a:\n    b: c\n  d: e\nf: g\n", ["3-6", "4-5"]);
  });
});

describe("selection ranges", () => {
  test("grow from the word to the file", () => {
    checkSelection("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: 'a«|»b'\n", [
      "ab",
      "'ab'",
      "name: 'ab'",
      "metadata:\n  name: 'ab'",
      "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: 'ab'",
      "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: 'ab'\n",
    ]);
  });

  test("outside of all documents there is the file", () => {
    checkSelection("a: b\n«|»", ["a: b\n"]);
  });
});

describe("document links", () => {
  test("paths of a kustomization lead to files, folders to their kustomization; URLs and patches do not", () => {
    const kustomization = `resources: [../base, deployment.yaml, "https://example.org/x.yaml", github.com/a/b?ref=v1]
patches:
  - path: 'patch.yaml'
  - patch: "{op: add}"
configMapGenerator:
  - name: a
    files: [app.properties, key=files/other.txt]
`;
    assert.deepEqual(
      documentLinkTexts(
        `#- /over/kustomization.yaml\n${kustomization}#- /base/kustomization.yaml\nresources: []\n`,
        "/over/kustomization.yaml",
      ),
      [
        "../base -> /base/kustomization.yaml",
        "deployment.yaml -> /over/deployment.yaml",
        "patch.yaml -> /over/patch.yaml",
        "app.properties -> /over/app.properties",
        "files/other.txt -> /over/files/other.txt",
      ],
    );
  });
});

describe("semantic tokens", () => {
  test("labels, ports and references, resolved or not", () => {
    checkTokens(`#- /a.yaml\n${deployment("web", "web")}#- /b.yaml\n${service}`, "/b.yaml", [
      "class. shop",
      "property.resolved app",
      "enumMember.resolved web",
      "variable.declaration main",
      "variable.resolved http",
    ]);
    checkTokens(`#- /b.yaml\n${service}`, "/b.yaml", [
      "class. shop",
      "property.unresolved app",
      "enumMember.unresolved web",
      "variable.declaration main",
      "variable.unresolved http",
    ]);
  });

  test("declarations of a workload, and the names of other objects", () => {
    const text = `apiVersion: v1
kind: Pod
metadata: {name: web, labels: {"app": web}}
spec:
  serviceAccountName: robot
  containers: [{name: web, image: web, envFrom: [{configMapRef: {name: config}}, {configMapRef: {name: lost}}]}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: config}
`;
    checkTokens(text, "/main.yaml", [
      "property.declaration app",
      "enumMember.declaration web",
      "class.unresolved robot",
      "class.resolved config",
      "class.unresolved lost",
    ]);
  });
});
