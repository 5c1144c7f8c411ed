/** The API server's checks of fields with addresses. Messages are the details of `Invalid value` errors, in its order. */

import { quote } from "./go-text.ts";
import { familyPrefixLength, hasHostBits, ipText, parseCidr, parseIp } from "./ip-address.ts";

type Messages = readonly string[];

const notAnIp = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
const notACidr = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";
const notAnInterfaceAddress = "must be a valid address in CIDR form, (e.g. 10.9.8.7/24 or 2001:db8::1/64)";

/** An address of an older API; the strict check is the default since 1.36 (util/validation/ip.go, IsValidIPForLegacyField, v1.36). */
export function checkLegacyIp(value: string, strict = true): Messages {
  const address = parseIp(value);
  if (address === undefined) return [notAnIp];
  if (!strict) return [];
  if (address.leadingZeros) return ["must not have leading 0s"];
  return address.mapped ? ["must not be an IPv4-mapped IPv6 address"] : [];
}

/** An address of a newer API, which must be written canonically (ip.go, IsValidIP, v1.36). */
export function checkIp(value: string): Messages {
  const messages = checkLegacyIp(value);
  const address = parseIp(value);
  if (messages.length > 0 || address === undefined) return messages;
  return checkCanonical(value, ipText(address));
}

/** A network of an older API; the strict check is the default since 1.36 (ip.go, IsValidCIDRForLegacyField, v1.36). */
export function checkLegacyCidr(value: string, strict = true): Messages {
  const cidr = parseCidr(value);
  if (cidr === undefined) return [notACidr];
  if (!strict) return [];
  if (cidr.leadingZeros) return ["must not have leading 0s in IP or prefix length"];
  if (cidr.address.mapped) return ["must not have an IPv4-mapped IPv6 address"];
  return hasHostBits(cidr) ? ["must not have bits set beyond the prefix length"] : [];
}

/** A network of a newer API, which must be written canonically (ip.go, IsValidCIDR, v1.36). */
export function checkCidr(value: string): Messages {
  const messages = checkLegacyCidr(value);
  const cidr = parseCidr(value);
  if (messages.length > 0 || cidr === undefined) return messages;
  return checkCanonical(value, `${ipText(cidr.address)}/${cidr.prefixLength}`);
}

/** An address with its network's length, canonically written (ip.go, IsValidInterfaceAddress, v1.36). */
export function checkInterfaceAddress(value: string): Messages {
  const cidr = parseCidr(value);
  if (cidr === undefined) return [notAnInterfaceAddress];
  return checkCanonical(value, `${ipText(cidr.address)}/${familyPrefixLength(cidr)}`);
}

function checkCanonical(value: string, canonical: string): Messages {
  return value === canonical ? [] : [`must be in canonical form (${quote(canonical)})`];
}
