import fc from "fast-check";
import type { JsonObject } from "../../../server/src/base/json.ts";
import { at, objectAt } from "../../../server/src/base/json.ts";
import type { Action, PodRule, Scenario } from "../../../server/src/simulation/scenario.ts";
import { autoscaler, daemonSet, deployment, service, statefulSet } from "../support.ts";

const sampleSeed = 20261121;

const bound = fc.oneof(
  fc.integer({ min: 0, max: 4 }),
  fc.integer({ min: 0, max: 100 }).map((percent) => `${percent}%`),
);

const seconds = fc.constantFrom(0, 0, 4);

type Made = (image: string) => JsonObject;

const deployments = fc
  .record({
    replicas: fc.nat(14),
    maxSurge: bound,
    maxUnavailable: bound,
    minReadySeconds: seconds,
    recreate: fc.nat(5),
  })
  .map(({ replicas, maxSurge, maxUnavailable, minReadySeconds, recreate }): Made => {
    const rolling = { type: "RollingUpdate", rollingUpdate: { maxSurge, maxUnavailable } };
    const strategy = recreate === 0 ? { type: "Recreate" } : rolling;
    return (image) =>
      named(deployment(image, replicas, { minReadySeconds, strategy, progressDeadlineSeconds: 90 }), "web");
  });

const statefulSets = fc
  .record({
    replicas: fc.nat(8),
    partition: fc.nat(4),
    maxUnavailable: fc.integer({ min: 1, max: 3 }),
    minReadySeconds: seconds,
    podManagementPolicy: fc.constantFrom("OrderedReady", "Parallel"),
    type: fc.constantFrom("RollingUpdate", "RollingUpdate", "OnDelete"),
    start: fc.nat(3),
  })
  .map(({ replicas, partition, maxUnavailable, minReadySeconds, podManagementPolicy, type, start }): Made => {
    const updateStrategy = type === "OnDelete" ? { type } : { type, rollingUpdate: { partition, maxUnavailable } };
    const spec = { updateStrategy, minReadySeconds, podManagementPolicy, ordinals: { start } };
    return (image) => named(statefulSet(image, replicas, spec), "db");
  });

const daemonSets = fc
  .record({ most: fc.integer({ min: 1, max: 3 }), surges: fc.boolean(), minReadySeconds: seconds, onDelete: fc.nat(5) })
  .map(({ most, surges, minReadySeconds, onDelete }): Made => {
    const rollingUpdate = surges ? { maxSurge: most, maxUnavailable: 0 } : { maxSurge: 0, maxUnavailable: most };
    const updateStrategy = onDelete === 0 ? { type: "OnDelete" } : { type: "RollingUpdate", rollingUpdate };
    return (image) => named(daemonSet(image, { updateStrategy, minReadySeconds }), "agent");
  });

const replicaSets = fc.nat(6).map((replicas): Made => {
  return (image) => named({ ...deployment(image, replicas), kind: "ReplicaSet" }, "plain");
});

const ids = ["Deployment/web", "StatefulSet/db", "DaemonSet/agent", "ReplicaSet/plain"];
const podNames = [
  ...[1, 2, 3].flatMap((ordinal) => [`web-<old>-<${ordinal}>`, `web-<new>-<${ordinal}>`, `agent-<new>-<${ordinal}>`]),
  ...["agent-<1>", "agent-<old>-<2>", "db-0", "db-1", "db-2", "plain-<1>", "plain-<old>-<1>"],
];

const moment = fc.nat(60).map((second) => second * 500);

const actions: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ atMs: moment, pause: fc.constant("Deployment/web") }),
  fc.record({ atMs: moment, resume: fc.constant("Deployment/web") }),
  fc.record({ atMs: moment, undo: fc.constantFrom(...ids), toRevision: fc.nat(2) }),
  fc.record({ atMs: moment, scale: fc.constantFrom(...ids), replicas: fc.nat(12) }),
  fc.record({ atMs: moment, killPod: fc.constantFrom(...podNames) }),
  fc.record({ atMs: moment, killPod: fc.constantFrom(...podNames) }),
  fc.record({ atMs: moment, drainNode: fc.constantFrom("node-1", "node-2") }),
  fc.record({ atMs: moment, setSelector: fc.constant("Service/shop/web"), selector: fc.constant({ app: "db" }) }),
);

const rules: fc.Arbitrary<readonly PodRule[]> = fc.array(
  fc
    .record({
      workload: fc.option(fc.constantFrom(...ids), { nil: undefined }),
      revision: fc.constantFrom<PodRule["revision"]>("new", "old", 1, 2),
      ordinal: fc.integer({ min: 0, max: 4 }),
      never: fc.boolean(),
      readyAfterMs: fc.nat(9000),
    })
    .map(({ workload, revision, ordinal, never, readyAfterMs }): PodRule => {
      const of = workload === undefined ? { ordinal } : { workload, ordinal };
      return {
        ...of,
        ...(revision === undefined ? {} : { revision }),
        ...(never ? { ready: "never" } : { readyAfterMs }),
      };
    }),
  { maxLength: 2 },
);

const scenarios = fc
  .record({
    seed: fc.integer({ min: 1, max: 1000 }),
    makers: fc
      .tuple(fc.option(deployments), fc.option(statefulSets), fc.option(daemonSets), fc.option(replicaSets))
      .map((made) => made.filter((maker) => maker !== null))
      .filter((made) => made.length > 0),
    nodes: fc.integer({ min: 1, max: 9 }),
    gate: fc.boolean(),
    again: fc.option(fc.nat(30_000)),
    more: fc.array(actions, { maxLength: 6 }),
    rules,
    jitter: fc.constantFrom(0, 0, 3000),
    traffic: fc.boolean(),
    keepAlive: fc.boolean(),
    budget: fc.option(fc.integer({ min: 1, max: 6 })),
    load: fc.option(fc.integer({ min: 100, max: 4000 })),
  })
  .map((made): Scenario => {
    const { makers, again, more } = made;
    const autoscaled = made.load === null ? [] : [autoscaler(12)];
    const budgets = made.budget === null ? [] : [budget(made.budget)];
    const changes = makers.map((maker) => ({ atMs: 0, apply: maker("b") }));
    const seconds = again === null ? [] : makers.map((maker) => ({ atMs: again, apply: maker("c") }));
    return {
      version: 1,
      seed: made.seed,
      objects: [...makers.map((maker) => maker("a")), service, ...autoscaled, ...budgets],
      cluster: { nodes: nodes(made.nodes), featureGates: { MaxUnavailableStatefulSet: made.gate } },
      pods: { default: { readyJitterMs: made.jitter, preStopMs: 1000 }, rules: made.rules },
      actions: [...changes, ...seconds, ...more],
      ...(made.load === null ? {} : { load: load(made.load) }),
      ...(made.traffic ? { traffic: { ...traffic, keepAlive: made.keepAlive } } : {}),
      until: 400_000,
    };
  });

const traffic: NonNullable<Scenario["traffic"]> = {
  service: "shop/web",
  requestsPerSecond: 20,
  clients: 5,
  serviceTimeMs: 300,
};

const parallel = { podManagementPolicy: "Parallel" };
const surging = { updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "20%", maxUnavailable: 0 } } };

const larger: readonly Scenario[] = [
  rollout(deployment("a", 400), deployment("b", 400), 3, { readyJitterMs: 5000 }),
  rollout(deployment("a", 300, { minReadySeconds: 3 }), deployment("b", 700, { minReadySeconds: 3 }), 5, {}),
  rollout(statefulSet("a", 60, parallel), statefulSet("b", 90, parallel), 7, { readyJitterMs: 2000 }),
  rollout(statefulSet("a", 60), statefulSet("b", 40), 7, {}),
  rollout(daemonSet("a"), daemonSet("b"), 80, { readyJitterMs: 2000 }),
  rollout(daemonSet("a", surging), daemonSet("b", surging), 80, {}),
];

/** A hundred scenarios of mixed kinds, always the same, and some larger ones. */
export function recordedScenarios(): readonly Scenario[] {
  return [...fc.sample(scenarios, { seed: sampleSeed, numRuns: 100 }), ...larger];
}

function budget(minAvailable: number): JsonObject {
  const selector = { matchLabels: { app: "web" } };
  return {
    kind: "PodDisruptionBudget",
    metadata: { name: "web", namespace: "shop" },
    spec: { minAvailable, selector },
  };
}

function load(milli: number): NonNullable<Scenario["load"]> {
  return [
    { atMs: 0, workload: "Deployment/web", metric: "cpu", milli },
    { atMs: 40_000, workload: "Deployment/web", metric: "cpu", milli: Math.round(milli / 3) },
  ];
}

function rollout(
  before: JsonObject,
  after: JsonObject,
  nodeCount: number,
  timing: NonNullable<NonNullable<Scenario["pods"]>["default"]>,
): Scenario {
  const cluster = { nodes: nodes(nodeCount) };
  return { version: 1, objects: [before], actions: [{ atMs: 0, apply: after }], cluster, pods: { default: timing } };
}

/** Every fourth node takes no pods that do not tolerate its taint. */
function nodes(count: number): NonNullable<NonNullable<Scenario["cluster"]>["nodes"]> {
  return Array.from({ length: count }, (_, index) => {
    const taints = index % 4 === 3 ? [{ key: "dedicated", value: "batch", effect: "NoSchedule" }] : [];
    return { name: `node-${index + 1}`, zone: index % 2 === 0 ? "a" : "b", taints };
  });
}

function named(object: JsonObject, name: string): JsonObject {
  const template = { metadata: { labels: { app: name } }, spec: at(object, "spec", "template", "spec") ?? {} };
  return {
    ...object,
    metadata: { name, namespace: "shop" },
    spec: { ...objectAt(object, "spec"), selector: { matchLabels: { app: name } }, template },
  };
}
