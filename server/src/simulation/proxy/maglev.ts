/** The table of the IPVS scheduler `mh` (Maglev hashing): for each of its places the index of an endpoint. Imitates Linux, net/netfilter/ipvs/ip_vs_mh.c, ip_vs_mh_populate, with its default size. */
export function maglevTable(endpoints: readonly { readonly address: number; readonly port: number }[]): Int32Array {
  const table = new Int32Array(TABLE_SIZE).fill(-1);
  if (endpoints.length === 0) return table;
  const seats = endpoints.map(({ address, port }) => {
    const value = (address + port) >>> 0;
    return {
      next: hsiphash(value, OFFSET_KEY, OFFSET_KEY) % TABLE_SIZE,
      skip: (hsiphash(value, SKIP_KEY, SKIP_KEY) % (TABLE_SIZE - 1)) + 1,
    };
  });
  for (let filled = 0; filled < TABLE_SIZE;) {
    for (const [index, seat] of seats.entries()) {
      while (table[seat.next] !== -1) seat.next = (seat.next + seat.skip) % TABLE_SIZE;
      table[seat.next] = index;
      filled++;
      if (filled === TABLE_SIZE) break;
    }
  }
  return table;
}

/** A prime, as `CONFIG_IP_VS_MH_TAB_INDEX` = 12 gives it. */
const TABLE_SIZE = 4093;
const OFFSET_KEY = 2654435761n;
const SKIP_KEY = 2654446892n;
const MASK = (1n << 64n) - 1n;

/** The kernel's hsiphash (SipHash-1-3, folded to 32 bits) of a number of four bytes. Imitates Linux on 64 bits, lib/siphash.c, hsiphash_1u32. */
export function hsiphash(value: number, key0: bigint, key1: bigint): number {
  const state: [bigint, bigint, bigint, bigint] = [
    0x736f6d6570736575n ^ key0,
    0x646f72616e646f6dn ^ key1,
    0x6c7967656e657261n ^ key0,
    0x7465646279746573n ^ key1,
  ];
  const block = (4n << 56n) | BigInt(value);
  state[3] ^= block;
  round(state);
  state[0] ^= block;
  state[2] ^= 0xffn;
  for (let index = 0; index < 3; index++) round(state);
  return Number((state[0] ^ state[1] ^ state[2] ^ state[3]) & 0xffffffffn);
}

function round(state: [bigint, bigint, bigint, bigint]): void {
  let [a, b, c, d] = state;
  a = (a + b) & MASK;
  b = rotate(b, 13n) ^ a;
  a = rotate(a, 32n);
  c = (c + d) & MASK;
  d = rotate(d, 16n) ^ c;
  a = (a + d) & MASK;
  d = rotate(d, 21n) ^ a;
  c = (c + b) & MASK;
  b = rotate(b, 17n) ^ c;
  c = rotate(c, 32n);
  [state[0], state[1], state[2], state[3]] = [a, b, c, d];
}

function rotate(value: bigint, bits: bigint): bigint {
  return ((value << bits) | (value >> (64n - bits))) & MASK;
}
