import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { JsonObject } from "../../../server/src/base/json.ts";
import { textAt } from "../../../server/src/base/json.ts";
import type { Action } from "../../../server/src/simulation/scenario.ts";
import { simulate } from "../../../server/src/simulation/simulate.ts";
import type { Timeline } from "../../../server/src/simulation/timeline.ts";
import { autoscaler, change, daemonSet, deployment, service, statefulSet } from "../support.ts";

const second = 1000;

describe("undo", () => {
  const cases: readonly [string, (image: string) => JsonObject, toRevision: number, after: "old" | "new"][] = [
    ["a StatefulSet to the revision before", (image) => statefulSet(image, 2), 0, "old"],
    ["a DaemonSet to the revision before", daemonSet, 0, "old"],
    ["a StatefulSet to a revision by its number", (image) => statefulSet(image, 2), 1, "old"],
    ["a DaemonSet to the revision it has", daemonSet, 2, "new"],
    ["a StatefulSet to a revision that never was", (image) => statefulSet(image, 2), 7, "new"],
  ];
  for (const [name, make, toRevision, after] of cases) {
    test(name, () => {
      const undo: Action = {
        atMs: 300 * second,
        undo: textAt(make("a"), "kind") === "DaemonSet" ? "DaemonSet/web" : "StatefulSet/web",
        toRevision,
      };
      const before = simulate(change(make("a"), make("b")));
      const timeline = simulate({ ...change(make("a"), make("b")), actions: [{ atMs: 0, apply: make("b") }, undo] });
      assert.equal(timeline.summary.outcome, "complete");
      const replaced = (of: Timeline): number => of.events.filter(({ reason }) => reason === "SuccessfulDelete").length;
      assert.equal(replaced(timeline), replaced(before) * (after === "old" ? 2 : 1));
    });
  }
});

describe("a Deployment that is paused from the beginning", () => {
  const paused = (image: string): JsonObject => deployment(image, 4, { paused: true });

  test("keeps the pods that it has, and ends", () => {
    const { summary, frames } = simulate(change(paused("a"), paused("b")));
    assert.deepEqual([summary.outcome, summary.because, summary.minAvailable], ["stalled", "paused", 4]);
    assert.equal(frames.at(-1)?.pods.length, 4);
  });

  test("rolls out when it is resumed", () => {
    const { actions = [], ...rest } = change(paused("a"), paused("b"));
    const resume: Action = { atMs: 5 * second, resume: "Deployment/web" };
    const { summary, frames } = simulate({ ...rest, actions: [...actions, resume] });
    assert.equal(summary.outcome, "complete");
    assert.ok(frames.filter(({ atMs }) => atMs < 5 * second).every(({ pods }) => pods.length === 4));
  });

  test("scales meanwhile", () => {
    const scale: Action = { atMs: 0, scale: "Deployment/web", replicas: 6 };
    const { frames } = simulate({ version: 1, objects: [paused("a")], actions: [scale] });
    assert.equal(frames.at(-1)?.pods.length, 6);
  });
});

describe("every simulation ends", () => {
  const patient = (image: string): JsonObject =>
    deployment(image, 2, { minReadySeconds: 2_000_000_000, progressDeadlineSeconds: 2_147_483_647 });
  const traffic = { service: "shop/web", requestsPerSecond: 0.01, clients: 1 };

  test("with times of decades and requests it ends after a week", () => {
    const { objects, ...rest } = change(patient("a"), patient("b"), { traffic });
    const { summary } = simulate({ ...rest, objects: [...objects, service] }, { frames: "none" });
    assert.deepEqual([summary.outcome, summary.because], ["stalled", "time-limit"]);
  });

  test("an autoscaler's bounds count as size", () => {
    const greedy: JsonObject = {
      kind: "HorizontalPodAutoscaler",
      metadata: { name: "web", namespace: "shop" },
      spec: { scaleTargetRef: { kind: "Deployment", name: "web" }, minReplicas: 1_000_000, maxReplicas: 10 },
    };
    const { summary } = simulate({ version: 1, objects: [deployment("a", 2), greedy] });
    assert.equal(summary.because, "too-large");
  });
});

describe("an autoscaler", () => {
  /** Every number of pods that it asks for while two of four pods leave. */
  function asked(milli: number, terminationMs: number): readonly number[] {
    const { frames } = simulate({
      version: 1,
      objects: [deployment("a", 4), autoscaler(10)],
      actions: [{ atMs: second, scale: "Deployment/web", replicas: 2 }],
      load: [{ atMs: 0, workload: "Deployment/web", metric: "cpu", milli }],
      pods: { default: { preStopMs: terminationMs, gracePeriodMs: terminationMs } },
      until: 60 * second,
    });
    const found = frames.flatMap(({ autoscaler: row }) => row?.desired ?? []);
    return [...new Set(found)];
  }

  test("gives pods that leave no part of the demand", () => {
    for (const terminationMs of [0, 50 * second]) assert.deepEqual(asked(800, terminationMs), [0, 4]);
  });
});
