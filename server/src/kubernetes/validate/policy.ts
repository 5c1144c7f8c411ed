import type { Field } from "./field.ts";
import { countedMetadata, validateLabelSelector, validateMetadata } from "./metadata.ts";
import { checkPathSegment } from "./metadata.ts";
import { validateAtMost100Percent, validateIntOrPercent } from "./numbers.ts";

/** pkg/apis/policy/validation/validation.go, ValidatePodDisruptionBudget, v1.36; its metadata are looked at only when the spec is right, and less strictly. */
export function validateDisruptionBudget(budget: Field): void {
  const spec = budget.get("spec");
  const [min, max] = [spec.get("minAvailable"), spec.get("maxUnavailable")];
  if (min.isSet && max.isSet) spec.invalid("minAvailable and maxUnavailable cannot be both set");
  for (const bound of [min, max]) {
    if (!bound.isSet) continue;
    validateIntOrPercent(bound);
    validateAtMost100Percent(bound);
  }
  validateLabelSelector(spec.get("selector"));
  spec.get("unhealthyPodEvictionPolicy").oneOfIfSet(["AlwaysAllow", "IfHealthyBudget"]);
  if (budget.report.causes.length > 0) return;
  validateMetadata(budget.get("metadata"), { ...countedMetadata, name: checkPathSegment, checksFinalizers: false });
}
