import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { JsonObject } from "../../server/src/base/json.ts";
import type { PodTiming, Scenario } from "../../server/src/simulation/scenario.ts";
import { readScenario } from "../../server/src/simulation/scenario/read-scenario.ts";
import {
  scenarioForBlueGreen,
  scenarioForCanaryByReplicas,
  scenarioForCanaryByWeight,
  scenarioForRecreate,
} from "../../server/src/simulation/scenario/strategies.ts";
import { record, simulate } from "../../server/src/simulation/simulate.ts";
import type { Timeline } from "../../server/src/simulation/timeline.ts";
import { change, deployment, service, statefulSet } from "./support.ts";

const traffic = { requestsPerSecond: 100, clients: 10 };
const gentle: Partial<PodTiming> = {
  preStopMs: 2000,
  endpointPropagationMs: 500,
  readyAfterMs: 3000,
  listensAfterMs: 3000,
};

function scaling(timeline: Timeline): readonly string[] {
  return timeline.events.filter(({ reason }) => reason === "ScalingReplicaSet").map(({ message }) => message);
}

suite("a rolling update of six pods", () => {
  const timeline = simulate(change(deployment("a", 6), deployment("b", 6)));

  test("goes up as far as the surge allows, then down, then looks again", () => {
    assert.deepEqual(scaling(timeline).slice(0, 3), [
      "Scaled up replica set web-<new> from 0 to 2",
      "Scaled down replica set web-<old> from 6 to 5",
      "Scaled up replica set web-<new> from 2 to 3",
    ]);
  });

  test("says why in numbers", () => {
    const [first, second, third] = timeline.events.filter(({ reason }) => reason === "ScalingReplicaSet");
    assert.equal(first?.because, "new-replica-set");
    assert.equal(second?.because, "limited-by-min-available");
    assert.deepEqual([second.data?.["available"], second.data?.["minAvailable"]], [6, 5]);
    assert.equal(third?.because, "limited-by-max-surge");
    assert.equal(third.data?.["maxPods"], 8);
  });

  test("ends with kubectl's last line", () => {
    assert.equal(timeline.frames.at(-1)?.rolloutStatus, 'deployment "web" successfully rolled out');
    assert.deepEqual(
      { ...timeline.summary, steps: 0 },
      {
        outcome: "complete",
        durationMs: 10_000,
        minAvailable: 5,
        maxPods: 8,
        maxPhysicalPods: 11,
        failedRequests: 0,
        steps: 0,
      },
    );
  });

  test("shows every event on a frame of its time", () => {
    for (const { frame, atMs } of timeline.events) assert.equal(timeline.frames[frame]?.atMs, atMs);
  });
});

suite("an end without success", () => {
  const stuck = { pods: { rules: [{ revision: "new" as const, ready: "never" as const }] } };

  test("passes the progress deadline, and says what is missing", () => {
    const { summary, frames } = simulate(change(deployment("a", 4), deployment("b", 4), stuck));
    assert.equal(summary.outcome, "deadline-exceeded");
    assert.deepEqual(summary.data, { seconds: 600, pods: 2, available: 3, minAvailable: 3 });
    assert.equal(frames.at(-1)?.rolloutStatus, 'error: deployment "web" exceeded its progress deadline');
  });

  test("comes as soon as the deadline has passed, also after progress that the planned look could not know", () => {
    const spec = { progressDeadlineSeconds: 60 };
    const { frames, summary } = simulate({
      version: 1,
      objects: [deployment("a", 4, spec)],
      actions: [
        { atMs: 0, apply: deployment("b", 4, spec) },
        { atMs: 1000, killPod: "web-<old>-<2>" },
      ],
      pods: { default: { startupMs: 0, readyAfterMs: 500 }, ...stuck.pods },
    });
    assert.equal(summary.outcome, "deadline-exceeded");
    assert.equal(frames.at(-1)?.atMs, 61_505);
  });

  test("without a deadline stalls", () => {
    const spec = { progressDeadlineSeconds: 2147483647 };
    const { summary } = simulate(change(deployment("a", 4, spec), deployment("b", 4, spec), stuck));
    assert.deepEqual([summary.outcome, summary.because], ["stalled", "pods-never-ready"]);
  });

  test("of an ordered StatefulSet waits for its pod, even when the change is taken back", () => {
    const actions = [
      { atMs: 0, apply: statefulSet("b", 3) },
      { atMs: 60_000, apply: statefulSet("a", 3) },
    ];
    const { summary } = simulate({ version: 1, objects: [statefulSet("a", 3)], actions, ...stuck });
    assert.deepEqual([summary.outcome, summary.because, summary.data], ["stalled", "waiting-for-pod", { ordinal: 2 }]);
  });

  test("is the API server's where it refuses the object", () => {
    const messages = ["spec.replicas: Invalid value: -1: must be greater than or equal to 0"];
    const { summary, frames } = simulate(change(deployment("a", 1), deployment("b", 1), { rejected: messages }));
    assert.deepEqual([summary.outcome, summary.messages, frames.length], ["rejected", messages, 0]);
  });

  test("of a workload too large to show is a summary with a notice", () => {
    const { summary, frameCount, fenceposts } = record(change(deployment("a", 1_000_000), deployment("b", 1_000_000)));
    assert.deepEqual([summary.notice, summary.because, frameCount], ["summary-only", "too-large", 0]);
    assert.equal(fenceposts.maxPods, 1_250_000);
  });
});

suite("actions", () => {
  test("undo takes the old set again and gives it the next revision", () => {
    const actions = [
      { atMs: 0, apply: deployment("b", 2) },
      { atMs: 60_000, undo: "Deployment/web" },
    ];
    const { frames } = simulate({ version: 1, objects: [deployment("a", 2)], actions });
    const last = frames.at(-1)?.replicaSets.map(({ name, revision, replicas }) => ({ name, revision, replicas }));
    assert.deepEqual(last, [{ name: "web-<old>", revision: 3, replicas: 2 }]);
  });

  test("a killed pod is replaced", () => {
    const actions = [{ atMs: 1000, killPod: "web-<1>" }];
    const { frames, summary } = simulate({ version: 1, objects: [deployment("a", 2)], actions });
    assert.deepEqual(
      frames.at(-1)?.pods.map(({ name }) => name),
      ["web-<2>", "web-<3>"],
    );
    assert.equal(summary.minAvailable, 1);
  });

  test("a drain takes what the budget allows, pod by pod", () => {
    const budget: JsonObject = {
      kind: "PodDisruptionBudget",
      metadata: { name: "web", namespace: "shop" },
      spec: { minAvailable: 5, selector: { matchLabels: { app: "web" } } },
    };
    const actions = [{ atMs: 0, drainNode: "node-1" }];
    const { summary, frames, events } = simulate({ version: 1, objects: [deployment("a", 6), budget], actions });
    assert.equal(summary.outcome, "complete");
    assert.equal(summary.minAvailable, 5);
    assert.ok(events.some(({ because }) => because === "eviction-refused"));
    assert.ok(frames.at(-1)?.pods.every(({ node }) => node !== "node-1"));
  });

  test("a drain that the budget never allows ends, and names the budget", () => {
    const budget: JsonObject = {
      kind: "PodDisruptionBudget",
      metadata: { name: "strict", namespace: "shop" },
      spec: { maxUnavailable: 0, selector: { matchLabels: { app: "web" } } },
    };
    const actions = [{ atMs: 0, drainNode: "node-1" }];
    const { summary } = simulate({ version: 1, objects: [deployment("a", 3), budget], actions });
    assert.deepEqual(
      [summary.outcome, summary.because, summary.data?.["budget"]],
      ["stalled", "budget-blocks-drain", "strict"],
    );
  });
});

suite("requests during a rollout", () => {
  const run = (pods: Scenario["pods"]): Timeline =>
    simulate(
      change(deployment("a", 4), deployment("b", 4), {
        objects: [deployment("a", 4), service],
        pods: pods ?? {},
        traffic: { ...traffic, service: "shop/web", serviceTimeMs: 100 },
      }),
    );

  test("none fails where pods say ready when they are and leave slowly", () => {
    assert.equal(run({ default: gentle }).summary.failedRequests, 0);
  });

  test("some are refused where a pod stops before the proxies know", () => {
    const requests = run({ default: { ...gentle, preStopMs: 0 } }).frames.at(-1)?.requests;
    assert.ok((requests?.refused ?? 0) > 0);
    assert.equal(requests?.sent, (requests?.ok ?? 0) + (requests?.refused ?? 0) + (requests?.reset ?? 0));
  });

  test("some are refused where a pod says ready before it listens", () => {
    const { summary } = run({ default: { ...gentle, readyAfterMs: 0, listensAfterMs: 5000 } });
    assert.ok(summary.failedRequests > 0);
  });

  test("some break where the containers end before they have answered", () => {
    const requests = run({
      default: { ...gentle, preStopMs: 0, endpointPropagationMs: 0, terminationMs: 10 },
    }).frames.at(-1)?.requests;
    assert.ok((requests?.reset ?? 0) > 0);
  });

  test("move from the old version to the new one", () => {
    const shares = run({ default: gentle }).frames.map(({ requests }) => requests?.byNew ?? 0);
    assert.equal(shares[0], 0);
    assert.ok((shares.at(-1) ?? 0) > 0);
    assert.deepEqual(
      shares,
      shares.toSorted((a, b) => a - b),
    );
  });
});

suite("strategies from the same two objects", () => {
  const input = {
    before: deployment("a", 4),
    after: deployment("b", 4),
    others: [service],
    traffic,
    base: { pods: { default: gentle } },
  };

  test("Recreate has nobody to answer for a while", () => {
    const { summary } = simulate(scenarioForRecreate(input));
    assert.deepEqual([summary.outcome, summary.minAvailable], ["complete", 0]);
    assert.ok(summary.failedRequests > 0);
  });

  test("a canary gets requests by its share of pods, then the whole workload follows", () => {
    const scenario = scenarioForCanaryByReplicas(input, { canaryReplicas: 1, promoteAtMs: 60_000 });
    const timeline = simulate(scenario);
    assert.equal(timeline.summary.outcome, "complete");
    const before = timeline.frames.findLast(({ atMs }) => atMs < 60_000);
    const canary = Object.entries(before?.requests?.byPod ?? {}).filter(([pod]) => pod.includes("canary"));
    assert.equal(canary.length, 1);
    assert.deepEqual(
      timeline.frames
        .at(-1)
        ?.replicaSets.map(({ replicas }) => replicas)
        .toSorted(),
      [0, 4],
    );
  });

  test("a canary by weight gets its weight, whatever its pods are", () => {
    const options = { canaryReplicas: 1, promoteAtMs: 60_000, weight: 10 };
    const timeline = simulate({ ...scenarioForCanaryByWeight(input, options), until: 59_000 });
    const { byPod = {}, ok = 0 } = timeline.frames.at(-1)?.requests ?? {};
    const canary = Object.entries(byPod).filter(([pod]) => pod.includes("canary"));
    const share = canary.reduce((sum, [, count]) => sum + count, 0) / ok;
    assert.ok(share > 0.07 && share < 0.13, `share ${share}`);
  });

  test("a canary by weight without ready pods gets nothing: before it is there, and after it has gone", () => {
    const options = { canaryReplicas: 1, promoteAtMs: 30_000, weight: 50 };
    assert.equal(simulate(scenarioForCanaryByWeight(input, options)).summary.failedRequests, 0);
  });

  test("blue and green are counted together, and kubectl waits for the green one", () => {
    const { summary, frames } = simulate(scenarioForBlueGreen(input, { switchAtMs: 20_000, removeAtMs: 40_000 }));
    assert.deepEqual([summary.minAvailable, summary.maxPods], [4, 8]);
    assert.match(
      frames.find(({ atMs }) => atMs === 1000)?.rolloutStatus ?? "",
      /"web-green" rollout to finish: 0 of 4/,
    );
    const names = frames.at(-1)?.replicaSets.map(({ name }) => name);
    assert.deepEqual(names, ["web-blue-<hash>", "web-green-<new>"]);
  });

  test("blue-green answers without a gap, all old and then all new", () => {
    const scenario = scenarioForBlueGreen(input, { switchAtMs: 20_000, removeAtMs: 40_000 });
    const { summary, frames } = simulate(scenario);
    assert.deepEqual([summary.outcome, summary.failedRequests], ["complete", 0]);
    const green = Object.keys(frames.at(-1)?.requests?.byPod ?? {}).filter((pod) => pod.includes("green"));
    assert.equal(green.length, 4);
  });
});

suite("scenario files", () => {
  const wrong: readonly (readonly [JsonObject, string])[] = [
    [{}, "version: must be 1"],
    [{ version: 1 }, "objects: must be a list"],
    [{ version: 1, objects: [null] }, "objects[0]: must be an API object"],
    [{ version: 1, objects: [{ kind: "Deployment", metadata: null }] }, "objects[0].metadata.name: must be a text"],
    [
      { version: 1, objects: [], actions: [{ atMs: 0 }] },
      `actions[0]: must have exactly one of apply, pause, resume, undo, scale, setSelector, killPod, drainNode`,
    ],
    [
      { version: 1, objects: [], actions: [{ atMs: -1, pause: "x" }] },
      "actions[0].atMs: must be a number of milliseconds from 0",
    ],
    [
      { version: 1, objects: [], pods: { default: { startupMs: "2s" } } },
      "pods.default.startupMs: must be a number of milliseconds from 0",
    ],
    [
      { version: 1, objects: [], traffic: { service: "web", clients: 1 } },
      "traffic.requestsPerSecond: must be a number from 0 to 10000",
    ],
    [
      { version: 1, objects: [], traffic: { service: "web", clients: 1, requestsPerSecond: 1e9 } },
      "traffic.requestsPerSecond: must be a number from 0 to 10000",
    ],
    [
      { version: 1, objects: [], traffic: { service: "web", clients: 1, requestsPerSecond: 1, preStopMs: {} } },
      "traffic.preStopMs: must be a number of milliseconds from 0",
    ],
    [
      {
        version: 1,
        objects: [],
        traffic: { service: "w", clients: 1, requestsPerSecond: 1, canary: { service: "c" } },
      },
      "traffic.canary.weight: must be a number from 0 to 100",
    ],
    [{ version: 1, objects: [], traffic: "web" }, "traffic: must be a map"],
    [{ version: 1, objects: [], seed: "1" }, "seed: must be a number"],
    [
      { version: 1, objects: [], cluster: { proxy: { mode: "ebpf" } } },
      "cluster.proxy.mode: must be one of iptables, nftables, ipvs",
    ],
    [
      { version: 1, objects: [], actions: [{ atMs: 0, undo: "Deployment/web", toRevision: "1" }] },
      "actions[0].toRevision: must be a number",
    ],
    [{ version: 1, objects: [], until: "soon" }, "until: must be settled or a number of milliseconds"],
  ];
  for (const [scenario, message] of wrong) {
    test(`say what is wrong: ${message}`, () => assert.equal(readScenario(scenario).error, message));
  }

  test("odd fields of objects count as absent", () => {
    const odd: readonly JsonObject[] = [
      { kind: "Deployment", metadata: { name: "a" }, spec: { replicas: 3.7, minReadySeconds: -4, template: [] } },
      { kind: "StatefulSet", metadata: { name: "b" }, spec: { replicas: -3, ordinals: { start: "x" } } },
      { kind: "DaemonSet", metadata: { name: "c" }, spec: null },
      { kind: "HorizontalPodAutoscaler", metadata: { name: "d" }, spec: { metrics: [7, { type: "Object" }] } },
      { kind: "PodDisruptionBudget", metadata: { name: "e" }, spec: { selector: { matchLabels: { app: 1 } } } },
    ];
    assert.equal(simulate({ version: 1, objects: odd }).version, 1);
  });
});
