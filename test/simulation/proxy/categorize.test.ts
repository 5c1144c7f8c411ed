import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Slice } from "../../../server/src/simulation/endpoints/slice.ts";
import { categorizeEndpoints } from "../../../server/src/simulation/proxy/categorize.ts";
import { running, service, workload } from "../cluster.ts";

const { service: target, slices } = running(service("web"), workload("Deployment", "web", { replicas: 1 }));
const [slice] = slices;

/** As kube-proxy may see it for a while: an address that is in two slices. */
function twice(...states: readonly [node: string, isLeaving: boolean][]): readonly Slice[] {
  return states.map(([nodeName, terminating]) => ({
    ...slice!,
    endpoints: slice!.endpoints.map((endpoint) => ({
      ...endpoint,
      nodeName,
      conditions: { ready: !terminating, serving: true, terminating },
    })),
  }));
}

describe("an address that stands twice counts once", () => {
  const cases: readonly [string, readonly Slice[], readonly [node: string, isLeaving: boolean]][] = [
    ["the pod that leaves loses, though it is local", twice(["node-1", true], ["node-2", false]), ["node-2", false]],
    ["whatever the order", twice(["node-2", false], ["node-1", true]), ["node-2", false]],
  ];
  for (const [name, both, expected] of cases) {
    test(name, () => {
      const [port] = categorizeEndpoints(target, both, { name: "node-1" });
      assert.deepEqual(
        port?.endpoints.map(({ endpoint, isTerminating }) => [endpoint.nodeName, isTerminating]),
        [expected],
      );
    });
  }
});
