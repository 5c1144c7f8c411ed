import assert from "node:assert/strict";
import { describe, test } from "node:test";

import fc from "fast-check";

import type { QueryOptions } from "../../../server/src/simulation/dns/query.ts";
import { answerQuery } from "../../../server/src/simulation/dns/query.ts";
import { records } from "../../../server/src/simulation/dns/records.ts";
import { Zone } from "../../../server/src/simulation/dns/zone.ts";
import type { Endpoint, Slice } from "../../../server/src/simulation/endpoints/slice.ts";
import { running, service, workload } from "../cluster.ts";

function shop(): Zone {
  const web = running(service("web"), workload("Deployment", "web", { replicas: 2 }));
  const db = running(
    service("db", { clusterIP: "None", ports: [{ name: "sql", port: 3306 }] }),
    workload("StatefulSet", "db", { serviceName: "db", replicas: 2 }),
  );
  const alias = service("alias", { type: "ExternalName", externalName: "web.shop.svc.cluster.local" });
  return new Zone({ services: [web.service, db.service, alias], slices: [...web.slices, ...db.slices] });
}

describe("records of a zone", () => {
  const lines = records(shop()).map(({ name, type, values }) => `${name} ${type} ${values.join(", ")}`);

  test("name Services, ports, endpoints and addresses", () => {
    for (const line of [
      "web.shop.svc.cluster.local A <clusterIP of shop/web>",
      "_http._tcp.web.shop.svc.cluster.local SRV 0 100 80 web.shop.svc.cluster.local",
      "<dashed podIP of shop/web-<1>>.web.shop.svc.cluster.local A <podIP of shop/web-<1>>",
      "db.shop.svc.cluster.local A <podIP of shop/db-0>, <podIP of shop/db-1>",
      "_sql._tcp.db.shop.svc.cluster.local SRV 0 50 3306 db-0.db.shop.svc.cluster.local, 0 50 3306 db-1.db.shop.svc.cluster.local",
      "db-0.db.shop.svc.cluster.local A <podIP of shop/db-0>",
      "<reverse podIP of shop/db-0> PTR db-0.db.shop.svc.cluster.local",
      "<reverse clusterIP of shop/web> PTR web.shop.svc.cluster.local",
      "alias.shop.svc.cluster.local CNAME web.shop.svc.cluster.local",
      "dns-version.cluster.local TXT 1.1.0",
    ])
      assert.ok(lines.includes(line), line);
  });

  test("of an alias are only its own", () => {
    assert.deepEqual(
      lines.filter((line) => line.startsWith("alias.")),
      ["alias.shop.svc.cluster.local CNAME web.shop.svc.cluster.local"],
    );
  });

  test("are what the server answers", () => {
    for (const { name, type, values } of records(shop()).filter((record) => !record.name.includes("<"))) {
      const { answers } = answerQuery(shop(), { name, type });
      const own = answers
        .filter((answer) => answer.type === type)
        .map(({ data }) => data.replace(/\.$/, ""))
        .sort();
      assert.deepEqual(own, [...values].sort(), `${name} ${type}`);
    }
  });
});

describe("answers", () => {
  test("follow aliases, but not for ever", () => {
    const alias = (name: string, target: string) =>
      service(name, { type: "ExternalName", externalName: `${target}.shop.svc.cluster.local` });
    const zone = new Zone({
      services: [alias("a", "b"), alias("b", "a"), alias("c", "web"), service("web")],
      slices: [],
    });
    assert.deepEqual(answerQuery(zone, { name: "a.shop.svc.cluster.local", type: "A" }).answers, []);
    assert.deepEqual(
      answerQuery(zone, { name: "c.shop.svc.cluster.local", type: "A" }).answers.map(({ type, data }) => [type, data]),
      [
        ["CNAME", "web.shop.svc.cluster.local."],
        ["A", "<clusterIP of shop/web>"],
      ],
    );
  });

  describe("to an address", () => {
    const web = service("web", { clusterIP: "10.0.0.1" });
    const endpoint = (address: string, pod: string, hostname?: string): Endpoint => ({
      addresses: [address],
      conditions: { ready: true },
      targetRef: { kind: "Pod", name: pod, namespace: "shop" },
      ...(hostname === undefined ? {} : { hostname }),
    });
    const slice = (namespace: string, name: string, endpoints: readonly Endpoint[]): Slice => ({
      namespace,
      service: name,
      addressType: "IPv4",
      labels: {},
      ports: [{ name: "http", protocol: "TCP", port: 80 }],
      endpoints,
    });
    const slices = [
      slice("shop", "web", [endpoint("10.1.0.1", "web-a"), endpoint("10.1.0.2", "web-b", "b")]),
      slice("pay", "all", [endpoint("10.1.0.1", "web-a")]),
    ];
    const of = (zone: string, options: QueryOptions, address: string): readonly string[] => {
      const namespaces = zone === "" ? [] : zone.split(" ");
      const name = `${address.split(".").toReversed().join(".")}.in-addr.arpa.`;
      const answer = answerQuery(new Zone({ services: [web], slices, namespaces }), { name, type: "PTR" }, options);
      return answer.rcode === "NXDOMAIN" ? [answer.rcode] : answer.answers.map(({ data }) => data);
    };
    const dashed = "10-1-0-1.web.shop.svc.cluster.local.";
    const [shopOnly, payOnly] = [{ exposedNamespaces: ["shop"] }, { exposedNamespaces: ["pay"] }];
    const cases: readonly [string, namespaces: string, QueryOptions, address: string, names: readonly string[]][] = [
      ["name the Service that has it", "shop pay", {}, "10.0.0.1", ["web.shop.svc.cluster.local."]],
      ["name each Service of an endpoint", "shop pay", {}, "10.1.0.1", [dashed, "10-1-0-1.all.pay.svc.cluster.local."]],
      [
        "name the pod where asked to",
        "shop pay",
        { ...shopOnly, endpointPodNames: true },
        "10.1.0.1",
        ["web-a.web.shop.svc.cluster.local."],
      ],
      [
        "prefer the hostname to the pod",
        "shop pay",
        { endpointPodNames: true },
        "10.1.0.2",
        ["b.web.shop.svc.cluster.local."],
      ],
      ["leave out other namespaces' endpoints", "shop pay", shopOnly, "10.1.0.1", [dashed]],
      ["leave out other namespaces' Services", "shop pay", payOnly, "10.0.0.1", ["NXDOMAIN"]],
      ["need the namespace only where some are named", "", {}, "10.1.0.2", ["b.web.shop.svc.cluster.local."]],
      ["need a namespace that is there", "pay", shopOnly, "10.1.0.2", ["NXDOMAIN"]],
      [
        "are in the first zone",
        "shop",
        { zones: ["a.test", "b.test", "in-addr.arpa"] },
        "10.0.0.1",
        ["web.shop.svc.a.test."],
      ],
    ];
    for (const [title, namespaces, options, address, names] of cases)
      test(title, () => assert.deepEqual(of(namespaces, options, address), names));
  });

  test("hand on what is not ours", () => {
    const answer = answerQuery(shop(), { name: "example.com", type: "A" });
    assert.equal(answer.isForwarded, true);
    assert.equal(answer.authority.length, 0);
  });

  test("never throw", () => {
    const label = fc.constantFrom(
      "",
      "svc",
      "pod",
      "shop",
      "web",
      "db",
      "_http",
      "_tcp",
      "*",
      "1-2-3-4",
      "cluster",
      "local",
      "in-addr",
      "arpa",
      "_zone",
      "pin",
    );
    const type = fc.constantFrom("A", "AAAA", "SRV", "TXT", "CNAME", "PTR", "SOA", "NS", "MX");
    const zone = shop();
    const property = fc.property(fc.array(label, { maxLength: 9 }), type, fc.boolean(), (labels, asked, zonal) => {
      const answer = answerQuery(zone, { name: labels.join("."), type: asked }, { podsMode: "insecure", zonal });
      assert.ok(answer.rcode === "NXDOMAIN" ? answer.answers.length === 0 : true);
    });
    fc.assert(property, { seed: 7, numRuns: 500 });
  });
});
