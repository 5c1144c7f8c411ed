import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { JsonObject } from "../../../server/src/base/json.ts";
import { refusalsOfUpdate } from "../../../server/src/kubernetes/validate/update.ts";

function refusals(apiVersion: string, kind: string, before: JsonObject, after: JsonObject): readonly string[] {
  const whole = (rest: JsonObject): JsonObject => ({ apiVersion, kind, metadata: { name: "x" }, ...rest });
  return refusalsOfUpdate(whole(before), whole(after)).map(({ field, message }) => `${field}: ${message}`);
}

const selector = (app: string): JsonObject => ({ spec: { selector: { matchLabels: { app } }, replicas: app.length } });

describe("updates that the API server refuses", () => {
  test("the selector of a Deployment", () => {
    assert.deepEqual(refusals("apps/v1", "Deployment", selector("web"), selector("api2")), [
      'spec.selector: Invalid value: {"matchLabels":{"app":"api2"}}: field is immutable',
    ]);
    assert.deepEqual(
      refusals("apps/v1", "Deployment", selector("web"), {
        spec: { selector: { matchLabels: { app: "web" } }, replicas: 9 },
      }),
      [],
    );
  });

  test("most of a StatefulSet's spec, but not its replicas and template", () => {
    const [message = ""] = refusals(
      "apps/v1",
      "StatefulSet",
      { spec: { serviceName: "a", replicas: 1 } },
      { spec: { serviceName: "b", replicas: 1 } },
    );
    assert.match(
      message,
      /^spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', .* and 'minReadySeconds' are forbidden$/,
    );
    assert.deepEqual(
      refusals(
        "apps/v1",
        "StatefulSet",
        { spec: { serviceName: "a", replicas: 1, template: { a: 1 } } },
        { spec: { serviceName: "a", replicas: 3, template: { a: 2 } } },
      ),
      [],
    );
  });

  test("a cluster address that was chosen once, unless the Service becomes an alias", () => {
    const address = (clusterIP: string, type = "ClusterIP"): JsonObject => ({ spec: { clusterIP, type } });
    assert.deepEqual(refusals("v1", "Service", address("10.96.0.1"), address("None")), [
      'spec.clusterIPs[0]: Invalid value: "None": may not change once set',
    ]);
    assert.deepEqual(refusals("v1", "Service", address("10.96.0.1"), address("", "ExternalName")), []);
    assert.deepEqual(refusals("v1", "Service", address(""), address("10.96.0.1")), []);
  });

  test("data of an immutable ConfigMap", () => {
    assert.deepEqual(
      refusals("v1", "ConfigMap", { immutable: true, data: { a: "1" } }, { immutable: true, data: { a: "2" } }),
      ["data: Forbidden: field is immutable when `immutable` is set"],
    );
    assert.deepEqual(refusals("v1", "ConfigMap", { data: { a: "1" } }, { data: { a: "2" } }), []);
  });

  test("the role of a binding", () => {
    assert.equal(
      refusals("rbac.authorization.k8s.io/v1", "RoleBinding", { roleRef: { name: "a" } }, { roleRef: { name: "b" } })
        .length,
      1,
    );
  });

  test("absent, null and empty are the same, wrong types do no harm", () => {
    assert.deepEqual(refusals("batch/v1", "Job", { spec: { podFailurePolicy: null } }, { spec: {} }), []);
    for (const spec of [null, 1, [], "x"])
      assert.ok(Array.isArray(refusals("apps/v1", "StatefulSet", { spec }, { spec: { serviceName: "b" } })));
  });
});
