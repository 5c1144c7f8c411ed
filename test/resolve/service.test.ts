import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Environments } from "../../server/src/index/environments.ts";
import { servicesOf } from "../../server/src/index/queries.ts";
import { resolveService } from "../../server/src/resolve/service.ts";
import type { ServiceResolution } from "../../server/src/resolve/types.ts";
import { deployment, indexOf, manifest, service } from "../index/workspace.ts";

/** Resolves the only Service of the file `a/a.yaml`. */
function resolve(files: Readonly<Record<string, string>> | readonly string[]): ServiceResolution {
  const named = Array.isArray(files)
    ? { "a/a.yaml": files.join("---\n") }
    : (files as Readonly<Record<string, string>>);
  const [environment] = new Environments(indexOf(named)).of("a/a.yaml");
  const own = servicesOf(environment!).filter(({ file }) => file === "a/a.yaml");
  assert.equal(own.length, 1);
  return resolveService(environment!, own[0]!);
}

function workloads({ workloads: selected }: ServiceResolution): readonly string[] {
  return selected.map(({ resource }) => `${resource.kind}/${resource.name}`);
}

describe("whom a Service selects", () => {
  test("every kind that makes pods, by the labels of its template", () => {
    const template = { metadata: { labels: { app: "x", tier: "web" } }, spec: { containers: [] } };
    const made = [
      "apps/v1 ReplicaSet",
      "apps/v1 StatefulSet",
      "apps/v1 DaemonSet",
      "batch/v1 Job",
      "v1 ReplicationController",
      "argoproj.io/v1alpha1 Rollout",
    ].map((each) => {
      const [apiVersion = "", kind = ""] = each.split(" ");
      return manifest(apiVersion, kind, { name: kind.toLowerCase() }, { spec: { template } });
    });
    const cron = manifest("batch/v1", "CronJob", { name: "cron" }, { spec: { jobTemplate: { spec: { template } } } });
    const pod = manifest("v1", "Pod", { name: "pod", labels: { app: "x" } }, { spec: {} });
    const knative = manifest("serving.knative.dev/v1", "Deployment", { name: "not-apps" }, { spec: { template } });
    const found = workloads(
      resolve([service("s", { app: "x" }), ...made, cron, pod, knative, deployment("d", { app: "y" })]),
    );
    assert.deepEqual(found, [
      "ReplicaSet/replicaset",
      "StatefulSet/statefulset",
      "DaemonSet/daemonset",
      "Job/job",
      "ReplicationController/replicationcontroller",
      "Rollout/rollout",
      "CronJob/cron",
      "Pod/pod",
    ]);
  });

  test("labels that the control plane adds to the pods of Jobs and StatefulSets", () => {
    const job = manifest("batch/v1", "Job", { name: "import" }, { spec: { template: { spec: {} } } });
    assert.deepEqual(workloads(resolve([service("s", { "job-name": "import" }), job])), ["Job/import"]);
    const set = manifest(
      "apps/v1",
      "StatefulSet",
      { name: "db" },
      { spec: { replicas: 2, template: { metadata: { labels: { app: "db" } }, spec: {} } } },
    );
    const one = resolve([service("s", { "statefulset.kubernetes.io/pod-name": "db-1" }), set]);
    assert.deepEqual(
      one.slices[0]?.endpoints.map(({ pod }) => pod),
      ["db-1"],
    );
    assert.deepEqual(workloads(resolve([service("s", { "statefulset.kubernetes.io/pod-name": "db-2" }), set])), []);
  });

  test("only in its own namespace; a missing one is default", () => {
    const both = [
      deployment("a", { app: "x" }),
      deployment("b", { app: "x" }, { namespace: "default" }),
      deployment("c", { app: "x" }, { namespace: "shop" }),
    ];
    assert.deepEqual(workloads(resolve([service("s", { app: "x" }), ...both])), ["Deployment/a", "Deployment/b"]);
    assert.deepEqual(workloads(resolve([service("s", { app: "x" }, { namespace: "shop" }), ...both])), [
      "Deployment/c",
    ]);
  });

  test("a namespace that one of the two does not name is a possibility, two different ones are none", () => {
    const possible = (serviceNamespace: string | undefined, namespace: string | undefined): readonly string[] => {
      const more = (each: string | undefined) => (each === undefined ? {} : { namespace: each });
      return resolve([
        service("s", { app: "x" }, more(serviceNamespace)),
        deployment("d", { app: "x" }, more(namespace)),
      ]).possible.map(({ why }) => why);
    };
    assert.deepEqual(possible(undefined, "shop"), ["namespace"]);
    assert.deepEqual(possible("shop", undefined), ["namespace"]);
    assert.deepEqual(possible("shop", "other"), []);
    assert.deepEqual(possible("shop", "shop"), []);
  });

  test("further up only what is found first, as a possibility", () => {
    const files = {
      "a/a.yaml": service("s", { app: "x" }),
      "b/b.yaml": deployment("beside", { app: "x" }),
      "b/c/c.yaml": deployment("below", { app: "x" }),
    };
    assert.deepEqual(
      resolve(files).possible.map(({ resource, why }) => [resource.name, why]),
      [
        ["beside", "outside"],
        ["below", "outside"],
      ],
    );
    assert.deepEqual(resolve({ ...files, "a/d.yaml": deployment("near", { app: "x" }) }).possible, []);
  });
});

describe("where its ports lead to", () => {
  const containers = [
    {
      name: "app",
      ports: [
        { name: "http", containerPort: 8080 },
        { name: "dns", containerPort: 53, protocol: "UDP" },
      ],
    },
  ];
  const target = (port: object) =>
    resolve([service("s", { app: "x" }, { spec: { ports: [port] } }), deployment("d", { app: "x" }, { containers })])
      .workloads[0]?.ports[0];

  test("a name, a number, nothing", () => {
    assert.deepEqual(target({ port: 80, targetPort: "http" }), {
      index: 0,
      number: 8080,
      declaration: ["spec", "template", "spec", "containers", 0, "ports", 0],
    });
    assert.deepEqual(target({ port: 80, targetPort: 9090 }), { index: 0, number: 9090, declaration: undefined });
    assert.deepEqual(target({ port: 8080 }), {
      index: 0,
      number: 8080,
      declaration: ["spec", "template", "spec", "containers", 0, "ports", 0],
    });
  });

  test("a name that no container has, or with another protocol, or in an init container", () => {
    assert.deepEqual(target({ port: 80, targetPort: "htpp" }), {
      index: 0,
      number: undefined,
      declaration: undefined,
      mistake: undefined,
    });
    assert.equal(target({ port: 53, targetPort: "dns" })?.mistake, "other-protocol");
    const pod = manifest(
      "v1",
      "Pod",
      { name: "p", labels: { app: "x" } },
      { spec: { containers: [{}], initContainers: [{ ports: [{ name: "http", containerPort: 1 }] }] } },
    );
    assert.equal(
      resolve([service("s", { app: "x" }, { spec: { ports: [{ port: 80, targetPort: "http" }] } }), pod]).workloads[0]
        ?.ports[0]?.mistake,
      "init-container",
    );
  });
});

describe("why a Service has no endpoints", () => {
  const cases: readonly (readonly [string, readonly string[], ServiceResolution["empty"]])[] = [
    [
      "an alias",
      [
        service("s", { app: "x" }, { spec: { type: "ExternalName", externalName: "example.com" } }),
        deployment("d", { app: "x" }),
      ],
      "external-name",
    ],
    ["no selector", [service("s", undefined)], "no-selector"],
    ["an empty selector", [service("s", {}), deployment("d", { app: "x" })], "no-selector"],
    ["a selector of numbers", [service("s", { app: 7 }), deployment("d", { app: "x" })], "invalid"],
    ["a selector that is a list", [manifest("v1", "Service", { name: "s" }, { spec: { selector: ["a"] } })], "invalid"],
    ["nothing with the labels", [service("s", { app: "x" }), deployment("d", { app: "y" })], "no-match"],
    ["no replicas", [service("s", { app: "x" }), deployment("d", { app: "x" }, { replicas: 0 })], "no-replicas"],
    ["none: there are some", [service("s", { app: "x" }), deployment("d", { app: "x" })], undefined],
    [
      "none: they are written by hand",
      [
        service("s", undefined),
        manifest(
          "v1",
          "Endpoints",
          { name: "s" },
          { subsets: [{ addresses: [{ ip: "10.0.0.1" }], ports: [{ port: 80 }] }] },
        ),
      ],
      undefined,
    ],
  ];
  for (const [title, files, empty] of cases) test(title, () => assert.equal(resolve(files).empty, empty));

  test("wrong types anywhere are no reason to fail", () => {
    for (const spec of [null, [], 7, { ports: {} }, { ports: [7, null] }, { selector: null, clusterIP: 7, type: [] }]) {
      const resolution = resolve([manifest("v1", "Service", { name: "s" }, { spec }), deployment("d", { app: "x" })]);
      assert.deepEqual([resolution.empty, resolution.slices.length], ["no-selector", 0]);
    }
  });
});

describe("near misses", () => {
  const kinds = (selector: object, ...files: readonly string[]) =>
    resolve([service("s", selector), ...files]).nearMisses.map(({ kind, workload, differences }) => [
      kind,
      workload.resource.name,
      ...differences.map(({ key, wanted, found, foundKey }) => `${foundKey ?? key}: ${wanted} ${found ?? "-"}`),
    ]);

  test("a slip of the finger, in either direction", () => {
    assert.deepEqual(kinds({ app: "webapp" }, deployment("d", { app: "wepapp" })), [
      ["typing-error", "d", "app: webapp wepapp"],
    ]);
    assert.deepEqual(kinds({ app: "web" }, deployment("d", { app: "webb" })), [["typing-error", "d", "app: web webb"]]);
    assert.deepEqual(
      kinds({ app: "frontend" }, deployment("d", { app: "fronted" }), deployment("e", { app: "backend" })),
      [["typing-error", "d", "app: frontend fronted"]],
    );
  });

  test("different numbers and short words are no slips", () => {
    assert.deepEqual(kinds({ app: "web-1" }, deployment("d", { app: "web-2" })), []);
    assert.deepEqual(kinds({ app: "v1", tier: "a" }, deployment("d", { app: "v2", tier: "a" })), [
      ["one-value", "d", "app: v1 v2"],
    ]);
  });

  test("a value that begins alike, a value under another key, a label that misses", () => {
    assert.deepEqual(kinds({ app: "web" }, deployment("d", { app: "webapp" })), [
      ["one-value", "d", "app: web webapp"],
    ]);
    assert.deepEqual(kinds({ app: "web" }, deployment("d", { "app.kubernetes.io/name": "web" })), [
      ["other-key", "d", "app.kubernetes.io/name: web -"],
    ]);
    assert.deepEqual(kinds({ app: "web", tier: "front" }, deployment("d", { app: "web" })), [
      ["one-value", "d", "tier: front -"],
    ]);
  });

  test("labels on the object instead of its template, labels in another namespace", () => {
    assert.deepEqual(kinds({ app: "web" }, deployment("d", { run: "d" }, { ownLabels: { app: "web" } })), [
      ["not-on-template", "d", "app: web -"],
    ]);
    const other = resolve([
      service("s", { app: "x" }, { namespace: "a" }),
      deployment("d", { app: "x" }, { namespace: "b" }),
    ]);
    assert.deepEqual(
      other.nearMisses.map(({ kind }) => kind),
      ["namespace"],
    );
  });

  test("none where something is selected or possible", () => {
    assert.deepEqual(kinds({ app: "web" }, deployment("d", { app: "web" }), deployment("e", { app: "webb" })), []);
    assert.deepEqual(
      kinds({ app: "web" }, deployment("d", { app: "web" }, { namespace: "shop" }), deployment("e", { app: "webb" })),
      [],
    );
  });
});

describe("many", () => {
  test("10,000 Services with one selector share one answer", () => {
    const files = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, index) => [`a/${index}.yaml`, service(`s${index}`, { app: "x" })]),
    );
    const pods = Object.fromEntries(
      Array.from({ length: 1000 }, (_, index) => [`a/d${index}.yaml`, deployment(`d${index}`, { app: "x" })]),
    );
    const environments = new Environments(indexOf({ ...files, ...pods }));
    const [environment] = environments.of("a/0.yaml");
    const answers = servicesOf(environment!).map(
      (each) => resolveService(environments.of(each.file)[0]!, each).workloads,
    );
    assert.equal(answers[0]?.length, 1000);
    assert.equal(new Set(answers).size, 1);
  });

  test("four times the Services without a match cost about four times as much", () => {
    const small = cost(2000);
    const large = cost(8000);
    assert.ok(large < 10 * small, `${small} and ${large} microseconds`);
  });
});

/** Microseconds of the processor, which other programs do not change, for so many Services that look alike and miss their workloads. */
function cost(count: number): number {
  const pair = (index: number): string =>
    `${service(`s${index}`, { app: `service-${index.toString(36)}` })}---\n${deployment(`d${index}`, { app: `deployment-${index.toString(36)}` })}`;
  const [environment] = new Environments(
    indexOf(Object.fromEntries(Array.from({ length: count }, (_, index) => [`a/${index}.yaml`, pair(index)]))),
  ).of("a/0.yaml");
  const before = process.cpuUsage();
  for (const each of servicesOf(environment!)) assert.equal(resolveService(environment!, each).empty, "no-match");
  return process.cpuUsage(before).user;
}
