import type { Random } from "../../base/random.ts";
import { Closings } from "./closings.ts";
import type { Picker } from "./schedulers.ts";

/** One node's way to choose: which of all endpoints it has, and how it picks among them. */
export interface NodePicker {
  readonly verdict: "serve" | "reject" | "drop";
  /** Indices into the list of all endpoints. */
  readonly endpoints: readonly number[];
  /** The way back: for each of all endpoints its place in `endpoints`, −1 where it has none. */
  readonly positions: Int32Array;
  readonly picker: Picker;
}

/** Who sends requests, from where, and over which connections. */
export interface SampleOptions {
  readonly clients: number;
  /** The node of each client, an index; `undefined`: connections come from outside and are spread over `balanced`. */
  readonly nodeOfClient: readonly number[] | undefined;
  /** Nodes to which a load balancer sends connections. */
  readonly balanced: readonly number[];
  /** Each client's IPv4 address as a number. */
  readonly addresses: readonly number[];
  /** Milliseconds for which a client's address stays with its endpoint; `undefined` without session affinity. */
  readonly affinityMs: number | undefined;
  readonly sharesAddress: boolean;
  readonly requestIntervalMs: number;
  /** Requests of a client over one connection; 1 without keep-alive. */
  readonly requestsPerConnection: number;
  /** How many requests arrive while one connection of each endpoint is served. */
  readonly durations: readonly number[];
  /** Whether the pickers look at connections that are open or linger. */
  readonly followsConnections: boolean;
}

/** What requests met. */
export interface Counts {
  readonly perEndpoint: Float64Array;
  rejected: number;
  dropped: number;
  /** Open connections whose endpoint ended. */
  reset: number;
  /** New connections that were opened. */
  connections: number;
}

/** A closed connection stays in the table of IPVS for so long. */
const LINGER_MS = 120_000;

/** Requests one after another, client by client; its state goes on when endpoints change in between. */
export class Sampler {
  readonly #options: SampleOptions;
  readonly #openEndpoint: Int32Array;
  readonly #openNode: Int32Array;
  readonly #usedRequests: Float64Array;
  readonly #affinity: Map<number, { endpoint: number; at: number }>[];
  /** How many requests arrive until a closed connection has left the table. */
  readonly #lingers: number;
  readonly #closings: Closings;
  /** The endpoint that each node has chosen last. */
  readonly #lastChosen: Int32Array;
  #now = 0;
  #balancedConnections = 0;

  constructor(options: SampleOptions, nodes: number, requests: number) {
    this.#options = options;
    this.#openEndpoint = new Int32Array(options.clients).fill(-1);
    this.#openNode = new Int32Array(options.clients);
    this.#usedRequests = new Float64Array(options.clients);
    this.#affinity = Array.from({ length: nodes }, () => new Map<number, { endpoint: number; at: number }>());
    this.#lastChosen = new Int32Array(nodes).fill(-1);
    this.#lingers = Math.ceil(LINGER_MS / options.requestIntervalMs);
    const longest = options.durations.reduce((a, b) => Math.max(a, b), 0);
    this.#closings = new Closings(options.followsConnections ? requests : 0, longest + this.#lingers + 1);
  }

  /** Sends so many requests to the endpoints as they are now. */
  run(nodes: readonly NodePicker[], requests: number, counts: Counts): void {
    const end = this.#now + requests;
    for (const [index, node] of nodes.entries()) this.#resume(node, this.#lastChosen[index]!);
    if (this.#options.followsConnections) this.#carryOver(nodes);
    if (this.#isPlain) return this.#runPlain(nodes, end, counts);
    for (; this.#now < end; this.#now++) {
      if (this.#options.followsConnections) this.#endConnections(nodes);
      this.#send(nodes, this.#now % this.#options.clients, counts);
    }
  }

  /** Breaks the open connections to endpoints that are gone; their clients connect anew. */
  reset(isGone: (endpoint: number) => boolean, counts: Counts): void {
    for (const [client, endpoint] of this.#openEndpoint.entries()) {
      if (endpoint < 0 || !isGone(endpoint)) continue;
      this.#openEndpoint[client] = -1;
      counts.reset++;
    }
  }

  get #isPlain(): boolean {
    const { requestsPerConnection, affinityMs, nodeOfClient } = this.#options;
    return requestsPerConnection === 1 && affinityMs === undefined && nodeOfClient !== undefined;
  }

  /** The same as `#send` for each request, where a client remembers nothing from one to the next: a million takes milliseconds. */
  #runPlain(nodes: readonly NodePicker[], end: number, counts: Counts): void {
    const { clients, nodeOfClient = [], addresses, followsConnections, durations } = this.#options;
    const { perEndpoint } = counts;
    const lastChosen = this.#lastChosen;
    let client = this.#now % clients;
    for (; this.#now < end; this.#now++) {
      if (followsConnections) this.#endConnections(nodes);
      const nodeIndex = nodeOfClient[client]!;
      const node = nodes[nodeIndex];
      const position = node?.verdict === "serve" ? node.picker.pick(addresses[client]!) : -1;
      const endpoint = position < 0 ? -1 : node!.endpoints[position]!;
      client = client + 1 === clients ? 0 : client + 1;
      if (endpoint >= 0) {
        perEndpoint[endpoint]!++;
        counts.connections++;
        lastChosen[nodeIndex] = endpoint;
        if (!followsConnections) continue;
        node!.picker.connections?.change(position, 1, 0);
        this.#closings.add(this.#now, this.#now + durations[endpoint]!, nodeIndex, endpoint);
      } else if (node?.verdict === "reject") counts.rejected++;
      else counts.dropped++;
    }
  }

  #resume({ picker, positions }: NodePicker, chosen: number): void {
    if (picker.resume === undefined || chosen < 0) return;
    let last = chosen;
    while (last >= 0 && positions[last]! < 0) last--;
    picker.resume(last < 0 ? -1 : positions[last]!, last !== chosen);
  }

  /** The pickers of changed endpoints hear of connections that are open or linger in the table: the kernel's counters go on. */
  #carryOver(nodes: readonly NodePicker[]): void {
    for (const [client, endpoint] of this.#openEndpoint.entries()) {
      const node = nodes[this.#openNode[client]!];
      if (endpoint >= 0 && node !== undefined) change(node, endpoint, 1, 0);
    }
    const from = Math.max(0, this.#now - this.#lingers);
    this.#closings.each(from, (time, nodeIndex, endpoint) => {
      const node = nodes[nodeIndex];
      if (node !== undefined) change(node, endpoint, time < this.#now ? 0 : 1, time < this.#now ? 1 : 0);
    });
  }

  /** Connections whose time has come close; those that have lingered in the table leave it. */
  #endConnections(nodes: readonly NodePicker[]): void {
    this.#tell(nodes, this.#now, -1, 1);
    const former = this.#now - this.#lingers;
    if (former < 0) return;
    this.#tell(nodes, former, 0, -1);
    this.#closings.forget(former);
  }

  /** Tells the pickers what becomes of the connections that close at a request. */
  #tell(nodes: readonly NodePicker[], time: number, active: number, inactive: number): void {
    const closings = this.#closings;
    for (let entry = closings.first(time); entry >= 0; entry = closings.next(entry)) {
      const node = nodes[closings.node(entry)];
      if (node !== undefined) change(node, closings.endpoint(entry), active, inactive);
    }
  }

  #send(nodes: readonly NodePicker[], client: number, counts: Counts): void {
    const open = this.#openEndpoint[client]!;
    if (open >= 0 && this.#usedRequests[client]! < this.#options.requestsPerConnection) {
      this.#usedRequests[client]!++;
      counts.perEndpoint[open]!++;
      return;
    }
    if (open >= 0) this.#close(nodes, this.#openNode[client]!, open);
    this.#openEndpoint[client] = -1;
    const nodeIndex = this.#nodeFor(client);
    const node = nodes[nodeIndex];
    if (node?.verdict !== "serve") {
      if (node?.verdict === "reject") counts.rejected++;
      else counts.dropped++;
      return;
    }
    this.#connect(node, nodeIndex, client, counts);
  }

  #connect(node: NodePicker, nodeIndex: number, client: number, counts: Counts): void {
    const position = this.#choose(node, nodeIndex, client);
    const endpoint = node.endpoints[position] ?? -1;
    if (endpoint < 0) {
      counts.dropped++;
      return;
    }
    counts.connections++;
    counts.perEndpoint[endpoint]!++;
    if (this.#options.followsConnections) node.picker.connections?.change(position, 1, 0);
    if (this.#options.requestsPerConnection > 1) {
      this.#openEndpoint[client] = endpoint;
      this.#openNode[client] = nodeIndex;
      this.#usedRequests[client] = 1;
    } else if (this.#options.followsConnections)
      this.#closings.add(this.#now, this.#now + this.#options.durations[endpoint]!, nodeIndex, endpoint);
  }

  /** A place in the node's list: that of the endpoint which the client's address is bound to, if it still counts; else the picker's choice. */
  #choose({ picker, positions, endpoints }: NodePicker, nodeIndex: number, client: number): number {
    const { affinityMs, sharesAddress, requestIntervalMs } = this.#options;
    if (affinityMs === undefined) return this.#pick(picker, endpoints, nodeIndex, client);
    const bound = this.#affinity[nodeIndex]!;
    const key = sharesAddress ? 0 : client;
    const at = this.#now * requestIntervalMs;
    const former = bound.get(key);
    const held = former === undefined || at - former.at > affinityMs ? -1 : positions[former.endpoint]!;
    const position = held >= 0 ? held : this.#pick(picker, endpoints, nodeIndex, client);
    bound.set(key, { endpoint: endpoints[position] ?? -1, at });
    return position;
  }

  #pick(picker: Picker, endpoints: readonly number[], nodeIndex: number, client: number): number {
    const position = picker.pick(this.#options.addresses[client]!);
    if (position >= 0) this.#lastChosen[nodeIndex] = endpoints[position]!;
    return position;
  }

  #nodeFor(client: number): number {
    const { nodeOfClient, balanced } = this.#options;
    if (nodeOfClient !== undefined) return nodeOfClient[client] ?? 0;
    return balanced.length === 0 ? -1 : (balanced[this.#balancedConnections++ % balanced.length] ?? -1);
  }

  #close(nodes: readonly NodePicker[], nodeIndex: number, endpoint: number): void {
    if (!this.#options.followsConnections) return;
    const node = nodes[nodeIndex];
    if (node !== undefined) change(node, endpoint, -1, 1);
    this.#closings.add(this.#now, this.#now, nodeIndex, endpoint);
  }
}

/** An even choice of the clients' own, for headless Services. */
export function evenSample(endpoints: number, requests: number, random: Random): Float64Array {
  const counts = new Float64Array(endpoints);
  if (endpoints === 0) return counts;
  for (let request = 0; request < requests; request++) {
    const chosen = Math.floor(random() * endpoints);
    counts[chosen] = (counts[chosen] ?? 0) + 1;
  }
  return counts;
}

/** Connections to one of all endpoints open or close, of which a node may not know any more. */
function change({ picker, positions }: NodePicker, endpoint: number, active: number, inactive: number): void {
  const position = positions[endpoint]!;
  if (position >= 0) picker.connections?.change(position, active, inactive);
}
