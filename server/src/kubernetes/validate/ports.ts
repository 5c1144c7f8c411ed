import { checkPortName } from "../names.ts";
import type { Field } from "./field.ts";

/** A port's number or name (pkg/apis/core/validation/validation.go, ValidatePortNumOrName, v1.36). */
export function validatePortNumberOrName(port: Field): void {
  if (typeof port.value === "string") port.check(checkPortName);
  else port.port();
}
