import type { Random } from "../../base/random.ts";
import { seededRandom } from "../../base/random.ts";
import type { Fraction } from "../fraction.ts";
import { shareOf, toFraction } from "../fraction.ts";
import type { CanaryPolicy, IngressBalancer, IngressRequest } from "./canary.ts";
import { canaryShare, chooseBackend } from "./canary.ts";

/** A backend behind an Ingress path with its ready pods, perhaps a canary beside it, and who sends which requests. */
export interface IngressBalanceInput {
  readonly primary: readonly string[];
  readonly canary?: { readonly policy: CanaryPolicy; readonly pods: readonly string[] };
  readonly balancer: IngressBalancer;
  /** Headers and cookies that every request carries. */
  readonly request?: Omit<IngressRequest, "affinity">;
  /** With session affinity: whether the canary's sessions stick, too (`affinity-canary-behavior`: `sticky`, the default, or `legacy`). */
  readonly isCanarySticky?: boolean;
  readonly requests?: number;
  /** Each with a cookie of its own; 20 by default. */
  readonly clients?: number;
  /** Worker processes, each with a round robin of its own; 2 by default. */
  readonly workers?: number;
  readonly seed?: number;
}

/** One pod with its share of all requests. */
export interface IngressEndpoint {
  readonly pod: string;
  readonly backend: "primary" | "canary";
  readonly expectedShare: Fraction;
  readonly requests: number;
}

/** How requests spread; `failed` ones got status 503. */
export interface IngressBalanceResult {
  readonly requests: number;
  readonly failed: number;
  readonly endpoints: readonly IngressEndpoint[];
}

/**
 * How requests to a path of an Ingress spread over the pods of its backends.
 * Imitates ingress-nginx, rootfs/etc/nginx/lua/balancer.lua, v1.15: without pods of the primary backend everything fails, a canary without pods is passed by.
 */
export function balanceIngress(input: IngressBalanceInput): IngressBalanceResult {
  const requests = Math.max(0, Math.trunc(input.requests ?? 10_000));
  const canary = input.canary !== undefined && input.canary.pods.length > 0 ? input.canary : undefined;
  const sides = { primary: input.primary, canary: canary?.pods ?? [] };
  if (sides.primary.length === 0)
    return { requests, failed: requests, endpoints: rowsOf(sides, new Map(), () => shareOf(0, 1)) };
  const random = seededRandom(input.seed ?? 1);
  const counts = sample(input, canary?.policy, sides, requests, random);
  const [part, whole] = canaryPart(input, canary?.policy);
  return {
    requests,
    failed: 0,
    endpoints: rowsOf(sides, counts, (side) =>
      shareOf(side === "canary" ? part : whole - part, whole * sides[side].length),
    ),
  };
}

type Side = "primary" | "canary";
type Sides = Readonly<Record<Side, readonly string[]>>;

/** The canary's part of new sessions: all or nothing where header or cookie decide. */
function canaryPart(
  { request = {} }: IngressBalanceInput,
  policy: CanaryPolicy | undefined,
): readonly [number, number] {
  if (policy === undefined) return [0, 1];
  const { backend, because } = chooseBackend(policy, request, () => 0);
  if (because !== "weight") return [backend === "canary" ? 1 : 0, 1];
  const { numerator, denominator } = canaryShare(policy);
  return [numerator, denominator];
}

function sample(
  input: IngressBalanceInput,
  policy: CanaryPolicy | undefined,
  sides: Sides,
  requests: number,
  random: Random,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const clients = Math.max(1, Math.trunc(input.clients ?? 20));
  const sessions = new Map<number, { readonly side: Side; readonly pod: number }>();
  const pick = podPicker(input, sides, random);
  for (let index = 0; index < requests; index++) {
    const client = index % clients;
    const session = sessions.get(client);
    const side =
      session?.side ?? (policy === undefined ? "primary" : chooseBackend(policy, input.request ?? {}, random).backend);
    const pod = session?.pod ?? pick(side, client);
    if (isSticky(input, side)) sessions.set(client, { side, pod });
    const key = keyOf(side, pod);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function isSticky({ balancer, isCanarySticky = true }: IngressBalanceInput, side: Side): boolean {
  const hasAffinity = balancer === "sticky_balanced" || balancer === "sticky_persistent";
  return hasAffinity && (side === "primary" || isCanarySticky);
}

/** Round robin goes on by worker from a random start; hashing keeps a client's requests together; ewma draws among equals. */
function podPicker(
  { balancer, workers = 2 }: IngressBalanceInput,
  sides: Sides,
  random: Random,
): (side: Side, client: number) => number {
  const draw = (count: number): number => Math.floor(random() * count);
  const turns = Array.from({ length: Math.max(1, workers) }, () => ({
    primary: draw(sides.primary.length),
    canary: draw(sides.canary.length),
  }));
  const hashes = new Map<string, number>();
  return (side, client) => {
    const count = sides[side].length;
    if (balancer === "chash" || balancer === "chashsubset") {
      const key = `${side} ${client}`;
      const chosen = hashes.get(key) ?? draw(count);
      hashes.set(key, chosen);
      return chosen;
    }
    const worker = balancer === "round_robin" ? turns[draw(turns.length)] : undefined;
    return worker === undefined ? draw(count) : worker[side]++ % count;
  };
}

function rowsOf(
  sides: Sides,
  counts: ReadonlyMap<string, number>,
  share: (side: Side) => ReturnType<typeof shareOf>,
): readonly IngressEndpoint[] {
  return (["primary", "canary"] as const).flatMap((backend) =>
    sides[backend].map((pod, index) => ({
      pod,
      backend,
      expectedShare: toFraction(share(backend)),
      requests: counts.get(keyOf(backend, index)) ?? 0,
    })),
  );
}

function keyOf(side: Side, pod: number): string {
  return `${side} ${pod}`;
}
