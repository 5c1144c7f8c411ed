import type { JsonObject, JsonPath, JsonValue } from "../../../base/json.ts";
import type { PathChange } from "../../finding.ts";
import type { Mistake } from "../causes.ts";

/** A way out of what is wrong with one document; paths begin at its root, spans at its start. */
export interface DocumentFix {
  readonly title: string;
  readonly preferred: boolean;
  readonly changes: readonly DocumentChange[];
}

export type DocumentChange =
  | PathChange
  | {
      readonly kind: "replace";
      readonly span: { readonly start: number; readonly end: number };
      readonly newText: string;
    };

/** What a fix is made from. Paths of fixes are those of the object. */
export interface FixRequest {
  readonly object: JsonObject;
  readonly mistake: Mistake;
}

/** A fix with paths of its object. */
export interface ObjectFix {
  readonly title: string;
  readonly preferred?: boolean;
  readonly changes: readonly PathChange[];
}

/** The change of one value. */
export function setting(path: JsonPath, value: JsonValue): PathChange {
  return { kind: "set", path, value };
}
