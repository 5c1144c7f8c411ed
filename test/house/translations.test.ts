import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { root } from "./sources.ts";
import { extractTexts } from "./texts.ts";

function table(path: string): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(join(root, path), "utf8")) as Readonly<Record<string, string>>;
}

function placeholders(text: string): readonly string[] {
  return [...new Set(text.match(/\{\d\}/g))].sort();
}

describe("translations", () => {
  const chinese = table("l10n/bundle.l10n.zh-cn.json");

  test("every text has a Chinese translation, and none is left over", () => {
    const texts = extractTexts();
    assert.deepEqual(
      texts.filter((text) => !Object.hasOwn(chinese, text)),
      [],
      "missing",
    );
    assert.deepEqual(
      Object.keys(chinese).filter((text) => !texts.includes(text)),
      [],
      "left over",
    );
  });

  test("a translation has the values of its text", () => {
    const odd = Object.entries(chinese).filter(
      ([text, translation]) => placeholders(text).join() !== placeholders(translation).join(),
    );
    assert.deepEqual(odd, []);
  });

  test("the manifest's texts are translated, key by key", () => {
    assert.deepEqual(
      Object.keys(table("package.nls.zh-cn.json")).sort(),
      Object.keys(table("package.nls.json")).sort(),
    );
  });
});
