import {
  compareQuantities,
  parseQuantity,
  quantityMilliValue,
  quantityText,
  quantityValue,
  type Quantity,
} from "../quantity.ts";
import { checkQualifiedName } from "../names.ts";
import type { Field } from "./field.ts";
import { plainMetadata, validateMetadata } from "./metadata.ts";
import {
  checkContainerResourceName,
  checkQuotaResourceName,
  checkResourceName,
  isOvercommitAllowed,
  isStandardQuotaResource,
  quantityOf,
  validateQuantity,
} from "./resources.ts";

const terminationScopes = ["Terminating", "NotTerminating"];
const effortScopes = ["BestEffort", "NotBestEffort"];
const existenceScopes: ReadonlySet<string> = new Set([
  ...terminationScopes,
  ...effortScopes,
  "CrossNamespacePodAffinity",
]);
const scopes: ReadonlySet<string> = new Set([...existenceScopes, "PriorityClass", "VolumeAttributesClass"]);
const podResources: ReadonlySet<string> = new Set([
  "pods",
  "cpu",
  "memory",
  "limits.cpu",
  "limits.memory",
  "requests.cpu",
  "requests.memory",
]);
const claimResources: ReadonlySet<string> = new Set(["persistentvolumeclaims", "requests.storage"]);

/** pkg/apis/core/validation/validation.go, ValidateResourceQuota, v1.36; its status is dropped before. */
export function validateResourceQuota(quota: Field): void {
  const spec = quota.get("spec");
  validateMetadata(quota.get("metadata"), plainMetadata);
  for (const [name, amount] of spec.get("hard").entries()) {
    amount.check(checkQuotaResourceName, name);
    validateQuantity(amount, name);
  }
  validateScopes(spec);
  if (spec.get("scopeSelector").isSet) validateScopeSelector(spec);
}

function suits(scope: string, resource: string): boolean {
  if (scope === "BestEffort") return resource === "pods";
  if (scope === "VolumeAttributesClass") return claimResources.has(resource);
  return !scopes.has(scope) || podResources.has(resource);
}

function unsuitable(scope: string, spec: Field): readonly string[] {
  return spec
    .get("hard")
    .keys()
    .filter((resource) => isStandardQuotaResource(resource) && !suits(scope, resource));
}

function conflicts(names: readonly string[]): number {
  return [terminationScopes, effortScopes].filter((pair) => pair.every((scope) => names.includes(scope))).length;
}

function validateScopes(spec: Field): void {
  const list = spec.get("scopes");
  for (const scope of list.texts) {
    if (!scopes.has(scope)) list.invalid("unsupported scope");
    for (let count = unsuitable(scope, spec).length; count > 0; count--)
      list.invalid("unsupported scope applied to resource");
  }
  for (let count = conflicts(list.texts); count > 0; count--) list.invalid("conflicting scopes");
}

const existsNeeded =
  "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity";

/** The errors stand at the list, without index; those about resources print the selector. */
function validateScopeSelector(spec: Field): void {
  const [selector, place] = [spec.get("scopeSelector"), spec.at("scopeSelector", "matchExpressions")];
  const names = place.items().map((requirement) => requirement.get("scopeName").text);
  for (const [index, requirement] of place.items().entries()) {
    const name = names[index] ?? "";
    if (!scopes.has(name)) place.get("scopeName").invalid("unsupported scope", name);
    for (let count = unsuitable(name, spec).length; count > 0; count--)
      place.invalid("unsupported scope applied to resource", selector.value);
    validateScopeOperator(requirement, place, name);
  }
  const printed = spec.get("scopes").value;
  for (let count = conflicts(names); count > 0; count--) place.invalid("conflicting scopes", printed);
}

function validateScopeOperator(requirement: Field, place: Field, scope: string): void {
  const [operator, values] = [requirement.get("operator").text, requirement.get("values")];
  if (existenceScopes.has(scope) && operator !== "Exists") place.get("operator").invalid(existsNeeded, operator);
  if (operator === "In" || operator === "NotIn") {
    if (values.size === 0)
      place.get("values").required("must be at least one value when `operator` is 'In' or 'NotIn' for scope selector");
  } else if (operator === "Exists" || operator === "DoesNotExist") {
    if (values.size > 0)
      place
        .get("values")
        .invalid("must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector", values.value);
  } else {
    place.get("operator").invalid("not a valid selector operator", operator);
  }
}

const limitTypes: ReadonlySet<string> = new Set(["Pod", "Container", "PersistentVolumeClaim"]);
const limitMaps = ["max", "min", "default", "defaultRequest", "maxLimitRequestRatio"] as const;

/** pkg/apis/core/validation/validation.go, ValidateLimitRange, v1.36. */
export function validateLimitRange(range: Field): void {
  validateMetadata(range.get("metadata"), { ...plainMetadata, needsNoName: true });
  const seen = new Set<string>();
  for (const limit of range.at("spec", "limits").items()) {
    const type = limit.get("type");
    type.check(checkLimitType);
    if (seen.has(type.text)) type.duplicate(type.text);
    seen.add(type.text);
    validateLimit(limit, type.text);
  }
}

function checkLimitType(type: string): readonly string[] {
  const messages = checkQualifiedName(type);
  if (messages.length > 0 || type.includes("/") || limitTypes.has(type)) return messages;
  return ["must be a standard limit type or fully qualified"];
}

function validateLimit(limit: Field, type: string): void {
  const isPod = type === "Pod";
  const nameRule = isPod || type === "Container" ? checkContainerResourceName : checkResourceName;
  const maps = isPod ? limitMaps.filter((name) => !name.startsWith("default")) : limitMaps;
  for (const name of ["default", "defaultRequest"])
    if (isPod) limit.get(name).forbiddenIfAny("may not be specified when `type` is 'Pod'");
  for (const map of maps) for (const [name, amount] of limit.get(map).entries()) amount.check(nameRule, name);
  if (type === "Container") validateDerivedNames(limit);
  const storage = limit.get("min").key("storage").isSet || limit.get("max").key("storage").isSet;
  if (type === "PersistentVolumeClaim" && !storage) {
    limit.get("limits").required("either minimum or maximum storage value is required, but neither was provided");
  }
  const names = new Set(maps.flatMap((map) => limit.get(map).keys()));
  const withDefaults = !isPod && type === "Container";
  for (const name of names) validateLimitOrder(limit, name, !isPod, withDefaults);
}

/** A container's defaults that are not written come from its bounds, and are checked as if they were (pkg/apis/core/v1/defaults.go, SetDefaults_LimitRangeItem, v1.36). */
function validateDerivedNames(limit: Field): void {
  const [max, min] = [limit.get("max").keys(), limit.get("min").keys()];
  const standard = max.filter((name) => !limit.get("default").key(name).isSet);
  const requests = [...new Set([...limit.get("default").keys(), ...max, ...min])].filter(
    (name) => !limit.get("defaultRequest").key(name).isSet,
  );
  for (const name of standard) limit.get("default").key(name).check(checkContainerResourceName, name);
  for (const name of requests) limit.get("defaultRequest").key(name).check(checkContainerResourceName, name);
}

interface Bound {
  readonly field: Field;
  readonly quantity: Quantity | undefined;
}

/** Absent defaults of containers come from the others (pkg/apis/core/v1/defaults.go, SetDefaults_LimitRangeItem, v1.36): they can't break the order. */
function validateLimitOrder(limit: Field, name: string, hasDefaults: boolean, completed: boolean): void {
  const bound = (map: (typeof limitMaps)[number]): Bound => {
    const field = limit.get(map).key(name);
    return { field, quantity: quantityOf(field) };
  };
  const none: Bound = { field: limit, quantity: undefined };
  const [min, max, ratio] = [bound("min"), bound("max"), bound("maxLimitRequestRatio")];
  const written = hasDefaults ? bound("default") : none;
  const standard = completed && written.quantity === undefined ? { ...written, quantity: max.quantity } : written;
  const own = hasDefaults ? bound("defaultRequest") : none;
  const request =
    completed && own.quantity === undefined ? { ...own, quantity: standard.quantity ?? min.quantity } : own;
  inOrder(min, max, min, "min value", "max value");
  inOrder(min, request, request, "min value", "default request value");
  inOrder(request, max, request, "default request value", "max value");
  inOrder(request, standard, request, "default request value", "default limit value");
  inOrder(min, standard, { field: standard.field, quantity: min.quantity }, "min value", "default value");
  inOrder(standard, max, { field: standard.field, quantity: max.quantity }, "default value", "max value");
  validateRatio(ratio, min, max);
  if (isOvercommitAllowed(name) || standard.quantity === undefined || request.quantity === undefined) return;
  if (compareQuantities(standard.quantity, request.quantity) === 0) return;
  const detail = `default value ${quantityText(standard.quantity)} must equal to defaultRequest value ${quantityText(request.quantity)} in ${name}`;
  request.field.invalid(detail, quantityText(request.quantity));
}

function inOrder(smaller: Bound, larger: Bound, place: Bound, smallerName: string, largerName: string): void {
  if (
    smaller.quantity === undefined ||
    larger.quantity === undefined ||
    compareQuantities(smaller.quantity, larger.quantity) <= 0
  )
    return;
  const detail = `${smallerName} ${quantityText(smaller.quantity)} is greater than ${largerName} ${quantityText(larger.quantity)}`;
  place.field.invalid(detail, place.quantity === undefined ? "" : quantityText(place.quantity));
}

const one = parseQuantity("1").value;
const maxMilli = 9223372036854775n;

function validateRatio(ratio: Bound, min: Bound, max: Bound): void {
  if (ratio.quantity === undefined || one === undefined) return;
  const text = quantityText(ratio.quantity);
  if (compareQuantities(ratio.quantity, one) < 0) ratio.field.invalid(`ratio ${text} is less than 1`, text);
  if (min.quantity === undefined || max.quantity === undefined) return;
  const small = [ratio.quantity, min.quantity, max.quantity].every((quantity) => quantityValue(quantity) < maxMilli);
  const value = small ? quantityMilliValue : quantityValue;
  const limit = Number(value(max.quantity)) / Number(value(min.quantity));
  const own = small ? Number(quantityMilliValue(ratio.quantity)) / 1000 : Number(quantityValue(ratio.quantity));
  if (own > limit) ratio.field.invalid(`ratio ${text} is greater than max/min = ${limit.toFixed(6)}`, text);
}
