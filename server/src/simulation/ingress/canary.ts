import type { JsonObject, JsonValue } from "../../base/json.ts";
import { arrayAt, isObject, objectAt, textAt, textMapAt } from "../../base/json.ts";
import type { Random } from "../../base/random.ts";
import type { Fraction } from "../fraction.ts";
import { shareOf, toFraction } from "../fraction.ts";

/** What the `canary-…` annotations of ingress-nginx ask for; empty texts where they are absent. */
export interface CanaryPolicy {
  readonly weight: number;
  /** Out of how many; a total of 100 or less counts as 100. */
  readonly weightTotal: number;
  readonly header: string;
  readonly headerValue: string;
  /** A regular expression for the header's value, looked at only where no exact value is asked. */
  readonly headerPattern: string;
  readonly cookie: string;
}

/** What a canary looks at in a request. */
export interface IngressRequest {
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: Readonly<Record<string, string>>;
  /** To which side a session cookie already binds the request. */
  readonly affinity?: "primary" | "canary";
}

/** What decided where a request goes. */
export type CanaryReason = "affinity" | "header" | "cookie" | "weight";

/** Where a request goes, and why. */
export interface CanaryChoice {
  readonly backend: "primary" | "canary";
  readonly because: CanaryReason;
}

const PREFIX = "nginx.ingress.kubernetes.io/";

/** Where a request goes: an existing session, then the header, then the cookie, then the weight decide. Imitates ingress-nginx, rootfs/etc/nginx/lua/balancer.lua, route_to_alternative_balancer, v1.15. */
export function chooseBackend(policy: CanaryPolicy, request: IngressRequest, random: Random): CanaryChoice {
  if (request.affinity !== undefined) return { backend: request.affinity, because: "affinity" };
  const byHeader = headerVerdict(policy, headerOf(request, policy.header));
  if (byHeader !== undefined) return { backend: byHeader, because: "header" };
  const byCookie = policy.cookie === "" ? undefined : alwaysOrNever(request.cookies?.[policy.cookie]);
  if (byCookie !== undefined) return { backend: byCookie, because: "cookie" };
  const draw = Math.floor(random() * totalOf(policy)) + 1;
  return { backend: draw <= policy.weight ? "canary" : "primary", because: "weight" };
}

/** The canary's part of the requests that neither a session nor header or cookie decides. */
export function canaryShare(policy: CanaryPolicy): Fraction {
  const total = totalOf(policy);
  return toFraction(shareOf(Math.min(Math.max(0, policy.weight), total), total));
}

/** The policy of an Ingress; `undefined` where `canary` is not "true", which turns all other canary annotations off. */
export function canaryPolicyOf(ingress: JsonObject): CanaryPolicy | undefined {
  const annotations = textMapAt(ingress, "metadata", "annotations");
  const annotation = (name: string): string => annotations[`${PREFIX}${name}`] ?? "";
  if (!["true", "1", "t", "T", "TRUE", "True"].includes(annotation("canary"))) return undefined;
  return {
    weight: integer(annotation("canary-weight")) ?? 0,
    weightTotal: integer(annotation("canary-weight-total")) ?? 100,
    header: annotation("canary-by-header"),
    headerValue: annotation("canary-by-header-value"),
    headerPattern: annotation("canary-by-header-pattern"),
    cookie: annotation("canary-by-cookie"),
  };
}

/** A canary Ingress with the backend that it puts beside the primary one. */
export interface Canary {
  readonly ingress: JsonObject;
  readonly backend: JsonObject;
}

/**
 * The canary of a host and path: the first with the same host, path and path type in its rules. Only one is used.
 * The default backend of a canary stands beside everything that has no host; without `path` the primary's own default backend is meant.
 * Imitates ingress-nginx, internal/ingress/controller/controller.go, mergeAlternativeBackends, v1.15.
 */
export function findCanary(
  primary: JsonObject,
  host: string,
  path: JsonObject | undefined,
  ingresses: readonly JsonObject[],
): Canary | undefined {
  for (const ingress of ingresses) {
    const isMeant =
      ingress !== primary &&
      canaryPolicyOf(ingress) !== undefined &&
      textAt(ingress, "metadata", "namespace") === textAt(primary, "metadata", "namespace");
    const backend = isMeant ? backendBeside(ingress, host, path) : undefined;
    if (backend !== undefined) return { ingress, backend };
  }
  return undefined;
}

function backendBeside(canary: JsonObject, host: string, path: JsonObject | undefined): JsonObject | undefined {
  const fallback = host === "" ? objectAt(canary, "spec", "defaultBackend") : undefined;
  if (fallback !== undefined || path === undefined) return fallback;
  const same = arrayAt(canary, "spec", "rules")
    .filter((rule) => (textAt(rule, "host") ?? "") === host)
    .flatMap((rule) => arrayAt(rule, "http", "paths"))
    .find((other) => isSamePath(path, other));
  return objectAt(same, "backend");
}

/** How ingress-nginx balances over the pods of one backend. */
export type IngressBalancer =
  "round_robin" | "ewma" | "chash" | "chashsubset" | "sticky_balanced" | "sticky_persistent";

/**
 * The balancer that an Ingress's annotations (`load-balance`, `upstream-hash-by`, `affinity` …, without their prefix) choose; session affinity beats hashing, which beats the rest.
 * Imitates ingress-nginx, rootfs/etc/nginx/lua/balancer.lua, get_implementation, v1.15.
 */
export function ingressBalancer(annotations: Readonly<Record<string, string>>): IngressBalancer {
  if (annotations["affinity"] === "cookie")
    return annotations["affinity-mode"] === "persistent" ? "sticky_persistent" : "sticky_balanced";
  if ((annotations["upstream-hash-by"] ?? "") !== "")
    return annotations["upstream-hash-by-subset"] === "true" ? "chashsubset" : "chash";
  return annotations["load-balance"] === "ewma" ? "ewma" : "round_robin";
}

/** The annotations of ingress-nginx without their prefix. */
export function ingressAnnotations(ingress: JsonObject): Readonly<Record<string, string>> {
  const all = Object.entries(textMapAt(ingress, "metadata", "annotations"));
  return Object.fromEntries(
    all.filter(([key]) => key.startsWith(PREFIX)).map(([key, value]) => [key.slice(PREFIX.length), value]),
  );
}

/** With an exact value or a pattern, "always" and "never" mean nothing special. */
function headerVerdict(policy: CanaryPolicy, value: string | undefined): CanaryChoice["backend"] | undefined {
  if (policy.header === "" || value === undefined) return undefined;
  if (policy.headerValue !== "") return value === policy.headerValue ? "canary" : undefined;
  if (policy.headerPattern === "") return alwaysOrNever(value);
  const matches = matchesPattern(policy.headerPattern, value);
  return matches === undefined ? "primary" : matches ? "canary" : undefined;
}

/** `undefined` for a pattern that can't be read. */
function matchesPattern(pattern: string, value: string): boolean | undefined {
  try {
    return new RegExp(pattern).test(value);
  } catch {
    return undefined;
  }
}

function alwaysOrNever(value: string | undefined): CanaryChoice["backend"] | undefined {
  return value === "always" ? "canary" : value === "never" ? "primary" : undefined;
}

function headerOf(request: IngressRequest, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return Object.entries(request.headers ?? {}).find(([key]) => key.toLowerCase() === wanted)?.[1];
}

function totalOf(policy: CanaryPolicy): number {
  return policy.weightTotal > 100 ? policy.weightTotal : 100;
}

function isSamePath(path: JsonObject, other: JsonValue): boolean {
  return (
    isObject(other) &&
    textAt(path, "path") === textAt(other, "path") &&
    textAt(path, "pathType") === textAt(other, "pathType")
  );
}

function integer(text: string): number | undefined {
  return /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
}
