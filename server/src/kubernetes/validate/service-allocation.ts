import { contains, parseCidr, parseIp } from "../ip-address.ts";
import type { Context } from "./context.ts";
import type { Field } from "./field.ts";
import { addressesOf, addressOf, clusterIpsOf, familyOf, isHeadless, validateAddresses } from "./service-addresses.ts";

const nodePortMin = 30000;
const nodePortMax = 32767;

/**
 * Whether the allocators serve a Service; the first refusal ends it. Node ports have the default range.
 * pkg/registry/core/service/storage/alloc.go, allocateCreate, v1.36.
 */
export function allocates(spec: Field, context: Context): boolean {
  const steps = [allocateFamilies, allocateAddresses, allocateNodePorts];
  return steps.every((step) => {
    const before = spec.report.causes.length;
    step(spec, context);
    return spec.report.causes.length === before;
  });
}

function isExternalName(spec: Field): boolean {
  return spec.get("type").text === "ExternalName";
}

/** alloc.go, initIPFamilyFields. */
function allocateFamilies(spec: Field, { serviceRanges }: Context): void {
  if (isExternalName(spec)) return;
  const before = spec.report.causes.length;
  validateAddresses(spec);
  if (spec.report.causes.length > before) return;
  const withoutSelector = isHeadless(spec) && spec.get("selector").size === 0;
  const policy = spec
    .get("ipFamilyPolicy")
    .coded("service/cluster-ip")
    .or(withoutSelector ? "RequireDualStack" : "SingleStack");
  checkSingleStack(spec, policy);
  if (serviceRanges === undefined) return;
  const configured = serviceRanges.map(familyOfRange);
  inferFamilies(spec, configured);
  if (spec.report.causes.length > before || withoutSelector) return;
  if (policy.text === "RequireDualStack" && configured.length < 2)
    policy.invalid("this cluster is not configured for dual-stack services");
  for (const family of spec.get("ipFamilies").items()) {
    if (!configured.some((known) => known === family.text))
      family.coded("service/cluster-ip").invalid("not configured on this cluster");
  }
}

function familyOfRange(range: string): "IPv4" | "IPv6" {
  return range.includes(":") ? "IPv6" : "IPv4";
}

function checkSingleStack(spec: Field, policy: Field): void {
  if (policy.text !== "SingleStack") return;
  const needs = "must be 'RequireDualStack' or 'PreferDualStack' when multiple";
  if (clusterIpsOf(spec).length === 2) policy.invalid(`${needs} cluster IPs are specified`);
  if (spec.get("ipFamilies").size === 2) policy.invalid(`${needs} IP families are specified`);
}

function inferFamilies(spec: Field, configured: readonly string[]): void {
  const ips = clusterIpsOf(spec);
  const families = spec.get("ipFamilies").size;
  for (const [index, ip] of ips.entries()) {
    if (ip === "None") return;
    const family = familyOf(ip);
    if (index >= families && !configured.includes(family))
      addressOf(spec, index).invalid(`${family} is not configured on this cluster`, ips);
  }
}

function allocateAddresses(spec: Field, { serviceRanges = [] }: Context): void {
  if (isExternalName(spec) || isHeadless(spec)) return;
  const ips = clusterIpsOf(spec);
  for (const ip of ips) {
    const serviceRange = serviceRanges.find((range) => familyOfRange(range) === familyOf(ip)) ?? "";
    const range = parseCidr(serviceRange);
    const address = parseIp(ip);
    if (range === undefined || address === undefined || contains(range, address)) continue;
    const detail = `the provided IP (${ip}) is not in the valid range. The range of valid IPs is ${serviceRange}`;
    addressesOf(spec).invalid(`failed to allocate IP ${ip}: ${detail}`, ips);
    return;
  }
}

/** alloc.go, txnAllocNodePorts, and pkg/registry/core/service/portallocator/allocator.go, Allocate, v1.36. */
function allocateNodePorts(spec: Field, { dryRun }: Context): void {
  const type = spec.get("type").text;
  if (type !== "NodePort" && type !== "LoadBalancer") return;
  const taken = new Set<number>();
  // Ports of one number and several protocols share a node port.
  const byPort = new Map<number, number>();
  for (const port of spec.get("ports").items()) {
    const [number, nodePort] = [port.get("port").int, port.get("nodePort").coded("service/node-port-range")];
    if (nodePort.int === 0 || byPort.get(number) === nodePort.int) continue;
    const refusal = refusalOf(nodePort.int, taken, dryRun);
    if (refusal !== undefined) {
      nodePort.invalid(refusal);
      return;
    }
    taken.add(nodePort.int);
    byPort.set(number, byPort.get(number) ?? nodePort.int);
  }
  const healthCheck = spec.get("healthCheckNodePort").coded("service/node-port-range");
  if (type !== "LoadBalancer" || spec.get("externalTrafficPolicy").text !== "Local" || healthCheck.int === 0) return;
  const refusal = refusalOf(healthCheck.int, taken, dryRun);
  if (refusal !== undefined)
    healthCheck.internal(`failed to allocate requested HealthCheck NodePort ${healthCheck.int}: ${refusal}`);
}

/**
 * The node port of a Service's port after allocation, `undefined` where it has none. One that nobody asked for is random, and is told by the port that it
 * is for: ports of one number share it (alloc.go, initNodePorts, v1.36).
 */
export function allocatedNodePort(port: Field, spec: Field): number | string | undefined {
  const [type, own, number] = [spec.get("type").text, port.get("nodePort").int, port.get("port").int];
  if (own !== 0) return own;
  const isBalanced = type === "LoadBalancer" && spec.get("allocateLoadBalancerNodePorts").value !== false;
  if (type !== "NodePort" && !isBalanced) return undefined;
  const ofNumber = spec
    .get("ports")
    .items()
    .filter((each) => each.get("port").int === number);
  const asked = ofNumber.map((each) => each.get("nodePort").int).find((each) => each !== 0);
  return asked ?? `that of port ${number}`;
}

function refusalOf(port: number, taken: ReadonlySet<number>, dryRun: boolean): string | undefined {
  if (!dryRun && (port < nodePortMin || port > nodePortMax)) {
    return `provided port is not in the valid range. The range of valid ports is ${nodePortMin}-${nodePortMax}`;
  }
  return taken.has(port) ? "provided port is already allocated" : undefined;
}
