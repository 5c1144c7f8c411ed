import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { deployment, service } from "../index/workspace.ts";
import { protocolSuite } from "../support/protocol-suite.ts";
import { startProgram, writeFolder } from "../support/stdio.ts";

const program = resolve(import.meta.dirname, "../../dist/drydock.cjs");

protocolSuite({
  name: "stdio of drydock language-server",
  start: (files) =>
    Promise.resolve({ wire: startProgram("drydock.cjs", ["language-server", "--stdio"]), folder: writeFolder(files) }),
  exits: true,
});

const web = `${service("web", { app: "web" })}---\n${deployment("web", { app: "web" })}`;

function run(input: string, ...words: readonly string[]) {
  return spawnSync(program, words, { input, encoding: "utf8" });
}

describe("the bundled command line", () => {
  test("can be executed and needs no package beside it", () => {
    assert.ok((statSync(program).mode & 0o111) !== 0);
    const folder = fileURLToPath(
      writeFolder({ "a.yaml": "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n" }),
    );
    const { status, stdout, stderr } = spawnSync(program, ["check", "--format", "json"], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, NODE_PATH: "" },
    });
    assert.equal(status, 0, stderr);
    const answer = JSON.parse(stdout) as { readonly version: number; readonly findings: readonly unknown[] };
    assert.deepEqual({ version: answer.version, findings: answer.findings }, { version: 1, findings: [] });
  });

  test("reads standard input, which has a path of its own", () => {
    const named = (...words: readonly string[]): string =>
      run(web, "endpoints", "-", "--format", "json", ...words).stdout;
    assert.match(named(), /"path": "<stdin>"/);
    assert.match(named("--stdin-path", "a/web.yaml"), /"environment": "a",[^]*"path": "a\/web\.yaml"/);
    assert.match(named("-e", "none"), /"pod": "web-<1>"/);
  });

  test("writes no colours where there is no terminal", () => {
    const { status, stdout, stderr } = run(web, "endpoints", "-");
    assert.deepEqual([status, stderr], [0, ""]);
    assert.match(stdout, /^default\/web {2}ClusterIP {2}<stdin>:1 {2}\[\.\]\n/);
  });

  test("ends with the status of the command", () => {
    assert.equal(run("apiVersion: v1\nkind: Pod\nmetadata: {name: -}\n", "check", "-").status, 1);
    assert.equal(run("", "check", "-").status, 0);
  });

  test("tells a mistake in its use apart, on standard error and without a stack", () => {
    for (const args of [["no-such-command"], ["check", join("no", "such", "folder")], ["check", "--no-such-option"]]) {
      const { status, stdout, stderr } = run("", ...args);
      assert.equal(status, 2, args.join(" "));
      assert.equal(stdout, "", args.join(" "));
      assert.ok(stderr.length > 0 && !stderr.includes("    at "), stderr);
    }
  });
});
