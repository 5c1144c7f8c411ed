import * as l10n from "@vscode/l10n";
import { servicesOf, workloadsOf } from "../../index/queries.ts";
import type { Environment, Place, Resource } from "../../index/types.ts";
import { resolveService } from "../../resolve/service.ts";
import type { ServiceResolution, Workload } from "../../resolve/types.ts";
import { workloadOf } from "../../resolve/workloads.ts";
import { named, podsText } from "../describe.ts";
import type { Finding } from "../finding.ts";

/** How many objects an environment has. */
export interface Counts {
  readonly services: number;
  readonly workloads: number;
}

/** An object in the tree. */
export interface ObjectNode {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** What stands behind the name: pods, or why there are none. */
  readonly detail: string;
  readonly place: Place;
  /** Findings about the object itself. */
  readonly findings: FindingCounts;
  /** The workloads that a Service selects, and endpoints written by hand. */
  readonly children: readonly ObjectNode[];
}

export interface FindingCounts {
  readonly errors: number;
  readonly warnings: number;
  /** Information and hints. */
  readonly others: number;
}

/** Objects of one level that are listed. */
const mostObjects = 1000;

export function countsOf(environment: Environment): Counts {
  return { services: servicesOf(environment).length, workloads: workloadsOf(environment).length };
}

/** The Services of an environment with their workloads, then the workloads that no Service selects. */
export function objectsOf(
  environment: Environment,
  findingsOf: (resource: Resource) => readonly Finding[],
): readonly ObjectNode[] {
  const services = servicesOf(environment).slice(0, mostObjects);
  const resolutions = services.map((service) => resolveService(environment, service));
  const selected = new Set(resolutions.flatMap(({ workloads }) => workloads.map(({ resource }) => resource)));
  const free = workloadsOf(environment)
    .filter((resource) => !selected.has(resource))
    .slice(0, mostObjects);
  return [
    ...resolutions.map((resolution) => serviceNode(resolution, findingsOf)),
    ...free.map((resource) => workloadNode(workloadOf(resource), findingsOf)),
  ];
}

function serviceNode(
  resolution: ServiceResolution,
  findingsOf: (resource: Resource) => readonly Finding[],
): ObjectNode {
  const { service, workloads, manual } = resolution;
  return {
    ...nodeOf(service, findingsOf),
    detail: serviceDetail(resolution),
    children: [
      ...workloads.map((workload) => workloadNode(workload, findingsOf)),
      ...manual.map((resource) => ({ ...nodeOf(resource, findingsOf), detail: l10n.t("written by hand") })),
    ],
  };
}

function workloadNode(
  { resource, replicas }: Workload,
  findingsOf: (resource: Resource) => readonly Finding[],
): ObjectNode {
  return { ...nodeOf(resource, findingsOf), detail: resource.kind === "Pod" ? "" : podsText(replicas) };
}

function nodeOf(resource: Resource, findingsOf: (resource: Resource) => readonly Finding[]): ObjectNode {
  const { kind, namespace, name, place } = resource;
  return {
    kind,
    namespace: namespace ?? "",
    name: name === "" ? named(resource) : name,
    detail: "",
    place,
    findings: countFindings(findingsOf(resource)),
    children: [],
  };
}

function serviceDetail({ empty, workloads, headless, type }: ServiceResolution): string {
  const shape = headless ? l10n.t("headless") : type;
  switch (empty) {
    case "external-name":
      return shape;
    case "no-replicas":
      return `${shape} · ${podsText(0)}`;
    case "no-selector":
    case "no-match":
    case "invalid":
      return `${shape} · ${l10n.t("no endpoints")}`;
    case undefined:
      return workloads.length === 0 ? shape : `${shape} · ${podsText(sum(workloads))}`;
  }
}

function sum(workloads: readonly Workload[]): number | undefined {
  const counts = workloads.map(({ replicas }) => replicas);
  return counts.reduce<number | undefined>(
    (total, count) => (total === undefined || count === undefined ? undefined : total + count),
    0,
  );
}

function countFindings(findings: readonly Finding[]): FindingCounts {
  const of = (severity: Finding["severity"]): number => findings.filter((each) => each.severity === severity).length;
  return { errors: of("error"), warnings: of("warning"), others: of("information") + of("hint") };
}
