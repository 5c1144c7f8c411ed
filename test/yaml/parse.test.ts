import assert from "node:assert/strict";
import { describe, test } from "node:test";

import type { JsonValue } from "../../server/src/base/json.ts";
import { parseDocument } from "../../server/src/yaml/parse.ts";
import type { YamlProblemCode } from "../../server/src/yaml/problem.ts";
import { nodeAtPath, toJson } from "../../server/src/yaml/path.ts";

function checkValue(text: string, value: JsonValue): void {
  const read = parseDocument(text);
  assert.deepEqual(read.problems, []);
  assert.deepEqual(read.value, value);
}

/** Checks the only problem, whose span is marked by the text itself. */
function checkProblem(text: string, code: YamlProblemCode, marked: string): void {
  const { problems } = parseDocument(text);
  assert.deepEqual(
    problems.map(({ span, ...problem }) => [problem.code, text.slice(span.start, span.end)]),
    [[code, marked]],
  );
  assert.match(problems[0]!.message, /^[A-Z“].*\.$/);
}

describe("values", () => {
  test("are those of YAML 1.1 as go-yaml reads it", () => {
    checkValue("a: yes\nb: 0755\nc: 1_000\nd: 1e3\ne: NO\nf: ~\ng: 1:30\nh: 0o17", {
      a: true,
      b: 493,
      c: 1000,
      d: 1000,
      e: false,
      f: null,
      g: "1:30",
      h: 15,
    });
  });

  test("keys become texts", () => {
    checkValue("y: 1\n1: a\n1.5: b\n1e6: c\n.inf: d", { true: 1, "1": "a", "1.5": "b", "1e+06": "c", ".inf": "d" });
  });

  test("keep every digit of an integer of 64 bits; larger ones are floats", () => {
    checkValue("a: 9223372036854775807\nb: 18446744073709551615\nc: 18446744073709551616", {
      a: 9223372036854775807n,
      b: 18446744073709551615n,
      c: 18446744073709552000,
    });
  });

  test("merge keys override what stands before them", () => {
    const read = parseDocument("a: &a {x: 1}\nb:\n  x: 2\n  <<: *a");
    assert.deepEqual(read.value, { a: { x: 1 }, b: { x: 1 } });
    assert.deepEqual(
      read.problems.map(({ kind }) => kind),
      ["duplicate-key"],
    );
  });

  test("JSON is read as JSON", () => {
    checkValue('{\n\t"a": "\\u00e9\\/",\n\t"b": [1, 2.5, 12345678901234567890]}', {
      a: "é/",
      b: [1, 2.5, 12345678901234567890n],
    });
  });

  test("a key named __proto__ is a key like others", () => {
    const { value } = parseDocument("__proto__: {a: 1}");
    assert.deepEqual(Object.keys(value as object), ["__proto__"]);
  });

  test("tags choose the type", () => {
    checkValue('a: !!str 1\nb: !!int "1"\nc: !!binary aGk=\nd: !Ref x', { a: "1", b: 1, c: "hi", d: "x" });
    assert.equal(parseDocument("a: !!int foo").value, undefined);
    const node = nodeAtPath(parseDocument("a: !<tag:yaml.org,2002:str> 1").root, ["a"]);
    assert.equal(node?.type === "scalar" ? node.tag : undefined, "!!str");
  });
});

describe("problems", () => {
  test("stand where the mistake is", () => {
    checkProblem("a: b: c\n", "value-not-allowed", ":");
    checkProblem("a:\n\tb: 1\n", "tab-indentation", "\t");
    checkProblem("a: 1\nb\nc: 2\n", "expected-colon", "b");
    checkProblem("a: *x\n", "unknown-anchor", "*x");
    checkProblem("a: *.example.com\n", "bad-anchor", "*");
    checkProblem('a: "x\nb: 1\n', "unclosed-quote", '"');
    checkProblem('a: "C:\\dir"\n', "unknown-escape", "\\d");
    checkProblem("a: @x\n", "expected-token", "@");
    checkProblem("a:\n  b: 1\n c: 2\n", "expected-key", "c: 2");
    checkProblem("a: {{ .Values.x }}\n", "bad-key", "{ .Values.x }");
    checkProblem("a: [1, 2\nb: 3\n", "expected-flow-entry", ":");
    checkProblem("a: 1\nb: 2\na: 3\n", "duplicate-key", "a");
    checkProblem("a: .inf\n", "not-finite", ".inf");
    checkProblem("a: x\u0001y\n", "control-character", "\u0001");
  });

  test("name what follows the document's end", () => {
    checkProblem("a: 1\n...\n# comment\nb: 2\n", "lost-content", "b: 2");
    assert.deepEqual(parseDocument("a: 1\n...\n# comment\n").problems, []);
    assert.deepEqual(parseDocument("{a: 1}\nb: 2\n").value, { a: 1 });
  });

  test("of a cyclic alias end nowhere", () => {
    checkProblem("a: &a\n  b: *a\n", "cyclic-alias", "*a");
  });
});

describe("limits", () => {
  test("an alias bomb has nodes, but no value", () => {
    const lines = Array.from({ length: 12 }, (_, level) => {
      const items = Array.from({ length: 10 }, () => (level === 0 ? "x" : `*a${level - 1}`));
      return `a${level}: &a${level} [${items.join(",")}]`;
    });
    const { root, value, problems } = parseDocument(lines.join("\n"));
    assert.equal(value, undefined);
    assert.deepEqual(
      problems.map(({ kind }) => kind),
      ["limit"],
    );
    assert.equal(toJson(nodeAtPath(root, ["a11"]) ?? null), undefined);
  });

  test("nesting ends somewhere, in every style", () => {
    const deep = 100_000;
    for (const text of [
      "[".repeat(deep),
      "{a: ".repeat(deep),
      "- ".repeat(deep),
      '{"a":'.repeat(deep),
      "? ".repeat(deep),
    ]) {
      const { value, problems } = parseDocument(text);
      assert.equal(value, undefined);
      assert.ok(problems.length > 0);
    }
  });

  test("a hundred levels are fine", () => {
    checkValue(`${"[".repeat(100)}${"]".repeat(100)}`, JSON.parse(`${"[".repeat(100)}${"]".repeat(100)}`) as JsonValue);
  });
});

describe("half-typed documents", () => {
  test("keep nodes for what can be told", () => {
    const { root, value } = parseDocument(
      "kind: Service\nmetadata:\n  name: web\n  labels:\n    app: web: x\nspec:\n  type: ClusterIP\n",
    );
    assert.equal(value, undefined);
    assert.deepEqual(toJson(nodeAtPath(root, ["metadata", "name"]) ?? null), "web");
    assert.deepEqual(toJson(nodeAtPath(root, ["spec", "type"]) ?? null), "ClusterIP");
  });
});
