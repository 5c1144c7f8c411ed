import type { JsonObject } from "../../server/src/base/json.ts";
import type { Scenario } from "../../server/src/simulation/scenario.ts";

/** A Deployment `web` with one container of this image. */
export function deployment(image: string, replicas: number, spec: JsonObject = {}): JsonObject {
  return workload("Deployment", image, replicas, {
    strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: "25%" } },
    progressDeadlineSeconds: 600,
    revisionHistoryLimit: 10,
    ...spec,
  });
}

export function statefulSet(image: string, replicas: number, spec: JsonObject = {}): JsonObject {
  const updateStrategy = { type: "RollingUpdate", rollingUpdate: { partition: 0 } };
  return workload("StatefulSet", image, replicas, { updateStrategy, revisionHistoryLimit: 10, ...spec });
}

export function daemonSet(image: string, spec: JsonObject = {}): JsonObject {
  const updateStrategy = { type: "RollingUpdate", rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } };
  return workload("DaemonSet", image, 0, { updateStrategy, revisionHistoryLimit: 10, ...spec });
}

/** An autoscaler of `web` from one pod on, by what each uses of a cpu. */
export function autoscaler(maxReplicas: number): JsonObject {
  return {
    kind: "HorizontalPodAutoscaler",
    metadata: { name: "web", namespace: "shop" },
    spec: {
      scaleTargetRef: { kind: "Deployment", name: "web" },
      minReplicas: 1,
      maxReplicas,
      metrics: [
        { type: "Resource", resource: { name: "cpu", target: { type: "AverageValue", averageValue: "200m" } } },
      ],
    },
  };
}

function workload(kind: string, image: string, replicas: number, spec: JsonObject): JsonObject {
  return {
    apiVersion: "apps/v1",
    kind,
    metadata: { name: "web", namespace: "shop" },
    spec: {
      replicas,
      selector: { matchLabels: { app: "web" } },
      template: {
        metadata: { labels: { app: "web" } },
        spec: { containers: [{ name: "web", image, readinessProbe: { periodSeconds: 1 } }] },
      },
      ...spec,
    },
  };
}

export const service: JsonObject = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web", namespace: "shop" },
  spec: { selector: { app: "web" }, ports: [{ port: 80 }] },
};

/** From one object to the other, at once. */
export function change(before: JsonObject, after: JsonObject, rest: Partial<Scenario> = {}): Scenario {
  return { version: 1, objects: [before], actions: [{ atMs: 0, apply: after }], ...rest };
}

/** How far sampled counts are from the expected ones; about as large as the degrees of freedom where they agree. */
export function chiSquare(counts: readonly number[], expected: readonly number[]): number {
  return counts.reduce((sum, count, index) => sum + (count - expected[index]!) ** 2 / expected[index]!, 0);
}
