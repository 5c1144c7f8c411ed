import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Action, Scenario } from "../../../server/src/simulation/scenario.ts";
import { record, simulate } from "../../../server/src/simulation/simulate.ts";
import type { Timeline } from "../../../server/src/simulation/timeline.ts";
import { change, daemonSet, deployment, statefulSet } from "../support.ts";

const runs = { seed: 20261121, numRuns: 60 };
const bound = fc.oneof(
  fc.integer({ min: 0, max: 5 }),
  fc.integer({ min: 0, max: 100 }).map((percent) => `${percent}%`),
);
const rollouts = fc
  .record({
    replicas: fc.integer({ min: 0, max: 25 }),
    maxSurge: bound,
    maxUnavailable: bound,
    minReadySeconds: fc.constantFrom(0, 0, 3),
    readyJitterMs: fc.constantFrom(0, 4000),
    recreate: fc.boolean(),
    seed: fc.integer({ min: 1, max: 1000 }),
  })
  .map(({ replicas, maxSurge, maxUnavailable, minReadySeconds, readyJitterMs, recreate, seed }): Scenario => {
    const rolling = { type: "RollingUpdate", rollingUpdate: { maxSurge, maxUnavailable } };
    const spec = { minReadySeconds, strategy: recreate ? { type: "Recreate" } : rolling };
    const pods = { default: { readyJitterMs } };
    return change(deployment("a", replicas, spec), deployment("b", replicas, spec), { pods, seed });
  });

function isRolling(scenario: Scenario): boolean {
  return !JSON.stringify(scenario.objects).includes("Recreate");
}

function specsOf(timeline: Timeline): readonly number[] {
  return timeline.frames.map((frame) => frame.replicaSets.reduce((sum, set) => sum + set.replicas, 0));
}

test("the ReplicaSets' sizes never add up to more than replicas + surge", () => {
  fc.assert(
    fc.property(rollouts, (scenario) => {
      const timeline = simulate(scenario);
      for (const total of specsOf(timeline)) assert.ok(total <= timeline.fenceposts.maxPods);
    }),
    runs,
  );
});

test("as many pods stay available as the strategy promises", () => {
  fc.assert(
    fc.property(rollouts.filter(isRolling), (scenario) => {
      const { summary, fenceposts } = simulate(scenario, { frames: "none" });
      assert.ok(summary.minAvailable >= fenceposts.minAvailable);
    }),
    runs,
  );
});

test("a rollout whose pods become ready ends, with new pods alone", () => {
  fc.assert(
    fc.property(rollouts, (scenario) => {
      const { summary, frames, fenceposts } = simulate(scenario);
      assert.equal(summary.outcome, "complete");
      const last = frames.at(-1)?.replicaSets ?? [];
      assert.deepEqual(
        last.map(({ role, replicas, available }) => ({ role, replicas, available })),
        [{ role: "new", replicas: fenceposts.replicas, available: fenceposts.replicas }],
      );
    }),
    runs,
  );
});

test("pods that never become ready end the simulation all the same", () => {
  fc.assert(
    fc.property(rollouts, (scenario) => {
      const stuck = { ...scenario, pods: { rules: [{ revision: "new" as const, ready: "never" as const }] } };
      const { summary, fenceposts } = simulate(stuck, { frames: "none" });
      if (fenceposts.replicas === 0) assert.equal(summary.outcome, "complete");
      else assert.ok(["deadline-exceeded", "stalled"].includes(summary.outcome));
    }),
    runs,
  );
});

test("a pause and its end do not change the result", () => {
  fc.assert(
    fc.property(rollouts, fc.nat(20_000), fc.nat(20_000), (scenario, pauseAt, length) => {
      const pause: readonly Action[] = [
        { atMs: pauseAt, pause: "Deployment/web" },
        { atMs: pauseAt + length, resume: "Deployment/web" },
      ];
      const paused = simulate({ ...scenario, actions: [...(scenario.actions ?? []), ...pause] });
      const straight = simulate(scenario);
      assert.deepEqual(paused.frames.at(-1)?.replicaSets, straight.frames.at(-1)?.replicaSets);
      assert.equal(paused.summary.outcome, "complete");
    }),
    runs,
  );
});

test("the same scenario gives the same timeline, and frames in any order are the same frames", () => {
  fc.assert(
    fc.property(rollouts, (scenario) => {
      const timeline = simulate(scenario);
      assert.equal(JSON.stringify(simulate(scenario)), JSON.stringify(timeline));
      const recording = record(scenario);
      const backwards = timeline.frames.map((_, index) => recording.frame(timeline.frames.length - 1 - index));
      assert.deepEqual(backwards.reverse(), timeline.frames);
    }),
    { ...runs, numRuns: 20 },
  );
});

test("the summary alone is the summary of the whole", () => {
  fc.assert(
    fc.property(rollouts, (scenario) => {
      assert.deepEqual(simulate(scenario, { frames: "none" }).summary, simulate(scenario).summary);
    }),
    runs,
  );
});

test("a StatefulSet never misses more than one pod, and updates from the highest ordinal down", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 12 }), (replicas, partition) => {
      const spec = { updateStrategy: { type: "RollingUpdate", rollingUpdate: { partition } } };
      const { summary, events } = simulate(change(statefulSet("a", replicas, spec), statefulSet("b", replicas, spec)));
      const updated = events
        .filter(({ because }) => because === "updated-from-the-top")
        .map(({ data }) => data?.["ordinal"]);
      const expected = Array.from({ length: Math.max(0, replicas - partition) }, (_, index) => replicas - 1 - index);
      assert.deepEqual(updated, expected);
      assert.equal(summary.outcome, "complete");
      assert.ok(summary.minAvailable >= replicas - 1);
    }),
    runs,
  );
});

test("a DaemonSet stays within maxUnavailable, or within maxSurge", () => {
  const nodes = Array.from({ length: 7 }, (_, index) => ({ name: `node-${index}` }));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 7 }), fc.boolean(), (most, surges) => {
      const rollingUpdate = surges ? { maxSurge: most, maxUnavailable: 0 } : { maxSurge: 0, maxUnavailable: most };
      const spec = { updateStrategy: { type: "RollingUpdate", rollingUpdate } };
      const { summary } = simulate(change(daemonSet("a", spec), daemonSet("b", spec), { cluster: { nodes } }));
      assert.equal(summary.outcome, "complete");
      assert.equal(summary.minAvailable, surges ? 7 : 7 - most);
      assert.equal(summary.maxPods, surges ? 7 + most : 7);
    }),
    runs,
  );
});
