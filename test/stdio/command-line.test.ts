import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { protocolSuite } from "../support/protocol-suite.ts";
import { startProgram, writeFolder } from "../support/stdio.ts";

const program = resolve(import.meta.dirname, "../../dist/drydock.cjs");

protocolSuite({
  name: "stdio of drydock language-server",
  start: (files) =>
    Promise.resolve({ wire: startProgram("drydock.cjs", ["language-server", "--stdio"]), folder: writeFolder(files) }),
  exits: true,
});

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

  test("tells a mistake in its use apart, on standard error and without a stack", () => {
    for (const args of [["no-such-command"], ["check", join("no", "such", "folder")], ["check", "--no-such-option"]]) {
      const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
      assert.equal(status, 2, args.join(" "));
      assert.equal(stdout, "", args.join(" "));
      assert.ok(stderr.length > 0 && !stderr.includes("    at "), stderr);
    }
  });
});
