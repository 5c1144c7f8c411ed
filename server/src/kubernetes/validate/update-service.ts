import { arrayAt, at, textAt, type JsonObject, type JsonPath, type JsonValue } from "../../base/json.ts";
import { jsonText } from "../field-error-text.ts";
import type { UpdateRefusal } from "./update-comparison.ts";

/**
 * What a Service keeps (pkg/apis/core/validation/validation.go, ValidateServiceUpdate, v1.36). What the server has allocated and the new definition leaves
 * out stays (pkg/registry/core/service/storage/storage.go, patchAllocatedValues); an address that neither says may be any.
 */
export function refusalsOfServiceUpdate(before: JsonObject, after: JsonObject): readonly UpdateRefusal[] {
  const refusals = [...refusalsOfLoadBalancerClass(before, after), ...refusalsOfHealthCheckPort(before, after)];
  if ([before, after].some((service) => textAt(service, "spec", "type") === "ExternalName")) return refusals;
  return [...refusalsOfAddresses(before, after), ...refusalsOfFamilies(before, after), ...refusals];
}

function refusalsOfAddresses(before: JsonObject, after: JsonObject): readonly UpdateRefusal[] {
  const [old, written] = [addressesOf(before), addressesOf(after)];
  const fresh = written.length === 0 ? old : written;
  const refusal = (index: number): UpdateRefusal =>
    changed(`spec.clusterIPs[${index}]`, ["spec", "clusterIP"], fresh, "may not change once set");
  if (old.length === 0) return fresh[0] === "None" ? [refusal(0)] : [];
  const both = Math.min(old.length, fresh.length);
  const moved = old.slice(0, both).flatMap((address, index) => (address === fresh[index] ? [] : [refusal(index)]));
  return old.length === fresh.length
    ? moved
    : [...moved.slice(0, fresh[0] === old[0] ? 0 : 1), ...refusalsOfRelease("clusterIP", old, fresh, after)];
}

function refusalsOfFamilies(before: JsonObject, after: JsonObject): readonly UpdateRefusal[] {
  const [old, written] = [textsAt(before, "ipFamilies"), textsAt(after, "ipFamilies")];
  const headless = [before, after].map((service) => addressesOf(service)[0] === "None");
  if (old.length === 0 || written.length === 0 || headless.some(Boolean)) return [];
  const refusal = changed("spec.ipFamilies[0]", ["spec", "ipFamilies"], written, "may not change once set");
  if (old.length === written.length)
    return old.flatMap((family, index) => (family === written[index] ? [] : [refusal]));
  return [...(old[0] === written[0] ? [] : [refusal]), ...refusalsOfRelease("ipFamily", old, written, after)];
}

/** The secondary one goes only when the policy says so. */
function refusalsOfRelease(
  what: string,
  old: readonly string[],
  fresh: readonly string[],
  after: JsonObject,
): readonly UpdateRefusal[] {
  const policy = textAt(after, "spec", "ipFamilyPolicy");
  if (old.length <= fresh.length || fresh.length !== 1 || policy === "SingleStack") return [];
  const detail = `must be set to 'SingleStack' when releasing the secondary ${what}`;
  return [changed("spec.ipFamilyPolicy", ["spec", "ipFamilyPolicy"], policy ?? null, detail)];
}

function refusalsOfLoadBalancerClass(before: JsonObject, after: JsonObject): readonly UpdateRefusal[] {
  const both = [before, after].every((service) => textAt(service, "spec", "type") === "LoadBalancer");
  const [old, fresh] = [
    at(before, "spec", "loadBalancerClass") ?? null,
    at(after, "spec", "loadBalancerClass") ?? null,
  ];
  if (!both || old === fresh) return [];
  return [changed("spec.loadBalancerClass", ["spec", "loadBalancerClass"], fresh, "may not change once set")];
}

function refusalsOfHealthCheckPort(before: JsonObject, after: JsonObject): readonly UpdateRefusal[] {
  const [old, fresh] = [at(before, "spec", "healthCheckNodePort"), at(after, "spec", "healthCheckNodePort")];
  if (![before, after].every(needsHealthCheck) || !isPort(old) || !isPort(fresh) || old === fresh) return [];
  const path = ["spec", "healthCheckNodePort"];
  return [{ field: path.join("."), path, message: "Forbidden: field is immutable" }];
}

/** pkg/api/service/util.go, NeedsHealthCheck, v1.36. */
function needsHealthCheck(service: JsonObject): boolean {
  const [type, policy] = [textAt(service, "spec", "type"), textAt(service, "spec", "externalTrafficPolicy")];
  return type === "LoadBalancer" && policy === "Local";
}

function isPort(value: JsonValue | undefined): boolean {
  return typeof value === "number" && value !== 0;
}

/** `clusterIPs`, for which `clusterIP` alone may stand. */
function addressesOf(service: JsonObject): readonly string[] {
  const [list, single] = [textsAt(service, "clusterIPs"), textAt(service, "spec", "clusterIP") ?? ""];
  return list.length === 0 && single !== "" ? [single] : list;
}

function textsAt(service: JsonObject, field: string): readonly string[] {
  return arrayAt(service, "spec", field).filter((each): each is string => typeof each === "string");
}

function changed(field: string, path: JsonPath, value: JsonValue, detail: string): UpdateRefusal {
  return { field, path, message: `Invalid value: ${jsonText(value)}: ${detail}` };
}
