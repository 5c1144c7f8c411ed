import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { describe, test } from "node:test";
import { Worker } from "node:worker_threads";
import { run } from "../../server/src/cli/program.ts";
import { drydock } from "../cli/terminal.ts";
import { folderWith } from "../cli/folder.ts";
import { deployment, service } from "../index/workspace.ts";

const program = resolve(import.meta.dirname, "../../dist/drydock.cjs");

/** So many applications that threads share the work: each a folder with a base, and overlays of some. Every third has a mistake. */
function applications(): Readonly<Record<string, string>> {
  const files: Record<string, string> = {};
  for (let number = 0; number < 70; number++) {
    const name = `app-${number}`;
    const label = number % 3 === 0 ? `${name}x` : name;
    files[`${name}/base/service.yaml`] = service(name, { app: label });
    files[`${name}/base/deployment.yaml`] = deployment(name, { app: name });
    files[`${name}/base/kustomization.yaml`] = "resources: [service.yaml, deployment.yaml]\n";
    if (number % 4 === 0)
      files[`${name}/overlay/kustomization.yaml`] =
        `namespace: shop\nnamePrefix: x-\nresources: [../base, missing-${number}.yaml]\n`;
  }
  files["broken.yaml"] = "apiVersion: v1\nkind: Pod\nmetadata: {name: [\n";
  files["silenced.yaml"] = `# drydock-disable-file service/no-matching-pods\n${service("alone", { app: "alone" })}`;
  return files;
}

/** How many threads `drydock check` starts beside its own. */
async function threadsFor(folder: string): Promise<number> {
  let started = 0;
  await run(
    ["check", folder],
    { write: () => undefined, writeError: (text) => assert.fail(text), isColoured: false },
    (workerData) => {
      started++;
      return new Worker(program, { workerData });
    },
  );
  return started;
}

describe("drydock check in threads", () => {
  test("starts a thread for each processor, four at most, where there are many files", async (context) => {
    assert.equal(await threadsFor(folderWith(context, applications())), Math.min(4, availableParallelism()) - 1);
  });

  test("starts none for a few files", async (context) => {
    assert.equal(await threadsFor(folderWith(context, { "service.yaml": service("web", { app: "web" }) })), 0);
  });

  for (const format of ["json", "text", "sarif"]) {
    test(`finds in ${format} what one thread finds`, async (context) => {
      const folder = folderWith(context, applications());
      const alone = await drydock("check", folder, "--format", format);
      const { status, stdout, stderr } = spawnSync(program, ["check", folder, "--format", format], {
        encoding: "utf8",
        maxBuffer: 1 << 26,
      });
      assert.ok(alone.out.includes("app-69x"), alone.out.slice(0, 1000));
      assert.deepEqual({ status, out: stdout, error: stderr }, alone);
    });
  }

  test("reads standard input once, in whichever thread", (context) => {
    const folder = folderWith(context, applications());
    const { stdout } = spawnSync(program, ["check", "-", folder, "--format", "json"], {
      input: "apiVersion: v1\nkind: Pod\nmetadata: {name: UPPER}\n",
      encoding: "utf8",
      maxBuffer: 1 << 26,
    });
    const { findings } = JSON.parse(stdout) as { readonly findings: readonly { readonly path: string }[] };
    assert.ok(findings.some(({ path }) => path === "<stdin>"));
  });

  test("refuses a PATH that is no text as one thread does", (context) => {
    const folder = folderWith(context, { ...applications(), "binary.yaml": new Uint8Array([0, 1, 2, 0xff, 0]) });
    const { status, stdout, stderr } = spawnSync(program, ["check", folder, join(folder, "binary.yaml")], {
      encoding: "utf8",
    });
    assert.deepEqual([status, stdout], [2, ""]);
    assert.match(stderr, /^drydock: .*binary\.yaml: .+\n$/);
  });
});
