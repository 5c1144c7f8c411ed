import { isArray, isObject } from "../base/json.ts";
import type { JsonValue } from "../base/json.ts";

/** Fields whose texts are programs, data or prose, where `${VAR}` is nobody's placeholder. */
const freeText: ReadonlySet<string> = new Set([
  "annotations",
  "args",
  "binaryData",
  "command",
  "data",
  "env",
  "stringData",
  "description",
]);

/** `${VAR}` and `{{ value }}`, which other software fills in before anything is applied. */
const placeholder = /\$\{[A-Za-z_][\w.:=-]*\}|\{\{.*\}\}/;

/** Whether names, labels, selectors or other short fields of an object are only known once other software has filled them in. */
export function hasPlaceholders(value: JsonValue): boolean {
  if (typeof value === "string") return value.length < 256 && placeholder.test(value);
  if (isArray(value)) return value.some(hasPlaceholders);
  if (!isObject(value)) return false;
  return Object.entries(value).some(
    ([key, entry]) => !freeText.has(key) && (placeholder.test(key) || hasPlaceholders(entry)),
  );
}
