import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { writeFolder } from "../support/stdio.ts";
import { findProgram } from "../vscode/paths.ts";

const manifest = `apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: wbe}, ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "web:1"}]}
`;

/** Runs an editor with the script that attaches the server; returns what it printed. */
function run(program: string, args: readonly string[]): string {
  const folder = fileURLToPath(writeFolder({ "service.yaml": manifest }));
  const { stdout, stderr } = spawnSync(findProgram(program) ?? program, args, {
    encoding: "utf8",
    timeout: 60_000,
    env: {
      ...process.env,
      NODE: process.execPath,
      SERVER: resolve(import.meta.dirname, "../../dist/server.cjs"),
      MANIFEST: join(folder, "service.yaml"),
      WANTED: "service/no-matching-pods",
    },
  });
  return `${stdout}\n${stderr}`;
}

describe("other editors", () => {
  test("Neovim gets findings pushed, and hovers", () => {
    const output = run("nvim", ["--clean", "--headless", "-c", `luafile ${join(import.meta.dirname, "neovim.lua")}`]);
    assert.match(output, /"arrived":true/);
    assert.match(output, /Service web/);
  });

  test("Emacs with Eglot gets findings pushed, and hovers", () => {
    const output = run("emacs", ["--batch", "--no-init-file", "--load", join(import.meta.dirname, "eglot.el")]);
    assert.match(output, /arrived=t/);
    assert.match(output, /Service web/);
  });
});
