import type { JsonObject, JsonPath } from "../../../base/json.ts";
import type { PathChange } from "../../finding.ts";
import type { Mistake } from "../causes.ts";
import { fixesByCode } from "./by-code.ts";
import { generalFixes } from "./general.ts";
import type { DocumentFix } from "./types.ts";

export type { DocumentChange, DocumentFix } from "./types.ts";

/** The ways out of a mistake for which the API server would refuse an object. @param base where the object stands in its document */
export function fixesFor(mistake: Mistake, object: JsonObject, base: JsonPath): readonly DocumentFix[] {
  const request = { object, mistake };
  const special = Object.hasOwn(fixesByCode, mistake.code) ? (fixesByCode[mistake.code]?.(request) ?? []) : [];
  const fixes = special.length > 0 ? special : generalFixes(request);
  return fixes.map(({ title, preferred = false, changes }) => ({
    title,
    preferred: preferred && fixes.find((fix) => fix.preferred === true)?.title === title,
    changes: changes.map((change) => moved(change, base)),
  }));
}

function moved(change: PathChange, base: JsonPath): PathChange {
  return { ...change, path: [...base, ...change.path] };
}
