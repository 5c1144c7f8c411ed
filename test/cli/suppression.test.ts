import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { folderWith } from "./folder.ts";
import { drydock } from "./terminal.ts";

const service = (name: string, above = ""): string =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\nspec:\n${above}  selector: {app: ${name}}\n  ports: [{port: 80}]\n`;
const silenced = "  # drydock-disable-next-line service/no-matching-pods the pods come from a chart\n";

async function codes(...words: readonly string[]): Promise<readonly string[]> {
  const { out, error } = await drydock("check", ...words, "--format", "json");
  assert.equal(error, "");
  const { findings } = JSON.parse(out) as { readonly findings: readonly { readonly code: string }[] };
  return findings.map(({ code }) => code);
}

describe("check", () => {
  test("comments silence findings, and those that silence nothing are told", async (context) => {
    assert.deepEqual(await codes(folderWith(context, { "a.yaml": service("web", silenced) })), []);
    const other = silenced.replace("no-matching-pods", "headless-port");
    assert.deepEqual((await codes(folderWith(context, { "a.yaml": service("web", other) }))).toSorted(), [
      "service/no-matching-pods",
      "suppression/unused",
    ]);
  });

  test("a baseline holds what is known; only what is new is reported", async (context) => {
    const folder = folderWith(context, { "a.yaml": service("web") });
    const baseline = join(folder, "known.json");
    const written = await drydock("check", folder, "--write-baseline", baseline, "--fail-on", "hint");
    assert.deepEqual({ status: written.status, error: written.error }, { status: 0, error: "" });
    assert.match(readFileSync(baseline, "utf8"), /"code":"service\/no-matching-pods"/);
    assert.deepEqual(await codes(folder, "--baseline", baseline), []);
    const other = folderWith(context, { "a.yaml": service("web") });
    assert.deepEqual(await codes(other, "--baseline", baseline), ["service/no-matching-pods"]);
  });

  test("what is no baseline is an error of use", async (context) => {
    const folder = folderWith(context, { "a.yaml": service("web"), "b.json": "{}" });
    for (const file of ["b.json", "a.yaml", "absent.json"]) {
      const { status, error } = await drydock("check", folder, "--baseline", join(folder, file));
      assert.equal(status, 2);
      assert.match(error, new RegExp(file));
    }
  });
});
