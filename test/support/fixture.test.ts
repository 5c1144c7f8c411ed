import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cursorOf, defaultPath, parseFixture, rangeOf, rangesOf, textOf } from "./fixture.ts";

const shop = `
#- /web/deploy.yaml
kind: Deployment
spec:
  template: {metadata: {labels: {«label»app: web«/»}}}
#- /web/svc.yaml
kind: Service
spec:
  selector: {ap«|»p: web}
  ports: [{port: 80, targetPort: «bad»htpp«/»}]
`;

describe("fixture", () => {
  test("separates files and removes the marks", () => {
    const fixture = parseFixture(shop);
    assert.deepEqual([...fixture.files.keys()], ["/web/deploy.yaml", "/web/svc.yaml"]);
    assert.equal(
      textOf(fixture, "/web/deploy.yaml"),
      "kind: Deployment\nspec:\n  template: {metadata: {labels: {app: web}}}\n",
    );
    assert.equal(
      textOf(fixture, "/web/svc.yaml"),
      "kind: Service\nspec:\n  selector: {app: web}\n  ports: [{port: 80, targetPort: htpp}]\n",
    );
  });

  test("finds cursors and ranges at offsets of the unmarked text", () => {
    const fixture = parseFixture(shop);
    const cursor = cursorOf(fixture);
    assert.equal(textOf(fixture, cursor.path).slice(0, cursor.offset).split("\n").at(-1), "  selector: {ap");
    for (const [name, text] of [
      ["label", "app: web"],
      ["bad", "htpp"],
    ] as const) {
      const range = rangeOf(fixture, name);
      assert.equal(textOf(fixture, range.path).slice(range.start, range.end), text);
    }
  });

  test("knows numbered cursors, nested ranges and repeated names", () => {
    const fixture = parseFixture("«1»a: «outer»[«item»b«/», «item»c«/»]«/»«2»");
    assert.equal(textOf(fixture, defaultPath), "a: [b, c]");
    assert.equal(cursorOf(fixture, "1").offset, 0);
    assert.equal(cursorOf(fixture, "2").offset, 9);
    assert.deepEqual(
      fixture.ranges.map((range) => [range.name, range.start, range.end]),
      [
        ["outer", 3, 9],
        ["item", 4, 5],
        ["item", 7, 8],
      ],
    );
    assert.equal(rangesOf(fixture, "item").length, 2);
    assert.throws(() => rangeOf(fixture, "item"), /2 ranges «item»/);
  });

  test("counts characters beyond the BMP as two units and keeps CR", () => {
    const fixture = parseFixture("# 🚢\r\nkey: «|»value\r\n");
    assert.equal(cursorOf(fixture).offset, 11);
    assert.equal(textOf(fixture, defaultPath), "# 🚢\r\nkey: value\r\n");
  });

  test("leaves block scalars and other comments alone", () => {
    const text = "script: |\n  a | b > c\n#-- no file\n# - neither\n";
    assert.equal(textOf(parseFixture(text), defaultPath), text);
  });

  test("refuses marks that would be looked for in vain", () => {
    assert.throws(() => cursorOf(parseFixture("a: 1")), /no cursor «\|»; it has none/);
    assert.throws(() => rangesOf(parseFixture("«a»1«/»"), "b"), /no range «b»; it has «a»/);
    assert.throws(() => textOf(parseFixture("a: 1"), "/b.yaml"), /no file \/b.yaml/);
  });

  test("refuses malformed marks with their line", () => {
    assert.throws(() => parseFixture("a: 1\nb: «name»2"), /main.yaml:2: «name» is never closed/);
    assert.throws(() => parseFixture("a: 1«/»"), /«\/» closes nothing/);
    assert.throws(() => parseFixture("«|»a«|»"), /second cursor «\|»/);
    assert.throws(() => parseFixture("a: «name 2\n"), /malformed mark/);
    assert.throws(() => parseFixture("a: «»2\n"), /malformed mark/);
    assert.throws(() => parseFixture("a: 1»"), /» without «/);
    assert.throws(() => parseFixture("a: «|»1»\n#- /b\n"), /» without «/);
    assert.throws(() => parseFixture("#- /a\n#- /a\n"), /twice/);
  });
});
