import * as l10n from "@vscode/l10n";
import type { JsonValue } from "../../base/json.ts";
import { parseDuration } from "../../kubernetes/duration.ts";
import { parseQuantity, quantityDecimal } from "../../kubernetes/quantity.ts";
import { fieldType } from "../field-type.ts";
import { durationText, grouped } from "../spell-out.ts";
import type { HoverRequest } from "./hover.ts";
import { code } from "../markdown.ts";

/** Hovers on values that the API reads as amounts or times: `1.5Gi`, `500m`, `10800` seconds, `1h30m`. */
export function quantityHover({ subject, cursor }: HoverRequest): string | undefined {
  const { facts, path } = subject;
  const { node } = cursor.location;
  if (node?.type !== "scalar" || cursor.location.part !== "value") return undefined;
  const last = path.at(-1);
  const type = fieldType(facts.apiVersion, facts.kind, path);
  const name = typeof last === "string" ? last : "";
  if (type?.kind === "custom" && type.name === "resource.Quantity") return quantityWords(node.text, name);
  if (type?.kind === "custom" && type.name.endsWith(".Duration")) return durationWords(node.text);
  return type?.kind === "integer" && /Seconds$/.test(name) ? secondsWords(node.value) : undefined;
}

/** A quantity for people: `1.5Gi` is 1 610 612 736 bytes, `500m` of cpu half a core; `undefined` where it is none. */
export function quantityWords(text: string, resource: string): string | undefined {
  const parsed = parseQuantity(text.trim());
  if (parsed.error !== undefined) return undefined;
  const number = grouped(quantityDecimal(parsed.value));
  const amount = `${code(text)} = ${number}`;
  if (resource.endsWith("cpu")) return number === "1" ? l10n.t("{0} CPU", amount) : l10n.t("{0} CPUs", amount);
  if (/(memory|storage|^hugepages-.*|sizeLimit|size)$/.test(resource))
    return l10n.t("{0} bytes{1}", amount, binaryText(quantityDecimal(parsed.value)));
  return amount;
}

/** The nearest binary unit with two digits behind the point. */
function binaryText(bytes: string): string {
  const value = Number(bytes);
  const units = ["KiB", "MiB", "GiB", "TiB", "PiB"];
  const power = Math.min(units.length, Math.floor(Math.log2(Math.max(1, value)) / 10));
  const unit = units[power - 1];
  return unit === undefined ? "" : ` (${Number((value / 1024 ** power).toFixed(2))} ${unit})`;
}

function durationWords(text: string): string | undefined {
  const parsed = parseDuration(text);
  return parsed.error === undefined ? `${code(text)} = ${durationText(Number(parsed.value) / 1e9)}` : undefined;
}

function secondsWords(value: JsonValue): string | undefined {
  return typeof value === "number" && value >= 60
    ? l10n.t("{0} seconds = {1}", grouped(String(value)), durationText(value))
    : undefined;
}
