import { checkPercent } from "../names.ts";
import type { Field } from "./field.ts";

/** An integer from 0 or a percentage (pkg/apis/apps/validation/validation.go, ValidatePositiveIntOrPercent, v1.36). */
export function validateIntOrPercent(field: Field): void {
  if (typeof field.value === "string") field.check(checkPercent);
  else field.nonNegative();
}

/** validation.go, IsNotMoreThan100Percent. */
export function validateAtMost100Percent(field: Field): void {
  if ((percentOf(field) ?? 0) > 100) field.invalid("must not be greater than 100%");
}

/** The number as it is written, percent or not; 0 for any other text (validation.go, getIntOrPercentValue). */
export function numberOf(field: Field): number {
  if (typeof field.value !== "string") return field.int;
  return percentOf(field) ?? (/^[+-]?\d+$/.test(field.value) ? Number(field.value) : 0);
}

function percentOf(field: Field): number | undefined {
  return checkPercent(field.text).length === 0 ? Number(field.text.slice(0, -1)) : undefined;
}
