import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { JsonObject } from "../../../server/src/base/json.ts";
import { balanceRoutes } from "../../../server/src/resolve/balance.ts";
import type { BackendBalance, RouteBalance } from "../../../server/src/simulation/ingress/balance-route.ts";
import { podsBehind } from "../../../server/src/simulation/ingress/backend-pods.ts";
import { routesOf } from "../../../server/src/simulation/ingress/routes.ts";
import { chiSquare } from "../support.ts";
import { TestWorkspace } from "../../support/workspace.ts";

const facts = {
  kubernetesVersion: "1.36",
  nodes: [{ name: "node-1" }, { name: "node-2" }],
  proxyMode: "nftables",
} as const;

function workload(name: string, replicas: number, labels: string): string {
  return `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {${labels}}}
  template:
    metadata: {labels: {${labels}}}
    spec: {containers: [{name: app, image: "app:1"}]}
`;
}

function service(name: string, selector: string, more = "", namespace = "shop"): string {
  return `---
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: ${namespace}}
spec: {selector: {${selector}}, ports: [{port: 80}]${more}}
`;
}

const shop =
  service("web", "app: web") +
  service("next", "app: next") +
  service("empty", "app: nobody") +
  workload("web", 3, "app: web, version: v1") +
  workload("web2", 1, "app: web, version: v2") +
  workload("next", 1, "app: next");

function httpRoute(backends: string, kind = "HTTPRoute"): string {
  return `---
apiVersion: gateway.networking.k8s.io/v1
kind: ${kind}
metadata: {name: way, namespace: shop}
spec:
  hostnames: [shop.example]
  rules:
    - matches: [{path: {type: PathPrefix, value: /cart}}]
      backendRefs: [${backends}]
`;
}

function virtualService(routes: string): string {
  return `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: way, namespace: shop}
spec: {hosts: [web], http: [{route: [${routes}]}]}
`;
}

function destinationRule(spec: string): string {
  return `---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: web, namespace: shop}
spec: {host: web.shop.svc.cluster.local, ${spec}}
`;
}

/** The routes to the Service `web` of a set of manifests. */
function routes(text: string, requests = 10_000): readonly RouteBalance[] {
  const [environment] = new TestWorkspace(`#- /shop.yaml\n${text}`).context("/shop.yaml").environments;
  assert.ok(environment !== undefined);
  const web = environment.resources().find(({ kind, name }) => kind === "Service" && name === "web");
  assert.ok(web !== undefined);
  return balanceRoutes(environment, web, facts, { requests, seed: 3 });
}

function route(text: string): RouteBalance {
  const [found, ...others] = routes(text);
  assert.ok(found !== undefined && others.length === 0);
  return found;
}

function shares({ backends }: RouteBalance): readonly string[] {
  return backends.map(
    ({ service: name, subset, expectedShare: { numerator, denominator } }) =>
      `${name}${subset === null ? "" : ` ${subset}`} ${numerator}/${denominator}`,
  );
}

function states({ backends }: RouteBalance): readonly (readonly [BackendBalance["state"], string | null])[] {
  return backends.map(({ state, status }) => [state, status]);
}

describe("routes of the Gateway API", () => {
  test("share requests by weight; an absent weight is 1, and 0 gets nothing", () => {
    const found = route(
      shop + httpRoute("{name: web, port: 80, weight: 3}, {name: next, port: 80}, {name: empty, port: 80, weight: 0}"),
    );
    assert.deepEqual(shares(found), ["shop/web 3/4", "shop/next 1/4", "shop/empty 0/1"]);
    assert.equal(found.backends[2]?.requests, 0);
    assert.equal(found.failed, 0);
    assert.equal(found.matches, "shop.example /cart");
  });

  test("samples agree with the shares, and the seed repeats them", () => {
    const text = shop + httpRoute("{name: web, port: 80, weight: 7}, {name: next, port: 80, weight: 3}");
    const found = route(text);
    const counts = found.backends.map(({ requests }) => requests);
    assert.ok(chiSquare(counts, [7000, 3000]) < 10.83, counts.join(" "));
    assert.deepEqual(route(text), found);
  });

  test("a Service that is not there answers 500 with its share, one without endpoints 503", () => {
    const found = route(
      shop + httpRoute("{name: web, port: 80, weight: 2}, {name: lost, port: 80}, {name: empty, port: 80}"),
    );
    assert.deepEqual(states(found), [
      ["served", null],
      ["missing", "500"],
      ["no-endpoints", "503"],
    ]);
    const [, lost, empty] = found.backends;
    assert.equal(found.failed, (lost?.requests ?? 0) + (empty?.requests ?? 0));
  });

  test("with zero weights alone everything is answered 500", () => {
    const found = route(shop + httpRoute("{name: web, port: 80, weight: 0}"));
    assert.deepEqual([found.status, found.failed, shares(found)], ["500", 10_000, ["shop/web 0/1"]]);
  });

  test("GRPCRoutes answer UNAVAILABLE, TLSRoutes reject the connection", () => {
    const backends = "{name: web, port: 80}, {name: lost, port: 80}";
    assert.equal(route(shop + httpRoute(backends, "GRPCRoute")).backends[1]?.status, "UNAVAILABLE");
    assert.equal(route(shop + httpRoute(backends, "TLSRoute")).backends[1]?.status, "rejected");
  });

  test("another namespace needs a grant for this kind of route and this Service", () => {
    const text =
      shop +
      service("pay", "app: pay", "", "money") +
      httpRoute("{name: web, port: 80}, {name: pay, namespace: money, port: 80}");
    const grant = (kind: string, name: string): string => `---
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: {name: shop, namespace: money}
spec:
  from: [{group: gateway.networking.k8s.io, kind: ${kind}, namespace: shop}]
  to: [{group: "", kind: Service, name: ${name}}]
`;
    assert.deepEqual(states(route(text))[1], ["not-granted", "500"]);
    assert.deepEqual(states(route(text + grant("GRPCRoute", "pay")))[1], ["not-granted", "500"]);
    assert.deepEqual(states(route(text + grant("HTTPRoute", "other")))[1], ["not-granted", "500"]);
    assert.deepEqual(states(route(text + grant("HTTPRoute", "pay")))[1], ["no-endpoints", "503"]);
  });

  test("what no standard says is unknown: other kinds, ports that are not there, pods of one Service", () => {
    const found = route(
      shop +
        httpRoute(
          "{name: web, port: 80, weight: 2}, {name: next, port: 81}, {group: example.com, kind: Bucket, name: files}",
        ),
    );
    assert.deepEqual(states(found), [
      ["served", null],
      ["no-port", null],
      ["foreign", null],
    ]);
    assert.equal(found.failed, 0);
    assert.equal(found.unknown, (found.backends[1]?.requests ?? 0) + (found.backends[2]?.requests ?? 0));
    assert.deepEqual(
      found.backends[0]?.endpoints.map(({ expectedShare, requests }) => [expectedShare, requests]),
      Array.from({ length: 4 }, () => [null, null]),
    );
  });

  test("nothing is called missing where some of the files can't be read", () => {
    const found = route(
      `${shop}${httpRoute("{name: web, port: 80}, {name: lost, port: 80}")}---\napiVersion: v1\nkind: Service\nmetadata: {name: lost\n`,
    );
    assert.deepEqual(states(found)[1], ["unseen", null]);
  });

  test("a route to other Services alone is none of this Service's", () => {
    assert.deepEqual(routes(shop + httpRoute("{name: next, port: 80}")), []);
  });
});

describe("routes of Istio", () => {
  const subsets = "subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]";

  test("subsets divide the pods of a Service by their labels, evenly among equals", () => {
    const found = route(
      shop +
        virtualService(
          "{destination: {host: web, subset: v1}, weight: 30}, {destination: {host: web, subset: v2}, weight: 10}",
        ) +
        destinationRule(subsets),
    );
    assert.deepEqual(shares(found), ["shop/web v1 3/4", "shop/web v2 1/4"]);
    assert.deepEqual(
      found.backends.map(({ endpoints }) =>
        endpoints.map(({ pod, expectedShare }) => [pod, `${expectedShare?.numerator}/${expectedShare?.denominator}`]),
      ),
      [
        [
          ["web-<1>", "1/4"],
          ["web-<2>", "1/4"],
          ["web-<3>", "1/4"],
        ],
        [["web2-<1>", "1/4"]],
      ],
    );
  });

  test("a subset that no DestinationRule declares gets 503", () => {
    const found = route(
      shop +
        virtualService(
          "{destination: {host: web, subset: v1}, weight: 1}, {destination: {host: web, subset: v9}, weight: 1}",
        ) +
        destinationRule(subsets),
    );
    assert.deepEqual(states(found), [
      ["served", null],
      ["no-subset", "503"],
    ]);
  });

  test("a host with dots is a full name, or none of the cluster's", () => {
    const found = route(
      shop +
        virtualService(
          "{destination: {host: web.shop.svc.cluster.local}, weight: 1}, {destination: {host: next.shop}, weight: 1}",
        ),
    );
    assert.deepEqual(states(found), [
      ["served", null],
      ["foreign", null],
    ]);
  });

  test("hashing, zones and PASSTHROUGH leave the pods' shares unknown", () => {
    const text = shop + virtualService("{destination: {host: web}, weight: 5}");
    const isKnown = (found: RouteBalance): boolean =>
      found.backends[0]?.endpoints.every(({ expectedShare }) => expectedShare !== null) ?? false;
    assert.ok(isKnown(route(text)));
    assert.ok(isKnown(route(text + destinationRule("trafficPolicy: {loadBalancer: {simple: ROUND_ROBIN}}"))));
    assert.ok(!isKnown(route(text + destinationRule("trafficPolicy: {loadBalancer: {simple: PASSTHROUGH}}"))));
    assert.ok(
      !isKnown(route(text + destinationRule("trafficPolicy: {loadBalancer: {consistentHash: {useSourceIp: true}}}"))),
    );
    assert.ok(
      !isKnown(route(text.replace("ports: [{port: 80}]", "ports: [{port: 80}], trafficDistribution: PreferSameZone"))),
    );
  });

  test("a sum of 0 is refused by Istio: nothing is claimed", () => {
    const found = route(
      shop + virtualService("{destination: {host: web}, weight: 0}, {destination: {host: next}, weight: 0}"),
    );
    assert.deepEqual([found.status, found.failed, found.unknown], [null, 0, 10_000]);
  });
});

describe("a destination of Istio", () => {
  const named = (kind: string, name: string, spec: JsonObject): JsonObject => ({
    apiVersion: kind === "Service" ? "v1" : "networking.istio.io/v1",
    kind,
    metadata: { name, namespace: "shop" },
    spec,
  });
  const web = named("Service", "web", { ports: [{ port: 80 }] });
  const cases: readonly [
    string,
    destination: JsonObject,
    isClosed: boolean,
    expected: readonly (string | boolean)[],
  ][] = [
    ["a Service", { host: "web" }, true, ["shop", "web", "found", true]],
    ["its port", { host: "web", port: { number: 80 } }, true, ["shop", "web", "found", true]],
    ["a port that it lacks", { host: "web", port: { number: 81 } }, true, ["shop", "web", "no-port", true]],
    ["a host outside", { host: "api.example.com" }, true, ["", "api.example.com", "foreign", false]],
    ["no Service at all", { host: "lost" }, true, ["shop", "lost", "missing", false]],
    ["a Service that may be elsewhere", { host: "lost" }, false, ["shop", "lost", "unseen", false]],
    ["one of another namespace", { host: "web.pay.svc" }, true, ["pay", "web", "missing", false]],
    ["no subset", { host: "web", subset: "v9" }, true, ["shop", "web", "no-subset", true]],
    ["a subset that may be elsewhere", { host: "web", subset: "v9" }, false, ["shop", "web", "unseen", true]],
  ];
  for (const [name, destination, isClosed, expected] of cases) {
    test(`is ${name}`, () => {
      const way = named("VirtualService", "way", { hosts: ["web"], http: [{ route: [{ destination }] }] });
      const found = routesOf(way, [web], { isClosed }).flatMap(({ backends }) => backends);
      assert.deepEqual(
        found.map((backend) => [backend.namespace, backend.name, backend.state, backend.isEven]),
        [expected],
      );
    });
  }
});

describe("pods behind a backend without a selector", () => {
  const files: JsonObject = {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "files", namespace: "shop" },
    spec: { clusterIP: "10.0.0.9", ports: [{ port: 80 }] },
  };
  const slice = (service: string, address: string, ready: boolean, namespace = "shop"): JsonObject => ({
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { name: `${service}-1`, namespace, labels: { "kubernetes.io/service-name": service } },
    addressType: "IPv4",
    ports: [{ name: "", port: 80, protocol: "TCP" }],
    endpoints: [{ addresses: [address], conditions: { ready } }],
  });
  const endpoints = (name: string, address: string): JsonObject => ({
    apiVersion: "v1",
    kind: "Endpoints",
    metadata: { name, namespace: "shop" },
    subsets: [{ addresses: [{ ip: address }], ports: [{ port: 80 }] }],
  });
  const cases: readonly [string, readonly JsonObject[], readonly string[]][] = [
    ["are those of a slice that names it", [slice("files", "192.0.2.1", true)], ["192.0.2.1"]],
    ["are ready", [slice("files", "192.0.2.1", false)], []],
    ["are not those of another's slice", [slice("other", "192.0.2.1", true)], []],
    ["are not of another namespace", [slice("files", "192.0.2.1", true, "pay")], []],
    ["are those of the Endpoints of its name", [endpoints("files", "192.0.2.2")], ["192.0.2.2"]],
    ["are not those of other Endpoints", [endpoints("other", "192.0.2.2")], []],
  ];
  for (const [name, objects, expected] of cases) {
    test(name, () => assert.deepEqual(podsBehind(objects, [], [])({ service: files, labels: {} }), expected));
  }
});

describe("shares of any route", () => {
  test("sum to one over its backends, and its requests to all that were sent", () => {
    for (const weights of [[1], [3, 5], [1, 1, 1], [97, 2, 1]]) {
      const names = ["web", "next", "lost"];
      const backends = weights.map((weight, index) => `{name: ${names[index]}, port: 80, weight: ${weight}}`);
      const found = route(shop + httpRoute(backends.join(", ")));
      const sum = found.backends.reduce(
        (total, { expectedShare: { numerator, denominator } }) => total + numerator / denominator,
        0,
      );
      assert.ok(Math.abs(sum - 1) < 1e-12);
      assert.equal(
        found.backends.reduce((total, { requests }) => total + requests, 0),
        found.requests,
      );
    }
  });
});
