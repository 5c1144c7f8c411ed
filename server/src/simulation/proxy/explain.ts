import type { Scheduler } from "./schedulers.ts";

/** Why requests spread as they do: codes with their numbers. */
export type BalanceReason =
  | { readonly code: "random"; readonly mode: "iptables" | "nftables" | "ipvs"; readonly endpoints: number }
  | { readonly code: "scheduler"; readonly scheduler: Scheduler; readonly endpoints: number }
  | { readonly code: "headless"; readonly endpoints: number }
  | { readonly code: "no-such-port" }
  | { readonly code: "external-name" }
  | { readonly code: "not-exposed" }
  | { readonly code: "no-endpoints" }
  | { readonly code: "no-local-endpoints"; readonly nodes: number }
  | { readonly code: "uneven-nodes"; readonly fewest: number; readonly most: number }
  | { readonly code: "hints" }
  | { readonly code: "terminating-fallback" }
  | { readonly code: "affinity"; readonly seconds: number }
  | { readonly code: "shared-address" }
  | { readonly code: "keep-alive"; readonly connections: number };

/** The reasons as English sentences, joined by semicolons. */
export function explain(reasons: readonly BalanceReason[]): string {
  return reasons.map(sentence).join("; ");
}

function sentence(reason: BalanceReason): string {
  switch (reason.code) {
    case "random":
      return randomSentence(reason.mode, reason.endpoints);
    case "scheduler":
      return reason.endpoints === 1
        ? "ipvs sends everything to the only endpoint"
        : `ipvs ${reason.scheduler} ${schedulerSentences[reason.scheduler]}`;
    case "headless":
      return `the Service is headless: DNS answers ${countOf(reason.endpoints, "address", "addresses")}, and each client chooses one itself`;
    case "no-such-port":
      return "the Service has no such port";
    case "external-name":
      return "an ExternalName Service is a DNS alias only: nothing is balanced";
    case "not-exposed":
      return "the port has no node port, load balancer address or external IP: nothing outside reaches it";
    case "no-endpoints":
      return "there is no usable endpoint: connections are rejected";
    case "no-local-endpoints":
      return `on ${countOf(reason.nodes, "node", "nodes")} there is no local endpoint: connections are dropped`;
    case "uneven-nodes":
      return `nodes have between ${reason.fewest} and ${countOf(reason.most, "endpoint", "endpoints")} to choose from, so pods get unequal shares`;
    case "hints":
      return "hints keep traffic in the client's zone or on its node";
    case "terminating-fallback":
      return "no endpoint is ready, so those that are leaving still get traffic";
    case "affinity":
      return `session affinity keeps a client address on its pod until ${reason.seconds} s after its last new connection`;
    case "shared-address":
      return "all clients share one address, so that one pod per node gets everything";
    case "keep-alive":
      return `only new connections are balanced: ${countOf(reason.connections, "connection", "connections")} carried all requests`;
  }
}

function randomSentence(mode: string, endpoints: number): string {
  if (endpoints === 1) return `${mode} sends everything to the only endpoint`;
  if (mode === "nftables") return `nftables picks evenly at random: numgen random mod ${endpoints}`;
  const steps = Array.from(
    { length: Math.min(endpoints - 1, 3) },
    (_, index) => `1/${endpoints - index}${index === 0 ? "" : " of the rest"}`,
  );
  return `${mode} picks at random: ${steps.join(", then ")}${endpoints > 4 ? ", and so on" : ""}, then the last`;
}

const schedulerSentences: Readonly<Record<Scheduler, string>> = {
  rr: "takes the endpoints in turn, each node on its own",
  wrr: "takes the endpoints in turn by weight, and kube-proxy gives all the same weight",
  lc: "takes the endpoint with the fewest connections",
  wlc: "takes the endpoint with the fewest connections for its weight, and all weights are equal",
  sh: "takes the endpoint that the client's address hashes to",
  dh: "takes the endpoint that the Service's address hashes to, so one pod gets everything",
  sed: "takes the endpoint that would have the fewest active connections",
  nq: "takes the first idle endpoint, else as sed does",
  mh: "takes the endpoint that the client's address and port hash to in a Maglev table",
  lblc: "stays with one endpoint until it is overloaded while another is idle",
};

function countOf(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
