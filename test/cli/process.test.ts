import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { describe, test } from "node:test";
import { deployment, service } from "../index/workspace.ts";

const main = resolve(import.meta.dirname, "../../server/src/cli/main.ts");

function run(input: string, ...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--no-warnings", main, ...words], {
    input,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

describe("the process", () => {
  const text = `${service("web", { app: "web" })}---\n${deployment("web", { app: "web" })}`;

  test("reads standard input, which has a path of its own", () => {
    const named = (...words: readonly string[]): string =>
      run(text, "endpoints", "-", "--format", "json", ...words).stdout;
    assert.match(named(), /"path": "<stdin>"/);
    assert.match(named("--stdin-path", "a/web.yaml"), /"environment": "a",[^]*"path": "a\/web\.yaml"/);
    assert.match(named("-e", "none"), /"pod": "web-<1>"/);
  });

  test("writes no colours where there is no terminal", () => {
    const { status, stdout, stderr } = run(text, "endpoints", "-");
    assert.deepEqual([status, stderr], [0, ""]);
    assert.match(stdout, /^default\/web {2}ClusterIP {2}<stdin>:1 {2}\[\.\]\n/);
  });

  test("ends with the status of the command", () => {
    assert.equal(run("apiVersion: v1\nkind: Pod\nmetadata: {name: -}\n", "check", "-").status, 1);
    assert.equal(run("", "check", "gone").status, 2);
    assert.equal(run("", "check", "-").status, 0);
  });
});
