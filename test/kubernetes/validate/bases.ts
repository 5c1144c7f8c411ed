import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { JsonObject, JsonValue } from "../../../server/src/base/json.ts";
import type { JudgeOptions, Verdict } from "../../../server/src/kubernetes/validate/index.ts";
import { judge } from "../../../server/src/kubernetes/validate/index.ts";
import { patched } from "../../conformance/support/json-patch.ts";

const file = join(import.meta.dirname, "..", "..", "conformance", "apiserver", "bases.json");

/** Objects that the API server accepts, by name. */
export const bases = JSON.parse(readFileSync(file, "utf8")) as Readonly<Record<string, JsonObject>>;

/** Values by JSON pointer; `undefined` removes, a new key or index is added. */
export type Changes = Readonly<Record<string, JsonValue | undefined>>;

export function changed(base: string, changes: Changes): JsonObject {
  const operations = Object.entries(changes).map(([path, value]) =>
    value === undefined
      ? ({ op: "remove", path } as const)
      : ({ op: path.endsWith("/-") ? "add" : "replace", path, value } as const),
  );
  return patched(bases[base] ?? {}, operations);
}

/** The verdict of the newest release on a base after changes. */
export function judgeChanged(base: string, changes: Changes, options: Partial<JudgeOptions> = {}): Verdict {
  return judge(changed(base, changes), { kubernetesVersion: "1.36", ...options });
}

export function causesOf(verdict: Verdict): readonly string[] {
  return verdict.verdict === "rejected" ? verdict.causes.map(({ field, message }) => `${field}: ${message}`) : [];
}

export function codesOf(verdict: Verdict): readonly string[] {
  return verdict.verdict === "rejected" ? verdict.causes.map(({ code }) => code) : [];
}
