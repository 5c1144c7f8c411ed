import assert from "node:assert/strict";
import { describe, test } from "node:test";

import * as ip from "../../server/src/kubernetes/ip-checks.ts";
import { contains, ipText, parseCidr, parseIp } from "../../server/src/kubernetes/ip-address.ts";
import * as names from "../../server/src/kubernetes/names.ts";
import { checkDomainPrefixedPath, checkFullyQualifiedDomainName } from "../../server/src/kubernetes/qualified-names.ts";

describe("names", () => {
  test("count bytes, not characters", () => {
    assert.deepEqual(names.checkLabelValue("a".repeat(63)), []);
    const [tooLong] = names.checkLabelValue("ä".repeat(32));
    assert.equal(tooLong, "must be no more than 63 bytes");
  });

  test("say several things at once, in the API server's order", () => {
    assert.deepEqual(names.checkPortName("-A--"), [
      "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)",
      "must contain at least one letter (a-z)",
      "must not contain consecutive hyphens",
      "must not begin or end with a hyphen",
    ]);
  });

  test("of one label are told apart from those of several", () => {
    assert.deepEqual(names.checkDns1123Label("a.b"), ["must not contain dots"]);
    assert.deepEqual(names.checkDns1123Subdomain("a.b"), []);
    assert.deepEqual(names.checkDns1123Label("1a"), []);
    assert.equal(names.checkDns1035Label("1a").length, 1);
  });

  test("of keys have at most one prefix", () => {
    assert.deepEqual(names.checkQualifiedName("example.com/name"), []);
    assert.deepEqual(names.checkQualifiedName("/name"), ["prefix part must be non-empty"]);
    assert.match(names.checkQualifiedName("a/b/c")[0] ?? "", /^a valid label key/);
  });

  test("of variables may today start with a digit and contain blanks", () => {
    assert.deepEqual(names.checkEnvironmentVariableName("1 a"), []);
    assert.equal(names.checkEnvironmentVariableName("a=b").length, 1);
    assert.equal(names.checkStrictEnvironmentVariableName("1a").length, 1);
  });

  test("of files must not lead out of their directory", () => {
    assert.deepEqual(names.checkConfigMapKey("..a"), ["must not start with '..'"]);
    assert.deepEqual(names.checkConfigMapKey("."), ["must not be '.'"]);
  });

  test("with a domain name the part that is wrong", () => {
    assert.deepEqual(checkFullyQualifiedDomainName("com"), [
      { type: "invalid", value: "com", detail: "should be a domain with at least two segments separated by dots" },
    ]);
    assert.deepEqual(checkDomainPrefixedPath("example.com/a b")[0], {
      type: "invalid",
      value: "a b",
      detail: "Invalid path (regex used for validation is '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')",
    });
  });
});

describe("addresses", () => {
  test("are printed as Go prints them", () => {
    const texts = [
      ["2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
      ["::ffff:1.2.3.4", "1.2.3.4"],
      ["::1.2.3.4", "::102:304"],
      ["0:0:0:0:0:0:0:0", "::"],
      ["1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"],
    ];
    for (const [text = "", wanted] of texts) {
      const address = parseIp(text);
      assert.ok(address !== undefined, text);
      assert.equal(ipText(address), wanted);
    }
  });

  test("with needless zeros pass the old check alone", () => {
    assert.deepEqual(ip.checkLegacyIp("010.1.1.1", false), []);
    assert.deepEqual(ip.checkLegacyIp("010.1.1.1"), ["must not have leading 0s"]);
  });

  test("that are none are refused", () => {
    for (const text of ["", "1.2.3", "1.2.3.256", "::1::", "1:2:3:4:5:6:7:8:9", "fe80::1%eth0", "1:2:3:4:5:6:7:8::"]) {
      assert.equal(parseIp(text), undefined, text);
    }
  });

  test("of networks have no bits behind the prefix", () => {
    assert.deepEqual(ip.checkLegacyCidr("10.0.0.1/8"), ["must not have bits set beyond the prefix length"]);
    assert.deepEqual(ip.checkCidr("FD00::/8"), ['must be in canonical form ("fd00::/8")']);
    assert.equal(parseCidr("10.0.0.0/33"), undefined);
  });

  test("lie in networks of their own family", () => {
    const network = parseCidr("10.96.0.0/12");
    const [inside, outside, other] = ["10.100.1.1", "10.112.0.1", "::a64:101"].map(parseIp);
    assert.ok(network && inside && outside && other);
    assert.ok(contains(network, inside));
    assert.ok(!contains(network, outside));
    assert.ok(!contains(network, other));
  });
});
