import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { folderWith } from "./folder.ts";
import { drydock } from "./terminal.ts";

const service = (port: number): string => `apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{port: ${port}}]}
`;

describe("diff", () => {
  test("between two folders, in all formats", async (context) => {
    const [before, after] = [
      folderWith(context, { "web.yaml": service(80) }),
      folderWith(context, { "web.yaml": service(81) }),
    ];
    assert.match(
      (await drydock("diff", before, after)).out,
      /Service shop\/web changes\n {6}ports: loses 80\/TCP -> 80\n {6}ports: gains 81\/TCP -> 81/,
    );
    assert.match(
      (await drydock("diff", before, after, "--format", "markdown")).out,
      /^### Environment \.\n\n- Service `shop\/web` changes/,
    );
    const { environments } = JSON.parse((await drydock("diff", before, after, "--format", "json")).out) as {
      environments: { name: string; services: { name: string }[] }[];
    };
    assert.deepEqual(
      environments.map(({ name, services }) => [name, services.map((each) => each.name)]),
      [[".", ["web"]]],
    );
  });

  test("the working tree against a commit", async (context) => {
    const folder = folderWith(context, { "web.yaml": service(80), "sub/notes.txt": "no manifest" });
    const git = (...words: readonly string[]): unknown =>
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...words], { cwd: folder, stdio: "pipe" });
    git("init", "-q");
    git("add", ".");
    git("commit", "-q", "-m", "first");
    assert.match((await drydock("diff", "--git", "HEAD", folder)).out, /Nothing changes/);
    writeFileSync(join(folder, "web.yaml"), service(81));
    assert.match((await drydock("diff", "--git", "HEAD", folder)).out, /gains 81\/TCP/);
  });

  test("links and submodules of the commit are there, too", { skip: process.platform === "win32" }, async (context) => {
    const git = (folder: string, ...words: readonly string[]): unknown =>
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "protocol.file.allow=always", ...words], {
        cwd: folder,
        stdio: "pipe",
      });
    const commit = (folder: string): void => {
      git(folder, "add", ".");
      git(folder, "commit", "-q", "-m", "all");
    };
    const base = folderWith(context, { "kustomization.yaml": "resources: [web.yaml]", "web.yaml": service(80) });
    const folder = folderWith(context, {
      "overlay/kustomization.yaml": "resources: [../linked]",
      "base/kustomization.yaml": "resources: [../vendor]",
    });
    for (const each of [base, folder]) git(each, "init", "-q");
    commit(base);
    git(folder, "submodule", "add", "-q", base, "vendor");
    symlinkSync("base", join(folder, "linked"));
    commit(folder);
    assert.match((await drydock("diff", "--git", "HEAD", folder)).out, /Nothing changes/);
    writeFileSync(join(folder, "vendor/web.yaml"), service(81));
    assert.match((await drydock("diff", "--git", "HEAD", folder)).out, /Environment overlay\n.*\n.*loses 80\/TCP/);
  });

  test("wrong use says how it is meant", async (context) => {
    const folder = folderWith(context, { "web.yaml": service(80) });
    assert.equal((await drydock("diff", folder)).status, 2);
    const { status, error } = await drydock("diff", "--git", "no-such-commit", folder);
    assert.equal(status, 2);
    assert.match(error, /git knows no no-such-commit/);
  });
});
