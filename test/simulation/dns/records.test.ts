import assert from "node:assert/strict";
import { describe, test } from "node:test";

import fc from "fast-check";

import { answerQuery } from "../../../server/src/simulation/dns/query.ts";
import { records } from "../../../server/src/simulation/dns/records.ts";
import { Zone } from "../../../server/src/simulation/dns/zone.ts";
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
