import assert from "node:assert/strict";
import { describe, test } from "node:test";

import fc from "fast-check";

import type { JsonObject } from "../../server/src/base/json.ts";
import { objectAt, textAt, textMapAt } from "../../server/src/base/json.ts";
import { podsOfObjects } from "../../server/src/simulation/adoption.ts";
import { generatePods, podCount, podsOf } from "../../server/src/simulation/pods.ts";
import { nodes, workload } from "./cluster.ts";

const namesOf = (object: JsonObject): readonly string[] => podsOf(object, { nodes }).map(({ name }) => name);

describe("pods of a workload", () => {
  test("have invented names where the control plane invents them", () => {
    assert.deepEqual(namesOf(workload("Deployment", "web", { replicas: 2 })), ["web-<1>", "web-<2>"]);
    assert.deepEqual(namesOf(workload("ReplicaSet", "web")), ["web-<1>"]);
    const roles = podsOf(workload("Deployment", "web", { replicas: 1 }), { nodes, role: "new" });
    assert.equal(roles[0]?.name, "web-<new>-<1>");
  });

  test("of a StatefulSet count from ordinals.start and have names of their own in DNS", () => {
    const pods = podsOf(workload("StatefulSet", "db", { replicas: 2, serviceName: "peers", ordinals: { start: 3 } }), {
      nodes,
    });
    assert.deepEqual(
      pods.map(({ name, ordinal }) => [name, ordinal]),
      [
        ["db-3", 3],
        ["db-4", 4],
      ],
    );
    const [first] = pods;
    assert.equal(textAt(first?.object, "spec", "hostname"), "db-3");
    assert.equal(textAt(first?.object, "spec", "subdomain"), "peers");
    assert.deepEqual(textMapAt(first?.object, "metadata", "labels"), {
      app: "db",
      "apps.kubernetes.io/pod-index": "3",
      "controller-revision-hash": "<hash>",
      "statefulset.kubernetes.io/pod-name": "db-3",
    });
  });

  test("of a DaemonSet stand on one node each", () => {
    const pods = podsOf(workload("DaemonSet", "log"), { nodes });
    assert.deepEqual(
      pods.map(({ object }) => textAt(object, "spec", "nodeName")),
      ["node-1", "node-2", "node-3"],
    );
  });

  test("of a Job are those that run at a time, and carry its labels", () => {
    assert.equal(podCount(workload("Job", "once", { parallelism: 5, completions: 3 }), nodes), 3);
    assert.equal(podCount(workload("Job", "once", { parallelism: 2 }), nodes), 2);
    assert.equal(podCount(workload("Job", "once", { suspend: true }), nodes), 0);
    const [pod] = podsOf(workload("Job", "once", { completionMode: "Indexed" }), { nodes });
    assert.equal(textMapAt(pod?.object, "metadata", "labels")["job-name"], "once");
    assert.equal(textAt(pod?.object, "spec", "hostname"), "once-0");
    assert.equal(namesOf(workload("CronJob", "nightly"))[0], "nightly-<1>");
  });

  test("of the host network have their node's address", () => {
    const [pod] = podsOf(workload("Deployment", "web", {}, { hostNetwork: true }), { nodes });
    assert.equal(textAt(pod?.object, "status", "podIP"), "<nodeIP of node-1>");
  });

  test("are made one by one, so that a million costs nothing", () => {
    const huge = workload("Deployment", "web", { replicas: 1_000_000 });
    assert.equal(podCount(huge, nodes), 1_000_000);
    const [first] = generatePods(huge, { nodes });
    assert.equal(first?.name, "web-<1>");
    assert.equal(podsOf(huge, { nodes, limit: 3 }).length, 3);
  });

  test("of anything that makes none are none", () => {
    assert.deepEqual(namesOf({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "x" } }), []);
    assert.deepEqual(namesOf({ apiVersion: "example.com/v1", kind: "Rollout", spec: { template: {} } }), []);
  });

  test("never throw, whatever the object", () => {
    const kinds = fc.constantFrom("Deployment", "StatefulSet", "DaemonSet", "Job", "Pod");
    const json = fc.jsonValue({ maxDepth: 4 });
    const property = fc.property(kinds, json, json, (kind, metadata, spec) => {
      const apiVersion = kind === "Pod" ? "v1" : kind === "Job" ? "batch/v1" : "apps/v1";
      const object = JSON.parse(JSON.stringify({ apiVersion, kind, metadata, spec })) as JsonObject;
      assert.ok(podsOf(object, { nodes, limit: 5 }).length <= 5);
    });
    fc.assert(property, { seed: 7 });
  });
});

describe("pods of objects that are applied together", () => {
  const bare: JsonObject = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "first", namespace: "shop", labels: { app: "web" } },
    spec: { containers: [] },
  };

  test("a ReplicaSet takes a bare pod that it selects and makes only the rest", () => {
    const set = workload("ReplicaSet", "web", { replicas: 2, selector: { matchLabels: { app: "web" } } });
    const pods = podsOfObjects([bare, set], { nodes });
    assert.deepEqual(
      pods.map(({ name, workload: owner }) => [name, owner.kind]),
      [
        ["first", "ReplicaSet"],
        ["web-<1>", "ReplicaSet"],
      ],
    );
  });

  test("neither a Deployment nor a pod with a controller is touched", () => {
    const owned = { ...bare, metadata: { ...objectAt(bare, "metadata"), ownerReferences: [{ controller: true }] } };
    const set = workload("ReplicaSet", "web", { selector: { matchLabels: { app: "web" } } });
    assert.equal(podsOfObjects([owned, set], { nodes }).length, 2);
    assert.equal(podsOfObjects([bare, workload("Deployment", "web")], { nodes })[0]?.workload.kind, "Pod");
  });
});
