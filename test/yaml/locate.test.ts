import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { locate } from "../../server/src/yaml/locate.ts";
import { parseDocument } from "../../server/src/yaml/parse.ts";
import { keySpan, nodeAtPath, valueSpan } from "../../server/src/yaml/path.ts";

/** What stands at the mark, as `path part`. */
function placeOf(marked: string): string | undefined {
  const offset = marked.indexOf("«|»");
  const text = marked.replace("«|»", "");
  const found = locate(parseDocument(text).root, offset, text);
  return found && `${found.path.join(".")} ${found.part}${found.node === null ? " (nothing yet)" : ""}`;
}

describe("locate", () => {
  test("finds keys and values", () => {
    assert.equal(placeOf("a:\n  b«|»c: 1"), "a.bc key");
    assert.equal(placeOf("a:\n  bc: 1«|»"), "a.bc value");
    assert.equal(placeOf('a: "x«|»y"'), "a value");
    assert.equal(placeOf("a:\n- x: 1\n- x: «|»2"), "a.1.x value");
    assert.equal(placeOf("a: {b: [1, «|»2]}"), "a.b.1 value");
  });

  test("finds where a value is missing", () => {
    assert.equal(placeOf("a:\n  b: «|»"), "a.b value (nothing yet)");
    assert.equal(placeOf("a:\n  b:\n    «|»\nc: 1"), "a.b value (nothing yet)");
    assert.equal(placeOf("a: {b: «|»}"), "a.b value (nothing yet)");
    assert.equal(placeOf("a:\n- x: 1\n- «|»\nb: 1"), "a.1 value (nothing yet)");
    assert.equal(placeOf("a:\n-\n- «|»\nb: 1"), "a.1 value (nothing yet)");
    assert.equal(placeOf("a: [1, «|»]"), "a.1 value (nothing yet)");
  });

  test("finds the map that a new key would belong to, by the cursor's column", () => {
    assert.equal(placeOf("a:\n  b:\n    c: 1\n    «|»\nd: 1"), "a.b key (nothing yet)");
    assert.equal(placeOf("a:\n  b:\n    c: 1\n  «|»\nd: 1"), "a key (nothing yet)");
    assert.equal(placeOf("a:\n  b:\n    c: 1\n«|»\nd: 1"), " key (nothing yet)");
    assert.equal(placeOf("a:\n  - name: x\n    «|»\n  - name: y"), "a.0 key (nothing yet)");
    assert.equal(placeOf("a: {b: 1, «|»}"), "a key (nothing yet)");
    assert.equal(placeOf("«|»"), " key (nothing yet)");
  });

  test("finds what is being typed", () => {
    assert.equal(placeOf("spec:\n  selector:\n    ap«|»"), "spec.selector value");
    assert.equal(placeOf("spec:\n  type: x\n  sel«|»\n"), "spec.sel key");
    assert.equal(placeOf("spec:\n  sel«|»\n  type: x\n"), "spec.sel key");
    assert.equal(placeOf("spec:\n  type: x\n  sel«|»\n  ports: []\n"), "spec.sel key");
    assert.equal(placeOf("spec: {type: x, po«|»\n"), "spec.po key");
  });

  test("finds nothing beyond the nodes without the text", () => {
    const { root } = parseDocument("a: 1\n\n\n");
    assert.equal(locate(root, 7), undefined);
    assert.deepEqual(locate(root, 0)?.path, ["a"]);
  });
});

describe("paths", () => {
  const text = "base: &b {x: 1, y: 2}\nd:\n  <<: *b\n  y: 3\ne: *b\nf:\n";
  const { root } = parseDocument(text);

  test("follow aliases and merge keys", () => {
    const valueOf = (...path: string[]) => {
      const node = nodeAtPath(root, path);
      return node?.type === "scalar" ? node.value : undefined;
    };
    assert.equal(valueOf("e", "x"), 1);
    assert.equal(valueOf("d", "x"), 1);
    assert.equal(valueOf("d", "true"), 3);
    assert.equal(valueOf("d", "z"), undefined);
  });

  test("lead to spans of keys and values", () => {
    const source = (span: { start: number; end: number } | undefined) => span && text.slice(span.start, span.end);
    assert.equal(source(keySpan(root, ["d"])), "d");
    assert.equal(source(valueSpan(root, ["e"])), "*b");
    assert.equal(source(valueSpan(root, ["base"])), "{x: 1, y: 2}");
    assert.deepEqual(valueSpan(root, ["f"]), { start: text.length - 1, end: text.length - 1 });
    assert.equal(valueSpan(root, ["f", "g"]), undefined);
  });
});
