import type { JsonValue } from "../base/json.ts";
import { failure, success } from "../base/outcome.ts";
import type { Outcome } from "../base/outcome.ts";
import { atoi, quote } from "./go-text.ts";

/** A field value such as `5` or `25%`, not yet scaled. */
export interface IntOrPercent {
  readonly number: number;
  readonly isPercent: boolean;
}

/** How a share of a total becomes a whole number. */
export interface ScaleOptions {
  /** Surge rounds up, a Deployment's unavailability down, a DaemonSet's up. */
  readonly roundUp: boolean;
}

/**
 * The number of pods that a field like `maxSurge` stands for: an integer itself, a percentage of `total`.
 * Imitates apimachinery, util/intstr/intstr.go, GetScaledValueFromIntOrPercent, v1.36; errors are its texts.
 */
export function scaledValue(value: JsonValue | undefined, total: number, options: ScaleOptions): Outcome<number> {
  if (value === undefined || value === null) return failure("nil value for IntOrString");
  const parsed = parseIntOrPercent(value);
  if (parsed.error !== undefined) return failure(`invalid value for IntOrString: ${parsed.error}`);
  const { number, isPercent } = parsed.value;
  if (!isPercent) return success(number);
  const share = (number * total) / 100;
  return success(toInt(options.roundUp ? Math.ceil(share) : Math.floor(share)));
}

/**
 * Reads an integer or a percentage. Exactly one trailing "%" is taken off and the rest read as Go's Atoi does, so "+5%" and "025%" pass while "5" (in quotes) does not.
 * Imitates apimachinery, util/intstr/intstr.go, getIntOrPercentValueSafely, v1.36.
 */
export function parseIntOrPercent(value: JsonValue): Outcome<IntOrPercent> {
  if (typeof value === "number" || typeof value === "bigint")
    return success({ number: Math.trunc(Number(value)), isPercent: false });
  if (typeof value !== "string" || !value.endsWith("%")) return failure("invalid type: string is not a percentage");
  // What nearly all are, without the arithmetic of large numbers: a rollout asks for it thousands of times.
  if (/^\d{1,9}%$/.test(value)) return success({ number: Number(value.slice(0, -1)), isPercent: true });
  const parsed = atoi(value.slice(0, -1));
  if (parsed.error !== undefined) return failure(`invalid value ${quote(value)}: ${parsed.error}`);
  return success({ number: Number(parsed.value), isPercent: true });
}

/** A command line's or template's text as a field value: an int32 becomes a number, anything else stays text (intstr.go, Parse, v1.36). */
export function intOrTextOf(text: string): number | string {
  const parsed = atoi(text);
  if (parsed.error !== undefined || parsed.value !== BigInt.asIntN(32, parsed.value)) return text;
  return Number(parsed.value);
}

/** Go's conversion of a float64 to int on amd64: what does not fit becomes the smallest int64. */
function toInt(value: number): number {
  const whole = Math.abs(value) < 2 ** 63 ? value : -(2 ** 63);
  return whole === 0 ? 0 : whole;
}
