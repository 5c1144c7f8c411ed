/** Texts of field errors as apimachinery, util/validation/field/errors.go prints them. */

import { quote } from "./go-text.ts";
import type { JsonValue } from "../base/json.ts";

/** `PATH: Invalid value: "VALUE": DETAIL`. */
export function invalidValueText(path: string, value: string, detail: string): string {
  return `${path}: Invalid value: ${quote(value)}: ${detail}`;
}

/** A value as Go's encoding/json writes it in messages: `<`, `>`, `&` and the line separators escaped. */
export function jsonText(value: JsonValue): string {
  const text = JSON.stringify(value, (_key, entry: unknown) => (typeof entry === "bigint" ? entry.toString() : entry));
  return text.replace(/[<>&\u2028\u2029]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Several errors as one text: each once, in brackets where there are more (util/errors/errors.go, aggregate.Error). */
export function aggregateText(errors: readonly string[]): string {
  const different = [...new Set(errors)];
  return different.length === 1 ? different.join() : `[${different.join(", ")}]`;
}
