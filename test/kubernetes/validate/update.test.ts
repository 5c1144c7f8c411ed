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
      'spec.clusterIPs[0]: Invalid value: ["None"]: may not change once set',
    ]);
    assert.deepEqual(refusals("v1", "Service", address("10.96.0.1"), address("", "ExternalName")), []);
    assert.deepEqual(refusals("v1", "Service", address(""), address("10.96.0.1")), []);
  });

  test("an address that the server has allocated stays where the new definition leaves it out, and can't be given up", () => {
    const written = (spec: JsonObject): JsonObject => ({ spec: { type: "ClusterIP", ...spec } });
    assert.deepEqual(refusals("v1", "Service", written({ clusterIP: "None" }), written({})), []);
    assert.deepEqual(refusals("v1", "Service", written({}), written({ clusterIP: "None" })), [
      'spec.clusterIPs[0]: Invalid value: ["None"]: may not change once set',
    ]);
  });

  test("the secondary family of a Service, unless its policy says so", () => {
    const families = (ipFamilies: readonly string[], ipFamilyPolicy: string): JsonObject => ({
      spec: { type: "ClusterIP", ipFamilies, ipFamilyPolicy },
    });
    const both = families(["IPv4", "IPv6"], "RequireDualStack");
    assert.deepEqual(refusals("v1", "Service", both, families(["IPv4"], "SingleStack")), []);
    assert.deepEqual(refusals("v1", "Service", both, families(["IPv4"], "PreferDualStack")), [
      `spec.ipFamilyPolicy: Invalid value: "PreferDualStack": must be set to 'SingleStack' when releasing the secondary ipFamily`,
    ]);
    assert.deepEqual(refusals("v1", "Service", both, families(["IPv6", "IPv4"], "RequireDualStack")).length, 2);
  });

  test("the class of a load balancer", () => {
    const balancer = (loadBalancerClass?: string): JsonObject => ({
      spec: { type: "LoadBalancer", ...(loadBalancerClass === undefined ? {} : { loadBalancerClass }) },
    });
    assert.equal(refusals("v1", "Service", balancer(), balancer("example.com/lb")).length, 1);
    assert.equal(refusals("v1", "Service", balancer("example.com/lb"), { spec: { type: "ClusterIP" } }).length, 0);
  });

  test("all of a Pod but its images, its deadline and more tolerations", () => {
    const pod = (spec: JsonObject): JsonObject => ({
      spec: { containers: [{ name: "web", image: "web:1" }], ...spec },
    });
    const plain = pod({});
    assert.deepEqual(refusals("v1", "Pod", plain, pod({ containers: [{ name: "web", image: "web:2" }] })), []);
    assert.deepEqual(refusals("v1", "Pod", plain, pod({ tolerations: [{ operator: "Exists" }] })), []);
    assert.deepEqual(refusals("v1", "Pod", plain, pod({ containers: [] })), [
      "spec.containers: Forbidden: pod updates may not add or remove containers",
    ]);
    assert.match(
      refusals("v1", "Pod", plain, pod({ nodeName: "a" })).join(),
      /^spec: Forbidden: pod updates may not change fields other than `spec.containers\[\*\].image`/,
    );
    assert.deepEqual(refusals("v1", "Pod", pod({ activeDeadlineSeconds: 9 }), pod({ activeDeadlineSeconds: 10 })), [
      "spec.activeDeadlineSeconds: Invalid value: 10: must be less than or equal to previous value",
    ]);
  });

  test("a claim's size may change, its class may be set once", () => {
    const claim = (storage: string, rest: JsonObject = {}): JsonObject => ({
      spec: { resources: { requests: { storage } }, ...rest },
    });
    assert.deepEqual(
      refusals("v1", "PersistentVolumeClaim", claim("1Gi"), claim("2Gi", { storageClassName: "fast" })),
      [],
    );
    const [fast, slow] = ["fast", "slow"].map((storageClassName) => claim("1Gi", { storageClassName }));
    assert.equal(refusals("v1", "PersistentVolumeClaim", fast ?? {}, slow ?? {}).length, 1);
  });

  test("claims of a StatefulSet are the same with their kind and without", () => {
    const set = (claim: JsonObject): JsonObject => ({ spec: { volumeClaimTemplates: [claim] } });
    const plain = { metadata: { name: "data" }, spec: { accessModes: ["ReadWriteOnce"] } };
    const named = { apiVersion: "v1", kind: "PersistentVolumeClaim", ...plain };
    assert.deepEqual(refusals("apps/v1", "StatefulSet", set(plain), set(named)), []);
    assert.equal(refusals("apps/v1", "StatefulSet", set(plain), set({ ...named, spec: {} })).length, 1);
  });

  test("where a volume is, but not how much it holds", () => {
    const volume = (path: string, storage: string): JsonObject => ({
      spec: { capacity: { storage }, local: { path } },
    });
    assert.deepEqual(refusals("v1", "PersistentVolume", volume("/a", "1Gi"), volume("/a", "2Gi")), []);
    assert.deepEqual(refusals("v1", "PersistentVolume", volume("/a", "1Gi"), volume("/b", "1Gi")), [
      "spec.persistentvolumesource: Forbidden: spec.persistentvolumesource is immutable after creation",
    ]);
  });

  test("the scopes of a quota, in any order", () => {
    const quota = (...scopes: readonly string[]): JsonObject => ({ spec: { scopes } });
    const before = quota("BestEffort", "NotTerminating");
    assert.deepEqual(refusals("v1", "ResourceQuota", before, quota("NotTerminating", "BestEffort")), []);
    assert.equal(refusals("v1", "ResourceQuota", before, quota("BestEffort")).length, 1);
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
