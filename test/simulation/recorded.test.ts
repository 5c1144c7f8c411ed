import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { digests } from "./recorded/digests.ts";

/** Recorded with `node test/simulation/recorded/main.ts`. */
const recording: unknown = JSON.parse(readFileSync(join(import.meta.dirname, "recorded/digests.json"), "utf8"));

test("a change of the engine's speed changes none of the recorded timelines and balances", () => {
  assert.deepEqual(digests(), recording);
});
