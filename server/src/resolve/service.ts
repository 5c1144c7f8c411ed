import { arrayAt, at, canonicalJson, isObject, objectAt, textAt, textMapAt } from "../base/json.ts";
import type { JsonObject } from "../base/json.ts";
import { nameKey, sliceKey } from "../index/keys.ts";
import { defaultNamespace } from "../index/place.ts";
import type { Environment, Resource } from "../index/types.ts";
import { selectorFromSet } from "../kubernetes/selector.ts";
import type { Labels } from "../kubernetes/selector.ts";
import { isHeadless } from "../simulation/endpoints/predict.ts";
import type { SimulatedNode } from "../simulation/nodes.ts";
import { nearMissesOf } from "./near-miss.ts";
import { podMakers, predictedSlices } from "./slices.ts";
import { portTargets, servicePortsOf } from "./target-port.ts";
import type {
  EmptyReason,
  NearMiss,
  PossibleWorkload,
  PredictedSlice,
  SelectedWorkload,
  ServicePort,
  ServiceResolution,
  Workload,
} from "./types.ts";
import { matchWorkloads } from "./workloads.ts";

/** The nodes of the simulated cluster unless something else is said: three in one zone. */
export const defaultNodes: readonly SimulatedNode[] = [1, 2, 3].map((number) => ({
  name: `node-${number}`,
  zone: "a",
}));

/**
 * What a Service means inside an environment: whom it selects, through which ports, under which endpoints, or why nobody.
 * The answer is the same object for everybody who asks this state of the environment.
 */
export function resolveService(
  environment: Environment,
  service: Resource,
  nodes: readonly SimulatedNode[] = defaultNodes,
): ServiceResolution {
  const { file, start } = service.place;
  const nodeNames = nodes === defaultNodes ? "" : JSON.stringify(nodes);
  return environment.shared(
    `service ${service.namespace ?? ""}/${service.name} ${file} ${start} ${nodeNames}`,
    (base) => new Resolution(base, service, nodes),
  );
}

class Resolution implements ServiceResolution {
  readonly service: Resource;
  readonly type: ServiceResolution["type"];
  readonly headless: boolean;
  readonly selector: Labels | undefined;
  readonly ports: readonly ServicePort[];
  readonly workloads: readonly SelectedWorkload[];
  readonly possible: readonly PossibleWorkload[];
  readonly nearMisses: readonly NearMiss[];
  readonly manual: readonly Resource[];
  readonly empty: EmptyReason | undefined;
  readonly #nodes: readonly SimulatedNode[];
  readonly #makers: readonly Resource[];
  #slices: readonly PredictedSlice[] | undefined;

  constructor(environment: Environment, service: Resource, nodes: readonly SimulatedNode[]) {
    const { object } = service;
    this.service = service;
    this.type = typeOf(object);
    this.headless = this.type !== "ExternalName" && isHeadless(object);
    this.selector = selectorOf(object);
    this.ports = servicePortsOf(object);
    this.manual = this.type === "ExternalName" ? [] : manualEndpoints(environment, service, this.selector);
    const selector = this.type === "ExternalName" ? undefined : this.selector;
    const { workloads, makers } = selector === undefined ? nobody : selectedWorkloads(environment, service, selector);
    this.workloads = workloads;
    this.#makers = makers;
    const isUnmatched = selector !== undefined && this.workloads.length === 0;
    this.possible =
      selector === undefined
        ? []
        : possibleWorkloads(environment, service, selector, isUnmatched && this.manual.length === 0);
    const isUnexplained = isUnmatched && this.manual.length === 0 && this.possible.length === 0;
    this.nearMisses = isUnexplained ? nearMissesOf(environment, service, selector) : [];
    this.empty = this.#emptyReason(nodes);
    this.#nodes = nodes;
  }

  /** Made when asked: a hundred thousand endpoints are only worth it where they are shown. */
  get slices(): readonly PredictedSlice[] {
    return (this.#slices ??= predictedSlices(this.service, this.#makers, this.manual, this.#nodes));
  }

  #emptyReason(nodes: readonly SimulatedNode[]): EmptyReason | undefined {
    if (this.type === "ExternalName") return "external-name";
    if (this.manual.length > 0) return undefined;
    if (this.selector === undefined) return isInvalidSelector(this.service.object) ? "invalid" : "no-selector";
    if (this.workloads.length === 0) return "no-match";
    return this.workloads.every(({ replicas }) => (replicas ?? nodes.length) === 0) ? "no-replicas" : undefined;
  }
}

function typeOf(service: JsonObject): ServiceResolution["type"] {
  const type = textAt(service, "spec", "type");
  return type === "NodePort" || type === "LoadBalancer" || type === "ExternalName" ? type : "ClusterIP";
}

/** The selector, `undefined` where there is none that the control plane would follow. */
function selectorOf(service: JsonObject): Labels | undefined {
  const written = objectAt(service, "spec", "selector");
  if (written === undefined || Object.keys(written).length === 0 || isInvalidSelector(service)) return undefined;
  return textMapAt(service, "spec", "selector");
}

function isInvalidSelector(service: JsonObject): boolean {
  const selector = at(service, "spec", "selector");
  if (selector === undefined || selector === null) return false;
  return !isObject(selector) || Object.values(selector).some((value) => typeof value !== "string");
}

/** The selected workloads, and whatever makes their pods. */
interface Selection {
  readonly workloads: readonly SelectedWorkload[];
  readonly makers: readonly Resource[];
}

const nobody: Selection = { workloads: [], makers: [] };

/** Workloads of the Service's namespace; Services with equal selectors and ports share one answer. */
function selectedWorkloads(environment: Environment, service: Resource, selector: Labels): Selection {
  const namespace = service.namespace ?? "";
  const ports = canonicalJson(arrayAt(service.object, "spec", "ports"));
  return environment.shared(`selected ${namespace} ${canonicalJson(selector)} ${ports}`, (base) => {
    const matches = matchWorkloads(base, selectorFromSet(selector)).get(namespace) ?? [];
    return {
      workloads: matches.map((workload) => withPorts(service, workload)),
      makers: podMakers(base, matches, namespace),
    };
  });
}

function withPorts(service: Resource, workload: Workload): SelectedWorkload {
  return { ...workload, ports: portTargets(service.object, workload.resource) };
}

/** Workloads that would be selected if a missing namespace turned out to be another one, or that stand further up. */
function possibleWorkloads(
  environment: Environment,
  service: Resource,
  selector: Labels,
  looksFurther: boolean,
): readonly PossibleWorkload[] {
  const inside = otherNamespaces(environment, service, selector).map((workload) => ({
    ...withPorts(service, workload),
    why: "namespace" as const,
  }));
  if (inside.length > 0 || !looksFurther) return inside;
  for (let wider = environment.wider(); wider !== undefined; wider = wider.wider()) {
    const found = [
      ...(matchWorkloads(wider, selectorFromSet(selector)).get(service.namespace ?? "") ?? []),
      ...otherNamespaces(wider, service, selector),
    ];
    if (found.length > 0)
      return found.map((workload) => ({ ...withPorts(service, workload), why: "outside" as const }));
  }
  return [];
}

/** Matches whose namespace differs only because one of the two names none, and nothing else says which it is. */
function otherNamespaces(environment: Environment, service: Resource, selector: Labels): readonly Workload[] {
  if (environment.namespace !== defaultNamespace) return [];
  const matches = matchWorkloads(environment, selectorFromSet(selector));
  const isUnnamed = service.writtenNamespace === undefined;
  return [...matches]
    .filter(([namespace]) => namespace !== service.namespace && (isUnnamed || namespace === defaultNamespace))
    .flatMap(([, workloads]) => workloads)
    .filter(({ resource }) => (resource.writtenNamespace === undefined) !== isUnnamed);
}

/** EndpointSlices and Endpoints that name the Service; the controllers own the Endpoints of a Service with a selector. */
function manualEndpoints(
  environment: Environment,
  service: Resource,
  selector: Labels | undefined,
): readonly Resource[] {
  const isBeside = (resource: Resource): boolean => resource.namespace === service.namespace;
  const slices = environment.posting(sliceKey(service.name)).filter(isBeside);
  const endpoints =
    selector === undefined ? environment.posting(nameKey("", "Endpoints", service.name)).filter(isBeside) : [];
  return [...slices, ...endpoints];
}
