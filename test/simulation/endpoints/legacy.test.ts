import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { legacyEndpoints, mirroredSlices, storedEndpoints } from "../../../server/src/simulation/endpoints/legacy.ts";
import { podsOf } from "../../../server/src/simulation/pods.ts";
import { nodes, service, workload } from "../cluster.ts";

describe("v1 Endpoints", () => {
  test("hold at most 1000 addresses, the ready ones first", () => {
    const pods = podsOf(workload("Deployment", "web", { replicas: 1200 }), { nodes }).map(({ object }) => object);
    const unready = pods.map((pod, index) =>
      index < 300 ? { ...pod, status: { phase: "Running", podIP: `10.0.${index >> 8}.${index & 255}` } } : pod,
    );
    const endpoints = legacyEndpoints(service("web"), unready);
    assert.equal(endpoints?.isTruncated, true);
    assert.deepEqual(
      [endpoints.subsets[0]?.addresses.length, endpoints.subsets[0]?.notReadyAddresses.length],
      [900, 100],
    );
  });

  test("written by hand are stored with ports of equal addresses together, and mirrored so", () => {
    const written = {
      kind: "Endpoints",
      metadata: { name: "db", namespace: "shop" },
      subsets: [
        { addresses: [{ ip: "192.0.2.1" }], ports: [{ name: "a", port: 1 }] },
        { addresses: [{ ip: "192.0.2.1" }], ports: [{ name: "b", port: 2 }] },
      ],
    };
    assert.deepEqual(
      storedEndpoints(written).subsets.map(({ ports }) => ports.map(({ name }) => name)),
      [["a", "b"]],
    );
    const target = { metadata: { name: "db", namespace: "shop" }, spec: { ports: [{ port: 1 }] } };
    assert.deepEqual(
      mirroredSlices(written, target).map(({ ports }) => ports.length),
      [2],
    );
    assert.deepEqual(mirroredSlices(written, service("db")), []);
  });

  test("mirroring leaves out what is no address", () => {
    const written = {
      metadata: { name: "db" },
      subsets: [{ addresses: [{ ip: "db.example.com" }, { ip: "fd00::1" }], ports: [] }],
    };
    assert.deepEqual(
      mirroredSlices(written, { metadata: { name: "db" } }).map(({ addressType, endpoints }) => [
        addressType,
        endpoints.length,
      ]),
      [["IPv6", 1]],
    );
  });
});
