import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { english, translator } from "../../client/webview/strings.ts";

const t = translator({});

describe("texts with values", () => {
  test("numbers stand in groups, texts as they are", () => {
    assert.equal(t("maxPods", 12_500), "max pods 12,500");
    assert.equal(t("maxPods", "12500"), "max pods 12500");
  });

  test("a number asks for its form of the word", () => {
    assert.equal(t("clientsBox", 1), "1 client");
    assert.equal(t("clientsBox", 20), "20 clients");
    assert.equal(t("resetCount", "1"), "1 connection broke because its pod ended.");
  });

  test("a translation has forms of its own, or none", () => {
    const translated = translator({ [english.clientsBox]: "{0} 个客户端" });
    assert.equal(translated("clientsBox", 1), "1 个客户端");
  });

  test("a hole without a value stays", () => {
    assert.equal(t("maxPods"), "max pods {0}");
  });
});
