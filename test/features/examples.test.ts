import assert from "node:assert/strict";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { codes } from "../../server/src/features/diagnostics/codes.ts";
import { TestWorkspace } from "../support/workspace.ts";

const examples = join(import.meta.dirname, "../../examples");

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : /\.ya?ml$/.test(path) ? [path] : [];
  });
}

/** All examples as one workspace, as a person has them open. */
const workspace = new TestWorkspace(
  filesBelow(examples)
    .map((path) => `#- ${path.slice(examples.length)}\n${readFileSync(path, "utf8")}`)
    .join("\n"),
);

describe("examples", () => {
  test("the shop has no findings", () => {
    const found = workspace.files
      .filter((file) => !file.startsWith("/mistakes/"))
      .flatMap((file) => workspace.findings(file).map(({ code, message }) => `${file}: ${code} ${message}`));
    assert.deepEqual(found, []);
  });

  for (const folder of readdirSync(join(examples, "mistakes"))) {
    test(`the mistake ${folder} is found`, () => {
      const files = workspace.files.filter((file) => file.startsWith(`/mistakes/${folder}/`));
      const found = files.flatMap((file) => workspace.findings(file).map(({ code }) => code.replace("/", "-")));
      assert.ok(found.includes(folder), `${found.join(", ")} instead of ${folder}`);
    });
  }

  test("there is an example of every mistake", () => {
    const folders = new Set(readdirSync(join(examples, "mistakes")));
    assert.deepEqual(
      codes.map(({ code }) => code).filter((code) => !folders.has(code.replace("/", "-"))),
      [],
    );
  });
});
