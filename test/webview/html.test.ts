import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { pageOf } from "../../client/src/simulator/html.ts";

const parts = {
  cspSource: "https://files.test",
  scripts: ["https://files.test/a.js", "https://files.test/b.js"],
  style: "https://files.test/a.css",
  nonce: "abc123",
  language: "en",
  title: "Simulator",
};

describe("the webview's page", () => {
  test("nothing is allowed but its own scripts and style", () => {
    const policy = /content="(default-src[^"]*)"/.exec(pageOf(parts))?.[1]?.replaceAll("&#39;", "'") ?? "";
    const rules = policy.split("; ");
    assert.ok(rules.includes("default-src 'none'"));
    assert.ok(rules.includes("script-src 'nonce-abc123'"));
    assert.ok(rules.includes("style-src https://files.test"));
    assert.ok(rules.includes("connect-src https://files.test"));
    assert.ok(rules.includes("worker-src blob:"), "workers come from the page's own script");
    assert.doesNotMatch(
      rules.filter((rule) => rule !== "worker-src blob:").join("; "),
      /unsafe|\*|data:|blob:|https?:(?!\/\/files\.test)/,
    );
  });

  test("every script has the nonce, in the order given, and there is no inline code", () => {
    const scripts = [...pageOf(parts).matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)];
    assert.deepEqual(
      scripts.map(([, attributes]) => attributes),
      [' nonce="abc123" src="https://files.test/a.js"', ' nonce="abc123" src="https://files.test/b.js"'],
    );
    assert.ok(scripts.every(([, , code]) => code === ""));
    assert.doesNotMatch(pageOf(parts), /\son\w+=|style=/);
  });

  test("no name can end a tag or an attribute", () => {
    const odd = `"><script>alert(1)</script><x y='`;
    const page = pageOf({ ...parts, title: odd, language: odd });
    assert.equal(page.match(/<script/g)?.length, 2);
    assert.ok(!page.includes(odd));
  });
});
