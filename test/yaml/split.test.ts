import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { splitDocuments } from "../../server/src/yaml/split.ts";

function parts(text: string): readonly string[] {
  return splitDocuments(text).map(({ start, end }) => text.slice(start, end));
}

describe("splitDocuments", () => {
  test("cuts at lines that start with three dashes", () => {
    assert.deepEqual(parts("a\n---\nb\n--- # c\nd"), ["a\n", "b\n", "d"]);
    assert.deepEqual(parts("a\r\n---\r\nb\r\n"), ["a\r\n", "b\r\n"]);
  });

  test("a separator before any text belongs to the first document", () => {
    assert.deepEqual(parts("---\na\n---\nb"), ["---\na\n", "b"]);
    assert.deepEqual(parts("---\n---\na"), ["---\n", "a"]);
  });

  test("an empty text has no documents, an empty end neither", () => {
    assert.deepEqual(parts(""), []);
    assert.deepEqual(parts("a\n---\n"), ["a\n"]);
    assert.deepEqual(parts("a\n---\n---\n"), ["a\n", "---\n"]);
  });

  test("a bad separator swallows the document before it and ends the reading", () => {
    const text = "a\n---\nb\n--- x\nc\n---\nd";
    const slices = splitDocuments(text);
    assert.deepEqual(parts(text), ["a\n", "b\n--- x\nc\n---\nd"]);
    assert.deepEqual(
      slices.map(({ problem }) => problem?.code),
      [undefined, "bad-separator"],
    );
    assert.deepEqual(slices[1]?.problem?.span, { start: 8, end: 13 });
  });

  test("dashes elsewhere separate nothing", () => {
    assert.deepEqual(parts("a\n ---\nb"), ["a\n ---\nb"]);
    assert.deepEqual(parts("a\r---\rb"), ["a\r---\rb"]);
  });
});
