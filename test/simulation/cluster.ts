import type { JsonObject } from "../../server/src/base/json.ts";
import { predictSlices } from "../../server/src/simulation/endpoints/predict.ts";
import type { Slice } from "../../server/src/simulation/endpoints/slice.ts";
import type { SimulatedNode } from "../../server/src/simulation/nodes.ts";
import type { SimulatedPod } from "../../server/src/simulation/pods.ts";
import { podsOf } from "../../server/src/simulation/pods.ts";

export const nodes: readonly SimulatedNode[] = [
  { name: "node-1", zone: "a" },
  { name: "node-2", zone: "b" },
  { name: "node-3", zone: "b" },
];

/** A workload of namespace `shop` whose pods carry `app: <name>` and the port `http` (8080). */
export function workload(kind: string, name: string, spec: JsonObject = {}, podSpec: JsonObject = {}): JsonObject {
  const template = {
    metadata: { labels: { app: name } },
    spec: { containers: [{ name: "app", image: "app", ports: [{ name: "http", containerPort: 8080 }] }], ...podSpec },
  };
  const isBatch = kind === "Job" || kind === "CronJob";
  const body = kind === "CronJob" ? { jobTemplate: { spec: { ...spec, template } } } : { ...spec, template };
  return { apiVersion: isBatch ? "batch/v1" : "apps/v1", kind, metadata: { name, namespace: "shop" }, spec: body };
}

/** A Service of namespace `shop` for the pods of the workload of the same name. */
export function service(name: string, spec: JsonObject = {}): JsonObject {
  const ports = [{ name: "http", port: 80, targetPort: "http" }];
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace: "shop" },
    spec: { selector: { app: name }, ports, ...spec },
  };
}

export interface Running {
  readonly service: JsonObject;
  readonly pods: readonly SimulatedPod[];
  readonly slices: readonly Slice[];
}

/** A Service with the pods of some workloads, all ready. */
export function running(target: JsonObject, ...workloads: readonly JsonObject[]): Running {
  const pods = workloads.flatMap((object) => podsOf(object, { nodes }));
  const slices = predictSlices(
    target,
    pods.map(({ object }) => object),
    nodes,
  );
  return { service: target, pods, slices };
}
