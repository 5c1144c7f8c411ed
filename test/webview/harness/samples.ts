import type { Assumption, ScenarioResult, SourceLocation } from "../../../server/src/protocol/webview.ts";
import type { Action, Scenario } from "../../../server/src/simulation/scenario.ts";

/** Answers of the server as the webview gets them, one for each thing that the views have to show. */

type ApiObject = Scenario["objects"][number];

const uri = "file:///shop/overlays/prod/web.yaml";

function place(line: number): SourceLocation {
  return { uri, range: { start: { line, character: 2 }, end: { line, character: 12 } } };
}

function template(image: string): ApiObject {
  return { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "web", image }] } };
}

const rollingUpdate = { maxSurge: "25%", maxUnavailable: "25%" };

export function deployment(image: string, spec: ApiObject = {}, name = "web"): ApiObject {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: "shop" },
    spec: {
      replicas: 6,
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
      strategy: { type: "RollingUpdate", rollingUpdate },
      selector: { matchLabels: { app: "web" } },
      template: template(image),
      ...spec,
    },
  };
}

function statefulSet(image: string): ApiObject {
  return {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: { name: "db", namespace: "shop" },
    spec: {
      replicas: 6,
      serviceName: "db",
      podManagementPolicy: "OrderedReady",
      updateStrategy: { type: "RollingUpdate", rollingUpdate: { partition: 2 } },
      selector: { matchLabels: { app: "web" } },
      template: template(image),
    },
  };
}

function daemonSet(image: string): ApiObject {
  return {
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata: { name: "agent", namespace: "shop" },
    spec: {
      updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
      selector: { matchLabels: { app: "web" } },
      template: template(image),
    },
  };
}

export const service: ApiObject = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web", namespace: "shop" },
  spec: {
    type: "ClusterIP",
    selector: { app: "web" },
    internalTrafficPolicy: "Cluster",
    sessionAffinity: "None",
    ports: [{ name: "http", port: 80, targetPort: 8080, protocol: "TCP" }],
  },
};

const autoscaler: ApiObject = {
  apiVersion: "autoscaling/v2",
  kind: "HorizontalPodAutoscaler",
  metadata: { name: "web", namespace: "shop" },
  spec: {
    minReplicas: 2,
    maxReplicas: 24,
    scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" },
    metrics: [{ type: "Resource", resource: { name: "cpu", target: { type: "AverageValue", averageValue: "100m" } } }],
  },
};

const assumptions: readonly Assumption[] = [
  { timing: "startupMs", valueMs: 2000, from: "assumed", fields: {} },
  {
    timing: "readyAfterMs",
    valueMs: 7000,
    from: "readinessProbe",
    fields: { initialDelaySeconds: 5, periodSeconds: 10 },
  },
  { timing: "preStopMs", valueMs: 5000, from: "preStop", fields: { sleep: 5 } },
  { timing: "terminationMs", valueMs: 7000, from: "assumed", fields: {} },
  { timing: "gracePeriodMs", valueMs: 30_000, from: "terminationGracePeriodSeconds", fields: {} },
];

const traffic = { service: "shop/web", requestsPerSecond: 50, clients: 20 };

interface Parts {
  readonly object?: string;
  readonly before: ApiObject;
  readonly after?: ApiObject;
  readonly others?: readonly ApiObject[];
  readonly scenario?: Partial<Scenario>;
  readonly images?: readonly [string, string];
}

export function resultOf({
  object = "Deployment/web",
  before,
  after,
  others = [service],
  scenario,
  images = ["shop/web:1.4", "shop/web:1.5"],
}: Parts): ScenarioResult {
  const actions: readonly Action[] = after === undefined ? [] : [{ atMs: 0, apply: after }];
  const timings = Object.fromEntries(assumptions.map(({ timing, valueMs }) => [timing, valueMs]));
  return {
    revision: 1,
    uri,
    object,
    namespace: "shop",
    environment: "overlays/prod",
    scenario: {
      version: 1,
      seed: 1,
      objects: [before, ...others],
      pods: { default: { ...timings, readyJitterMs: 2500 } },
      actions,
      ...(others.includes(service) ? { traffic } : {}),
      ...scenario,
    },
    sources: {
      objects: { [object]: place(0), "Service/web": place(40) },
      fields: {
        [object]: {
          replicas: place(7),
          maxSurge: place(11),
          maxUnavailable: place(12),
          readinessProbe: place(25),
          preStop: place(30),
        },
        "Service/web": { sessionAffinity: place(44) },
      },
    },
    assumptions,
    containers: [{ name: "web", image: images[1], location: place(20) }],
    before: { how: "committed", oldImage: images[0], newImage: images[1] },
    rejected: (scenario?.rejected ?? []).map((message) => ({ message, location: place(11) })),
    notices: [],
  };
}

function manyReplicas(replicas: number, jitter: number): ScenarioResult {
  const result = resultOf({
    before: deployment("shop/web:1.4", { replicas }),
    after: deployment("shop/web:1.5", { replicas }),
  });
  const pods = { default: { ...result.scenario.pods?.default, readyJitterMs: jitter } };
  return { ...result, scenario: { ...result.scenario, pods } };
}

const ingress = (name: string, backend: string, annotations: ApiObject = {}): ApiObject => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "Ingress",
  metadata: { name, namespace: "shop", annotations },
  spec: {
    rules: [
      {
        http: {
          paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: backend, port: { number: 80 } } } }],
        },
      },
    ],
  },
});

const canaryService: ApiObject = {
  ...service,
  metadata: { name: "web-canary", namespace: "shop" },
  spec: { type: "ClusterIP", selector: { app: "web-canary" }, ports: [{ name: "http", port: 80, targetPort: 8080 }] },
};

const canaryDeployment = deployment(
  "shop/web:1.5",
  {
    replicas: 1,
    selector: { matchLabels: { app: "web-canary" } },
    template: {
      metadata: { labels: { app: "web-canary" } },
      spec: { containers: [{ name: "web", image: "shop/web:1.5" }] },
    },
  },
  "web-canary",
);

const httpRoute: ApiObject = {
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "HTTPRoute",
  metadata: { name: "web", namespace: "shop" },
  spec: {
    hostnames: ["shop.example"],
    rules: [
      {
        backendRefs: [
          { name: "web", port: 80, weight: 7 },
          { name: "web-canary", port: 80, weight: 2 },
          { name: "web-lost", port: 80, weight: 1 },
        ],
      },
    ],
  },
};

const virtualService: ApiObject = {
  apiVersion: "networking.istio.io/v1",
  kind: "VirtualService",
  metadata: { name: "web", namespace: "shop" },
  spec: {
    hosts: ["web"],
    http: [
      {
        route: [
          { destination: { host: "web" }, weight: 90 },
          { destination: { host: "web-canary" }, weight: 10 },
        ],
      },
    ],
  },
};

/** By name, for the harness and the tests. */
export const samples: Readonly<Record<string, ScenarioResult>> = {
  rollout: resultOf({ before: deployment("shop/web:1.4"), after: deployment("shop/web:1.5") }),
  recreate: resultOf({
    before: deployment("shop/web:1.4", { strategy: { type: "Recreate" } }),
    after: deployment("shop/web:1.5", { strategy: { type: "Recreate" } }),
  }),
  statefulset: resultOf({
    object: "StatefulSet/db",
    before: statefulSet("shop/db:15"),
    after: statefulSet("shop/db:16"),
    images: ["shop/db:15", "shop/db:16"],
  }),
  daemonset: resultOf({
    object: "DaemonSet/agent",
    before: daemonSet("shop/agent:1"),
    after: daemonSet("shop/agent:2"),
    scenario: {
      cluster: {
        nodes: Array.from({ length: 6 }, (_, index) => ({ name: `node-${index + 1}`, zone: "abc"[index % 3] ?? "a" })),
      },
    },
    images: ["shop/agent:1", "shop/agent:2"],
  }),
  autoscaled: resultOf({
    before: deployment("shop/web:1.4"),
    after: deployment("shop/web:1.4"),
    others: [service, autoscaler],
    scenario: { until: 400_000 },
  }),
  stalled: resultOf({
    before: deployment("shop/web:1.4"),
    after: deployment("shop/web:1.5"),
    scenario: {
      pods: { default: { startupMs: 2000, readyAfterMs: 3000 }, rules: [{ revision: "new", ready: "never" }] },
    },
  }),
  rejected: resultOf({
    before: deployment("shop/web:1.4"),
    after: deployment("shop/web:1.5"),
    scenario: {
      rejected: [
        "spec.strategy.rollingUpdate.maxSurge: Invalid value: \"lots\": a valid percent string must be a numeric string followed by an ending '%'",
      ],
    },
  }),
  hundreds: manyReplicas(240, 4000),
  thousands: manyReplicas(10_000, 0),
  million: manyReplicas(1_000_000, 0),
  unselected: resultOf({ before: deployment("shop/web:1.4"), after: deployment("shop/web:1.5"), others: [] }),
  balancing: resultOf({
    object: "Service/web",
    before: deployment("shop/web:1.4", { replicas: 3 }),
    others: [service, deployment("shop/web:1.5", { replicas: 2 }, "web-canary")],
    scenario: {
      cluster: {
        nodes: [
          { name: "node-1", zone: "a" },
          { name: "node-2", zone: "b" },
          { name: "node-3", zone: "c" },
        ],
      },
    },
  }),
  ingress: resultOf({
    object: "Service/web",
    before: deployment("shop/web:1.4", { replicas: 3 }),
    others: [
      service,
      canaryService,
      canaryDeployment,
      ingress("web", "web"),
      ingress("web-canary", "web-canary", {
        "nginx.ingress.kubernetes.io/canary": "true",
        "nginx.ingress.kubernetes.io/canary-weight": "20",
      }),
    ],
  }),
  gateway: resultOf({
    object: "Service/web",
    before: deployment("shop/web:1.4", { replicas: 3 }),
    others: [service, canaryService, canaryDeployment, httpRoute],
  }),
  mesh: resultOf({
    object: "Service/web",
    before: deployment("shop/web:1.4", { replicas: 3 }),
    others: [service, canaryService, canaryDeployment, virtualService],
  }),
  noEndpoints: resultOf({ object: "Service/web", before: deployment("shop/web:1.4", { replicas: 0 }) }),
};
