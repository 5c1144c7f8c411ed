import assert from "node:assert/strict";
import { describe, test } from "node:test";

import fc from "fast-check";

import {
  addressFamily,
  addressOfReverseName,
  canonicalAddress,
  dashedAddress,
  placeholderAddress,
  reverseName,
} from "../../server/src/simulation/address.ts";

describe("addresses", () => {
  test("are read as Go reads them", () => {
    assert.equal(addressFamily("10.0.0.1"), "IPv4");
    assert.equal(addressFamily("::ffff:10.0.0.1"), "IPv4");
    assert.equal(addressFamily("fd00::1"), "IPv6");
    assert.equal(addressFamily("010.0.0.1"), undefined);
    assert.equal(addressFamily("web.example.com"), undefined);
    assert.equal(canonicalAddress("2001:DB8:0:0:0:0:0:1"), "2001:db8::1");
  });

  test("give labels and reverse names", () => {
    assert.equal(dashedAddress("10.0.0.1"), "10-0-0-1");
    assert.equal(dashedAddress("2001:db8::"), "2001-db8--0");
    assert.equal(reverseName("10.0.0.1"), "1.0.0.10.in-addr.arpa.");
    assert.equal(reverseName("::1"), `1.${"0.".repeat(31)}ip6.arpa.`);
  });

  test("that only the cluster knows are placeholders with a family", () => {
    const placeholder = placeholderAddress("podIP", "IPv6", "shop", "web-0");
    assert.equal(placeholder, "<podIPv6 of shop/web-0>");
    assert.equal(addressFamily(placeholder), "IPv6");
    assert.equal(dashedAddress(placeholder), "<dashed podIPv6 of shop/web-0>");
    assert.equal(addressFamily("<something>"), undefined);
  });

  test("come back from their reverse names", () => {
    const property = fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
      assert.equal(addressOfReverseName(reverseName(address)), canonicalAddress(address));
    });
    fc.assert(property, { seed: 7 });
  });
});
