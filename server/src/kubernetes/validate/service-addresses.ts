import { checkLegacyIp } from "../ip-checks.ts";
import { parseIp } from "../ip-address.ts";
import type { Field } from "./field.ts";

/** `clusterIPs` as the API server completes it: a lone `clusterIP` is its only value (pkg/registry/core/service/storage/storage.go, normalizeClusterIPs, v1.36). */
export function clusterIpsOf(spec: Field): readonly string[] {
  const listed = spec.get("clusterIPs").texts;
  const single = spec.get("clusterIP").text;
  return listed.length === 0 && single !== "" ? [single] : listed;
}

/** pkg/apis/core/validation/validation.go, isHeadlessService, v1.36. */
export function isHeadless(spec: Field): boolean {
  const ips = clusterIpsOf(spec);
  return ips.length === 1 && ips[0] === "None";
}

/** pkg/apis/core/validation/validation.go, ValidateServiceClusterIPsRelatedFields, v1.36. */
export function validateAddresses(spec: Field): void {
  const ips = clusterIpsOf(spec);
  const field = addressesOf(spec);
  const single = spec.get("clusterIP").text;
  if (single !== "" && ips[0] !== single) field.invalid("first value must match `clusterIP`", ips);
  if (single === "" && ips.length > 0) field.invalid("must be empty when `clusterIP` is not specified", ips);
  validateFamilies(spec);
  if (!validateEachAddress(spec, ips)) return;
  if (ips.length > 1 && new Set(ips.map(familyOf)).size < 2)
    field.invalid("may specify no more than one IP for each IP family", ips);
  if (!isHeadless(spec)) validateAddressFamilies(spec, ips);
}

/** The place of `clusterIPs`; it stands for `clusterIP` when that alone is written. */
export function addressesOf(spec: Field): Field {
  const listed = spec.get("clusterIPs");
  const field = listed.size === 0 && spec.get("clusterIP").isSet ? spec.get("clusterIP").as("clusterIPs") : listed;
  return field.coded("service/cluster-ip");
}

/** The place of one of the addresses. */
export function addressOf(spec: Field, index: number): Field {
  if (spec.get("clusterIPs").size > 0) return spec.get("clusterIPs").item(index).coded("service/cluster-ip");
  return spec.get("clusterIP").as(`clusterIPs[${index}]`).coded("service/cluster-ip");
}

export function familyOf(ip: string): "IPv4" | "IPv6" {
  return ip.includes(":") && parseIp(ip)?.family === 6 ? "IPv6" : "IPv4";
}

function validateFamilies(spec: Field): void {
  const seen = new Set<string>();
  for (const family of spec.get("ipFamilies").items()) {
    const coded = family.coded("service/cluster-ip");
    coded.oneOf(["IPv4", "IPv6"]);
    if (seen.has(family.text)) coded.duplicate();
    seen.add(family.text);
  }
  spec
    .get("ipFamilyPolicy")
    .coded("service/cluster-ip")
    .oneOfIfSet(["PreferDualStack", "RequireDualStack", "SingleStack"]);
}

function validateEachAddress(spec: Field, ips: readonly string[]): boolean {
  const field = addressesOf(spec);
  let valid = true;
  for (const [index, ip] of ips.entries()) {
    if (index === 0 && ip === "None") {
      if (ips.length === 1) continue;
      valid = false;
      field.invalid("'None' must be the first and only value", ips);
    } else if (!addressOf(spec, index).check(checkLegacyIp, ip)) {
      valid = false;
    }
  }
  if (ips.length > 2) field.invalid("may only hold up to 2 values", ips);
  return valid;
}

function validateAddressFamilies(spec: Field, ips: readonly string[]): void {
  const families = spec.get("ipFamilies").texts;
  for (const [index, ip] of ips.entries()) {
    const family = families[index];
    if ((family !== "IPv4" && family !== "IPv6") || familyOf(ip) === family) continue;
    addressOf(spec, index).invalid(`expected an ${family} value as indicated by \`ipFamilies[${index}]\``, ip);
  }
}
