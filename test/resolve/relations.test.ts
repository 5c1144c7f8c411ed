import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Environments } from "../../server/src/index/environments.ts";
import type { Environment, Resource } from "../../server/src/index/types.ts";
import { backendsOf } from "../../server/src/resolve/backends.ts";
import { selectedBy, servicesSelecting, workloadsSelectedBy } from "../../server/src/resolve/selected-by.ts";
import { deployment, indexOf, manifest, service } from "../index/workspace.ts";

function environmentOf(...documents: readonly string[]): Environment {
  return new Environments(indexOf({ "a.yaml": documents.join("---\n") })).of("a.yaml")[0]!;
}

function named(environment: Environment, kind: string, name: string): Resource {
  const found = environment.resources().find((resource) => resource.kind === kind && resource.name === name);
  assert.ok(found, `${kind} ${name}`);
  return found;
}

describe("who selects a workload", () => {
  const labels = { app: "web", tier: "front" };
  const environment = environmentOf(
    deployment("web", labels),
    deployment("api", { app: "api" }),
    service("one", { tier: "front" }),
    service("both", { app: "web", tier: "front" }),
    service("more", { app: "web", tier: "front", release: "stable" }),
    service("elsewhere", { app: "web" }, { namespace: "shop" }),
    service("empty", {}),
    manifest(
      "policy/v1",
      "PodDisruptionBudget",
      { name: "budget" },
      { spec: { selector: { matchLabels: { app: "web" } } } },
    ),
    manifest(
      "policy/v1",
      "PodDisruptionBudget",
      { name: "expressed" },
      { spec: { selector: { matchExpressions: [{ key: "app", operator: "In", values: ["web", "api"] }] } } },
    ),
    manifest("networking.k8s.io/v1", "NetworkPolicy", { name: "all" }, { spec: { podSelector: {} } }),
    manifest(
      "autoscaling/v2",
      "HorizontalPodAutoscaler",
      { name: "scaler" },
      { spec: { scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" } } },
    ),
  );

  test("Services, budgets, policies and autoscalers, each by its own rule", () => {
    const { services, disruptionBudgets, networkPolicies, autoscalers } = selectedBy(
      environment,
      named(environment, "Deployment", "web"),
    );
    assert.deepEqual(
      [services, disruptionBudgets, networkPolicies, autoscalers].map((list) => list.map(({ name }) => name).sort()),
      [["both", "one"], ["budget", "expressed"], ["all"], ["scaler"]],
    );
    assert.deepEqual(servicesSelecting(environment, named(environment, "Deployment", "api")), []);
  });

  test("and back", () => {
    const selected = (kind: string, name: string) =>
      workloadsSelectedBy(environment, named(environment, kind, name)).map(({ resource }) => resource.name);
    assert.deepEqual(selected("PodDisruptionBudget", "expressed"), ["web", "api"]);
    assert.deepEqual(selected("NetworkPolicy", "all"), ["web", "api"]);
    assert.deepEqual(selected("Service", "empty"), []);
  });
});

describe("the Services behind", () => {
  const services = [
    service("web", { app: "web" }, { spec: { ports: [{ name: "http", port: 80 }] } }),
    service("far", { app: "far" }, { namespace: "shop" }),
  ];
  const backends = (text: string) => {
    const environment = environmentOf(...services, text);
    return backendsOf(environment, environment.resources().at(-1)!).map(
      ({ namePath, portPath, name, service: found, servicePort }) => [
        namePath.join("."),
        portPath.join("."),
        name,
        found?.name,
        servicePort?.port,
      ],
    );
  };

  test("an Ingress of today and of former times", () => {
    const today = {
      defaultBackend: { service: { name: "gone", port: { number: 80 } } },
      rules: [
        {
          http: {
            paths: [
              { backend: { service: { name: "web", port: { name: "http" } } } },
              { backend: { service: { name: "web", port: { number: 81 } } } },
              { backend: { resource: {} } },
            ],
          },
        },
        null,
      ],
    };
    assert.deepEqual(backends(manifest("networking.k8s.io/v1", "Ingress", { name: "a" }, { spec: today })), [
      ["spec.defaultBackend.service.name", "spec.defaultBackend.service.port.number", "gone", undefined, undefined],
      [
        "spec.rules.0.http.paths.0.backend.service.name",
        "spec.rules.0.http.paths.0.backend.service.port.name",
        "web",
        "web",
        80,
      ],
      [
        "spec.rules.0.http.paths.1.backend.service.name",
        "spec.rules.0.http.paths.1.backend.service.port.number",
        "web",
        "web",
        undefined,
      ],
    ]);
    const former = { backend: { serviceName: "web", servicePort: 80 } };
    assert.deepEqual(backends(manifest("extensions/v1beta1", "Ingress", { name: "a" }, { spec: former })), [
      ["spec.backend.serviceName", "spec.backend.servicePort", "web", "web", 80],
    ]);
  });

  test("an HTTPRoute, also in another namespace", () => {
    const rules = [
      {
        backendRefs: [
          { name: "web", port: 80 },
          { name: "far", namespace: "shop", port: 80 },
          { name: "web", kind: "Other" },
          7,
        ],
      },
    ];
    assert.deepEqual(
      backends(manifest("gateway.networking.k8s.io/v1", "HTTPRoute", { name: "a" }, { spec: { rules } })),
      [
        ["spec.rules.0.backendRefs.0.name", "spec.rules.0.backendRefs.0.port", "web", "web", 80],
        ["spec.rules.0.backendRefs.1.name", "spec.rules.0.backendRefs.1.port", "far", "far", 80],
      ],
    );
  });
});
