import fc from "fast-check";
import type { BalanceInput } from "../../../server/src/simulation/proxy/balance-types.ts";
import { schedulers } from "../../../server/src/simulation/proxy/schedulers.ts";
import { nodes, running, service, workload } from "../cluster.ts";

const sampleSeed = 20261121;

const inputs = fc
  .record({
    replicas: fc.integer({ min: 1, max: 40 }),
    proxy: fc.constantFrom<NonNullable<BalanceInput["proxy"]>>(
      { mode: "iptables" },
      { mode: "nftables" },
      ...schedulers.flatMap((scheduler) => [
        { mode: "ipvs", scheduler } as const,
        { mode: "ipvs", scheduler } as const,
      ]),
    ),
    affinity: fc.option(fc.integer({ min: 1, max: 60 })),
    requests: fc.nat(20_000),
    seed: fc.nat(1000),
    clients: fc.record({
      count: fc.integer({ min: 1, max: 90 }),
      origin: fc.constantFrom("pods" as const, "pods" as const, "outside" as const),
      sharesAddress: fc.boolean(),
    }),
    connections: fc.record({
      requestsPerConnection: fc.constantFrom(1, 1, 7, Number.POSITIVE_INFINITY),
      concurrency: fc.integer({ min: 1, max: 60 }),
      slowness: fc.constantFrom({}, { "web-<1>": 8 }, { "web-<2>": 3, "web-<4>": 0.2 }),
      requestIntervalMs: fc.constantFrom(10, 40, 1000),
    }),
    leaving: fc.array(fc.record({ pod: fc.constantFrom("web-<1>", "web-<2>"), atRequest: fc.nat(9000) }), {
      maxLength: 2,
    }),
    ends: fc.boolean(),
  })
  .map(({ replicas, affinity, leaving, ends, ...rest }): BalanceInput => {
    const timeoutSeconds = affinity ?? 0;
    const sticky = { sessionAffinity: "ClientIP", sessionAffinityConfig: { clientIP: { timeoutSeconds } } };
    const spec = affinity === null ? {} : sticky;
    const made = running(service("web", { type: "NodePort", ...spec }), workload("Deployment", "web", { replicas }));
    const left = leaving.map((pod) => ({ ...pod, ...(ends ? { goneAtRequest: pod.atRequest + 900 } : {}) }));
    return { ...made, nodes, ...rest, leaving: left };
  });

/** Requests to Services of all kinds, always the same. */
export function recordedBalances(): readonly BalanceInput[] {
  return fc.sample(inputs, { seed: sampleSeed, numRuns: 200 });
}
