import assert from "node:assert/strict";
import { describe, test } from "node:test";

import type { JsonObject } from "../../../server/src/base/json.ts";
import { objectAt } from "../../../server/src/base/json.ts";
import { seededRandom } from "../../../server/src/base/random.ts";
import type { CanaryPolicy } from "../../../server/src/simulation/ingress/canary.ts";
import {
  canaryPolicyOf,
  canaryShare,
  chooseBackend,
  findCanary,
  ingressAnnotations,
  ingressBalancer,
} from "../../../server/src/simulation/ingress/canary.ts";
import { gatewayShares, virtualServiceShares } from "../../../server/src/simulation/ingress/weights.ts";

const none: CanaryPolicy = { weight: 0, weightTotal: 100, header: "", headerValue: "", headerPattern: "", cookie: "" };

function ingress(name: string, host: string, annotations: Readonly<Record<string, string>>): JsonObject {
  const prefixed = Object.fromEntries(
    Object.entries(annotations).map(([key, value]) => [`nginx.ingress.kubernetes.io/${key}`, value]),
  );
  return {
    metadata: { name, namespace: "shop", annotations: prefixed },
    spec: { rules: [{ host, http: { paths: [{ path: "/", pathType: "Prefix", backend: { service: { name } } }] } }] },
  };
}

describe("ingress-nginx canary", () => {
  const choose = (policy: Partial<CanaryPolicy>, request: Parameters<typeof chooseBackend>[1]) =>
    chooseBackend({ ...none, ...policy }, request, seededRandom(1));

  test("the header beats the cookie, which beats the weight", () => {
    const policy = { header: "X-Canary", cookie: "canary", weight: 100 };
    assert.deepEqual(choose(policy, { headers: { "x-canary": "never" }, cookies: { canary: "always" } }), {
      backend: "primary",
      because: "header",
    });
    assert.deepEqual(choose(policy, { cookies: { canary: "never" } }), { backend: "primary", because: "cookie" });
    assert.deepEqual(choose(policy, { headers: { "x-canary": "maybe" } }), { backend: "canary", because: "weight" });
  });

  test("with a value asked, always and never mean nothing", () => {
    assert.deepEqual(choose({ header: "X", headerValue: "v2" }, { headers: { X: "always" } }).because, "weight");
    assert.deepEqual(choose({ header: "X", headerPattern: "^v[0-9]$" }, { headers: { X: "v3" } }), {
      backend: "canary",
      because: "header",
    });
    assert.deepEqual(choose({ header: "X", headerPattern: "(" }, { headers: { X: "v3" } }), {
      backend: "primary",
      because: "header",
    });
  });

  test("weights are out of 100 unless the total is greater", () => {
    assert.deepEqual(canaryShare({ ...none, weight: 20 }), { numerator: 1, denominator: 5 });
    assert.deepEqual(canaryShare({ ...none, weight: 20, weightTotal: 50 }), { numerator: 1, denominator: 5 });
    assert.deepEqual(canaryShare({ ...none, weight: 20, weightTotal: 1000 }), { numerator: 1, denominator: 50 });
    const random = seededRandom(7);
    const hits = Array.from({ length: 10_000 }, () => chooseBackend({ ...none, weight: 20 }, {}, random)).filter(
      ({ backend }) => backend === "canary",
    ).length;
    assert.ok(Math.abs(hits - 2000) < 150, `${hits} of 10000`);
  });

  test("annotations without canary: true are no canary", () => {
    assert.equal(canaryPolicyOf(ingress("c", "a", { "canary-weight": "20" })), undefined);
    assert.deepEqual(
      canaryPolicyOf(ingress("c", "a", { canary: "true", "canary-weight": "x", "canary-by-header": "X" })),
      { ...none, header: "X" },
    );
  });

  test("a canary needs the same namespace, host, path and path type", () => {
    const asked = { path: "/", pathType: "Prefix" };
    const same = ingress("s", "a.example.com", { canary: "true" });
    const path = { ...asked, backend: { service: { name: "s" } } };
    const withPath = (other: JsonObject): JsonObject => ({
      ...same,
      spec: { rules: [{ host: "a.example.com", http: { paths: [{ ...path, ...other }] } }] },
    });
    const others = [
      ingress("o", "b.example.com", { canary: "true" }),
      ingress("n", "a.example.com", { canary: "false" }),
      { ...same, metadata: { ...objectAt(same, "metadata"), namespace: "pay" } },
      withPath({ path: "/cart" }),
      withPath({ pathType: "Exact" }),
    ];
    const primary = ingress("p", "a.example.com", {});
    assert.equal(findCanary(primary, "a.example.com", asked, [primary, ...others]), undefined);
    const found = findCanary(primary, "a.example.com", asked, [primary, ...others, same]);
    assert.deepEqual(found, { ingress: same, backend: path.backend });
  });

  test("affinity beats hashing, hashing beats load-balance", () => {
    assert.equal(
      ingressBalancer(ingressAnnotations(ingress("p", "a", { affinity: "cookie", "upstream-hash-by": "$uri" }))),
      "sticky_balanced",
    );
    assert.equal(ingressBalancer({ "upstream-hash-by": "$uri", "load-balance": "ewma" }), "chash");
  });
});

describe("weighted routes", () => {
  const share = (
    backends: readonly { readonly share: { readonly numerator: number; readonly denominator: number } }[] | undefined,
  ) => backends?.map(({ share: { numerator, denominator } }) => `${numerator}/${denominator}`);

  test("of the Gateway API have weight 1 unless written", () => {
    const route = {
      spec: {
        rules: [
          { backendRefs: [{ name: "a", weight: 3 }, { name: "b" }] },
          { backendRefs: [{ name: "c", weight: 0 }] },
        ],
      },
    };
    assert.deepEqual(gatewayShares(route).map(share), [["3/4", "1/4"], ["0/1"]]);
  });

  test("of Istio are relative, and a single destination gets everything", () => {
    const virtualService = {
      spec: {
        http: [
          {
            route: [
              { destination: { host: "a", subset: "v1" }, weight: 30 },
              { destination: { host: "a", subset: "v2" }, weight: 90 },
            ],
          },
          { route: [{ destination: { host: "b" }, weight: 5 }] },
        ],
      },
    };
    assert.deepEqual(virtualServiceShares(virtualService).map(share), [["1/4", "3/4"], ["1/1"]]);
  });
});
