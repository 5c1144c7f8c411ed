import assert from "node:assert/strict";
import { describe, test } from "node:test";

import type { JsonObject } from "../../server/src/base/json.ts";
import { findPort, reachablePorts } from "../../server/src/kubernetes/find-port.ts";
import { imageTag } from "../../server/src/kubernetes/image-reference.ts";
import { matchesRequiredNodeAffinity, preferredNodeAffinityScore } from "../../server/src/kubernetes/node-affinity.ts";
import { deletionOrder } from "../../server/src/kubernetes/pod-deletion-order.ts";
import { isPodAvailable, podRow } from "../../server/src/kubernetes/pod-status.ts";
import { rolloutStatus } from "../../server/src/kubernetes/rollout-status.ts";
import { daemonDecision, toleratesTaint } from "../../server/src/kubernetes/taints.ts";
import { parseTimestamp } from "../../server/src/kubernetes/time.ts";

const now = parseTimestamp("2026-01-15T12:00:00Z") ?? 0;

describe("the port of a Service on a pod", () => {
  const pod = {
    spec: {
      initContainers: [
        { name: "setup", ports: [{ name: "http", containerPort: 1 }] },
        { name: "proxy", restartPolicy: "Always", ports: [{ name: "http", containerPort: 2 }] },
      ],
      containers: [
        { name: "dns", ports: [{ name: "http", containerPort: 3, protocol: "UDP" }] },
        { name: "web", ports: [{ name: "http", containerPort: 4 }] },
      ],
    },
  };

  test("is that of the first container that agrees in name and protocol", () => {
    assert.equal(findPort(pod, { port: 80, targetPort: "http" }).value, 4);
    assert.equal(findPort(pod, { port: 80, targetPort: "http", protocol: "UDP" }).value, 3);
    assert.equal(findPort(pod, { port: 80, targetPort: "http", protocol: "SCTP" }).value, undefined);
  });

  test("comes from a sidecar where no container has it, never from another init container", () => {
    const { initContainers } = pod.spec;
    assert.equal(findPort({ spec: { initContainers } }, { port: 80, targetPort: "http" }).value, 2);
    assert.deepEqual(
      reachablePorts({ spec: { initContainers } }).map(({ port }) => port),
      [{ name: "http", containerPort: 2 }],
    );
  });

  test("is the port itself without a target, and any number as it is", () => {
    assert.equal(findPort(pod, { port: 80 }).value, 80);
    assert.equal(findPort(pod, { port: 80, targetPort: 9999 }).value, 9999);
    assert.equal(findPort(pod, { port: 80, targetPort: "8080" }).value, undefined);
  });
});

describe("a pod's row", () => {
  const row = (
    status: JsonObject,
    metadata: JsonObject = {},
    spec: JsonObject = { containers: [{ name: "a" }] },
  ): string => {
    const { ready, status: text, restarts } = podRow({ metadata, spec, status });
    return `${ready} ${text} ${restarts}`;
  };
  const running = { name: "a", ready: true, restartCount: 1, state: { running: {} } };
  const completed = {
    name: "b",
    ready: false,
    restartCount: 0,
    state: { terminated: { exitCode: 0, reason: "Completed" } },
  };

  test("shows the phase until containers have more to say", () => {
    assert.equal(row({ phase: "Pending" }), "0/1 Pending 0");
    const waiting = { name: "a", restartCount: 7, state: { waiting: { reason: "CrashLoopBackOff" } } };
    assert.equal(row({ phase: "Running", containerStatuses: [waiting] }), "0/1 CrashLoopBackOff 7");
  });

  test("of a completed container beside a running one depends on readiness", () => {
    const status = { phase: "Running", containerStatuses: [completed, running] };
    assert.equal(row(status), "1/1 NotReady 1");
    assert.equal(row({ ...status, conditions: [{ type: "Ready", status: "True" }] }), "1/1 Running 1");
  });

  test("counts the unfinished init container", () => {
    const spec = { containers: [{ name: "a" }], initContainers: [{ name: "i" }, { name: "j" }] };
    const initContainerStatuses = [
      { name: "i", restartCount: 2, state: { terminated: { exitCode: 0 } } },
      { name: "j", restartCount: 0, state: { running: {} } },
    ];
    assert.equal(row({ phase: "Pending", initContainerStatuses }, {}, spec), "0/1 Init:1/2 2");
  });

  test("of a deleted pod is Terminating unless it is through", () => {
    const metadata = { deletionTimestamp: "2026-01-15T12:00:00Z" };
    assert.equal(row({ phase: "Running" }, metadata), "0/1 Terminating 0");
    assert.equal(row({ phase: "Succeeded" }, metadata), "0/1 Succeeded 0");
    assert.equal(row({ phase: "Running", reason: "NodeLost" }, metadata), "0/1 Unknown 0");
  });

  test("becomes available with the exact second", () => {
    const pod = {
      status: { conditions: [{ type: "Ready", status: "True", lastTransitionTime: "2026-01-15T11:59:50Z" }] },
    };
    assert.ok(isPodAvailable(pod, 10, now));
    assert.ok(!isPodAvailable(pod, 11, now));
    assert.ok(!isPodAvailable({ status: { conditions: [{ type: "Ready", status: "True" }] } }, 1, now));
  });
});

describe("the pods that a ReplicaSet deletes first", () => {
  const pod = (name: string, node: string, changes: JsonObject = {}): JsonObject => ({
    metadata: { name, uid: name, ...changes },
    spec: { nodeName: node },
    status: {
      phase: "Running",
      conditions: [{ type: "Ready", status: "True", lastTransitionTime: "2026-01-15T11:00:00Z" }],
    },
  });
  const order = (pods: readonly JsonObject[]): string =>
    deletionOrder(pods, pods, now)
      .map(({ metadata }) => (metadata as { name: string }).name)
      .join(" ");

  test("are those without a node, then those of low cost, then those that crowd a node", () => {
    const cost = { annotations: { "controller.kubernetes.io/pod-deletion-cost": "-1" } };
    const pods = [
      pod("lone", "n1"),
      pod("pair-a", "n2"),
      pod("pair-b", "n2"),
      pod("cheap", "n3", cost),
      pod("nowhere", ""),
    ];
    assert.equal(order(pods), "nowhere cheap pair-a pair-b lone");
  });

  test("ignore a cost that is no plain number", () => {
    const odd = { annotations: { "controller.kubernetes.io/pod-deletion-cost": "-01x" } };
    assert.equal(order([pod("b", "n1"), pod("a", "n2", odd)]), order([pod("b", "n1"), pod("a", "n2")]));
  });
});

describe("nodes", () => {
  test("are tolerated by key, value and effect, an empty one covering any", () => {
    const taint = { key: "gpu", value: "yes", effect: "NoSchedule" };
    assert.ok(toleratesTaint({ operator: "Exists" }, taint));
    assert.ok(toleratesTaint({ key: "gpu", value: "yes" }, taint));
    assert.ok(!toleratesTaint({ key: "gpu" }, taint));
    assert.ok(!toleratesTaint({ operator: "Exists", effect: "NoExecute" }, taint));
    assert.ok(!toleratesTaint({ key: "gpu", operator: "Lt", value: "9" }, { ...taint, value: "5" }));
  });

  test("under pressure keep the pods of DaemonSets", () => {
    const node = {
      metadata: { name: "n" },
      spec: { taints: [{ key: "node.kubernetes.io/memory-pressure", effect: "NoSchedule" }] },
    };
    assert.deepEqual(daemonDecision({}, node), { shouldRun: true, shouldContinueRunning: true });
    const reserved = { metadata: { name: "n" }, spec: { taints: [{ key: "reserved", effect: "NoSchedule" }] } };
    assert.deepEqual(daemonDecision({}, reserved), { shouldRun: false, shouldContinueRunning: true });
  });

  test("fit any term; an empty one fits nothing and a broken one is reported only when no other fits", () => {
    const node = { metadata: { name: "n", labels: { zone: "a" } } };
    const required = (...terms: readonly JsonObject[]): JsonObject => ({
      affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [...terms] } } },
    });
    const fits = { matchExpressions: [{ key: "zone", operator: "In", values: ["a"] }] };
    const broken = { matchExpressions: [{ key: "zone", operator: "Is", values: ["a"] }] };
    assert.equal(matchesRequiredNodeAffinity({}, node).value, true);
    assert.equal(matchesRequiredNodeAffinity(required({}), node).value, false);
    assert.equal(matchesRequiredNodeAffinity(required(broken, fits), node).value, true);
    assert.match(matchesRequiredNodeAffinity(required(broken), node).error ?? "", /Unsupported value: "Is"/);
    assert.equal(preferredNodeAffinityScore([{ weight: 5, preference: fits }], node).value, 5);
  });
});

describe("rollouts in kubectl's words", () => {
  const metadata = { name: "web", generation: 2 };

  test("wait for the controller first", () => {
    const status = rolloutStatus({ kind: "Deployment", metadata, spec: {}, status: { observedGeneration: 1 } });
    assert.deepEqual(status, { message: "Waiting for deployment spec update to be observed...\n", done: false });
  });

  test("name what is missing", () => {
    const status = { observedGeneration: 2, replicas: 4, updatedReplicas: 3, availableReplicas: 3 };
    const found = rolloutStatus({ kind: "Deployment", metadata, spec: { replicas: 3 }, status });
    assert.equal(
      found?.message,
      'Waiting for deployment "web" rollout to finish: 1 old replicas are pending termination...\n',
    );
  });

  test("do not exist for other kinds or strategies", () => {
    assert.equal(rolloutStatus({ kind: "Job", metadata }), undefined);
    const onDelete = rolloutStatus({ kind: "DaemonSet", metadata, spec: { updateStrategy: { type: "OnDelete" } } });
    assert.equal(onDelete?.error, "rollout status is only available for RollingUpdate strategy type");
  });
});

test("the tag of an image is latest only where nothing else is said", () => {
  const tags = [
    ["nginx", "latest"],
    ["registry:5000/nginx", "latest"],
    ["nginx:1.27", "1.27"],
    [`nginx@sha256:${"0".repeat(64)}`, ""],
    [`nginx:latest@sha256:${"0".repeat(64)}`, "latest"],
    ["Not An Image", ""],
    ["", ""],
  ];
  for (const [image = "", tag] of tags) assert.equal(imageTag(image), tag, image);
});
