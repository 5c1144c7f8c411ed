import assert from "node:assert/strict";
import { describe, test } from "node:test";

import fc from "fast-check";

import type { JsonObject } from "../../../server/src/base/json.ts";
import { balance } from "../../../server/src/simulation/proxy/balance.ts";
import type { BalanceInput, BalanceResult } from "../../../server/src/simulation/proxy/balance-types.ts";
import type { Scheduler } from "../../../server/src/simulation/proxy/schedulers.ts";
import { schedulers } from "../../../server/src/simulation/proxy/schedulers.ts";
import { nodes, running, service, workload } from "../cluster.ts";

function web(replicas: number, spec: JsonObject = {}, more: Partial<BalanceInput> = {}): BalanceResult {
  const { pods, slices, service: target } = running(service("web", spec), workload("Deployment", "web", { replicas }));
  return balance({ service: target, slices, nodes, pods, ...more });
}

function shares(result: BalanceResult): readonly string[] {
  return result.endpoints.map(({ expectedShare: { numerator, denominator } }) => `${numerator}/${denominator}`);
}

function counts(result: BalanceResult): readonly number[] {
  return result.endpoints.map(({ requests }) => requests);
}

describe("balancing", () => {
  test("at random: equal shares, and a sample that the seed repeats", () => {
    const result = web(3, {}, { proxy: { mode: "iptables" } });
    assert.deepEqual(shares(result), ["1/3", "1/3", "1/3"]);
    assert.equal(result.explanation, "iptables picks at random: 1/3, then 1/2 of the rest, then the last");
    assert.equal(
      counts(result).reduce((sum, count) => sum + count, 0),
      10_000,
    );
    assert.deepEqual(counts(web(3, {}, { proxy: { mode: "iptables" } })), counts(result));
    assert.notDeepEqual(counts(web(3, {}, { seed: 2 })), counts(result));
    assert.deepEqual(
      [result.endpoints[0]?.pod, result.endpoints[0]?.workload, result.endpoints[0]?.node],
      ["web-<1>", "Deployment/web", "node-1"],
    );
  });

  test("one endpoint gets everything; a port without a name is told by its number", () => {
    const unnamed = [{ port: 80, targetPort: "http" }];
    const result = web(1, { ports: unnamed }, { proxy: { mode: "iptables" } });
    assert.equal(result.explanation, "iptables sends everything to the only endpoint");
    assert.deepEqual([result.port, web(1).port], ["80", "http"]);
  });

  test("samples pass a chi-square test", () => {
    const result = web(10, {}, { requests: 100_000 });
    const statistic = counts(result).reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    assert.ok(statistic < 27.9, `chi-square ${statistic} of 9 degrees of freedom`);
  });

  test("rr takes turns on each node by itself", () => {
    assert.deepEqual(
      counts(web(4, {}, { proxy: { mode: "ipvs", scheduler: "rr" }, requests: 12, clients: { node: "node-1" } })),
      [3, 3, 3, 3],
    );
  });

  test("lc spares a slow pod, rr does not", () => {
    const slow = { connections: { slowness: { "web-<1>": 8 }, concurrency: 20 } };
    const byScheduler = (scheduler: Scheduler): number =>
      counts(web(4, {}, { proxy: { mode: "ipvs", scheduler }, ...slow }))[0] ?? 0;
    assert.ok(byScheduler("lc") < byScheduler("rr") / 2);
  });

  test("dh gives everything to one pod, sh each client to one", () => {
    assert.deepEqual(
      [...counts(web(4, {}, { proxy: { mode: "ipvs", scheduler: "dh" } }))].sort((a, b) => b - a),
      [10_000, 0, 0, 0],
    );
    const alone = web(4, {}, { proxy: { mode: "ipvs", scheduler: "sh" }, clients: { sharesAddress: true } });
    assert.equal(counts(alone).filter((count) => count > 0).length, 1);
  });

  test("policy Local makes shares uneven, and drops where no pod is local, except with ipvs", () => {
    assert.deepEqual(shares(web(4, { internalTrafficPolicy: "Local" })), ["1/6", "1/3", "1/3", "1/6"]);
    const two = web(2, { internalTrafficPolicy: "Local" });
    assert.deepEqual([shares(two), two.dropped > 0, two.rejected], [["1/3", "1/3"], true, 0]);
    assert.deepEqual(shares(web(2, { internalTrafficPolicy: "Local" }, { proxy: { mode: "ipvs" } })), ["1/2", "1/2"]);
  });

  test("a load balancer leaves out nodes without a ready local pod; a plain node port does not", () => {
    const ports = [{ name: "http", port: 80, nodePort: 30080, targetPort: "http" }];
    const outside = { clients: { origin: "outside" } } as const;
    assert.equal(web(2, { type: "LoadBalancer", externalTrafficPolicy: "Local", ports }, outside).dropped, 0);
    assert.ok(web(2, { type: "NodePort", externalTrafficPolicy: "Local", ports }, outside).dropped > 0);
    assert.equal(web(2, {}, outside).because[0]?.code, "not-exposed");
  });

  test("hints keep traffic in the zone", () => {
    assert.deepEqual(shares(web(3, { trafficDistribution: "PreferSameZone" })), ["1/3", "1/3", "1/3"]);
    assert.deepEqual(shares(web(3, { trafficDistribution: "PreferSameZone" }, { clients: { node: "node-1" } })), [
      "1/1",
      "0/1",
      "0/1",
    ]);
  });

  test("session affinity binds a client until its time is over", () => {
    const bound = web(4, { sessionAffinity: "ClientIP" }, { clients: { count: 1 } });
    assert.equal(counts(bound).filter((count) => count > 0).length, 1);
    const short = { sessionAffinity: "ClientIP", sessionAffinityConfig: { clientIP: { timeoutSeconds: 1 } } };
    const loose = web(4, short, { clients: { count: 1 }, connections: { requestIntervalMs: 2000 } });
    assert.equal(counts(loose).filter((count) => count > 0).length, 4);
  });

  test("keep-alive balances connections, not requests, and breaks when the pod ends", () => {
    const connections = { requestsPerConnection: Number.POSITIVE_INFINITY };
    assert.equal(web(3, {}, { connections }).connections, 30);
    const leaving = [{ pod: "web-<1>", atRequest: 1000, goneAtRequest: 2000 }];
    const result = web(3, {}, { connections, leaving });
    assert.equal(result.connections, 30 + result.reset);
    assert.ok(result.reset > 0);
  });

  test("a connection that is used up makes room: one client's are never too many for lblc", () => {
    const connections = { requestsPerConnection: 5 };
    const proxy = { mode: "ipvs", scheduler: "lblc" } as const;
    assert.deepEqual(counts(web(2, {}, { proxy, connections, clients: { count: 1 }, requests: 100 })), [100, 0]);
  });

  test("turns and open connections go on when endpoints change", () => {
    for (const scheduler of schedulers) {
      for (const requestsPerConnection of [1, 7]) {
        const slow = { slowness: { "web-<2>": 9 }, requestsPerConnection, requestIntervalMs: 100 };
        const more = { proxy: { mode: "ipvs", scheduler }, connections: slow } as const;
        const leaving = [{ pod: "nobody", atRequest: 5000, goneAtRequest: 5003 }];
        assert.deepEqual(counts(web(5, {}, { ...more, leaving })), counts(web(5, {}, more)), scheduler);
      }
    }
  });

  test("rr goes on after the pod that it has chosen last, also when that leaves", () => {
    const proxy = { mode: "ipvs", scheduler: "rr" } as const;
    const leaving = [{ pod: "web-<2>", atRequest: 2, goneAtRequest: 4 }];
    const result = web(3, {}, { proxy, requests: 7, clients: { node: "node-1" }, leaving });
    assert.deepEqual(counts(result), [3, 1, 3]);
  });

  test("a pod that leaves gets nothing new while another is ready", () => {
    const result = web(2, {}, { leaving: [{ pod: "web-<1>", atRequest: 5000 }] });
    assert.deepEqual(shares(result), ["1/4", "3/4"]);
    assert.ok((counts(result)[0] ?? 0) < 2700);
  });

  test("without endpoints everything is rejected; an alias and a headless Service have no proxy", () => {
    const empty = web(0);
    assert.deepEqual([empty.rejected, empty.because[0]?.code], [10_000, "no-endpoints"]);
    assert.equal(web(1, { type: "ExternalName" }).because[0]?.code, "external-name");
    assert.deepEqual(
      [web(4, { clusterIP: "None" }).because[0]?.code, shares(web(2, { clusterIP: "None" }))],
      ["headless", ["1/2", "1/2"]],
    );
    assert.equal(web(1, {}, { port: "nope" }).because[0]?.code, "no-such-port");
  });

  test("shares, rejected and dropped requests sum to all", () => {
    const scheduler = fc.constantFrom<Scheduler | undefined>(undefined, ...schedulers);
    const policy = fc.constantFrom("Cluster", "Local");
    const property = fc.property(
      fc.integer({ min: 0, max: 9 }),
      scheduler,
      policy,
      fc.integer({ min: 1, max: 40 }),
      (replicas, chosen, internalTrafficPolicy, count) => {
        const proxy = chosen === undefined ? {} : ({ mode: "ipvs", scheduler: chosen } as const);
        const result = web(replicas, { internalTrafficPolicy }, { proxy, clients: { count }, requests: 600 });
        const served = counts(result).reduce((sum, number) => sum + number, 0);
        assert.equal(served + result.rejected + result.dropped, 600);
        const total = result.endpoints.reduce(
          (sum, { expectedShare }) => sum + expectedShare.numerator / expectedShare.denominator,
          0,
        );
        if (result.rejected + result.dropped === 0) assert.ok(Math.abs(total - 1) < 1e-9, `shares sum to ${total}`);
      },
    );
    fc.assert(property, { seed: 7, numRuns: 100 });
  });

  test("nothing throws on a Service of the wrong shape", () => {
    const json = fc.jsonValue({ maxDepth: 4 });
    const property = fc.property(json, json, (metadata, spec) => {
      const target = JSON.parse(JSON.stringify({ kind: "Service", metadata, spec })) as JsonObject;
      const { slices } = running(service("web"), workload("Deployment", "web", { replicas: 2 }));
      assert.equal(balance({ service: target, slices, nodes, requests: 10 }).version, 1);
    });
    fc.assert(property, { seed: 7 });
  });
});
