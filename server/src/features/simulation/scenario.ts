import * as l10n from "@vscode/l10n";
import type { JsonPath } from "../../base/json.ts";
import { arrayAt, objectAt, textAt } from "../../base/json.ts";
import type { SpanPart } from "../../base/span-table.ts";
import { find } from "../../index/queries.ts";
import type { Environment, OpenReason, Place, Resource } from "../../index/types.ts";
import { podTemplatePath } from "../../kubernetes/pod-template.ts";
import type {
  Assumption,
  DerivedField,
  KnobField,
  KnobValues,
  ScenarioResult,
  SimulationKind,
} from "../../protocol/webview.ts";
import { firstServiceBehind } from "../../resolve/fronts.ts";
import { selectedBy } from "../../resolve/selected-by.ts";
import { resolveService } from "../../resolve/service.ts";
import { balanceScenario, canRollOut, imageOf, rolloutScenario } from "../../resolve/to-scenario.ts";
import type { ClusterFacts } from "../../resolve/to-scenario.ts";
import type { PodTiming } from "../../simulation/scenario.ts";
import { cursorAt, resourcesOf } from "../context.ts";
import type { CursorSubject, FileContext } from "../context.ts";
import { mistakesOf } from "../diagnostics/causes.ts";
import { nearest } from "../diagnostics/check.ts";
import { reasonText } from "../environments/reason.ts";
import type { Change } from "../finding.ts";
import { objectIn } from "./before.ts";

/** A scenario with places instead of the client's locations. */
export interface PlacedScenario extends Omit<
  ScenarioResult,
  "revision" | "uri" | "sources" | "rejected" | "notices" | "containers"
> {
  readonly objects: Readonly<Record<string, Place>>;
  readonly fields: Readonly<Record<string, Partial<Readonly<Record<KnobField, Place>>>>>;
  readonly rejected: readonly { readonly message: string; readonly place: Place }[];
  readonly containers: readonly { readonly name: string; readonly image: string; readonly place: Place | undefined }[];
  readonly open: readonly { readonly message: string; readonly place: Place | undefined }[];
}

export interface ScenarioRequest {
  readonly kind: SimulationKind;
  readonly offset: number | undefined;
  /** `Deployment/web` or `Deployment/shop/web`. */
  readonly object: string | undefined;
  /** The objects of its kind in the file, when it was there last. */
  readonly siblings?: readonly string[] | undefined;
  readonly committedText: string | undefined;
}

/** The scenario of an object of the file; `undefined` where there is nothing to simulate. */
export function scenarioOf(
  context: FileContext,
  request: ScenarioRequest,
  facts: ClusterFacts,
): PlacedScenario | undefined {
  const all = [...resourcesOf({ ...context, environments: context.environments.slice(0, 1) })];
  const subject = subjectOf(context, all, request);
  if (subject === undefined) return undefined;
  const placed = request.kind === "rollout" ? placedRollout(subject, request, facts) : placedBalance(subject, facts);
  const siblings = siblingsOf(all, placed?.object ?? "").map(({ resource }) => idOf(resource));
  return placed === undefined ? undefined : { ...placed, siblings };
}

type Subject = Pick<CursorSubject, "environment" | "resource">;

/** @param all the objects of the file, in its first environment */
function subjectOf(
  context: FileContext,
  all: readonly Subject[],
  { kind, offset, object, siblings }: ScenarioRequest,
): Subject | undefined {
  const candidates = all.flatMap((subject) => wanted(kind, subject));
  if (object !== undefined) {
    const found = candidates.find(({ resource }) => idsOf(resource).includes(object));
    return found ?? renamed(siblingsOf(all, object), object, siblings ?? []);
  }
  const under = offset === undefined ? undefined : cursorAt(context, offset)?.subject;
  return (under === undefined ? undefined : wanted(kind, under)[0]) ?? candidates[0];
}

/** What is simulated of an object: itself, or the Service that selects it, or that an Ingress or a route leads to. */
function wanted(kind: SimulationKind, subject: Subject): readonly Subject[] {
  const { environment, resource } = subject;
  if (kind === "rollout") return canRollOut(resource) ? [subject] : [];
  if (resource.group === "" && resource.kind === "Service") return [subject];
  const service = canRollOut(resource)
    ? selectedBy(environment, resource).services[0]
    : firstServiceBehind(environment, resource);
  return service === undefined ? [] : [{ environment, resource: service }];
}

/** The objects of the file that are of an object's kind. */
function siblingsOf(all: readonly Subject[], object: string): readonly Subject[] {
  return all.filter(({ resource }) => object.startsWith(`${resource.kind}/`));
}

/** The object that stands where another stood, if all others of its kind are as they were: it was renamed. */
function renamed(now: readonly Subject[], object: string, before: readonly string[]): Subject | undefined {
  const changed = now.flatMap(({ resource }, index) => (idOf(resource) === before[index] ? [] : [index]));
  const [index] = changed;
  const isRename = now.length === before.length && changed.length === 1 && index === before.indexOf(object);
  return isRename && index !== undefined ? now[index] : undefined;
}

function idOf({ kind, name }: Resource): string {
  return `${kind}/${name}`;
}

function idsOf({ kind, namespace, name }: Resource): readonly string[] {
  return [`${kind}/${name}`, `${kind}/${namespace ?? ""}/${name}`];
}

function placedRollout(
  { environment, resource }: Subject,
  { committedText }: ScenarioRequest,
  facts: ClusterFacts,
): PlacedScenario | undefined {
  const committed = committedText === undefined ? undefined : objectIn(committedText, resource);
  const made = rolloutScenario(
    environment,
    resource,
    committed === undefined ? {} : { before: { object: committed, how: "committed" } },
    facts,
  );
  if (made === undefined) return undefined;
  const rejected = mistakesOf(resource.object, { kubernetesVersion: facts.kubernetesVersion, yamlSyntax: true }).map(
    ({ message, path }) => ({ message, place: nearest(resource, path, "value") }),
  );
  const { scenario, before, oldImage, newImage, others, timing } = made;
  const service = others.find(({ group, kind }) => group === "" && kind === "Service");
  const balanced = service === undefined ? undefined : balanceScenario(environment, service, facts);
  const shared = common({ environment, resource }, [...(balanced?.others ?? []), ...others]);
  return {
    ...shared,
    open: [...shared.open, ...(service === undefined ? [] : sharedRequests({ environment, resource }, service, facts))],
    ...(balanced === undefined ? {} : { balancing: balanced.scenario.objects }),
    scenario: rejected.length === 0 ? scenario : { ...scenario, rejected: rejected.map(({ message }) => message) },
    containers: containersOf(resource),
    assumptions: assumptionsOf(resource, timing),
    before: { how: before, oldImage, newImage },
    rejected,
  };
}

/** Other workloads behind the Service are not simulated: the failed requests of the whole would be told too high in silence. */
function sharedRequests(
  { environment, resource }: Subject,
  service: Resource,
  { nodes }: ClusterFacts,
): PlacedScenario["open"] {
  const others = resolveService(environment, service, nodes).workloads.flatMap(({ resource: each, replicas }) =>
    replicas === 0 || idOf(each) === idOf(resource) ? [] : [idOf(each)],
  );
  if (others.length === 0) return [];
  const message = l10n.t(
    "Requests are simulated as if {0} alone answered them. Service/{1} also selects the pods of {2}: with these, fewer requests fail.",
    `${resource.kind}/${resource.name}`,
    service.name,
    [...new Set(others)].join(", "),
  );
  return [{ message, place: service.place }];
}

function placedBalance({ environment, resource }: Subject, facts: ClusterFacts): PlacedScenario {
  const { scenario, others } = balanceScenario(environment, resource, facts);
  const [first] = others;
  const image = first === undefined ? "" : imageOf(first.object);
  return {
    ...common({ environment, resource }, others),
    scenario,
    containers: [],
    assumptions: [],
    before: { how: "same-object", oldImage: image, newImage: image },
    rejected: [],
  };
}

function common({ environment, resource }: Subject, others: readonly Resource[]) {
  const all = [...others, resource];
  return {
    object: `${resource.kind}/${resource.name}`,
    namespace: resource.namespace ?? "",
    environment: isNamed(environment) ? environment.name : null,
    objects: Object.fromEntries(all.map((each) => [idOf(each), each.place])),
    fields: Object.fromEntries(all.map((each) => [idOf(each), fieldPlaces(each)])),
    open: environment.open.map((reason) => ({ message: openText(reason, resource), place: reason.place })),
  };
}

/** Whether its name tells it from the folder of the file. */
function isNamed({ kind }: Environment): boolean {
  return kind === "kustomization" || kind === "directory" || kind === "settings";
}

/** Why not everything is seen; a half-typed object is as it was when it could be read last. */
function openText(reason: OpenReason, { document }: Resource): string {
  const { code, place } = reason;
  const isOwn = place !== undefined && place.file === document.file && place.start === document.start;
  return code === "broken-document" && isOwn
    ? l10n.t("This document can't be read as it stands. This is how it was last.")
    : l10n.t("Not everything is seen: {0}.", reasonText(reason));
}

function fieldPlaces(resource: Resource): Partial<Record<KnobField, Place>> {
  const places: Partial<Record<KnobField, Place>> = {};
  for (const field of knobFields) {
    const path = pathOf(field, resource);
    const place = path === undefined ? undefined : resource.origin(path, partOf(field));
    if (place !== undefined) places[field] = place;
  }
  return places;
}

function partOf(field: KnobField): SpanPart {
  return field === "readinessProbe" || field === "startupProbe" || field === "preStop" ? "key" : "value";
}

const knobFields: readonly KnobField[] = [
  "replicas",
  "strategy",
  "maxSurge",
  "maxUnavailable",
  "partition",
  "minReadySeconds",
  "progressDeadlineSeconds",
  "podManagementPolicy",
  "sessionAffinity",
  "sessionAffinityTimeoutSeconds",
  "internalTrafficPolicy",
  "externalTrafficPolicy",
  "trafficDistribution",
  "readinessProbe",
  "startupProbe",
  "preStop",
  "terminationGracePeriodSeconds",
];

/** Where a kind keeps a field; `undefined` for kinds without it. */
function pathOf(field: KnobField, { group, kind, object }: Resource): JsonPath | undefined {
  const template = podTemplatePath(group, kind);
  const strategy = kind === "Deployment" ? "strategy" : "updateStrategy";
  const container: JsonPath | undefined =
    template === undefined ? undefined : [...template, "spec", "containers", containerWith(object, template, field)];
  switch (field) {
    case "strategy":
      return template === undefined ? undefined : ["spec", strategy, "type"];
    case "maxSurge":
    case "maxUnavailable":
    case "partition":
      return template === undefined ? undefined : ["spec", strategy, "rollingUpdate", field];
    case "readinessProbe":
    case "startupProbe":
      return container === undefined ? undefined : [...container, field];
    case "preStop":
      return container === undefined ? undefined : [...container, "lifecycle", "preStop"];
    case "terminationGracePeriodSeconds":
      return template === undefined ? undefined : [...template, "spec", field];
    case "sessionAffinityTimeoutSeconds":
      return kind === "Service" ? ["spec", "sessionAffinityConfig", "clientIP", "timeoutSeconds"] : undefined;
    case "replicas":
    case "minReadySeconds":
    case "progressDeadlineSeconds":
    case "podManagementPolicy":
      return template === undefined ? undefined : ["spec", field];
    case "sessionAffinity":
    case "internalTrafficPolicy":
    case "externalTrafficPolicy":
    case "trafficDistribution":
      return kind === "Service" ? ["spec", field] : undefined;
  }
}

/** The first container that has the field, else the first one. */
function containerWith(object: Resource["object"], template: JsonPath, field: KnobField): number {
  const containers = arrayAt(object, ...template, "spec", "containers");
  const has = (container: (typeof containers)[number]): boolean =>
    (field === "preStop" ? objectAt(container, "lifecycle", "preStop") : objectAt(container, field)) !== undefined;
  return Math.max(0, containers.findIndex(has));
}

/** The containers that have a name and an image, with the place of the image. */
function containersOf(resource: Resource): PlacedScenario["containers"] {
  return arrayAt(resource.object, ...containersPath(resource)).flatMap((container, index) => {
    const name = textAt(container, "name");
    const image = textAt(container, "image");
    if (name === undefined || image === undefined) return [];
    return [{ name, image, place: resource.origin([...containersPath(resource), index, "image"], "value") }];
  });
}

function containersPath({ group, kind }: Resource): JsonPath {
  return [...(podTemplatePath(group, kind) ?? []), "spec", "containers"];
}

function assumptionsOf(resource: Resource, timing: PodTiming): readonly Assumption[] {
  const derived = (timingName: Assumption["timing"], valueMs: number, from: DerivedField): Assumption => {
    const path = pathOf(from, resource);
    const written = path !== undefined && resource.origin(path, partOf(from)) !== undefined;
    const value = path === undefined ? undefined : objectAt(resource.object, ...path);
    const fields = Object.fromEntries(
      Object.entries(value ?? {}).flatMap(([key, each]) =>
        typeof each === "number" || typeof each === "string" ? [[key, each] as const] : [],
      ),
    );
    return { timing: timingName, valueMs, from: written ? from : "assumed", fields };
  };
  return [
    { timing: "startupMs", valueMs: timing.startupMs, from: "assumed", fields: {} },
    derived("readyAfterMs", timing.readyAfterMs, "readinessProbe"),
    derived("preStopMs", timing.preStopMs, "preStop"),
    { timing: "terminationMs", valueMs: timing.terminationMs, from: "assumed", fields: {} },
    derived("gracePeriodMs", timing.gracePeriodMs, "terminationGracePeriodSeconds"),
    { timing: "endpointPropagationMs", valueMs: timing.endpointPropagationMs, from: "assumed", fields: {} },
  ];
}

/** The changes that put values into the manifest; values of fields that the object's kind lacks are left out. `undefined` when the object is gone. */
export function knobChanges(
  context: FileContext,
  object: string,
  values: KnobValues,
  images: Readonly<Record<string, string>> = {},
): readonly Change[] | undefined {
  const [environment] = context.environments;
  const here = [...resourcesOf({ ...context, environments: context.environments.slice(0, 1) })].map(
    ({ resource }) => resource,
  );
  const resource =
    here.find((each) => idsOf(each).includes(object)) ??
    (environment === undefined ? undefined : elsewhere(environment, object, here));
  if (resource === undefined) return undefined;
  const containers = arrayAt(resource.object, ...containersPath(resource));
  const changed = containers.flatMap((container, index): readonly Change[] => {
    const value = Object.entries(images).find(([name]) => name === textAt(container, "name"))?.[1];
    const path = [...containersPath(resource), index, "image"];
    return value === undefined ? [] : [{ kind: "set", resource, path, value }];
  });
  const fields = knobFields.flatMap((field): readonly Change[] => {
    const value = Object.entries(values).find(([name]) => name === field)?.[1];
    const path = pathOf(field, resource);
    if (value === undefined || path === undefined) return [];
    if (value !== null) return [{ kind: "set", resource, path, value }];
    return resource.origin(path) === undefined ? [] : [{ kind: "remove", resource, path }];
  });
  return [...fields, ...changed];
}

/** An object of another file, such as the Service of a workload. */
function elsewhere(
  environment: CursorSubject["environment"],
  object: string,
  here: readonly Resource[],
): Resource | undefined {
  const parts = object.split("/");
  const [kind = "", name = ""] = [parts[0], parts.at(-1)];
  const namespaces = parts.length > 2 ? [parts[1] ?? ""] : [...new Set(here.map(({ namespace }) => namespace ?? ""))];
  const group = kind === "Service" ? "" : "apps";
  return namespaces.flatMap((namespace) => find(environment, { group, kind, namespace, name }))[0];
}
