import assert from "node:assert/strict";
import { describe, test } from "node:test";

import type { IngressBalanceInput, IngressBalanceResult } from "../../../server/src/simulation/ingress/balance.ts";
import { balanceIngress } from "../../../server/src/simulation/ingress/balance.ts";

const policy = { weight: 20, weightTotal: 100, header: "X-Canary", headerValue: "", headerPattern: "", cookie: "" };
const base: IngressBalanceInput = {
  primary: ["web-1", "web-2"],
  canary: { policy, pods: ["canary-1"] },
  balancer: "round_robin",
};

function shares(result: IngressBalanceResult): readonly string[] {
  return result.endpoints.map(
    ({ pod, expectedShare: { numerator, denominator } }) => `${pod} ${numerator}/${denominator}`,
  );
}

function onCanary(result: IngressBalanceResult): number {
  return result.endpoints
    .filter(({ backend }) => backend === "canary")
    .reduce((sum, { requests }) => sum + requests, 0);
}

describe("balancing behind an Ingress", () => {
  test("the weight splits requests, each side spreads them evenly", () => {
    const result = balanceIngress(base);
    assert.deepEqual(shares(result), ["web-1 2/5", "web-2 2/5", "canary-1 1/5"]);
    assert.ok(Math.abs(onCanary(result) - 2000) < 150);
    const [first, second] = result.endpoints;
    assert.ok(
      Math.abs((first?.requests ?? 0) - (second?.requests ?? 0)) <= 2,
      "round robin keeps pods within a request per worker",
    );
  });

  test("a header decides for all", () => {
    const result = balanceIngress({ ...base, request: { headers: { "X-Canary": "always" } } });
    assert.deepEqual([shares(result)[2], onCanary(result)], ["canary-1 1/1", 10_000]);
  });

  test("a session cookie keeps a client on its side and pod", () => {
    const result = balanceIngress({ ...base, balancer: "sticky_balanced", clients: 10, requests: 1000 });
    assert.ok(result.endpoints.every(({ requests }) => requests % 100 === 0));
    const legacy = balanceIngress({
      ...base,
      balancer: "sticky_balanced",
      isCanarySticky: false,
      clients: 10,
      requests: 1000,
    });
    assert.ok(onCanary(legacy) < 100, "sooner or later every client sticks to the primary");
  });

  test("without primary pods everything fails, without canary pods nothing does", () => {
    assert.equal(balanceIngress({ ...base, primary: [] }).failed, 10_000);
    assert.deepEqual(shares(balanceIngress({ ...base, canary: { policy, pods: [] } })), ["web-1 1/2", "web-2 1/2"]);
  });

  test("hashing keeps a client on one pod", () => {
    const result = balanceIngress({ primary: ["a", "b", "c"], balancer: "chash", clients: 1, requests: 50 });
    assert.deepEqual(
      result.endpoints.map(({ requests }) => requests).sort((a, b) => b - a),
      [50, 0, 0],
    );
  });
});
