import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";

import { at, objectAt } from "../../server/src/base/json.ts";
import type { JsonObject } from "../../server/src/base/json.ts";
import { withDefaults } from "../../server/src/kubernetes/defaults/with-defaults.ts";

const recordings = join(import.meta.dirname, "../conformance/functions/defaults.jsonl");

describe("defaults", () => {
  test("of a rolling update are filled in one by one", () => {
    const found = withDefaults({
      apiVersion: "apps/v1",
      kind: "Deployment",
      spec: { strategy: { rollingUpdate: { maxSurge: 1 } } },
    });
    assert.deepEqual(at(found, "spec", "strategy"), {
      type: "RollingUpdate",
      rollingUpdate: { maxSurge: 1, maxUnavailable: "25%" },
    });
  });

  test("of another strategy have no numbers", () => {
    const found = withDefaults({
      apiVersion: "apps/v1",
      kind: "DaemonSet",
      spec: { updateStrategy: { type: "OnDelete" } },
    });
    assert.deepEqual(at(found, "spec", "updateStrategy"), { type: "OnDelete" });
  });

  test("of requests are the limits, in Pods but not in templates", () => {
    const spec = { containers: [{ name: "a", resources: { limits: { cpu: 1 } } }] };
    const pod = withDefaults({ apiVersion: "v1", kind: "Pod", spec });
    assert.deepEqual(at(pod, "spec", "containers", 0, "resources"), { limits: { cpu: "1" }, requests: { cpu: "1" } });
    const replicaSet = withDefaults({ apiVersion: "apps/v1", kind: "ReplicaSet", spec: { template: { spec } } });
    assert.equal(objectAt(replicaSet, "spec", "template", "spec", "containers", 0, "resources", "requests"), undefined);
  });

  test("of a whole pod add up its containers and the largest of its init containers", () => {
    const requests = (cpu: string): JsonObject => ({ resources: { requests: { cpu } } });
    const spec = {
      resources: { limits: { cpu: "10", memory: "1Gi" } },
      containers: [requests("1"), requests("500m")],
      initContainers: [{ ...requests("100m"), restartPolicy: "Always" }, requests("3")],
    };
    const pod = withDefaults({ apiVersion: "v1", kind: "Pod", spec });
    assert.deepEqual(at(pod, "spec", "resources", "requests"), { cpu: "3100m", memory: "1Gi" });
  });

  test("come without what Go does not write", () => {
    const env = [{ name: "A", value: "" }];
    const containers = [{ name: "a", env, ports: [{ name: "", containerPort: 80 }], resources: { limits: {} } }];
    const pod = withDefaults({
      apiVersion: "v1",
      kind: "Pod",
      spec: { hostNetwork: false, nodeSelector: {}, containers },
    });
    assert.deepEqual(at(pod, "metadata"), {});
    assert.equal(at(pod, "spec", "hostNetwork"), undefined);
    assert.equal(at(pod, "spec", "nodeSelector"), undefined);
    assert.deepEqual(at(pod, "spec", "containers", 0, "env"), [{ name: "A" }]);
    assert.deepEqual(at(pod, "spec", "containers", 0, "ports"), [{ containerPort: 80, protocol: "TCP" }]);
    assert.deepEqual(at(pod, "spec", "containers", 0, "resources"), {});
    const configMap = withDefaults({ apiVersion: "v1", kind: "ConfigMap", data: { empty: null }, immutable: null });
    assert.deepEqual(configMap, { apiVersion: "v1", kind: "ConfigMap", metadata: {}, data: { empty: "" } });
  });

  test("leave other kinds, and values of wrong types, alone", () => {
    const custom = { apiVersion: "example.com/v1", kind: "Thing", spec: { replicas: null } };
    assert.equal(withDefaults(custom), custom);
    const odd = withDefaults({
      apiVersion: "v1",
      kind: "Service",
      metadata: null,
      spec: { ports: "80", selector: ["a"] },
    });
    assert.equal(at(odd, "spec", "ports"), "80");
    assert.equal(at(odd, "spec", "type"), "ClusterIP");
    assert.equal(withDefaults({ apiVersion: "v1", kind: "Pod", spec: 5 })["spec"], 5);
  });

  test("change nothing the second time", () => {
    for (const line of readFileSync(recordings, "utf8").trim().split("\n")) {
      const once = withDefaults((JSON.parse(line) as { in: JsonObject }).in);
      assert.deepEqual(withDefaults(once), once);
    }
  });
});
