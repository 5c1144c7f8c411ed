import assert from "node:assert/strict";
import { describe, test } from "node:test";

import fc from "fast-check";

import type { JsonObject } from "../../../server/src/base/json.ts";
import * as environment from "../../../server/src/simulation/dns/environment-variables.ts";
import { expand, expandCommand, lookupIn } from "../../../server/src/simulation/dns/expansion.ts";
import { podHostname } from "../../../server/src/simulation/dns/hostname.ts";

const service = (name: string, namespace: string, clusterIP: string, port = 80): JsonObject => ({
  metadata: { name, namespace },
  spec: { clusterIP, ports: [{ port }] },
});

describe("references to variables", () => {
  const lookup = lookupIn({ A: "1", B: "$(A)" });

  test("are replaced once, escaped ones never", () => {
    assert.equal(expand("$(A) $$(A) $(B) $$$(A)", lookup), "1 $(A) $(A) $1");
  });

  test("stay as written when unknown, empty or unterminated", () => {
    assert.equal(expand("$(C) $() $(A $$", lookup), "$(C) $() $(A $");
    assert.equal(expand("$(toString)", lookup), "$(toString)");
  });

  test("are found in long texts without end", () => {
    assert.equal(expand("$(".repeat(100_000), lookup).length, 200_000);
  });

  test("do nothing to texts without dollars", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!text.includes("$"));
        assert.equal(expand(text, lookup), text);
      }),
      { seed: 20_261_121 },
    );
  });

  test("in commands see the final values", () => {
    const container = { command: ["run", "$(A)", 5], args: ["$(B)"] };
    assert.deepEqual(expandCommand(container, { A: "1", B: "$(A)" }), { command: ["run", "1"], args: ["$(A)"] });
  });
});

describe("the variables of Services", () => {
  test("are those of the pod's namespace, and kubernetes of default", () => {
    const services = [
      service("web", "shop", "10.0.0.1"),
      service("web", "other", "10.0.0.2"),
      service("kubernetes", "default", "10.0.0.3"),
    ];
    const { variables } = environment.serviceVariables("shop", services, true);
    assert.equal(variables["WEB_SERVICE_HOST"], "10.0.0.1");
    assert.equal(variables["KUBERNETES_PORT"], "tcp://10.0.0.3:80");
    const unlinked = environment.serviceVariables("shop", services, false).variables;
    assert.equal(unlinked["WEB_SERVICE_HOST"], undefined);
    assert.equal(unlinked["KUBERNETES_SERVICE_HOST"], "10.0.0.3");
  });

  test("don't exist without a cluster IP", () => {
    const { variables } = environment.serviceVariables("shop", [service("web", "shop", "None")], true);
    assert.deepEqual(variables, {});
  });

  test("may be decided by chance", () => {
    const services = [service("a", "shop", "10.0.0.1", 80), service("a-service", "shop", "10.0.0.2", 81)];
    const { variables, ambiguous } = environment.serviceVariables("shop", services, true);
    assert.deepEqual(ambiguous, { A_SERVICE_PORT: ["80", "tcp://10.0.0.2:81"] });
    assert.equal(variables["A_SERVICE_PORT"], undefined);
  });

  test("put IPv6 into brackets in addresses with a port alone", () => {
    const found = environment.variablesOfService(service("web", "shop", "fd00::1"));
    assert.deepEqual(found.slice(0, 3), [
      { name: "WEB_SERVICE_HOST", value: "fd00::1" },
      { name: "WEB_SERVICE_PORT", value: "80" },
      { name: "WEB_PORT", value: "tcp://[fd00::1]:80" },
    ]);
  });
});

describe("a container's environment", () => {
  const configMaps = new Map([["settings", { data: { COLOR: "red", "=": "odd", PRICE: "5$$" } }]]);
  const pod = { metadata: { name: "web-1", namespace: "shop", labels: { app: "web" } } };
  const sources = {
    pod,
    configMaps,
    secrets: new Map<string, JsonObject>(),
    services: { WEB_PORT: "tcp://10.0.0.1:80" },
  };

  test("sees what stands before it, envFrom and Services", () => {
    const container = {
      envFrom: [{ prefix: "S_", configMapRef: { name: "settings" } }],
      env: [
        { name: "FIRST", value: "$(SECOND) $(S_COLOR) $(WEB_PORT)" },
        { name: "SECOND", value: "2" },
      ],
    };
    const { variables, skipped } = environment.containerEnvironment(container, sources);
    assert.equal(variables["FIRST"], "$(SECOND) red tcp://10.0.0.1:80");
    assert.deepEqual(skipped, ["S_="]);
  });

  test("does not expand what comes from elsewhere", () => {
    const env = [
      { name: "PRICE", valueFrom: { configMapKeyRef: { name: "settings", key: "PRICE" } } },
      { name: "APP", valueFrom: { fieldRef: { fieldPath: "metadata.labels['app']" } } },
      { name: "IP", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } },
    ];
    const { variables } = environment.containerEnvironment({ env }, sources);
    assert.deepEqual([variables["PRICE"], variables["APP"], variables["IP"]], ["5$$", "web", "<podIP of shop/web-1>"]);
  });

  test("names what a container cannot start without", () => {
    const container = {
      envFrom: [{ secretRef: { name: "gone" } }, { configMapRef: { name: "gone", optional: true } }],
      env: [{ name: "A", valueFrom: { configMapKeyRef: { name: "settings", key: "SIZE" } } }],
    };
    assert.deepEqual(environment.containerEnvironment(container, sources).missing, [
      { kind: "Secret", name: "gone" },
      { kind: "ConfigMap", name: "settings", key: "SIZE" },
    ]);
  });
});

describe("a pod's hostname", () => {
  const named = (spec: JsonObject): JsonObject => ({ metadata: { name: "web-1", namespace: "shop" }, spec });
  const options = { clusterDomain: "cluster.local" };

  test("is its name, or what it says itself", () => {
    assert.deepEqual(podHostname(named({}), options).value, { hostname: "web-1", domain: "" });
    assert.deepEqual(podHostname(named({ hostname: "a", subdomain: "web" }), options).value, {
      hostname: "a",
      domain: "web.shop.svc.cluster.local",
    });
    assert.deepEqual(podHostname(named({ hostnameOverride: "x.y", subdomain: "web" }), options).value, {
      hostname: "x.y",
      domain: "",
    });
  });

  test("must be a DNS label", () => {
    assert.match(
      podHostname(named({ hostname: "A" }), options).error ?? "",
      /^pod Hostname "A" is not a valid DNS label/,
    );
    assert.notEqual(podHostname(named({ hostnameOverride: "a".repeat(65) }), options).error, undefined);
  });
});
