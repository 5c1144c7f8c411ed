import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { commentsOf } from "../../server/src/yaml/comments.ts";
import { parseDocument } from "../../server/src/yaml/parse.ts";

const found = (text: string): readonly string[] =>
  commentsOf(text, parseDocument(text).root).map(({ text: comment, ownLine }) => (ownLine ? comment : `… ${comment}`));

describe("comments", () => {
  test("on lines of their own and behind values", () => {
    assert.deepEqual(found("# one\na: b # two\nc: {d: e} #three\n#\n"), ["one", "… two", "… three", ""]);
  });

  test("not inside of texts, of any style", () => {
    assert.deepEqual(found("a: 'x # no'\nb: \"y\n  # no\"\nc: p#no\nd: http://x/#no\n"), []);
    assert.deepEqual(found("a: | # header\n  # no\n\n  # no\n# yes\nb: >-\n  # no\n  text\n"), ["… header", "yes"]);
    assert.deepEqual(found("'k # no': v\n"), []);
  });

  test("behind a block scalar at its end, and in broken texts", () => {
    assert.deepEqual(found("list:\n- |\n  # no\n# yes\n"), ["yes"]);
    assert.deepEqual(found("a: [ # yes\n"), ["… yes"]);
    assert.deepEqual(commentsOf("# alone", null).length, 1);
  });

  test("spans end before the line's end", () => {
    const text = "a: b # c  \r\nd: e\r\n";
    const [comment] = commentsOf(text, parseDocument(text).root);
    assert.equal(text.slice(comment?.span.start, comment?.span.end), "# c");
  });
});
