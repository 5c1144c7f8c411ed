import { greatestCommonDivisor } from "../../base/divisor.ts";
import type { Random } from "../../base/random.ts";
import { LeastLoaded } from "./least-loaded.ts";
import type { Overhead } from "./least-loaded.ts";
import { maglevTable } from "./maglev.ts";

/** The schedulers of IPVS that can be simulated. */
export const schedulers = ["rr", "wrr", "lc", "wlc", "sh", "dh", "sed", "nq", "mh", "lblc"] as const;
/** The name of such a scheduler, as `ipvs.scheduler` of kube-proxy's configuration has it. */
export type Scheduler = (typeof schedulers)[number];

/** Whether a scheduler looks at open connections; the others only at order, addresses or chance. */
export function countsConnections(scheduler: Scheduler): boolean {
  return ["lc", "wlc", "sed", "nq", "lblc"].includes(scheduler);
}

/** Chooses an endpoint (an index) for a new connection. */
export interface Picker {
  /** @param client the client's IPv4 address as a number */
  pick(client: number): number;
  /** Where the choice depends on connections: hears of those that open, close and are forgotten. */
  readonly connections: LeastLoaded | undefined;
  /**
   * The endpoints have changed: goes on after the one that was chosen last. Left out where nothing is remembered from one choice to the next.
   * @param last the endpoint, or the nearest before it where it has gone; −1 for the beginning
   */
  readonly resume: ((last: number, hasGone: boolean) => void) | undefined;
}

/** A real server of a virtual server. */
export interface Target {
  /** IPv4 address as a number; weights are 1 in kube-proxy and 0 only for one that is leaving. */
  readonly address: number;
  readonly port: number;
  readonly weight: number;
}

/** Even random choice: what both the iptables rules (each with its probability) and nftables' `numgen random mod n` come to. */
export function randomPicker(endpoints: number, random: Random): Picker {
  return stateless(() => Math.floor(random() * endpoints));
}

/**
 * The picker of an IPVS scheduler over the endpoints in the order in which kube-proxy added them.
 * Imitates Linux, net/netfilter/ipvs/ip_vs_{rr,wrr,lc,wlc,sh,dh,sed,nq,mh,lblc}.c.
 * @param destination the virtual address, which `dh` and `lblc` look at
 */
export function schedulerPicker(
  scheduler: Scheduler,
  targets: readonly Target[],
  destination: number,
  random: Random,
): Picker {
  switch (scheduler) {
    case "rr":
      return roundRobin(targets);
    case "wrr":
      return weightedRoundRobin(targets);
    case "lc":
      return leastLoaded(
        targets.map((target) => ({ ...target, weight: Math.min(1, target.weight) })),
        CONNECTIONS,
      );
    case "wlc":
      return leastLoaded(targets, CONNECTIONS);
    case "sed":
      return leastLoaded(targets, EXPECTED_DELAY);
    case "nq":
      return leastLoaded(targets, NEVER_QUEUE);
    case "sh":
      return hashed(targets, (client) => client);
    case "dh":
      return hashed(targets, () => destination);
    case "mh":
      return maglev(targets, random);
    case "lblc":
      return localityBased(targets);
  }
}

/** The bucket of an address in the tables of `sh` and `dh` (include/linux/hash.h, hash_32, to 8 bits). */
export function hashBucket(address: number): number {
  return Math.imul(address, 0x61c88647) >>> 24;
}

/** 256 buckets, filled with the endpoints in turn, each as often in a row as it has weight. Imitates ip_vs_sh.c, ip_vs_sh_reassign. */
export function bucketTable(targets: readonly Target[]): Int32Array {
  const order = targets.flatMap(({ weight }, index) => Array.from({ length: weight }, () => index));
  return Int32Array.from({ length: 256 }, (_, bucket) =>
    order.length === 0 ? -1 : (order[bucket % order.length] ?? -1),
  );
}

/** ip_vs.h, ip_vs_dest_conn_overhead: an active connection weighs as much as 256 others. */
const CONNECTIONS: Overhead = { active: 256, inactive: 1, idle: 0, busy: 0 };
/** ip_vs_sed.c, ip_vs_sed_dest_overhead: the delay if one more came. */
const EXPECTED_DELAY: Overhead = { active: 1, inactive: 0, idle: 1, busy: 1 };
/** ip_vs_nq.c, ip_vs_nq_schedule: the same delay, but who has nothing to do goes before all others, whatever its weight. */
const NEVER_QUEUE: Overhead = { ...EXPECTED_DELAY, idle: 0 };

function stateless(pick: (client: number) => number): Picker {
  return { pick, connections: undefined, resume: undefined };
}

function roundRobin(targets: readonly Target[]): Picker {
  let last = -1;
  const pick = (): number => {
    for (let step = 1; step <= targets.length; step++) {
      const index = (last + step) % targets.length;
      if ((targets[index]?.weight ?? 0) > 0) return (last = index);
    }
    return -1;
  };
  // ip_vs_rr.c, ip_vs_rr_del_dest: the place in the list goes back by one where its endpoint is taken away.
  return { pick, connections: undefined, resume: (former) => void (last = former) };
}

function weightedRoundRobin(targets: readonly Target[]): Picker {
  const weights = targets.map(({ weight }) => weight);
  const divisor = weights.reduce(greatestCommonDivisor, 0);
  const maximum = divisor === 0 ? 0 : Math.max(...weights) - (divisor - 1);
  let [index, current] = [-1, maximum];
  const pick = (): number => {
    if (maximum === 0) return -1;
    for (;;) {
      index++;
      if (index >= weights.length) {
        index = 0;
        current -= divisor;
        if (current <= 0) current = maximum;
      }
      if ((weights[index] ?? 0) >= current) return index;
    }
  };
  return { pick, connections: undefined, resume: (former) => void (index = former) };
}

/** The endpoint with the least overhead for its weight; of equal ones the first. */
function leastLoaded(targets: readonly Target[], overhead: Overhead): Picker {
  const connections = new LeastLoaded(weightsOf(targets), overhead);
  return { pick: () => connections.least, connections, resume: undefined };
}

function hashed(targets: readonly Target[], keyOf: (client: number) => number): Picker {
  const table = bucketTable(targets);
  return stateless((client) => table[hashBucket(keyOf(client))] ?? -1);
}

/** kube-proxy switches the source port on, so that every connection falls on any place of the table. */
function maglev(targets: readonly Target[], random: Random): Picker {
  const table = maglevTable(targets);
  return stateless(() => table[Math.floor(random() * table.length)] ?? -1);
}

/** One endpoint for the one virtual address, until it is overloaded while another is underused. Imitates ip_vs_lblc.c, ip_vs_lblc_schedule and is_overloaded. */
function localityBased(targets: readonly Target[]): Picker {
  const weights = weightsOf(targets);
  const connections = new LeastLoaded(weights, CONNECTIONS);
  let chosen = -1;
  const pick = (): number => {
    const weight = weights[chosen] ?? 0;
    const isOverloaded = (connections.active[chosen] ?? 0) > weight && connections.underused > 0;
    if (chosen < 0 || weight === 0 || isOverloaded) chosen = connections.least;
    return chosen;
  };
  return { pick, connections, resume: (last, hasGone) => void (chosen = hasGone ? -1 : last) };
}

function weightsOf(targets: readonly Target[]): Int32Array {
  return Int32Array.from(targets, ({ weight }) => weight);
}
