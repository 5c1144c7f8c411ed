import assert from "node:assert/strict";
import { describe, test } from "node:test";

import fc from "fast-check";

import type { JsonObject } from "../../../server/src/base/json.ts";
import { endpointPorts } from "../../../server/src/simulation/endpoints/ports.ts";
import { predictSlices, reconcileSlices } from "../../../server/src/simulation/endpoints/predict.ts";
import { sliceObject, sliceOf } from "../../../server/src/simulation/endpoints/slice.ts";
import { podsOf } from "../../../server/src/simulation/pods.ts";
import { nodes, running, service, workload } from "../cluster.ts";

describe("predicted slices", () => {
  test("a named port that two Deployments resolve differently gives two groups", () => {
    const canary = workload(
      "Deployment",
      "web",
      { replicas: 1 },
      { containers: [{ name: "app", ports: [{ name: "http", containerPort: 9090 }] }] },
    );
    const groups = predictSlices(
      service("web"),
      [workload("Deployment", "web", { replicas: 2 }), canary]
        .flatMap((object) => podsOf(object, { nodes }))
        .map(({ object }) => object),
      nodes,
    );
    assert.deepEqual(
      groups.map(({ ports, sizes }) => [ports[0]?.port, sizes]),
      [
        [8080, [2]],
        [9090, [1]],
      ],
    );
  });

  test("a pod without the named port stays an endpoint, in a slice without ports", () => {
    const [pod] = podsOf(workload("Deployment", "web"), { nodes });
    const target = service("web", { ports: [{ name: "http", port: 80, targetPort: "htpp" }] });
    assert.deepEqual(endpointPorts(target, pod?.object ?? {}), {
      ports: [],
      unresolved: [{ name: "http", targetPort: "htpp" }],
    });
    const [group] = predictSlices(target, [pod?.object ?? {}], nodes);
    assert.deepEqual([group?.ports, group?.sizes], [[], [1]]);
  });

  test("no endpoint at all leaves one empty slice, no selector none", () => {
    assert.deepEqual(
      predictSlices(service("web"), [], nodes).map(({ sizes }) => sizes),
      [[0]],
    );
    assert.deepEqual(predictSlices(service("web", { selector: {} }), [], nodes), []);
    assert.deepEqual(predictSlices(service("web", { type: "ExternalName" }), [], nodes), []);
  });

  test("a Service of two families has slices of both", () => {
    const { slices } = running(service("web", { ipFamilies: ["IPv4", "IPv6"] }), workload("Deployment", "web"));
    assert.deepEqual(
      slices.map(({ addressType, endpoints }) => [addressType, endpoints[0]?.addresses[0]]),
      [
        ["IPv4", "<podIP of shop/web-<1>>"],
        ["IPv6", "<podIPv6 of shop/web-<1>>"],
      ],
    );
  });

  test("a selector with a number finds nothing rather than everything", () => {
    const [pod] = podsOf(workload("Deployment", "web"), { nodes });
    assert.deepEqual(
      predictSlices(service("web", { selector: { version: 1 } }), [pod?.object ?? {}], nodes).map(({ sizes }) => sizes),
      [[0]],
    );
  });

  test("230 pods take three slices", () => {
    assert.deepEqual(
      running(service("web"), workload("Deployment", "web", { replicas: 230 })).slices.map(
        (slice) => slice.endpoints.length,
      ),
      [230],
    );
    const pods = podsOf(workload("Deployment", "web", { replicas: 230 }), { nodes }).map(({ object }) => object);
    assert.deepEqual(predictSlices(service("web"), pods, nodes)[0]?.sizes, [100, 100, 30]);
  });

  test("the topology annotation spreads hints over zones by CPU", () => {
    const target = {
      ...service("web"),
      metadata: { name: "web", namespace: "shop", annotations: { "service.kubernetes.io/topology-mode": "Auto" } },
    };
    const { slices } = running(target, workload("Deployment", "web", { replicas: 6 }));
    const zones = slices[0]?.endpoints.map(({ hints }) => hints?.forZones?.[0]?.name).sort();
    assert.deepEqual(zones, ["a", "a", "b", "b", "b", "b"]);
  });

  test("slices read back are what was written", () => {
    const { slices } = running(
      service("web", { trafficDistribution: "PreferSameNode" }),
      workload("StatefulSet", "web", { serviceName: "web", replicas: 2 }),
    );
    const [first] = slices;
    assert.ok(first);
    const again = sliceOf(sliceObject(first));
    assert.deepEqual([again.endpoints, again.ports, again.labels], [first.endpoints, first.ports, first.labels]);
    assert.equal(again.endpoints[0]?.hostname, "web-0");
  });

  test("packing loses and doubles no pod, and a second sync writes nothing", () => {
    const property = fc.property(
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 1, max: 20 }),
      (before, after, maxEndpointsPerSlice) => {
        const pods = podsOf(workload("Deployment", "web", { replicas: 80 }), { nodes }).map(({ object }) => object);
        const options = { maxEndpointsPerSlice };
        const named = (slices: readonly Parameters<typeof sliceObject>[0][]) =>
          slices.map((slice, index) => ({ ...slice, name: `web-${index}` }));
        const first = named(reconcileSlices(service("web"), pods.slice(0, before), nodes, [], options).create);
        const second = reconcileSlices(service("web"), pods.slice(20, 20 + after), nodes, first, options);
        const all = named([...second.unchanged, ...second.update, ...second.create]);
        const found = all.flatMap(({ endpoints }) => endpoints.map(({ targetRef }) => targetRef?.name));
        assert.equal(new Set(found).size, after);
        assert.equal(found.length, after);
        assert.ok(all.every(({ endpoints }) => endpoints.length <= maxEndpointsPerSlice));
        const third = reconcileSlices(service("web"), pods.slice(20, 20 + after), nodes, all, options);
        assert.deepEqual([third.create.length, third.update.length, third.delete.length], [0, 0, 0]);
      },
    );
    fc.assert(property, { seed: 7, numRuns: 60 });
  });

  test("nothing throws on objects of the wrong shape", () => {
    const json = fc.jsonValue({ maxDepth: 4 });
    const property = fc.property(json, json, json, (metadata, spec, status) => {
      const object = JSON.parse(JSON.stringify({ metadata, spec, status })) as JsonObject;
      assert.ok(Array.isArray(predictSlices(object, [object, service("web")], nodes, [sliceOf(object)])));
    });
    fc.assert(property, { seed: 7 });
  });
});
