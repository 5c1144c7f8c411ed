import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { codes } from "../../server/src/features/diagnostics/codes.ts";
import { codesPage, codesPagePath } from "./codes-page.ts";
import { read, root } from "./sources.ts";

describe("documentation", () => {
  test("every diagnostic code has its section; `npm run docs` writes the page", () => {
    const [page] = read(codesPagePath);
    assert.equal(page?.text, codesPage());
  });

  test("a code is stable text: two parts of small letters", () => {
    const odd = codes.filter(({ code }) => !/^[a-z]+(-[a-z]+)*\/[a-z0-9]+(-[a-z0-9]+)*$/.test(code));
    assert.deepEqual(
      odd.map(({ code }) => code),
      [],
    );
    assert.equal(new Set(codes.map(({ code }) => code)).size, codes.length);
  });

  test("every described code is reported somewhere", () => {
    const described = new Set(codes.map(({ code }) => code));
    const sources = read("server/src/{features,kubernetes}/**/*.ts").filter(({ path }) => !path.endsWith("/codes.ts"));
    const reported = new Set(
      sources.flatMap(({ text }) => [...text.matchAll(codeInSource)].map(([, code = ""]) => code)),
    );
    assert.deepEqual(
      [...described].filter((code) => !reported.has(code)),
      [],
    );
  });

  test("every code stands in a unit test, or has an example of the mistake, each of which is tested", () => {
    const tests = read("test/**/*.ts").filter(({ path }) => !path.startsWith("test/house/"));
    const text = tests.map((each) => each.text).join("\n");
    assert.deepEqual(
      codes.map(({ code }) => code).filter((code) => !text.includes(code) && !hasExample(code)),
      [],
    );
  });

  test("links between our own pages lead somewhere", () => {
    const pages = [...read("*.md"), ...read("docs/**/*.md"), ...read("examples/**/*.md")];
    const broken = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
        .map(([, target = ""]) => new URL(target, `file:///${path}`).pathname.slice(1))
        .filter((target) => !existsSync(join(root, target)))
        .map((target) => `${path}: ${target}`),
    );
    assert.deepEqual(broken, []);
  });
});

function hasExample(code: string): boolean {
  return existsSync(join(root, "examples/mistakes", code.replace("/", "-")));
}

const codeInSource = /["'`]([a-z]+(?:-[a-z]+)*\/[a-z0-9]+(?:-[a-z0-9]+)*)["'`]/g;
