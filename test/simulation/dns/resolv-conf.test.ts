import assert from "node:assert/strict";
import { describe, test } from "node:test";

import fc from "fast-check";

import type { JsonObject } from "../../../server/src/base/json.ts";
import { limitSearches, parseResolvConf, podResolvConf } from "../../../server/src/simulation/dns/resolv-conf.ts";
import type { PodResolvConf } from "../../../server/src/simulation/dns/resolv-conf.ts";
import { ndotsOf, queriedNames } from "../../../server/src/simulation/dns/search.ts";

const host = "nameserver 192.0.2.1\nsearch corp.example.\noptions rotate\n";
const cluster = { nameservers: ["10.96.0.10"], domain: "cluster.local", nodeAddresses: ["192.0.2.10"] };

function resolved(spec: JsonObject, settings = cluster, text: string | undefined = host): PodResolvConf {
  const { value, error } = podResolvConf(
    { metadata: { name: "web", namespace: "shop", uid: "1" }, spec },
    text,
    settings,
  );
  assert.ok(value !== undefined, error);
  return value;
}

describe("a pod's resolv.conf", () => {
  test("asks the cluster first, keeps the host's searches and drops its options", () => {
    assert.deepEqual(resolved({ dnsPolicy: "ClusterFirst" }), {
      nameservers: ["10.96.0.10"],
      searches: ["shop.svc.cluster.local", "svc.cluster.local", "cluster.local", "corp.example"],
      options: ["ndots:5"],
      events: [],
    });
  });

  test("is the host's on the host's network, unless the policy says otherwise", () => {
    assert.deepEqual(resolved({ dnsPolicy: "ClusterFirst", hostNetwork: true }).nameservers, ["192.0.2.1"]);
    assert.deepEqual(resolved({ dnsPolicy: "ClusterFirstWithHostNet", hostNetwork: true }).nameservers, ["10.96.0.10"]);
  });

  test("falls back to the host with a warning where the cluster has no DNS", () => {
    const { nameservers, events } = resolved({ dnsPolicy: "ClusterFirst" }, { ...cluster, nameservers: [] });
    assert.deepEqual(nameservers, ["192.0.2.1"]);
    assert.match(events[0]?.message ?? "", /^pod: "web_shop\(1\)"\. kubelet does not have ClusterDNS IP configured/);
  });

  test("takes the pod's settings on top, of which the later options win", () => {
    const dnsConfig = {
      nameservers: ["1.1.1.1"],
      searches: ["a"],
      options: [{ name: "ndots", value: "2" }, { name: "edns0" }],
    };
    const found = resolved({ dnsPolicy: "ClusterFirst", dnsConfig });
    assert.deepEqual(found.nameservers, ["10.96.0.10", "1.1.1.1"]);
    assert.deepEqual(found.options, ["ndots:2", "edns0"]);
    assert.equal(found.searches.at(-1), "a");
    assert.deepEqual(resolved({ dnsPolicy: "None" }).nameservers, []);
  });

  test("warns when it has to leave something out", () => {
    const { nameservers, events } = resolved({ dnsPolicy: "None", dnsConfig: { nameservers: ["1", "2", "3", "4"] } });
    assert.deepEqual(nameservers, ["1", "2", "3"]);
    assert.equal(events[0]?.reason, "DNSConfigForming");
  });

  test("cannot be made from a file that is broken", () => {
    assert.notEqual(podResolvConf({}, "nameserver\n", cluster).error, undefined);
    assert.deepEqual(parseResolvConf("search a b\nsearch\n").value?.searches, []);
  });

  test("never exceeds the limits of its search line", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme-ascii", maxLength: 300 }), { maxLength: 50 }), (searches) => {
        const { applied, events } = limitSearches(searches);
        assert.ok(applied.length <= 32 && applied.join(" ").length <= 2048);
        assert.ok(applied.every((search) => search.length <= 253));
        assert.equal(events.length === 0, applied.length === searches.length);
      }),
      { seed: 20_261_121 },
    );
  });
});

describe("the names that a resolver asks for", () => {
  const names = (name: string, ndots: number): readonly string[] =>
    queriedNames(name, ["a.local", "local"], ndots).map((query) => query.name);

  test("start with the suffixes for names of few dots, and with the name for others", () => {
    assert.deepEqual(names("web", 5), ["web.a.local.", "web.local.", "web."]);
    assert.deepEqual(names("a.b", 1), ["a.b.", "a.b.a.local.", "a.b.local."]);
  });

  test("are one alone behind a final dot", () => {
    assert.deepEqual(names("web.", 5), ["web."]);
  });

  test("never repeat", () => {
    assert.deepEqual(
      queriedNames("web", [".", "local", "local"], 5).map((query) => query.name),
      ["web.", "web.local."],
    );
  });

  test("depend on the last ndots option, at most 15", () => {
    assert.equal(ndotsOf([]), 1);
    assert.equal(ndotsOf(["ndots:2", "rotate", "ndots:5"]), 5);
    assert.equal(ndotsOf(["ndots:99"]), 15);
  });
});
