import { contains, parseCidr, parseIp } from "../ip-address.ts";
import type { Field } from "./field.ts";
import { addressesOf, addressOf, clusterIpsOf, familyOf, isHeadless } from "./service-addresses.ts";

const nodePortMin = 30000;
const nodePortMax = 32767;
const serviceRange = "10.96.0.0/12";

/**
 * What the allocators of a single-stack IPv4 cluster with the default ranges refuse; it comes after validation, and the first refusal ends it.
 * pkg/registry/core/service/storage/alloc.go, allocateCreate, v1.36.
 */
export function validateAllocation(spec: Field): void {
  const steps = [allocateFamilies, allocateAddresses, allocateNodePorts];
  for (const step of steps) {
    const before = spec.report.causes.length;
    step(spec);
    if (spec.report.causes.length > before) return;
  }
}

function isExternalName(spec: Field): boolean {
  return spec.get("type").text === "ExternalName";
}

/** alloc.go, initIPFamilyFields. */
function allocateFamilies(spec: Field): void {
  if (isExternalName(spec)) return;
  const before = spec.report.causes.length;
  const withoutSelector = isHeadless(spec) && spec.get("selector").size === 0;
  const policy = spec.get("ipFamilyPolicy").coded("service/cluster-ip").or(withoutSelector ? "RequireDualStack" : "SingleStack");
  checkSingleStack(spec, policy);
  inferFamilies(spec);
  if (spec.report.causes.length > before || withoutSelector) return;
  if (policy.text === "RequireDualStack") policy.invalid("this cluster is not configured for dual-stack services");
  for (const family of spec.get("ipFamilies").items()) {
    if (family.text !== "IPv4") family.coded("service/cluster-ip").invalid("not configured on this cluster");
  }
}

function checkSingleStack(spec: Field, policy: Field): void {
  if (policy.text !== "SingleStack") return;
  const needs = "must be 'RequireDualStack' or 'PreferDualStack' when multiple";
  if (clusterIpsOf(spec).length === 2) policy.invalid(`${needs} cluster IPs are specified`);
  if (spec.get("ipFamilies").size === 2) policy.invalid(`${needs} IP families are specified`);
}

function inferFamilies(spec: Field): void {
  const ips = clusterIpsOf(spec);
  const families = spec.get("ipFamilies").size;
  for (const [index, ip] of ips.entries()) {
    if (ip === "None") return;
    if (index >= families && familyOf(ip) === "IPv6") addressOf(spec, index).invalid("IPv6 is not configured on this cluster", ips);
  }
}

function allocateAddresses(spec: Field): void {
  if (isExternalName(spec) || isHeadless(spec)) return;
  const ips = clusterIpsOf(spec);
  const range = parseCidr(serviceRange);
  for (const ip of ips) {
    const address = parseIp(ip);
    if (range === undefined || address === undefined || contains(range, address)) continue;
    const detail = `the provided IP (${ip}) is not in the valid range. The range of valid IPs is ${serviceRange}`;
    addressesOf(spec).invalid(`failed to allocate IP ${ip}: ${detail}`, ips);
    return;
  }
}

/** pkg/registry/core/service/portallocator/allocator.go, Allocate, v1.36. */
function allocateNodePorts(spec: Field): void {
  const detail = `provided port is not in the valid range. The range of valid ports is ${nodePortMin}-${nodePortMax}`;
  const type = spec.get("type").text;
  if (type !== "NodePort" && type !== "LoadBalancer") return;
  for (const port of spec.get("ports").items()) {
    const nodePort = port.get("nodePort").coded("service/node-port-range");
    if (nodePort.int === 0 || (nodePort.int >= nodePortMin && nodePort.int <= nodePortMax)) continue;
    nodePort.invalid(detail);
    return;
  }
}
