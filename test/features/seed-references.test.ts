import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { definitionAt } from "../../server/src/features/definition/definition.ts";
import { TestWorkspace } from "../support/workspace.ts";

const corpus = join(import.meta.dirname, "../../../shared/corpus/seeds");
const seeds = ["000", "001", "003"];

function workspaceOf(seed: string): TestWorkspace {
  const files = readdirSync(join(corpus, seed)).filter((name) => name.endsWith(".yaml"));
  const texts = files.map((name) => readFileSync(join(corpus, seed, name), "utf8").replaceAll("\r", ""));
  return new TestWorkspace(texts.map((text, index) => `#- /${seed}/${files[index]!}\n${text}`).join("\n"));
}

/** Where the name (or the key in brackets) of a reference stands in a text, after its kind's field. */
function placesOf(text: string, reference: string): readonly number[] {
  const name = /\[(.*)\]/.exec(reference)?.[1] ?? /\/([\w.-]+)/.exec(reference)?.[1] ?? "";
  return [...text.matchAll(new RegExp(`(?<=[: ])${name}\\b`, "g"))].map(({ index }) => index);
}

test("definition answers for the references of the learning documents that resolve within them", (context) => {
  if (!existsSync(corpus)) {
    context.diagnostic(`there is no ${corpus}`);
    return;
  }
  const [, ...lines] = readFileSync(join(corpus, "references.tsv"), "utf8").trimEnd().split("\n");
  for (const seed of seeds) {
    const workspace = workspaceOf(seed);
    for (const [block = "", , reference = "", resolves = ""] of lines.map((line) => line.split("\t"))) {
      if (!block.startsWith(`${seed}/`)) continue;
      const file = `/${block}.yaml`;
      const text = workspace.readOf(file)?.text ?? "";
      const found = new Set(
        placesOf(text, reference).flatMap((offset) =>
          definitionAt(workspace.context(file), offset).map((place) => place.file),
        ),
      );
      const wanted = resolves.split(",").filter((each) => each.startsWith(`${seed}/`));
      found.delete(file);
      assert.deepEqual([...found].sort(), wanted.map((each) => `/${each}.yaml`).sort(), `${block} ${reference}`);
    }
  }
});
