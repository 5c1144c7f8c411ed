import { trimSpace } from "../go-text.ts";
import { checkDns1123Label, checkQualifiedName } from "../names.ts";
import {
  compareQuantities,
  parseQuantity,
  quantityMilliValue,
  quantityText,
  quantityValue,
  type Quantity,
} from "../quantity.ts";
import type { Field } from "./field.ts";

/** The quantity of a field that was decoded as one. */
export function quantityOf(field: Field): Quantity | undefined {
  const { value } = field;
  return typeof value === "string" || typeof value === "number" || typeof value === "bigint"
    ? parseQuantity(trimSpace(String(value))).value
    : undefined;
}

const containerResources: ReadonlySet<string> = new Set(["cpu", "memory", "ephemeral-storage"]);
const integerResources: ReadonlySet<string> = new Set([
  "pods",
  "resourcequotas",
  "services",
  "replicationcontrollers",
  "secrets",
  "configmaps",
  "persistentvolumeclaims",
  "services.nodeports",
  "services.loadbalancers",
]);
const quotaResources: ReadonlySet<string> = new Set([
  ...integerResources,
  ...containerResources,
  ...[...containerResources].flatMap((name) => [`requests.${name}`, `limits.${name}`]),
  "requests.storage",
]);
const standardResources: ReadonlySet<string> = new Set([...quotaResources, "storage"]);

export function isHugePages(name: string): boolean {
  return name.startsWith("hugepages-");
}

/** pkg/apis/core/helper/helpers.go, IsStandardQuotaResourceName, v1.36. */
export function isStandardQuotaResource(name: string): boolean {
  return quotaResources.has(name) || isHugePages(name) || name.startsWith("requests.hugepages-");
}

/** Of Kubernetes itself: without a domain, or of kubernetes.io (helpers.go, IsNativeResource). */
function isNative(name: string): boolean {
  return !name.includes("/") || name.includes("kubernetes.io/");
}

function isExtended(name: string): boolean {
  return !isNative(name) && !name.startsWith("requests.") && checkQualifiedName(`requests.${name}`).length === 0;
}

export function isOvercommitAllowed(name: string): boolean {
  return isNative(name) && !isHugePages(name);
}

/** pkg/apis/core/validation/validation.go, validateResourceName, v1.36. */
export function checkResourceName(name: string): readonly string[] {
  const messages = checkQualifiedName(name);
  if (messages.length > 0 || name.includes("/")) return messages;
  const known = standardResources.has(name) || isHugePages(name) || name.startsWith("requests.hugepages-");
  return known ? [] : ["must be a standard resource type or fully qualified"];
}

/** validation.go, validateContainerResourceName, v1.36. */
export function checkContainerResourceName(name: string): readonly string[] {
  const messages = checkResourceName(name);
  if (!name.includes("/")) {
    return containerResources.has(name) || isHugePages(name)
      ? messages
      : [...messages, "must be a standard resource for containers"];
  }
  return isNative(name) || isExtended(name)
    ? messages
    : [...messages, "doesn't follow extended resource name standard"];
}

/** validation.go, ValidateResourceQuotaResourceName, v1.36. */
export function checkQuotaResourceName(name: string): readonly string[] {
  const messages = checkResourceName(name);
  return name.includes("/") || isStandardQuotaResource(name)
    ? messages
    : [...messages, "must be a standard resource for quota"];
}

/** validation.go, ValidateResourceQuantityValue, v1.36. */
export function validateQuantity(field: Field, name: string): void {
  const quantity = quantityOf(field);
  if (quantity === undefined) return;
  if (quantity.unscaled < 0n) field.invalid("must be greater than or equal to 0", quantityText(quantity));
  if (!integerResources.has(name) && !isExtended(name)) return;
  if (quantityMilliValue(quantity) % 1000n !== 0n) field.invalid("must be an integer", quantityText(quantity));
}

/** validation.go, ValidatePositiveQuantityValue, v1.36. */
export function validatePositiveQuantity(field: Field): boolean {
  const quantity = quantityOf(field);
  if (quantity === undefined || quantity.unscaled > 0n) return true;
  field.invalid("must be greater than zero", quantityText(quantity));
  return false;
}

/** Checks the name of a resource at its place. */
type NameRule = (field: Field, name: string) => void;

function validateContainerResourceName(field: Field, name: string): void {
  field.check(checkContainerResourceName, name);
}

function validatePodResourceName(field: Field, name: string): void {
  if (!field.check(checkResourceName, name)) return;
  if (name !== "cpu" && name !== "memory" && !isHugePages(name))
    field.notSupported(["cpu", "hugepages-", "memory"], name);
}

/** Requests and limits of a container (validation.go, ValidateContainerResourceRequirements, v1.36). */
export function validateContainerResources(resources: Field, claimNames: ReadonlySet<string>): void {
  validateRequirements(resources, validateContainerResourceName);
  validateClaims(resources.get("claims"), claimNames);
}

/** Limits alone, as overhead has them. */
export function validateOverhead(limits: Field, place: Field): void {
  validateLimits(limits.as("limits", place), validateContainerResourceName);
  const names = limits.keys();
  if (names.some(isHugePages) && !names.includes("cpu") && !names.includes("memory"))
    place.forbidden("HugePages require cpu or memory");
}

/** Requests and limits of a whole pod (validation.go, validatePodResourceRequirements, v1.36). */
export function validatePodResources(resources: Field, claimNames: ReadonlySet<string>): void {
  if (resources.get("claims").isSet)
    resources.get("claims").forbidden("claims may not be set for Resources at pod-level");
  validateRequirements(resources, validatePodResourceName);
  validateClaims(resources.get("claims"), claimNames);
}

function validateRequirements(resources: Field, nameRule: NameRule): void {
  const [limits, requests] = [resources.get("limits"), resources.get("requests")];
  validateLimits(limits, nameRule);
  for (const [name, request] of requests.entries()) {
    nameRule(request.coded("pod/resources"), name);
    validateQuantity(request.coded("pod/resources"), name);
    validateRequestOfLimit(request, name, requests, limits);
    validateHugePages(request, name);
  }
  const names = [...limits.keys(), ...requests.keys()];
  const needsOther = names.some(isHugePages) && !names.includes("cpu") && !names.includes("memory");
  if (needsOther) resources.coded("pod/resources").forbidden("HugePages require cpu or memory");
}

function validateLimits(limits: Field, nameRule: NameRule): void {
  for (const [name, limit] of limits.entries()) {
    nameRule(limit.coded("pod/resources"), name);
    validateQuantity(limit.coded("pod/resources"), name);
    validateHugePages(limit, name);
  }
}

function validateRequestOfLimit(request: Field, name: string, requests: Field, limits: Field): void {
  const limit = quantityOf(limits.key(name));
  const quantity = quantityOf(request);
  if (quantity === undefined) return;
  if (limit === undefined) {
    if (!isOvercommitAllowed(name))
      limits.coded("pod/resources").required("Limit must be set for non overcommitable resources");
    return;
  }
  const order = compareQuantities(quantity, limit);
  // The error names the map, the message the resource.
  const place = requests.coded("pod/resources");
  const detail = `${name} limit of ${quantityText(limit)}`;
  if (order !== 0 && !isOvercommitAllowed(name)) place.invalid(`must be equal to ${detail}`, quantityText(quantity));
  else if (order > 0) place.invalid(`must be less than or equal to ${detail}`, quantityText(quantity));
}

/** Huge pages come in whole pages (pkg/apis/core/helper/helpers.go, IsHugePageResourceValueDivisible, v1.36). */
function validateHugePages(field: Field, name: string): void {
  const quantity = quantityOf(field);
  if (!isHugePages(name) || quantity === undefined) return;
  const size = parseQuantity(name.slice("hugepages-".length)).value;
  const whole =
    size !== undefined && size.unscaled > 0n && quantityMilliValue(size) % 1000n === 0n && quantityValue(size) > 0n;
  if (whole && quantityValue(quantity) % quantityValue(size) === 0n) return;
  field
    .coded("pod/resources")
    .invalid(`${quantityText(quantity)} is not positive integer multiple of ${name}`, quantityText(quantity));
}

/** validation.go, validateResourceClaimNames, v1.36. */
function validateClaims(claims: Field, claimNames: ReadonlySet<string>): void {
  const taken = new Set<string>();
  for (const claim of claims.items()) {
    const name = claim.get("name").text;
    if (name === "") {
      claim.required();
      continue;
    }
    takeClaim(claim, name, taken);
    if (claimNames.has(name)) continue;
    const known = [...claimNames].sort().join(", ");
    claim
      .with(name)
      .notFound(
        `must be one of the names in pod.spec.resourceClaims${known === "" ? " which is empty" : `: ${known}`}`,
      );
  }
}

function takeClaim(claim: Field, name: string, taken: Set<string>): void {
  if (taken.has(name)) {
    claim.duplicate(name);
    return;
  }
  const request = claim.get("request");
  request.checkIfAny(checkDns1123Label);
  const key = request.text === "" ? name : `${name}/${request.text}`;
  const overlapping =
    request.text === "" ? [...taken].filter((other) => other.startsWith(`${name}/`)) : taken.has(key) ? [key] : [];
  for (const other of overlapping) claim.duplicate(request.text === "" ? name : other);
  taken.add(key);
}
