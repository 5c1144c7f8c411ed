import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { JsonValue } from "../../../server/src/base/json.ts";
import { matchBeside, matchPattern, parsePattern } from "../../../server/src/kubernetes/relations/pattern.ts";

const sets = { "{container}": ["containers[*]", "initContainers[*]"] };

function paths(pattern: string, value: JsonValue): readonly string[] {
  return [...matchPattern(value, parsePattern(pattern, sets))].map(
    ({ path, isKey }) => `${path.join(".")}${isKey ? " (key)" : ""}`,
  );
}

describe("patterns of fields", () => {
  test("items, values and keys", () => {
    assert.deepEqual(paths("spec.ports[*].name", { spec: { ports: [{ name: "a" }, {}, { name: "b" }] } }), [
      "spec.ports.0.name",
      "spec.ports.2.name",
    ]);
    assert.deepEqual(paths("data.*", { data: { a: "1", b: "2" } }), ["data.a", "data.b"]);
    assert.deepEqual(paths("data.~key", { data: { a: "1" } }), ["data.a (key)"]);
  });

  test("quoted keys, with captures and alternatives inside", () => {
    assert.deepEqual(paths('metadata.annotations["x.y/z"]', { metadata: { annotations: { "x.y/z": "1" } } }), [
      "metadata.annotations.x.y/z",
    ]);
    assert.deepEqual(paths('a["actions.{name}"]', { a: { "actions.web": 1, "actions.": 2, other: 3 } }), [
      "a.actions.web",
    ]);
    assert.deepEqual(paths('a["x/{one,two}"]', { a: { "x/one": 1, "x/three": 2 } }), ["a.x/one"]);
  });

  test("sets and written alternatives", () => {
    const pod = { containers: [{ name: "a" }], initContainers: [{ name: "b" }] };
    assert.deepEqual(paths("{container}.name", pod), ["containers.0.name", "initContainers.0.name"]);
    assert.deepEqual(paths("{a.b,c}.d", { a: { b: { d: 1 } }, c: { d: 2 } }), ["a.b.d", "c.d"]);
  });

  test("any depth", () => {
    assert.deepEqual(paths("spec.**.secretName", { spec: { secretName: "a", x: [{ y: { secretName: "b" } }] } }), [
      "spec.secretName",
      "spec.x.0.y.secretName",
    ]);
  });

  test("wrong types anywhere lead nowhere", () => {
    for (const value of [null, 1, "x", [], { spec: null }, { spec: [1] }, { spec: { ports: { a: 1 } } }])
      assert.deepEqual(paths("spec.ports[*].name", value), []);
  });

  test("a second pattern starts from the same items", () => {
    const value = {
      containers: [
        {
          env: [
            { k: "a", n: "1" },
            { k: "b", n: "2" },
          ],
        },
      ],
    };
    const [key, name] = [parsePattern("{container}.env[*].k", sets), parsePattern("{container}.env[*].n", sets)];
    const found = [...matchPattern(value, key)].map((match) =>
      [...matchBeside(value, name, key, match)].map((beside) => beside.value),
    );
    assert.deepEqual(found, [["1"], ["2"]]);
  });

  test("[+] means the other items of the list as well", () => {
    const value = {
      env: [
        { name: "A", value: "$(B)" },
        { name: "B", value: "x" },
      ],
    };
    const [text, names] = [parsePattern("env[*].value", sets), parsePattern("env[+].name", sets)];
    const [first] = matchPattern(value, text);
    assert.deepEqual(
      [...matchBeside(value, names, text, first!)].map((beside) => beside.value),
      ["A", "B"],
    );
  });
});
