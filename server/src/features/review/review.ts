import * as l10n from "@vscode/l10n";
import type { JsonObject } from "../../base/json.ts";
import { canonicalJson, objectAt, textAt } from "../../base/json.ts";
import { identityText } from "../../index/environment.ts";
import type { Environment, OpenReason, Resource } from "../../index/types.ts";
import { refusalsOfUpdate } from "../../kubernetes/validate/update.ts";
import { dnsRecordsOf } from "../../resolve/dns.ts";
import { resolveService } from "../../resolve/service.ts";
import type { ServiceResolution } from "../../resolve/types.ts";
import { canRollOut, defaulted, imageOf, rolloutScenario } from "../../resolve/to-scenario.ts";
import type { ClusterFacts } from "../../resolve/to-scenario.ts";
import { simulate } from "../../simulation/simulate.ts";
import type { Fenceposts, Summary } from "../../simulation/timeline.ts";
import { isService } from "../services-at.ts";
import { differentReasons, newest, reviewObjects } from "./objects.ts";
import type { ObjectReview, Pair } from "./objects.ts";

/** What a change does to the behaviour of one environment. */
export interface EnvironmentReview {
  readonly environment: string;
  readonly change: "added" | "removed" | "changed";
  /** What can't be seen on one side alone: kustomize refuses to build it, a document can't be read. What is told may come from that. */
  readonly unseen: { readonly before: readonly OpenReason[]; readonly after: readonly OpenReason[] };
  readonly objects: readonly ObjectReview[];
  readonly services: readonly ServiceReview[];
  readonly rollouts: readonly RolloutReview[];
  readonly refusals: readonly RefusalReview[];
}

export interface ServiceReview {
  readonly namespace: string;
  readonly name: string;
  readonly change: "added" | "removed" | "changed";
  readonly resource: Resource;
  readonly workloads: Difference;
  /** How many pods it reaches before and after. */
  readonly pods: { readonly before: number; readonly after: number };
  /** `http 80/TCP -> 8080`. */
  readonly ports: Difference;
  readonly names: Difference;
  readonly selector:
    | {
        readonly before: Readonly<Record<string, string>> | null;
        readonly after: Readonly<Record<string, string>> | null;
      }
    | undefined;
}

export interface Difference {
  readonly lost: readonly string[];
  readonly gained: readonly string[];
}

/** A rollout that applying the change starts. */
export interface RolloutReview {
  readonly workload: string;
  readonly namespace: string;
  readonly resource: Resource;
  readonly strategy: string;
  readonly oldImage: string;
  readonly newImage: string;
  readonly fenceposts: Fenceposts;
  readonly summary: Summary;
}

/** A change that the API server refuses: the object must be deleted and made anew. */
export interface RefusalReview {
  readonly object: string;
  readonly namespace: string | null;
  readonly resource: Resource;
  readonly field: string;
  readonly message: string;
}

/** Environments by a name that they have before and after. */
export type Environments = ReadonlyMap<string, Environment>;

/** Environments by their names; files that stand beside a kustomization which does not use them have one of their own, `web/*`. */
export function byName(
  environments: readonly Environment[],
  nameOf: (environment: Environment) => string,
): Environments {
  const kustomized = new Set(environments.filter(({ kind }) => kind === "kustomization").map(nameOf));
  return new Map(
    environments.map((environment) => {
      const name = nameOf(environment);
      const isBeside = environment.kind !== "kustomization" && kustomized.has(name);
      return [isBeside ? `${name === "" ? "" : `${name}/`}*` : name, environment];
    }),
  );
}

export interface ReviewFacts extends ClusterFacts {
  readonly clusterDomain: string;
}

/** What a change does to every environment that there is before or after it; environments without any difference in behaviour are left out. */
export function reviewChange(
  before: Environments,
  after: Environments,
  facts: ReviewFacts,
): readonly EnvironmentReview[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names
    .map((name) => reviewEnvironment(name, before.get(name), after.get(name), facts))
    .filter(({ unseen: { before: old, after: fresh }, objects, services, rollouts, refusals }) =>
      [old, fresh, objects, services, rollouts, refusals].some(({ length }) => length > 0),
    );
}

function reviewEnvironment(
  name: string,
  before: Environment | undefined,
  after: Environment | undefined,
  facts: ReviewFacts,
): EnvironmentReview {
  const pairs = pairsOf(before, after);
  const refusals = pairs.flatMap(reviewUpdate);
  const isRefused = ({ fresh }: Pair): boolean => refusals.some(({ resource }) => resource === fresh);
  return {
    environment: name,
    change: before === undefined ? "added" : after === undefined ? "removed" : "changed",
    unseen: { before: differentReasons(before, after), after: differentReasons(after, before) },
    objects: reviewObjects(pairs),
    services: pairs.flatMap((pair) => (isService(newest(pair)) ? reviewService(pair, before, after, facts) : [])),
    rollouts:
      after === undefined ? [] : pairs.flatMap((pair) => (isRefused(pair) ? [] : reviewRollout(pair, after, facts))),
    refusals,
  };
}

function pairsOf(before: Environment | undefined, after: Environment | undefined): readonly Pair[] {
  const pairs = new Map<string, Pair>();
  for (const old of before?.resources() ?? [])
    if (old.name !== "") pairs.set(identityText(old), { old, fresh: undefined });
  for (const fresh of after?.resources() ?? [])
    if (fresh.name !== "") pairs.set(identityText(fresh), { old: pairs.get(identityText(fresh))?.old, fresh });
  return [...pairs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, pair]) => pair);
}

function reviewService(
  pair: Pair,
  before: Environment | undefined,
  after: Environment | undefined,
  { clusterDomain, nodes }: ReviewFacts,
): readonly ServiceReview[] {
  const { old, fresh } = pair;
  const resource = newest(pair);
  const [was, is] = [sideOf(before, old, clusterDomain, nodes), sideOf(after, fresh, clusterDomain, nodes)];
  const workloads = difference(was.workloads, is.workloads);
  const ports = difference(was.ports, is.ports);
  const names = difference(was.names, is.names);
  const sameSelector = canonicalJson(was.selector ?? null) === canonicalJson(is.selector ?? null);
  const isQuiet =
    old !== undefined &&
    fresh !== undefined &&
    sameSelector &&
    was.pods === is.pods &&
    [workloads, ports, names].every(({ lost, gained }) => lost.length + gained.length === 0);
  if (isQuiet) return [];
  return [
    {
      namespace: resource.namespace ?? "",
      name: resource.name,
      change: old === undefined ? "added" : fresh === undefined ? "removed" : "changed",
      resource,
      workloads,
      pods: { before: was.pods, after: is.pods },
      ports,
      names,
      selector: sameSelector ? undefined : { before: was.selector ?? null, after: is.selector ?? null },
    },
  ];
}

interface Side {
  readonly workloads: readonly string[];
  readonly pods: number;
  readonly ports: readonly string[];
  readonly names: readonly string[];
  readonly selector: Readonly<Record<string, string>> | undefined;
}

const nothing: Side = { workloads: [], pods: 0, ports: [], names: [], selector: undefined };

function sideOf(
  environment: Environment | undefined,
  service: Resource | undefined,
  clusterDomain: string,
  nodes: ReviewFacts["nodes"],
): Side {
  if (environment === undefined || service === undefined) return nothing;
  const resolution = resolveService(environment, service, nodes);
  const names = dnsRecordsOf(environment, service, clusterDomain, nodes).map(({ name, type }) => `${name} ${type}`);
  return {
    workloads: resolution.workloads.map(({ resource }) => `${resource.kind}/${resource.name}`),
    pods: resolution.workloads.reduce((sum, { replicas }) => sum + (replicas ?? nodes.length), 0),
    ports: portTexts(resolution),
    // Names of single pods follow the number of pods, which is told already.
    names: [...new Set(names.filter((name) => !name.startsWith("<")))],
    selector: resolution.selector,
  };
}

function portTexts({ ports, workloads }: ServiceResolution): readonly string[] {
  return ports.map(({ index, name, port, protocol, targetPort }) => {
    const numbers = [
      ...new Set(workloads.map((workload) => workload.ports.find((target) => target.index === index)?.number)),
    ];
    const targets = numbers
      .map((number) => (number === undefined ? l10n.t("{0} (no such port)", String(targetPort)) : String(number)))
      .sort();
    return `${name === "" ? "" : `${name} `}${port}/${protocol} -> ${targets.length === 0 ? String(targetPort) : targets.join(", ")}`;
  });
}

function difference(before: readonly string[], after: readonly string[]): Difference {
  return {
    lost: before.filter((each) => !after.includes(each)),
    gained: after.filter((each) => !before.includes(each)),
  };
}

function reviewRollout({ old, fresh }: Pair, after: Environment, facts: ReviewFacts): readonly RolloutReview[] {
  if (old === undefined || fresh === undefined || !canRollOut(fresh)) return [];
  const [was, is] = [defaulted(old), defaulted(fresh)];
  if (canonicalJson(templateOf(was)) === canonicalJson(templateOf(is))) return [];
  const made = rolloutScenario(after, fresh, { before: { object: old.object, how: "chosen" } }, facts);
  if (made === undefined) return [];
  const { fenceposts, summary } = simulate(made.scenario, { frames: "none" });
  const strategy =
    textAt(is, "spec", "strategy", "type") ?? textAt(is, "spec", "updateStrategy", "type") ?? "RollingUpdate";
  return [
    {
      workload: `${fresh.kind}/${fresh.name}`,
      namespace: fresh.namespace ?? "",
      resource: fresh,
      strategy,
      oldImage: imageOf(was),
      newImage: imageOf(is),
      fenceposts,
      summary,
    },
  ];
}

function templateOf(workload: JsonObject): JsonObject {
  return objectAt(workload, "spec", "template") ?? {};
}

function reviewUpdate({ old, fresh }: Pair): readonly RefusalReview[] {
  if (old === undefined || fresh === undefined) return [];
  return refusalsOfUpdate(defaulted(old), defaulted(fresh)).map(({ field, message }) => ({
    object: `${fresh.kind}/${fresh.name}`,
    namespace: fresh.namespace,
    resource: fresh,
    field,
    message,
  }));
}
