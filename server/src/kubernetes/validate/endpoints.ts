import { parseIp } from "../ip-address.ts";
import { checkIp, checkLegacyIp } from "../ip-checks.ts";
import { checkDns1123Label, checkDns1123Subdomain, checkLabelValue, checkQualifiedName } from "../names.ts";
import { checkFullyQualifiedDomainName } from "../qualified-names.ts";
import type { Field } from "./field.ts";
import { countedMetadata, plainMetadata, validateMetadata } from "./metadata.ts";

/** In the order in which errors list them. */
export const protocols = ["SCTP", "TCP", "UDP"] as const;

/** An address that may serve as an endpoint (pkg/apis/core/validation/validation.go, ValidateEndpointIP, v1.36). */
export function checkEndpointIp(text: string): readonly string[] {
  const ip = parseIp(text);
  if (ip === undefined) return ["must be a valid IP address"];
  const wide = ip.family === 6;
  const starts = (prefix: bigint, length: number): boolean => ip.bits >> BigInt((wide ? 128 : 32) - length) === prefix;
  const messages: string[] = [];
  if (ip.bits === 0n) messages.push(`may not be unspecified (${text})`);
  if (wide ? ip.bits === 1n : starts(127n, 8)) messages.push("may not be in the loopback range (127.0.0.0/8, ::1/128)");
  if (wide ? starts(0xfe80n >> 6n, 10) : starts(0xa9fen, 16))
    messages.push("may not be in the link-local range (169.254.0.0/16, fe80::/10)");
  // Go masks the second byte of an IPv6 multicast address: its scope alone counts.
  const localMulticast = wide ? starts(0xffn, 8) && ((ip.bits >> 112n) & 0xfn) === 2n : starts(0xe00000n, 24);
  if (localMulticast) messages.push("may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
  return messages;
}

/** pkg/apis/core/validation/validation.go, ValidateEndpointsCreate, v1.36. */
export function validateEndpoints(endpoints: Field): void {
  validateMetadata(endpoints.get("metadata"), plainMetadata);
  for (const subset of endpoints.get("subsets").items()) {
    const [addresses, notReady, ports] = [
      subset.get("addresses"),
      subset.get("notReadyAddresses"),
      subset.get("ports"),
    ];
    if (addresses.size + notReady.size === 0) subset.required("must specify `addresses` or `notReadyAddresses`");
    for (const address of [...addresses.items(), ...notReady.items()]) validateAddress(address);
    for (const port of ports.items()) validatePort(port, ports.size > 1);
  }
  endpoints.warn("v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice");
}

function validateAddress(address: Field): void {
  address.get("ip").check(checkLegacyIp);
  address.get("hostname").checkIfAny(checkDns1123Label);
  address.get("nodeName").checkIfSet(checkDns1123Subdomain);
  address.get("ip").check(checkEndpointIp);
}

function validatePort(port: Field, nameNeeded: boolean): void {
  if (nameNeeded) port.get("name").checkRequired(checkDns1123Label);
  else port.get("name").checkIfAny(checkDns1123Label);
  port.get("port").port();
  port.get("protocol").or("TCP").oneOf(protocols);
  port.get("appProtocol").checkIfSet(checkQualifiedName);
}

/** pkg/apis/discovery/validation/validation.go, ValidateEndpointSliceCreate, v1.36. */
export function validateEndpointSlice(slice: Field): void {
  validateMetadata(slice.get("metadata"), countedMetadata);
  const addressType = slice.get("addressType");
  if (addressType.needed()) addressType.oneOf(["FQDN", "IPv4", "IPv6"]);
  validateSlicePorts(slice.get("ports"));
  const endpoints = slice.get("endpoints");
  endpoints.mostItems(1000);
  if (endpoints.size <= 1000) for (const endpoint of endpoints.items()) validateEndpoint(endpoint, addressType.text);
  if (addressType.text === "FQDN") addressType.warn("spec.addressType: FQDN endpoints are deprecated");
}

function validateSlicePorts(ports: Field): void {
  ports.mostItems(20000);
  const seen = new Set<string>();
  for (const port of ports.size > 20000 ? [] : ports.items()) {
    const name = port.get("name");
    name.checkIfAny(checkDns1123Label);
    if (seen.has(name.text)) name.duplicate(name.text);
    seen.add(name.text);
    port.get("protocol").oneOfIfSet(protocols);
    port.get("appProtocol").checkIfSet(checkQualifiedName);
  }
}

function validateEndpoint(endpoint: Field, addressType: string): void {
  const addresses = endpoint.get("addresses");
  if (addresses.needed("must contain at least 1 address")) addresses.mostItems(100);
  for (const address of addresses.items()) validateSliceAddress(address, addresses, addressType);
  endpoint.get("nodeName").checkIfSet(checkDns1123Subdomain);
  endpoint.get("hostname").checkIfSet(checkDns1123Label);
  validateHints(endpoint.get("hints"));
}

function validateSliceAddress(address: Field, addresses: Field, addressType: string): void {
  if (addressType === "FQDN") {
    address.checkName(checkFullyQualifiedDomainName);
  } else if (addressType === "IPv4" || addressType === "IPv6") {
    if (!address.check(addressType === "IPv4" ? checkLegacyIp : checkIp)) return;
    const family = parseIp(address.text)?.family === 4 ? "IPv4" : "IPv6";
    if (family !== addressType) addresses.invalid(`must be an ${addressType} address`, address.text);
    address.check(checkEndpointIp);
  }
}

function validateHints(hints: Field): void {
  for (const [list, validator] of [
    ["forZones", checkLabelValue],
    ["forNodes", checkDns1123Subdomain],
  ] as const) {
    const items = hints.get(list);
    items.mostItems(8);
    if (items.size > 8) return;
    const seen = new Set<string>();
    for (const item of items.items()) {
      const name = item.get("name");
      if (seen.has(name.text)) name.duplicate(name.text);
      seen.add(name.text);
      name.check(validator);
    }
  }
}
