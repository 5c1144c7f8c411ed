import assert from "node:assert/strict";
import { isObject } from "../../server/src/base/json.ts";
import type { JsonObject, JsonValue } from "../../server/src/base/json.ts";
import type { Terminal } from "../../server/src/cli/output.ts";
import { run } from "../../server/src/cli/program.ts";

export interface Result {
  readonly status: number;
  readonly out: string;
  readonly error: string;
}

/** Runs a command line in this process, without colours. */
export async function drydock(...words: readonly string[]): Promise<Result> {
  let out = "";
  let error = "";
  const terminal: Terminal = {
    write: (text) => void (out += text),
    writeError: (text) => void (error += text),
    isColoured: false,
  };
  const status = await run(words, terminal);
  return { status, out, error };
}

/** What a command prints as JSON; findings are no failure. */
export async function json(...words: readonly string[]): Promise<JsonObject> {
  const { out, status, error } = await drydock(...words, "--format", "json");
  assert.ok(status < 2, error);
  const value = JSON.parse(out) as JsonValue;
  assert.ok(isObject(value));
  return value;
}
