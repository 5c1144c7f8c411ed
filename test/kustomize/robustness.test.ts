import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { closure, readKustomization } from "../../server/src/kustomize/closure.ts";
import { render } from "../../server/src/kustomize/render.ts";
import type { KustomizeFiles } from "../../server/src/kustomize/types.ts";

const cases = join(import.meta.dirname, "..", "conformance", "kustomize", "cases");

/** All files of a recorded case. */
function readCase(name: string): ReadonlyMap<string, string> {
  const folder = join(cases, name);
  const paths = readdirSync(folder, { recursive: true })
    .map(String)
    .filter((path) => statSync(join(folder, path)).isFile());
  return new Map(paths.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

function filesOf(texts: ReadonlyMap<string, string>): KustomizeFiles {
  return {
    text: (path) => texts.get(path),
    isFolder: (path) => path === "" || [...texts.keys()].some((file) => file.startsWith(`${path}/`)),
  };
}

const names = readdirSync(cases);
const fragments = [
  "null",
  "~",
  "[]",
  "{}",
  "1",
  "true",
  '""',
  "- a",
  "a: b",
  "\n",
  "  ",
  ":",
  "*a",
  "&a ",
  "|\n",
  "<<: [",
  "$patch: delete",
  "\t",
  "---\n",
  "name: [x]",
  "'",
];

/** A case with some pieces of its files replaced by others. */
const mutatedCase = fc
  .record({
    name: fc.constantFrom(...names),
    changes: fc.array(
      fc.record({
        file: fc.nat(),
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        length: fc.nat(12),
        fragment: fc.constantFrom(...fragments),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  })
  .map(({ name, changes }) => {
    const texts = new Map(readCase(name));
    const paths = [...texts.keys()].sort();
    for (const { file, at, length, fragment } of changes) {
      const path = paths[file % paths.length] ?? "";
      const text = texts.get(path) ?? "";
      const start = Math.floor(at * text.length);
      texts.set(path, text.slice(0, start) + fragment + text.slice(start + length));
    }
    return texts;
  });

describe("robustness", () => {
  test("rendering never throws, whatever the files hold", () => {
    fc.assert(
      fc.property(mutatedCase, fc.boolean(), (texts, tolerant) => {
        const folder = texts.has("overlay/kustomization.yaml") ? "overlay" : "";
        const result = render(folder, filesOf(texts), { tolerant });
        if (result.error === undefined) for (const { object } of result.objects) assert.equal(typeof object, "object");
        else assert.notEqual(result.error.message, "");
      }),
      { numRuns: 500, seed: 20261121 },
    );
  });

  test("the closure never throws and lists existing files", () => {
    fc.assert(
      fc.property(mutatedCase, (texts) => {
        const folder = texts.has("overlay/kustomization.yaml") ? "overlay" : "";
        const { files } = closure(folder, (each) => readKustomization(each, filesOf(texts)));
        for (const file of files) assert.ok(texts.has(file), file);
      }),
      { numRuns: 200, seed: 20261121 },
    );
  });

  test("rendering twice gives the same, with and without what a cache keeps", async () => {
    const { ParseCache } = await import("../../server/src/kustomize/cache.ts");
    const cache = new ParseCache();
    for (const name of names) {
      const texts = readCase(name);
      const folder = texts.has("overlay/kustomization.yaml") ? "overlay" : "";
      const print = (options: { cache?: InstanceType<typeof ParseCache> }): string =>
        JSON.stringify(render(folder, filesOf(texts), options), (_, value: unknown) =>
          typeof value === "bigint" ? value.toString() : value,
        );
      const alone = print({});
      assert.equal(print({ cache }), alone, name);
      assert.equal(print({ cache }), alone, name);
    }
  });
});
