import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

import { parseExact } from "./json.ts";

/** A file's text; one that is stored as `path.gz` is unpacked. `undefined` when there is neither. */
export function readText(path: string): string | undefined {
  if (existsSync(path)) return readFileSync(path, "utf8");
  if (existsSync(`${path}.gz`)) return gunzipSync(readFileSync(`${path}.gz`)).toString("utf8");
  return undefined;
}

/** The parsed lines of a file of JSON lines, read like `readText`. */
export function readLines(path: string): readonly unknown[] | undefined {
  const text = readText(path);
  return text?.split("\n").filter((line) => line.trim() !== "").map(parseExact);
}

/** Whether `readText` would find the file. */
export function hasText(...path: readonly string[]): boolean {
  const joined = join(...path);
  return existsSync(joined) || existsSync(`${joined}.gz`);
}
