import { describe, test } from "node:test";
import { checkDiagnostics } from "./check.ts";

describe("documents that can't be read", () => {
  const conflict = `
apiVersion: v1
kind: Service
metadata:
  name: web
  nmespace: shop
spec:
<<<<<<< HEAD # want[yaml/conflict-markers:error] merge
  type: NodeType
=======
  type: LoadBalancer
>>>>>>> other
  ports: none
`;

  test("hold merge conflict markers: this is said once, and nothing else of the document", () => {
    checkDiagnostics(`#- /a.yaml${conflict}`);
    checkDiagnostics(`#- /a.yaml${conflict}`, { yamlSyntax: false });
  });

  test("a conflict that goes on behind a separator is told in both documents", () => {
    checkDiagnostics(`#- /a.yaml
apiVersion: v1
<<<<<<< HEAD # want[yaml/conflict-markers] merge
kind: Service
---
kind: Pod
>>>>>>> other # want[yaml/conflict-markers] merge
apiVersion: v1
`);
  });

  test("markers within a text are a text", () => {
    checkDiagnostics(`#- /a.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: help
data:
  conflict: |
    <<<<<<< HEAD
    =======
    >>>>>>> other
`);
  });

  test("aliases that expand to too much end the reading, at the value that is read once too often", () => {
    const lists = ["a", "b", "c", "d", "e", "f", "g", "h"].map((name, index, all) => {
      const entry = index === 0 ? "x" : `*${all[index - 1] ?? ""}`;
      return `  ${name}: &${name} [${Array<string>(10).fill(entry).join(", ")}]${index === 0 ? " # want[yaml/limit:warning] aliases" : ""}`;
    });
    checkDiagnostics(`#- /a.yaml
apiVersion: v1
kind: ConfigMap
metadata: { name: laughs }
data:
${lists.join("\n")}
`);
  });

  test("lists that are nested too deeply end the reading", () => {
    checkDiagnostics(`#- /a.yaml
apiVersion: v1
kind: ConfigMap
data: ${"[".repeat(600)}${"]".repeat(600)} # want[yaml/limit:warning] deep
`);
  });
});
