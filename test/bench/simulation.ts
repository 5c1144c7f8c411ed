import type { JsonObject } from "../../server/src/base/json.ts";
import { objectAt } from "../../server/src/base/json.ts";
import { predictSlices } from "../../server/src/simulation/endpoints/predict.ts";
import { podsOf } from "../../server/src/simulation/pods.ts";
import { balance } from "../../server/src/simulation/proxy/balance.ts";
import type { BalanceInput } from "../../server/src/simulation/proxy/balance-types.ts";
import { schedulers } from "../../server/src/simulation/proxy/schedulers.ts";
import type { Scenario } from "../../server/src/simulation/scenario.ts";
import { record, simulate } from "../../server/src/simulation/simulate.ts";
import { change, daemonSet, deployment, service, statefulSet } from "../simulation/support.ts";
import { rounded, summary } from "./figures.ts";

/** How long one thing takes: the first time, and the median of some more. */
export interface SimulationFigures {
  readonly name: string;
  readonly first: number;
  readonly median: number;
}

/** Rollouts of many pods, and a million requests by each way to balance them; milliseconds. */
export function measureSimulation(): readonly SimulationFigures[] {
  return [...measureRollouts(), ...measureBalancing()];
}

function measureRollouts(): readonly SimulationFigures[] {
  const jitter = { pods: { default: { readyJitterMs: 20_000 } } };
  const nodes = Array.from({ length: 2000 }, (_, index) => ({ name: `node-${index + 1}` }));
  const tenThousand = update((image) => deployment(image, 10_000), jitter);
  const ordered = update((image) => statefulSet(image, 2000));
  const fiveThousand = update((image) => deployment(image, 5000));
  const daemons = update((image) => daemonSet(image), { cluster: { nodes } });
  return [
    measure("Deployment of 5,000, summary", 11, () => simulate(fiveThousand, { frames: "none" })),
    measure("Deployment of 10,000 with jitter, recorded", 3, () => record(tenThousand)),
    measure("Deployment of 10,000 with jitter, and a frame", 3, () => {
      const recording = record(tenThousand);
      return recording.frame(recording.frameCount - 1);
    }),
    measure("StatefulSet of 2,000, summary", 3, () => simulate(ordered, { frames: "none" })),
    measure("StatefulSet of 2,000, recorded", 3, () => record(ordered)),
    measure("DaemonSet on 2,000 nodes, summary", 3, () => simulate(daemons, { frames: "none" })),
    measure("DaemonSet on 2,000 nodes, recorded", 3, () => record(daemons)),
    measure("Deployment of 200 with 1,000 requests per second", 3, () => record(busy)),
  ];
}

function measureBalancing(): readonly SimulationFigures[] {
  const plain = balanced({});
  const sticky = balanced({ sessionAffinity: "ClientIP" });
  const request = { ...plain, requests: 1_000_000 };
  return [
    measure("1 M requests, iptables", 5, () => balance({ ...request, proxy: { mode: "iptables" } })),
    measure("1 M requests, session affinity", 5, () => balance({ ...sticky, requests: 1_000_000 })),
    measure("1 M requests, keep-alive", 5, () => balance({ ...request, connections: { requestsPerConnection: 10 } })),
    measure("1 M requests, from outside", 5, () => balance({ ...request, clients: { origin: "outside" } })),
    ...schedulers.map((scheduler) =>
      measure(`1 M requests, ipvs ${scheduler}`, 5, () => balance({ ...request, proxy: { mode: "ipvs", scheduler } })),
    ),
  ];
}

function measure(name: string, count: number, run: () => unknown): SimulationFigures {
  const first = timeOf(run);
  const times = Array.from({ length: count }, () => timeOf(run));
  return { name, first: rounded(first), median: summary(times).p50 };
}

function timeOf(run: () => unknown): number {
  const started = performance.now();
  run();
  return performance.now() - started;
}

/** An update of all pods; `make` makes the workload with an image. */
function update(make: (image: string) => JsonObject, rest: Partial<Scenario> = {}): Scenario {
  return change(make("old"), make("new"), rest);
}

const nodePort: JsonObject = { ...service, spec: { ...objectAt(service, "spec"), type: "NodePort" } };

const busy: Scenario = {
  ...update((image) => deployment(image, 200)),
  objects: [deployment("old", 200), nodePort],
  traffic: { service: "shop/web", requestsPerSecond: 1000, clients: 50, serviceTimeMs: 20 },
};

/** A Service with 100 pods on ten nodes. */
function balanced(spec: JsonObject): BalanceInput {
  const nodes = Array.from({ length: 10 }, (_, index) => ({ name: `node-${index + 1}` }));
  const pods = podsOf(deployment("new", 100), { nodes });
  const target = { ...nodePort, spec: { ...objectAt(nodePort, "spec"), ...spec } };
  const slices = predictSlices(
    target,
    pods.map(({ object }) => object),
    nodes,
  );
  return { service: target, slices, nodes, pods };
}
