import assert from "node:assert/strict";
import { describe, test } from "node:test";

import fc from "fast-check";

import type { JsonObject, JsonPath, JsonValue } from "../../../server/src/base/json.ts";
import { at, isObject } from "../../../server/src/base/json.ts";
import { codes, judge } from "../../../server/src/kubernetes/validate/index.ts";
import { bases } from "./bases.ts";

const known: ReadonlySet<string> = new Set(codes.map(({ id }) => id));

const values: readonly JsonValue[] = [
  ...[
    null,
    true,
    0,
    -1,
    1.5,
    70000,
    9223372036854775808n,
    "",
    " ",
    "-",
    "0",
    "a b",
    "A",
    "1Gi",
    "50%",
    "101%",
    "[::1]",
    "\u0000",
    "😀",
    "a".repeat(300),
  ],
  ...[
    [],
    [null],
    [[]],
    [""],
    [{}],
    {},
    { "": "" },
    { name: "a" },
    { type: "x" },
    { matchLabels: { a: 1 } },
    { __proto__x: null },
  ],
];

describe("the verdict on any object", () => {
  test("comes without an exception, points into the object and has a documented code", () => {
    const [names, value] = [fc.constantFrom(...Object.keys(bases)), fc.constantFrom(...values)];
    const change = fc.tuple(fc.nat(), value, fc.constantFrom("replace", "add", "remove"));
    fc.assert(
      fc.property(names, fc.array(change, { minLength: 1, maxLength: 4 }), (name, changes) => {
        const object = structuredClone(bases[name] ?? {});
        for (const [place, replacement, kind] of changes)
          changePlace(object, place, structuredClone(replacement), kind);
        checkVerdict(object);
      }),
      { numRuns: 2000 },
    );
  });

  test("of any shape comes without an exception", () => {
    const kinds = [
      ...new Set(Object.values(bases).map(({ apiVersion, kind }) => JSON.stringify({ apiVersion, kind }))),
    ];
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.jsonValue(), fc.jsonValue(), (kind, metadata, spec) => {
        checkVerdict({ ...(JSON.parse(kind) as JsonObject), metadata: metadata as JsonValue, spec: spec as JsonValue });
      }),
    );
  });
});

function checkVerdict(object: JsonObject): void {
  const before = structuredClone(object);
  const verdict = judge(object, { kubernetesVersion: "1.36" });
  assert.deepEqual(object, before);
  if (verdict.verdict !== "rejected") return;
  assert.ok(verdict.causes.length > 0);
  for (const { code, path } of verdict.causes) {
    assert.ok(known.has(code), code);
    assert.ok(path.length === 0 || at(object, ...path) !== undefined, `nothing at ${path.join(".")}`);
  }
}

function changePlace(object: JsonObject, place: number, value: JsonValue, kind: string): void {
  const places = [...placesOf(object, [])].filter(([key]) => key !== "apiVersion" && key !== "kind");
  const path = places[place % Math.max(places.length, 1)];
  if (path === undefined) return;
  const [parent, last] = [at(object, ...path.slice(0, -1)) as Record<string | number, JsonValue>, path.at(-1) ?? ""];
  if (kind === "replace") parent[last] = value;
  else if (kind === "add") parent[Array.isArray(parent) ? (parent as readonly JsonValue[]).length : "extra"] = value;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else Reflect.deleteProperty(parent, last);
}

function* placesOf(value: JsonValue, path: JsonPath): Generator<JsonPath> {
  if (!isObject(value) && !Array.isArray(value)) return;
  for (const [key, part] of Object.entries(value as JsonObject)) {
    const below = [...path, Array.isArray(value) ? Number(key) : key];
    yield below;
    yield* placesOf(part, below);
  }
}
