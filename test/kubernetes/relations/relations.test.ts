import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { JsonObject } from "../../../server/src/base/json.ts";
import { mentionsIn, relations } from "../../../server/src/kubernetes/relations/relations.ts";

function mentions(object: JsonObject): readonly string[] {
  return [...mentionsIn(object)].map(
    ({ relation, path, value }) =>
      `${relation.row.id}: ${path.join(".")} = ${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
}

describe("relations", () => {
  test("every row has its own id and a pattern with steps", () => {
    assert.equal(new Set(relations.map(({ row }) => row.id)).size, relations.length);
    assert.deepEqual(
      relations.filter(({ path }) => path.steps.length === 0 && path.site === undefined),
      [],
    );
  });

  test("a Deployment's pod spec is found where a Deployment keeps it", () => {
    const found = mentions({
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "web" },
      spec: {
        template: {
          spec: {
            serviceAccountName: "robot",
            containers: [{ name: "web", envFrom: [{ configMapRef: { name: "settings" } }] }],
          },
        },
      },
    });
    assert.ok(
      found.includes("pod.serviceAccount: spec.template.spec.serviceAccountName = robot") ||
        found.some((each) => each.endsWith("serviceAccountName = robot")),
    );
    assert.ok(found.some((each) => each.endsWith("envFrom.0.configMapRef.name = settings")));
  });

  test("conditions hold for the same item", () => {
    const found = mentions({
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "RoleBinding",
      metadata: { name: "x" },
      subjects: [
        { kind: "User", name: "anna" },
        { kind: "ServiceAccount", name: "robot" },
      ],
    });
    assert.deepEqual(
      found.filter((each) => each.startsWith("roleBinding.subject:")),
      ["roleBinding.subject: subjects.1.name = robot"],
    );
  });

  test("a key of a ConfigMap knows the ConfigMap beside it", () => {
    const object: JsonObject = {
      apiVersion: "v1",
      kind: "Pod",
      spec: {
        containers: [
          {
            name: "a",
            env: [
              { name: "X", valueFrom: { configMapKeyRef: { name: "one", key: "k" } } },
              { name: "Y", valueFrom: { configMapKeyRef: { name: "two", key: "l" } } },
            ],
          },
        ],
      },
    };
    const keys = [...mentionsIn(object)].filter(({ relation }) => relation.row.id === "env.configMapKeyRef.key");
    assert.deepEqual(
      keys.map(({ value, relation, beside }) => [value, ...beside(object, relation.via!).map((match) => match.value)]),
      [
        ["k", "one"],
        ["l", "two"],
      ],
    );
  });

  test("objects of wrong types have no mentions, and none fails", () => {
    for (const kind of ["Deployment", "Service", "Ingress", "RoleBinding"]) {
      for (const spec of [null, 1, "x", [1], { template: [] }, { template: { spec: { containers: "x" } } }])
        mentions({ apiVersion: "apps/v1", kind, metadata: null, spec });
    }
  });
});
