import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { FileContext } from "../../server/src/features/context.ts";
import { completionsAt } from "../../server/src/features/completion/completion.ts";
import { definitionAt } from "../../server/src/features/definition/definition.ts";
import { highlightsAt } from "../../server/src/features/highlight/highlight.ts";
import { hoverAt } from "../../server/src/features/hover/hover.ts";
import { prepareRename } from "../../server/src/features/rename/rename.ts";
import { Environments } from "../../server/src/index/environments.ts";
import { Index } from "../../server/src/index/index.ts";
import { readFile } from "../../server/src/model/read.ts";
import { defaultSettings } from "../../server/src/protocol/settings.ts";

const examples = join(import.meta.dirname, "../../examples");
const corpus = join(import.meta.dirname, "../../../shared/corpus/dev");
const maxLength = 6000;
const now = Date.UTC(2026, 0, 1);

function manifestsBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.ya?ml$/.test(path))
    .sort()
    .map((path) => join(folder, path));
}

/** Truncates a text at every so many characters and asks each verb at the end and in the middle of what is left. */
function typeSlowly(text: string, step: number): void {
  const whole = readFile(text);
  for (let length = 1 + (text.length % step); length <= text.length; length += step) {
    const read = readFile(text.slice(0, length), whole);
    const { index } = Index.empty.apply([{ file: "/main.yaml", facts: read.facts }]);
    const environments = new Environments(index, { tops: ["/"] }).of("/main.yaml");
    const context: FileContext = { file: "/main.yaml", read, environments, settings: defaultSettings, now };
    for (const offset of [length, Math.floor(length / 2)]) {
      completionsAt(context, offset, true);
      definitionAt(context, offset);
      highlightsAt(context, offset);
      prepareRename(context, offset);
      hoverAt(context, offset, () => undefined);
    }
  }
}

test("no verb fails in examples that are typed bit by bit", () => {
  const paths = manifestsBelow(examples);
  assert.ok(paths.length > 0);
  for (const path of paths) typeSlowly(readFileSync(path, "utf8").slice(0, maxLength), 61);
});

test("no verb fails in other people's manifests that are typed bit by bit", (context) => {
  if (!existsSync(corpus)) {
    context.diagnostic(`there is no ${corpus}`);
    return;
  }
  const paths = manifestsBelow(corpus);
  const every = Math.ceil(paths.length / 200);
  for (const path of paths.filter((_, index) => index % every === 0))
    typeSlowly(readFileSync(path, "utf8").slice(0, maxLength), 211);
});
