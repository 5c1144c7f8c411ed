import assert from "node:assert/strict";
import { describe, test } from "node:test";

import fc from "fast-check";

import { at, canonicalJson, isArray, isObject } from "../../server/src/base/json.ts";
import type { JsonPath, JsonValue } from "../../server/src/base/json.ts";
import { applyEdits, removeEntry, setValue } from "../../server/src/yaml/edit.ts";
import { locate } from "../../server/src/yaml/locate.ts";
import type { YamlNode, YamlScalar } from "../../server/src/yaml/node.ts";
import { parseDocument } from "../../server/src/yaml/parse.ts";
import { nodeAtPath, toJson, valueSpan } from "../../server/src/yaml/path.ts";
import { quoteIfNeeded } from "../../server/src/yaml/quote.ts";
import { resolvePlain } from "../../server/src/yaml/resolve.ts";
import { splitDocuments } from "../../server/src/yaml/split.ts";
import { corpusTexts } from "./corpus.ts";

const own = [
  'apiVersion: v1\nkind: Service\nmetadata:\n  name: "web" # name\nspec:\n  ports:\n  - port: 80\n    name: http\n  selector: {app: web}\n',
  "a: &x\n  - |\n    text\n  - >-\n    folded\n    text\nb: *x\nc: {<<: {d: 1}, e: 'it''s'}\n---\n? k\n: [1, ]\n",
  "data:\n  script.sh: |\n    #!/bin/sh\n    echo hi\n\n  empty:\nlist:\n    - a: 1\n      b: 2\n    -\n    - c\n",
];
const texts = [...own, ...corpusTexts(250)].filter((text) => text.length < 200_000);
const documents = texts.flatMap((text) => splitDocuments(text).map(({ start, end }) => text.slice(start, end)));
const small = documents.filter((text) => text.length < 4_000);
const seed = { seed: 20_261_121 };

function scalarsOf(node: YamlNode | null): readonly YamlScalar[] {
  if (node === null || node.type === "alias") return [];
  if (node.type === "scalar") return [node];
  if (node.type === "sequence") return node.items.flatMap(scalarsOf);
  return node.entries.flatMap(({ key, value }) => [...scalarsOf(key), ...scalarsOf(value)]);
}

function pathsOf(value: JsonValue, path: JsonPath = []): readonly JsonPath[] {
  if (isArray(value)) return [path, ...value.flatMap((item, index) => pathsOf(item, [...path, index]))];
  if (!isObject(value)) return [path];
  return [path, ...Object.entries(value).flatMap(([key, entry]) => pathsOf(entry, [...path, key]))];
}

describe("spans", () => {
  test("every scalar's span slices back to its source", () => {
    for (const text of documents) {
      const { root, value } = parseDocument(text);
      if (value === undefined) continue;
      for (const scalar of scalarsOf(root)) checkSource(scalar, text.slice(scalar.span.start, scalar.span.end));
    }
  });

  function checkSource(scalar: YamlScalar, source: string): void {
    if (scalar.style === "plain") {
      assert.ok(source === scalar.text || /[\n\r]/.test(source), source);
      assert.equal(source.trim(), source);
    } else if (scalar.style === "literal" || scalar.style === "folded") {
      assert.ok(source.startsWith(scalar.style === "literal" ? "|" : ">"), source);
    } else {
      const quote = scalar.style === "single-quoted" ? "'" : '"';
      assert.ok(source.length >= 2 && source.startsWith(quote) && source.endsWith(quote), source);
    }
  }

  test("locating the start of a scalar finds it, and its path leads back to it", () => {
    for (const text of documents) {
      const { root, value, problems } = parseDocument(text);
      if (value === undefined || problems.length > 0 || text.includes("<<:") || text.includes("*")) continue;
      for (const path of pathsOf(value)) {
        const node = nodeAtPath(root, path);
        if (node?.type !== "scalar" || node.span.end === node.span.start) continue;
        const found = locate(root, node.span.start, text);
        assert.deepEqual([found?.path, found?.part, found?.node], [path, "value", node]);
        assert.deepEqual(valueSpan(root, path), node.span);
        assert.equal(toJson(node), at(value, ...path));
      }
    }
  });
});

describe("splitting", () => {
  test("the documents of a file are its text without the separators between them", () => {
    for (const text of texts) {
      const slices = splitDocuments(text);
      let end = 0;
      for (const slice of slices) {
        assert.match(text.slice(end, slice.start), /^(?:---[^\n]*\n)?$/);
        end = slice.end;
      }
      assert.match(text.slice(end), /^(?:---[^\n]*\n?)?$/);
    }
  });

  test("documents read alone and in one file are the same", () => {
    const values = small
      .slice(0, 200)
      .map((text) => text.replace(/^---[^\n]*\n/, ""))
      .filter((text) => !/^---|^\s*$/m.test(text));
    const joined = values.map((text) => (text.endsWith("\n") ? text : `${text}\n`)).join("---\n");
    const slices = splitDocuments(joined);
    assert.equal(slices.length, values.length);
    for (const [index, { start, end }] of slices.entries()) {
      assert.deepEqual(parseDocument(joined.slice(start, end)).value, parseDocument(values[index]!).value);
    }
  });
});

describe("edits", () => {
  const fragments = [
    " ",
    "  ",
    "\n",
    "\t",
    ":",
    ": ",
    "- ",
    "{",
    "}",
    "[",
    "]",
    ",",
    "#",
    "&a",
    "*a",
    "!",
    "|\n",
    "'",
    '"',
    "\\",
    "%",
    "?",
    "---\n",
    "...\n",
    "<<: ",
    "\r",
    "😀",
    "\0",
  ];

  test("half-typed manifests never throw, and a text without a value has a problem", () => {
    const edit = fc.record({
      text: fc.constantFrom(...small),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      cut: fc.nat(8),
      insert: fc.constantFrom(...fragments),
    });
    fc.assert(
      fc.property(edit, ({ text, at: place, cut, insert }) => {
        const offset = Math.floor(place * text.length);
        const changed = text.slice(0, offset) + insert + text.slice(offset + cut);
        for (const { start, end } of splitDocuments(changed)) {
          const part = changed.slice(start, end);
          const { root, value, problems } = parseDocument(part);
          assert.ok(value !== undefined || problems.length > 0);
          for (const { span } of problems)
            assert.ok(span.start >= 0 && span.end >= span.start && span.end <= part.length + 1);
          locate(root, Math.min(part.length, Math.max(0, offset - start)), part);
        }
      }),
      { ...seed, numRuns: 1500 },
    );
  });

  test("any characters at all never throw", () => {
    const characters = fc.string({ unit: fc.constantFrom(...fragments, "a", "1", "y"), maxLength: 40 });
    fc.assert(
      fc.property(
        characters,
        (text) => void splitDocuments(text).map(({ start, end }) => parseDocument(text.slice(start, end))),
      ),
      { ...seed, numRuns: 3000 },
    );
  });

  test("setting a value changes that value alone", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...small),
        fc.nat(),
        fc.constantFrom<JsonValue>("text", "yes", 7, { a: ["b"] }),
        (text, pick, value) => {
          const read = readable(text);
          if (read === undefined) return;
          const paths = pathsOf(read.value).filter((path) => isObject(at(read.value, ...path)));
          const parent = paths[pick % Math.max(1, paths.length)];
          if (parent === undefined) return;
          const edit = setValue(text, read.root, [...parent, "new-key"], value);
          assert.ok(edit !== undefined);
          const after = parseDocument(applyEdits(text, [edit])).value;
          assert.equal(
            canonicalJson(after ?? "unreadable"),
            canonicalJson(withValue(read.value, [...parent, "new-key"], value)),
            applyEdits(text, [edit]),
          );
        },
      ),
      { ...seed, numRuns: 1000 },
    );
  });

  test("replacing a value changes that value alone", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...small),
        fc.nat(),
        fc.constantFrom<JsonValue>("text", "no", 7, { a: ["b"] }, []),
        (text, pick, value) => {
          const read = readable(text);
          if (read === undefined) return;
          const paths = pathsOf(read.value).filter((path) => path.length > 0);
          const path = paths[pick % Math.max(1, paths.length)];
          if (path === undefined) return;
          const edit = setValue(text, read.root, path, value);
          assert.ok(edit !== undefined);
          const after = parseDocument(applyEdits(text, [edit])).value;
          assert.equal(
            canonicalJson(after ?? "unreadable"),
            canonicalJson(withValue(read.value, path, value)),
            applyEdits(text, [edit]),
          );
        },
      ),
      { ...seed, numRuns: 1000 },
    );
  });

  test("removing an entry removes nothing else", () => {
    fc.assert(
      fc.property(fc.constantFrom(...small), fc.nat(), (text, pick) => {
        const read = readable(text);
        if (read === undefined) return;
        const paths = pathsOf(read.value).filter((path) => path.length > 0);
        const path = paths[pick % Math.max(1, paths.length)];
        if (path === undefined) return;
        const edit = removeEntry(text, read.root, path);
        assert.ok(edit !== undefined);
        const after = parseDocument(applyEdits(text, [edit])).value;
        assert.equal(
          canonicalJson(after ?? "unreadable"),
          canonicalJson(withValue(read.value, path, undefined)),
          applyEdits(text, [edit]),
        );
      }),
      { ...seed, numRuns: 1000 },
    );
  });

  /** A document that can be edited by path: no aliases, which stand for several places. */
  function readable(text: string): { root: YamlNode | null; value: JsonValue } | undefined {
    const { root, value, problems } = parseDocument(text);
    if (value === undefined || problems.length > 0 || /[*&]\w/.test(text)) return undefined;
    return { root, value };
  }

  function withValue(container: JsonValue, path: JsonPath, value: JsonValue | undefined): JsonValue {
    const [step, ...rest] = path;
    if (step === undefined) return value ?? null;
    if (isArray(container)) {
      const items = container.flatMap((item, index) => {
        if (index !== step) return [item];
        return rest.length === 0 && value === undefined ? [] : [withValue(item, rest, value)];
      });
      return items;
    }
    const { [String(step)]: old, ...others } = isObject(container) ? container : {};
    if (rest.length === 0 && value === undefined) return others;
    return { ...others, [String(step)]: withValue(old ?? null, rest, value) };
  }
});

describe("quoting", () => {
  test("a quoted text is read as that very text", () => {
    const text = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom(
        "yes",
        "0x1F",
        "1_0",
        "1:30",
        "~",
        "<<",
        "=",
        "a: b",
        "a #b",
        "- a",
        "-a",
        "2001-01-01",
        "1e3",
        "0o7",
        ".5",
        "...",
        "---",
        "a\nb",
        "\u0085",
      ),
    );
    fc.assert(
      fc.property(text, (wanted) => {
        assert.deepEqual(parseDocument(`a: ${quoteIfNeeded(wanted)}\n`).value, { a: wanted });
        assert.deepEqual(parseDocument(`[${quoteIfNeeded(wanted, true)}, x]`).value, [wanted, "x"]);
        const name = parseDocument(`${quoteIfNeeded(wanted)}: 1\n`).value;
        if (wanted.length < 500) assert.deepEqual(Object.keys(name as object), [wanted]);
      }),
      { ...seed, numRuns: 3000 },
    );
  });

  test("plain text resolves like a document of it", () => {
    const plain = fc.string({
      unit: fc.constantFrom(...Array.from("0123456789abxo_.eE+-ynYN~")),
      minLength: 1,
      maxLength: 7,
    });
    fc.assert(
      fc.property(plain, (text) => {
        const { value, root } = parseDocument(`x: ${text}\n`);
        const node = nodeAtPath(root, ["x"]);
        if (value !== undefined && node?.type === "scalar" && node.text === text)
          assert.equal(node.value, resolvePlain(text));
      }),
      { ...seed, numRuns: 2000 },
    );
  });
});
