import type { JsonObject } from "../../base/json.ts";
import type { Slice } from "../endpoints/slice.ts";
import type { Fraction } from "../fraction.ts";
import type { SimulatedNode } from "../nodes.ts";
import type { SimulatedPod } from "../pods.ts";
import type { BalanceReason } from "./explain.ts";
import type { ProxyMode, TrafficOrigin } from "./node-view.ts";
import type { Scheduler } from "./schedulers.ts";

/** A Service with its slices, and who uses it how; everything but the first three has a default. */
export interface BalanceInput {
  readonly service: JsonObject;
  readonly slices: readonly Slice[];
  readonly nodes: readonly SimulatedNode[];
  /** Name or number of the Service port; the first by default. */
  readonly port?: string | number;
  /** nftables by default, ipvs with `rr`. */
  readonly proxy?: { readonly mode?: ProxyMode; readonly scheduler?: Scheduler };
  /** 10,000 by default. */
  readonly requests?: number;
  readonly seed?: number;
  readonly clients?: BalanceClients;
  readonly connections?: BalanceConnections;
  readonly leaving?: readonly LeavingPod[];
  /** Tells which workload a pod belongs to. */
  readonly pods?: readonly Pick<SimulatedPod, "name" | "workload">[];
}

/** A pod that is deleted before the request of one number, and whose containers have ended before that of another (never by default). */
export interface LeavingPod {
  readonly pod: string;
  readonly atRequest: number;
  readonly goneAtRequest?: number;
}

/** Who sends requests. */
export interface BalanceClients {
  /** Ten on each node by default. */
  readonly count?: number;
  readonly origin?: TrafficOrigin;
  /** All clients on one node; dealt over all nodes by default. */
  readonly node?: string;
  /** All clients behind one address, as behind a proxy or NAT. */
  readonly sharesAddress?: boolean;
}

/** How long connections live and how long requests take. */
export interface BalanceConnections {
  /** Requests of a client over one connection: 1 (the default) is a new connection each, `Infinity` one for ever. */
  readonly requestsPerConnection?: number;
  /** How many requests arrive while one is served; 10 by default. */
  readonly concurrency?: number;
  /** How many times longer the requests of a pod take. */
  readonly slowness?: Readonly<Record<string, number>>;
  /** Time between two requests; 10 ms by default. */
  readonly requestIntervalMs?: number;
}

/** One endpoint with its share of all requests. */
export interface BalanceEndpoint {
  readonly pod: string | null;
  readonly address: string;
  readonly node: string | null;
  readonly zone: string | null;
  readonly workload: string | null;
  readonly state: "ready" | "terminating" | "not-ready";
  /** Exact; where open connections decide (sed, nq, lblc, and lc, wlc with slow pods) it is what this run came to. */
  readonly expectedShare: Fraction;
  readonly requests: number;
}

/** The answer of `balance`: plain JSON, versioned. */
export interface BalanceResult {
  readonly version: 1;
  /** `namespace/name`. */
  readonly service: string;
  readonly port: string | null;
  readonly proxy: ProxyMode;
  readonly scheduler: Scheduler | null;
  readonly seed: number;
  readonly requests: number;
  /** Refused at once. */
  readonly rejected: number;
  /** Without any answer. */
  readonly dropped: number;
  /** Open connections that broke because their pod ended. */
  readonly reset: number;
  readonly connections: number;
  readonly endpoints: readonly BalanceEndpoint[];
  readonly because: readonly BalanceReason[];
  readonly explanation: string;
}
