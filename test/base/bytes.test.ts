import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, test } from "node:test";
import fc from "fast-check";
import { decodeBase64, encodeBase64 } from "../../server/src/base/base64.ts";
import { sha256 } from "../../server/src/base/sha256.ts";
import { encodeUtf8 } from "../../server/src/base/utf8.ts";

const anyText = fc.string({ unit: "binary", maxLength: 300 });

describe("bytes", () => {
  test("sha256 is the one of FIPS 180-4", () => {
    fc.assert(
      fc.property(anyText, (text) => assert.equal(sha256(text), createHash("sha256").update(text).digest("hex"))),
      { seed: 1, numRuns: 300 },
    );
  });

  test("UTF-8 is the one of the platform, with lone surrogates replaced", () => {
    for (const text of ["", "aä€😀", "\ud800x", "x\udc00"])
      assert.deepEqual([...encodeUtf8(text)], [...Buffer.from(text, "utf8")], text);
  });

  test("base64 there and back", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const text = Buffer.from(bytes).toString("base64");
        assert.equal(encodeBase64(bytes), text);
        assert.deepEqual(decodeBase64(text), bytes);
      }),
      { seed: 1 },
    );
    assert.equal(decodeBase64("a"), undefined);
    assert.equal(decodeBase64("????"), undefined);
  });
});
