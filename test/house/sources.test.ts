import assert from "node:assert/strict";
import { matchesGlob } from "node:path";
import { describe, test } from "node:test";
import { allSources, productSources, type Source } from "./sources.ts";

const longest = 400;

/** Facts in rows, which would not be clearer in several files; and generated ones. */
const tables = ["server/src/**/tables/*.ts", "server/src/kubernetes/schema/types*.ts", "server/src/**/generated/*.ts"];

/** What may not stand in a source, with the reason. Some words are put together here so that this file passes. */
const forbidden: readonly { readonly what: RegExp; readonly why: string }[] = [
  { what: new RegExp(`\\b(${["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"].join("|")})\\b`), why: "left-over" },
  { what: /@ts-(ignore|expect-error|nocheck)/, why: "silenced compiler" },
  { what: /eslint-disable(?!-next-line no-control-regex)/, why: "silenced check" },
  { what: /^export default/m, why: "default export" },
  { what: /["'`](\/(work|home|Users|root)\/|[A-Z]:\\\\Users)/, why: "path of one machine" },
];

/** Types that switch the compiler off; looked for outside comments. */
const untyped = /:\s*any\b|\bas any\b|<any[>,]/;

const disabledTest = /\b(test|it|describe)\.(skip|only|todo)\b|\bskip:\s*(true|["'`])/;

describe("sources", () => {
  test("a file has at most 400 lines, unless it is a table", () => {
    const long = allSources().filter(
      ({ path, text }) => text.split("\n").length - 1 > longest && !tables.some((table) => matchesGlob(path, table)),
    );
    assert.deepEqual(
      long.map(({ path }) => path),
      [],
    );
  });

  test("nothing is left over, untyped, silenced or bound to one machine", () => {
    assert.deepEqual(
      allSources()
        .filter(({ path }) => !/^[^/]+\.(mjs|js)$/.test(path) && path !== "test/house/sources.test.ts")
        .flatMap(offences),
      [],
    );
  });

  test("every test runs", () => {
    assert.deepEqual(
      allSources()
        .filter(({ path, text }) => path.endsWith(".test.ts") && disabledTest.test(text))
        .map(({ path }) => path),
      [],
    );
  });

  test("file names are kebab-case", () => {
    assert.deepEqual(
      allSources()
        .map(({ path }) => path)
        .filter((path) => !/^[a-z0-9-]+(\.(test|config))?\.(ts|tsx|mjs|js)$/.test(path.split("/").at(-1) ?? "")),
      [],
    );
  });

  test("an exported function or class that is more than a few lines says what it does", () => {
    assert.deepEqual(productSources().flatMap(undocumented), []);
  });
});

function offences({ path, text }: Source): readonly string[] {
  const found = forbidden.filter(({ what }) => what.test(text)).map(({ why }) => `${path}: ${why}`);
  return untyped.test(withoutComments(text)) ? [...found, `${path}: untyped`] : found;
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
}

const selfExplaining = 5;

/** Exported functions and classes without a doc comment above them. A name may do for the shortest. */
function undocumented({ path, text }: Source): readonly string[] {
  const lines = text.split("\n");
  return lines.flatMap((line, index) => {
    const name = /^export (?:async )?(?:function|class) (\w+)/.exec(line)?.[1];
    if (name === undefined || lines[index - 1]?.trim().endsWith("*/") === true) return [];
    const length = lines.slice(index).findIndex((each) => each === "}") + 1;
    return length > selfExplaining ? [`${path}: ${name} (${length} lines)`] : [];
  });
}
