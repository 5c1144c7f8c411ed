import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isGitUrl } from "../../server/src/kustomize/git-url.ts";
import { baseName, isWithin, join } from "../../server/src/kustomize/paths.ts";
import { tryCompile } from "../../server/src/kustomize/regular-expression.ts";
import { shortestFloat } from "../../server/src/kustomize/tree/json.ts";
import { resolvePlain, resolveTagged } from "../../server/src/kustomize/tree/resolve.ts";

describe("plain scalars of resources", () => {
  const cases: readonly (readonly [string, string, unknown])[] = [
    ["yes", "!!str", "yes"],
    ["on", "!!str", "on"],
    ["True", "!!bool", true],
    ["~", "!!null", null],
    ["0755", "!!int", 493],
    ["0o17", "!!int", 15],
    ["0x1F", "!!int", 31],
    ["1_000", "!!int", 1000],
    ["08", "!!float", 8],
    ["1.50", "!!float", 1.5],
    ["9007199254740993", "!!int", 9007199254740993n],
    ["1:30", "!!str", "1:30"],
    ["2024-1-2", "!!timestamp", "2024-01-02T00:00:00Z"],
    ["2024-01-02T03:04:05.50+02:00", "!!timestamp", "2024-01-02T03:04:05.5+02:00"],
    ["2024-13-02", "!!str", "2024-13-02"],
    ["2023-02-29", "!!str", "2023-02-29"],
    [".5", "!!float", 0.5],
    ["1.2.3", "!!str", "1.2.3"],
  ];
  for (const [text, tag, value] of cases) test(text, () => assert.deepEqual(resolvePlain(text), { tag, value }));

  test("a tag and its text must agree", () => {
    assert.deepEqual(resolveTagged("!!float", "3"), { tag: "!!float", value: 3 });
    assert.deepEqual(resolveTagged("!!str", "3"), { tag: "!!str", value: "3" });
    assert.equal(resolveTagged("!!int", "abc"), undefined);
  });
});

test("floats are printed as Go prints them", () => {
  const cases: readonly (readonly [number, string])[] = [
    [0, "0"],
    [3, "3"],
    [1.5, "1.5"],
    [999999, "999999"],
    [1e6, "1e+06"],
    [1234567, "1.234567e+06"],
    [0.0001, "0.0001"],
    [0.00001, "1e-05"],
    [1e21, "1e+21"],
  ];
  for (const [value, text] of cases) assert.equal(shortestFloat(value), text);
});

test("git repositories are told from files", () => {
  for (const url of [
    "https://github.com/org/repo",
    "github.com/org/repo//path?ref=v1",
    "git@host.com:org/repo",
    "ssh://host/org/repo",
    "https://host/a/b/_git/repo/path",
    "https://host/repo.git",
  ]) {
    assert.ok(isGitUrl(url), url);
  }
  for (const path of ["../base", "base", "github.com/org", "https://host/file.yaml", "/abs/path", "host.com/org/repo"])
    assert.ok(!isGitUrl(path), path);
});

test("expressions are those of Go", () => {
  assert.ok(tryCompile("^(?:(?i)web.*)$")?.test("WEB-1"));
  assert.ok(tryCompile("^(?P<name>[[:alpha:]]+)$")?.test("web"));
  assert.ok(tryCompile("\\Qa.b\\E")?.test("a.b"));
  for (const pattern of ["(", "a**", "(?=a)", "(?<!a)b", "(a)\\1", "[", "\\y"])
    assert.equal(tryCompile(pattern), undefined, pattern);
});

test("paths stay in the workspace", () => {
  assert.equal(join("a/b", "../c/./d/"), "a/c/d");
  assert.equal(join("a", "../.."), undefined);
  assert.equal(baseName("a/b/"), "b");
  assert.ok(isWithin("", "a") && isWithin("a", "a/b") && !isWithin("a", "ab"));
});
