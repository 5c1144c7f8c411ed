import assert from "node:assert/strict";
import { describe, test } from "node:test";

import type { JsonPath, JsonValue } from "../../server/src/base/json.ts";
import { applyEdits, insertItem, removeEntry, renameKey, replaceScalar, setValue } from "../../server/src/yaml/edit.ts";
import type { TextEdit } from "../../server/src/yaml/edit.ts";
import type { YamlNode } from "../../server/src/yaml/node.ts";
import { parseDocument } from "../../server/src/yaml/parse.ts";
import { nodeAtPath } from "../../server/src/yaml/path.ts";

function edited(text: string, make: (root: YamlNode | null) => TextEdit | undefined): string {
  const edit = make(parseDocument(text).root);
  assert.ok(edit !== undefined);
  return applyEdits(text, [edit]);
}

function checkSet(before: string, path: JsonPath, value: JsonValue, after: string): void {
  assert.equal(
    edited(before, (root) => setValue(before, root, path, value)),
    after,
  );
}

function checkRemove(before: string, path: JsonPath, after: string): void {
  assert.equal(
    edited(before, (root) => removeEntry(before, root, path)),
    after,
  );
}

describe("setValue", () => {
  test("replaces a scalar and keeps quotes and comments", () => {
    checkSet("a: 1 # one\nb: 2\n", ["a"], 3, "a: 3 # one\nb: 2\n");
    checkSet("a: 'x'\n", ["a"], "it's", "a: 'it''s'\n");
    checkSet('a: "x"\n', ["a"], "y", 'a: "y"\n');
    checkSet("a: x\n", ["a"], "yes", 'a: "yes"\n');
  });

  test("fills an empty value", () => {
    checkSet("a:\nb: 1\n", ["a"], "x", "a: x\nb: 1\n");
    checkSet("a:\nb: 1\n", ["a", "c"], "x", "a:\n  c: x\nb: 1\n");
    checkSet("{a: , b: 1}", ["a"], "x", "{a: x, b: 1}");
  });

  test("adds a key behind the last one and its comment", () => {
    checkSet("m:\n    a: 1 # one\nb: 2\n", ["m", "c"], true, "m:\n    a: 1 # one\n    c: true\nb: 2\n");
    checkSet("m: {a: 1}\n", ["m", "b"], "x, y", 'm: {a: 1, b: "x, y"}\n');
    checkSet("m: {}\n", ["m", "b"], 1, "m: {b: 1}\n");
    checkSet("m: {\n  a: 1,\n}\n", ["m", "b"], 1, "m: {\n  a: 1,\n  b: 1,\n}\n");
  });

  test("adds missing parents with the document's indentation and line breaks", () => {
    checkSet(
      "m:\r\n    a:\r\n        b: 1\r\n",
      ["m", "c", "d"],
      "x",
      "m:\r\n    a:\r\n        b: 1\r\n    c:\r\n        d: x\r\n",
    );
    checkSet("", ["a", "b"], 1, "a:\n  b: 1\n");
  });

  test("appends behind a block scalar", () => {
    checkSet("m:\n  a: |\n    x\n\nb: 1\n", ["m", "c"], 1, "m:\n  a: |\n    x\n  c: 1\n\nb: 1\n");
  });

  test("replaces collections", () => {
    checkSet("a:\n  b: 1\nc: 2\n", ["a"], "x", "a: x\nc: 2\n");
    checkSet("a: 1\nc: 2\n", ["a"], { b: [1, "x"] }, "a:\n  b:\n  - 1\n  - x\nc: 2\n");
  });

  test("does not reach through a scalar", () => {
    assert.equal(setValue("a: x\n", parseDocument("a: x\n").root, ["a", "b"], 1), undefined);
  });
});

describe("insertItem", () => {
  test("appends in the list's own style", () => {
    const check = (before: string, after: string) =>
      assert.equal(
        edited(before, (root) => insertItem(before, root, ["l"], { x: "k", z: [1] })),
        after,
      );
    check("l:\n  - x: a\nb: 1\n", "l:\n  - x: a\n  - x: k\n    z:\n      - 1\nb: 1\n");
    check("l: [1]\n", "l: [1, {x: k, z: [1]}]\n");
    check("l: []\n", "l: [{x: k, z: [1]}]\n");
    check("b: 1\n", "b: 1\nl:\n- x: k\n  z:\n  - 1\n");
  });
});

describe("removeEntry", () => {
  test("takes the whole lines of block style", () => {
    checkRemove("a: 1\nb:\n  c: 1 # c\n  d: 2\ne: 3\n", ["b"], "a: 1\ne: 3\n");
    checkRemove("a: 1\nb: 2 # two\n", ["b"], "a: 1\n");
    checkRemove("a: 1\nb: 2\n", ["a"], "b: 2\n");
    checkRemove("- a: 1\n  b: 2\n", [0, "a"], "- b: 2\n");
  });

  test("takes list items", () => {
    checkRemove("l:\n- a\n- b\n- c\n", ["l", 1], "l:\n- a\n- c\n");
    checkRemove("l:\n- a\n- b\n", ["l", 0], "l:\n- b\n");
    checkRemove("l: [a, b, c]\n", ["l", 2], "l: [a, b]\n");
    checkRemove("l: [a, b, c]\n", ["l", 0], "l: [b, c]\n");
  });

  test("leaves an empty collection", () => {
    checkRemove("a:\n  b: 1\nc: 2\n", ["a", "b"], "a: {}\nc: 2\n");
    checkRemove("a:\n- b\n", ["a", 0], "a: []\n");
    checkRemove("a: {b: 1}\n", ["a", "b"], "a: {}\n");
  });
});

describe("renameKey and replaceScalar", () => {
  test("quotes a name that YAML would read as a boolean", () => {
    assert.equal(
      edited("a: {b: 1}", (root) => renameKey("a: {b: 1}", root, ["a", "b"], "on")),
      'a: {"on": 1}',
    );
  });

  test("keeps a literal scalar literal", () => {
    const text = "a: |\n    x\nb: 1\n";
    const found = edited(text, (root) => {
      const node = nodeAtPath(root, ["a"]);
      return node?.type === "scalar" ? replaceScalar(text, node, "one\n\ntwo\n") : undefined;
    });
    assert.equal(found, "a: |\n    one\n\n    two\nb: 1\n");
  });
});
