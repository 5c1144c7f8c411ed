/** IP addresses and CIDRs as Go's packages `net` and `net/netip` read them. */

/** An address of either family as a number; `family` 4 also for IPv4 addresses mapped into IPv6. */
export interface IpAddress {
  readonly family: 4 | 6;
  /** 32 bits for IPv4, 128 for IPv6. */
  readonly bits: bigint;
  /** Written as `::ffff:…`. */
  readonly mapped: boolean;
  /** An IPv4 part has needless zeros (`010.1.1.1`), which some programs read as octal, or an IPv6 group more than four digits: `net/netip` refuses both. */
  readonly leadingZeros: boolean;
}

/** A network, or an address within one. */
export interface Cidr {
  readonly address: IpAddress;
  /** Of the family's width as written: up to 128 for a mapped address. */
  readonly prefixLength: number;
  /** The address or the length has needless zeros. */
  readonly leadingZeros: boolean;
}

const ipv4MappedPrefix = 0xffffn << 32n;

/** Reads an address; needless zeros are accepted (k8s.io/utils/net, ParseIPSloppy). */
export function parseIp(text: string): IpAddress | undefined {
  return text.includes(":") ? parseIpv6(text) : parseIpv4(text);
}

/** Reads `address/length`, needless zeros accepted (k8s.io/utils/net, ParseCIDRSloppy). */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf("/");
  if (slash < 0) return undefined;
  const address = parseIp(text.slice(0, slash));
  const lengthText = text.slice(slash + 1);
  if (address === undefined || !/^[0-9]{1,9}$/.test(lengthText)) return undefined;
  const prefixLength = Number(lengthText);
  if (prefixLength > writtenWidth(address)) return undefined;
  return { address, prefixLength, leadingZeros: address.leadingZeros || /^0[0-9]/.test(lengthText) };
}

/** The canonical text: dotted decimals (for mapped addresses, too), or RFC 5952 (Go, net.IP.String). */
export function ipText(address: IpAddress): string {
  return address.family === 4 ? ipv4Text(address.bits) : ipv6Text(address.bits);
}

/** Whether bits beyond the prefix length are set. */
export function hasHostBits({ address, prefixLength }: Cidr): boolean {
  const hostBits = BigInt(writtenWidth(address) - prefixLength);
  return (writtenBits(address) & ((1n << hostBits) - 1n)) !== 0n;
}

/** The prefix length in the address's own family: 24 for a mapped address with 120. */
export function familyPrefixLength({ address, prefixLength }: Cidr): number {
  return address.mapped && prefixLength > 32 ? prefixLength - 96 : prefixLength;
}

/** Whether an address lies in a network; families never mix (Go, net.IPNet.Contains). */
export function contains(network: Cidr, address: IpAddress): boolean {
  if (network.address.family !== address.family) return false;
  const width = address.family === 4 ? 32 : 128;
  const shift = BigInt(width - Math.min(width, familyPrefixLength(network)));
  return network.address.bits >> shift === address.bits >> shift;
}

function writtenWidth(address: IpAddress): number {
  return address.family === 4 && !address.mapped ? 32 : 128;
}

function writtenBits(address: IpAddress): bigint {
  return address.mapped ? ipv4MappedPrefix | address.bits : address.bits;
}

function parseIpv4(text: string): IpAddress | undefined {
  const parts = text.split(".");
  if (parts.length !== 4) return undefined;
  let bits = 0n;
  for (const part of parts) {
    if (!/^[0-9]+$/.test(part)) return undefined;
    const value = Number(part);
    if (value > 255) return undefined;
    bits = (bits << 8n) | BigInt(value);
  }
  return { family: 4, bits, mapped: false, leadingZeros: parts.some((part) => /^0[0-9]/.test(part)) };
}

function parseIpv6(text: string): IpAddress | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [left = "", right] = halves;
  const head = parseGroups(left, right === undefined);
  const tail = right === undefined ? { groups: [], leadingZeros: false } : parseGroups(right, true);
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.groups.length - tail.groups.length;
  if (right === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head.groups, ...new Array<bigint>(missing).fill(0n), ...tail.groups];
  return ipv6Address(
    groups.reduce((bits, group) => (bits << 16n) | group, 0n),
    head.leadingZeros || tail.leadingZeros,
  );
}

function ipv6Address(bits: bigint, leadingZeros: boolean): IpAddress {
  const mapped = bits >> 32n === 0xffffn;
  return mapped
    ? { family: 4, bits: bits & 0xffffffffn, mapped, leadingZeros }
    : { family: 6, bits, mapped, leadingZeros };
}

/** The 16-bit groups of one side of "::"; the last two may be written as IPv4 at the end of the address. */
function parseGroups(text: string, last: boolean): { groups: bigint[]; leadingZeros: boolean } | undefined {
  if (text === "") return { groups: [], leadingZeros: false };
  const parts = text.split(":");
  const groups: bigint[] = [];
  let leadingZeros = false;
  for (const [index, part] of parts.entries()) {
    if (/^0*[0-9a-fA-F]{1,4}$/.test(part)) {
      groups.push(BigInt(`0x${part}`));
      leadingZeros ||= part.length > 4;
      continue;
    }
    const ipv4 = last && index === parts.length - 1 ? parseIpv4(part) : undefined;
    if (ipv4 === undefined) return undefined;
    groups.push(ipv4.bits >> 16n, ipv4.bits & 0xffffn);
    leadingZeros ||= ipv4.leadingZeros;
  }
  return { groups, leadingZeros };
}

function ipv4Text(bits: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => ((bits >> shift) & 0xffn).toString()).join(".");
}

function ipv6Text(bits: bigint): string {
  const groups = [7n, 6n, 5n, 4n, 3n, 2n, 1n, 0n].map((index) => ((bits >> (index * 16n)) & 0xffffn).toString(16));
  const { start, length } = longestZeros(groups);
  if (length < 2) return groups.join(":");
  return `${groups.slice(0, start).join(":")}::${groups.slice(start + length).join(":")}`;
}

function longestZeros(groups: readonly string[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  for (const [index, group] of groups.entries()) {
    if (group !== "0") start = index + 1;
    else if (index + 1 - start > best.length) best = { start, length: index + 1 - start };
  }
  return best;
}
