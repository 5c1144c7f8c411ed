import type { IpAddress } from "../kubernetes/ip-address.ts";
import { ipText, parseIp } from "../kubernetes/ip-address.ts";

/**
 * Addresses of pods, Services and nodes: real ones, or placeholders for those that only the cluster knows (`<podIP of shop/web-<1>>`, `<clusterIPv6 of shop/web>`, `<nodeIP of node-1>`).
 */
export type AddressFamily = "IPv4" | "IPv6";

/** A placeholder for the address of a pod or Service in a namespace. */
export function placeholderAddress(
  owner: "podIP" | "clusterIP",
  family: AddressFamily,
  namespace: string,
  name: string,
): string {
  return `<${owner}${family === "IPv6" ? "v6" : ""} of ${namespace}/${name}>`;
}

/** A placeholder for the address of a node, which pods of the host network have. */
export function nodePlaceholderAddress(family: AddressFamily, node: string): string {
  return `<nodeIP${family === "IPv6" ? "v6" : ""} of ${node}>`;
}

/** The family of an address or placeholder, `undefined` where the text is no address. */
export function addressFamily(address: string): AddressFamily | undefined {
  if (/^<(pod|cluster|node)IPv6 of /.test(address)) return "IPv6";
  if (/^<(pod|cluster|node)IP of /.test(address)) return "IPv4";
  const family = parseAddress(address)?.family;
  return family === undefined ? undefined : family === 4 ? "IPv4" : "IPv6";
}

/** The text that Go's `net.ParseIP(address).String()` gives; placeholders stay, and what is no address is `undefined`. */
export function canonicalAddress(address: string): string | undefined {
  if (address.startsWith("<")) return addressFamily(address) === undefined ? undefined : address;
  const parsed = parseAddress(address);
  return parsed === undefined ? undefined : ipText(parsed);
}

/** The address as a DNS label: `10-1-2-3`, `fd00--1`; a trailing dash gets a `0`. Placeholders become `<dashed …>`. */
export function dashedAddress(address: string): string {
  if (address.startsWith("<")) return `<dashed ${address.slice(1)}`;
  if (address.includes(".")) return address.replaceAll(".", "-");
  const dashed = address.replaceAll(":", "-");
  return dashed.endsWith("-") ? `${dashed}0` : dashed;
}

/** The name under in-addr.arpa or ip6.arpa (with final dot) whose PTR records name the address. Placeholders become `<reverse …>`. */
export function reverseName(address: string): string {
  if (address.startsWith("<")) return `<reverse ${address.slice(1)}`;
  const parsed = parseAddress(address);
  if (parsed === undefined) return "";
  if (parsed.family === 4) return `${ipText(parsed).split(".").reverse().join(".")}.in-addr.arpa.`;
  const digits = parsed.bits.toString(16).padStart(32, "0");
  return `${digits.split("").reverse().join(".")}.ip6.arpa.`;
}

/** The address that a name under in-addr.arpa or ip6.arpa stands for, in canonical text; `undefined` for other names. */
export function addressOfReverseName(name: string): string | undefined {
  const lower = name.toLowerCase();
  if (lower.startsWith("<reverse ")) return `<${name.slice("<reverse ".length)}`;
  const four = /^(.+)\.in-addr\.arpa\.$/.exec(lower)?.[1];
  if (four !== undefined) return canonicalAddress(four.split(".").reverse().join("."));
  const six = /^((?:[0-9a-f]\.){31}[0-9a-f])\.ip6\.arpa\.$/.exec(lower)?.[1];
  if (six === undefined) return undefined;
  const digits = six.split(".").reverse().join("");
  return canonicalAddress((digits.match(/.{4}/g) ?? []).join(":"));
}

/** Reads an address as Go's `net.ParseIP` does: needless zeros are refused. */
function parseAddress(text: string): IpAddress | undefined {
  const address = parseIp(text);
  return address === undefined || address.leadingZeros ? undefined : address;
}
