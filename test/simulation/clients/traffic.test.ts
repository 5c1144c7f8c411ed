import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { seededRandom } from "../../../server/src/base/random.ts";
import { EndpointList } from "../../../server/src/simulation/clients/endpoint-list.ts";
import type { PodTiming, Scenario } from "../../../server/src/simulation/scenario.ts";
import { simulate } from "../../../server/src/simulation/simulate.ts";
import type { RequestCounts } from "../../../server/src/simulation/timeline.ts";
import { deployment, service } from "../support.ts";

/** What requests met, ten in a second, when the only pod is killed after one. */
function killed(timing: Partial<PodTiming>, serviceTimeMs: number, until: number): RequestCounts {
  const traffic: Scenario["traffic"] = { service: "shop/web", requestsPerSecond: 10, clients: 1, serviceTimeMs };
  const pods = { default: { endpointPropagationMs: 0, readyAfterMs: 60_000, ...timing } };
  const actions = [{ atMs: 1000, killPod: "web-<1>" }];
  const objects = [deployment("a", 1), service];
  return simulate({ version: 1, objects, actions, pods, traffic, until }).frames.at(-1)!.requests!;
}

describe("requests to a pod that ends", () => {
  test("go on while it is the only one that still answers, until it stops listening", () => {
    const { ok, refused, reset } = killed({ preStopMs: 2000, terminationMs: 0 }, 0, 5000);
    assert.deepEqual([ok, refused, reset], [30, 20, 0]);
  });

  const lost: readonly [serviceTimeMs: number, reset: number][] = [
    [0, 0],
    [99, 0],
    [100, 0],
    [101, 1],
    [200, 1],
    [201, 2],
  ];
  for (const [serviceTimeMs, reset] of lost) {
    test(`${reset} break that take ${serviceTimeMs} ms and began 100, 200, … ms before its end`, () => {
      const counts = killed({ preStopMs: 0, terminationMs: 0, gracePeriodMs: 0 }, serviceTimeMs, 3000);
      assert.deepEqual([counts.reset, counts.ok], [reset, 10 - reset]);
      const served = Object.values(counts.byPod).reduce((sum, count) => sum + count, 0);
      assert.equal(served, counts.ok, "who broke counts for no pod");
    });
  }
});

test("a list of endpoints keeps those that nobody took out, whichever goes", () => {
  const pods = ["a", "b", "c"];
  for (const gone of pods) {
    const list = new EndpointList<string>(true);
    for (const pod of pods) list.put(pod, true);
    list.put(gone, false);
    list.put(gone, false);
    const chosen = Array.from({ length: 4 }, () => list.choose(seededRandom(1)));
    assert.deepEqual(new Set(chosen), new Set(pods.filter((pod) => pod !== gone)));
    list.put(gone, true);
    assert.equal(new Set(Array.from({ length: 3 }, () => list.choose(seededRandom(1)))).size, 3);
  }
});
