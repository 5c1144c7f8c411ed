import { arrayAt, at, objectAt, scalarText, textAt } from "../../base/json.ts";
import type { JsonPath } from "../../base/json.ts";
import { kindKey, nameKey } from "../../index/keys.ts";
import type { Environment, Resource } from "../../index/types.ts";
import { matchPattern } from "../../kubernetes/relations/pattern.ts";
import { isLabelQuery, namesOf } from "../../kubernetes/relations/names.ts";
import type { Name } from "../../kubernetes/relations/names.ts";
import { mentionsAlong, mentionsIn } from "../../kubernetes/relations/relations.ts";
import type { Mention } from "../../kubernetes/relations/relations.ts";
import { resolveService } from "../service.ts";
import { carriersOf, labelTargets } from "./labels.ts";
import { namespaceNameLabel } from "./namespaces.ts";
import { definitionsOf, objectsNamed, servicesOfVariable, targetKinds } from "./objects.ts";
import { namedInContainers, ownPortTargets, podPortTargets, servicePortTargets, targetPortTargets } from "./ports.ts";
import { producersOf } from "./producers.ts";
import type { Target } from "./types.ts";

/** What a name of an object means inside an environment: every declaration that counts; none where nothing is found. */
export function targetsOf(environment: Environment, resource: Resource, name: Name): readonly Target[] {
  const { relation } = name.mention;
  const { by, within } = relation.row;
  if (by === "namespace-labels" && name.label?.key === namespaceNameLabel && name.label.value !== undefined)
    return declared(environment.posting(nameKey("", "Namespace", name.label.value)));
  if (isLabelQuery(name.mention)) return labelTargets(environment, resource, name);
  if (within === true) return ownTargets(resource, name);
  switch (by) {
    case "name":
    case "same-name":
    case "produces":
    case "dns-name":
      return objectTargets(environment, resource, name);
    case "key":
      return viaResources(environment, resource, name.mention).flatMap((target) => keyTargets(target, name.text));
    case "port-name":
    case "port-number":
    case "port-name-or-number":
      return portTargets(environment, resource, name);
    case "container-name":
    case "env-name":
      return workloadsVia(environment, resource, name.mention).flatMap((workload) =>
        namedInContainers(workload, by === "env-name" ? "env" : "container", name.text),
      );
    case "label-key":
      return viaLabelTargets(environment, resource, name);
    case "value":
      return valueTargets(environment, resource, name);
    case "resource":
      return definitionsOf(environment, resource, name).map((definition) => ({
        resource: definition,
        path: ["spec", "names", textAt(definition.object, "spec", "names", "kind") === name.text ? "kind" : "plural"],
        part: "value",
      }));
    case "service-env":
      return declared(servicesOfVariable(environment, resource, name.text));
    case "same-host":
      return sameHostTargets(environment, resource);
    default:
      return [];
  }
}

function declared(resources: readonly Resource[]): readonly Target[] {
  return resources.map((resource) => ({ resource, path: ["metadata", "name"], part: "value" }));
}

function objectTargets(environment: Environment, resource: Resource, name: Name): readonly Target[] {
  const objects = objectsNamed(environment, resource, name);
  if (objects.length > 0) return declared(objects);
  return producersOf(environment, resource, name);
}

/** Names within the same object: volumes of mounts, containers, variables, labels of the own pods. */
function ownTargets(resource: Resource, name: Name): readonly Target[] {
  const { mention, label, text } = name;
  const { row, target } = mention.relation;
  if (row.by.startsWith("port-")) return ownPortTargets(resource, name);
  return target.paths.flatMap((pattern) =>
    mention.beside(resource.object, pattern).flatMap(({ path, value, isKey }): readonly Target[] => {
      if (row.by === "field-path") return fieldTargets(resource, path, label?.key ?? "");
      const found = isKey ? String(path.at(-1)) : scalarText(value);
      return found === text ? [{ resource, path, part: isKey ? "entry" : "value" }] : [];
    }),
  );
}

function fieldTargets(resource: Resource, metadata: JsonPath, key: string): readonly Target[] {
  const path = [...metadata, "labels", key];
  return at(resource.object, ...path) === undefined ? [] : [{ resource, path, part: "entry" }];
}

/** Where ConfigMaps, Secrets and what makes them keep a key. */
function keyTargets(resource: Resource, key: string): readonly Target[] {
  const { object, kind } = resource;
  if (kind === "ExternalSecret") {
    return arrayAt(object, "spec", "data").flatMap((item, index): readonly Target[] =>
      textAt(item, "secretKey") === key
        ? [{ resource, path: ["spec", "data", index, "secretKey"], part: "value" }]
        : [],
    );
  }
  const maps = kind === "SealedSecret" ? [["spec", "encryptedData"]] : [["data"], ["stringData"], ["binaryData"]];
  return maps
    .filter((path) => Object.hasOwn(objectAt(object, ...path) ?? {}, key))
    .map((path) => ({ resource, path: [...path, key], part: "key" }));
}

/** The objects that the field `via` means, inside of which a key or port is looked up. */
export function viaResources(environment: Environment, resource: Resource, mention: Mention): readonly Resource[] {
  const { via } = mention.relation;
  if (via === undefined) return [];
  const found = new Set<Resource>();
  for (const { path } of mention.beside(resource.object, via)) {
    const around = mentionsAlong(resource.object, path, (each) => at(resource.object, ...each));
    for (const other of around.filter((each) => each.path.length === path.length && !each.isKey)) {
      for (const target of resourcesMeant(environment, resource, other)) found.add(target);
    }
  }
  return [...found];
}

function resourcesMeant(environment: Environment, resource: Resource, mention: Mention): readonly Resource[] {
  if (isLabelQuery(mention)) return carriersOf(environment, resource, mention).map((carrier) => carrier.resource);
  return namesOf(mention).flatMap((name) => targetsOf(environment, resource, name).map((target) => target.resource));
}

/** The workloads behind `via`: those that it names or selects, or those of the Services that it selects. */
export function workloadsVia(environment: Environment, resource: Resource, mention: Mention): readonly Resource[] {
  return viaResources(environment, resource, mention).flatMap((target) =>
    target.group === "" && target.kind === "Service"
      ? resolveService(environment, target).workloads.map((workload) => workload.resource)
      : [target],
  );
}

function portTargets(environment: Environment, resource: Resource, name: Name): readonly Target[] {
  const { mention, text } = name;
  if (mention.relation.row.id === "service.targetPort") return targetPortTargets(environment, resource, name);
  if (mention.relation.row.to.site === undefined)
    return viaResources(environment, resource, mention).flatMap((service) => servicePortTargets(service, text));
  return workloadsVia(environment, resource, mention).flatMap((workload) => podPortTargets(workload, text));
}

/** Keys of labels that a monitor copies: those of its Services, or of their pods. */
function viaLabelTargets(environment: Environment, resource: Resource, { mention, text }: Name): readonly Target[] {
  const isOfPods = mention.relation.row.to.site !== undefined;
  const carriers = isOfPods
    ? workloadsVia(environment, resource, mention)
    : viaResources(environment, resource, mention);
  return carriers.flatMap((carrier): readonly Target[] => {
    const path = [...(isOfPods ? templateOf(carrier) : []), "metadata", "labels", text];
    return at(carrier.object, ...path) === undefined ? [] : [{ resource: carrier, path, part: "entry" }];
  });
}

function templateOf(workload: Resource): JsonPath {
  return workload.kind === "Pod" ? [] : ["spec", "template"];
}

/** Names that other objects declare inside: listeners, subsets, arguments. */
function valueTargets(environment: Environment, resource: Resource, name: Name): readonly Target[] {
  const { inside } = name.mention.relation.target;
  if (inside === undefined) return [];
  return ownersOf(environment, resource, name.mention).flatMap((owner) =>
    [...matchPattern(owner.object, inside.steps)]
      .filter(({ value }) => scalarText(value) === name.text)
      .map(({ path }): Target => ({ resource: owner, path, part: "value" })),
  );
}

/** The objects that `via` means; where it means objects of another kind, those of the wanted kind that mean these too. */
export function ownersOf(environment: Environment, resource: Resource, mention: Mention): readonly Resource[] {
  const kinds = targetKinds(resource, mention);
  const via = viaResources(environment, resource, mention);
  const owners = via.filter(({ group, kind }) => kinds.some((each) => each.group === group && each.kind === kind));
  if (owners.length > 0 || via.length === 0) return owners;
  return kinds
    .flatMap(({ group, kind }) => environment.posting(kindKey(group, kind)))
    .filter((candidate) =>
      [...mentionsIn(candidate.object, ({ row }) => row.by === "dns-name")].some((each) =>
        resourcesMeant(environment, candidate, each).some((meant) => via.includes(meant)),
      ),
    );
}

/** The Ingresses that a canary stands beside: those of the same hosts. */
function sameHostTargets(environment: Environment, resource: Resource): readonly Target[] {
  const hosts = hostsOfIngress(resource);
  const others = environment
    .posting(kindKey("networking.k8s.io", "Ingress"))
    .filter((other) => other.namespace === resource.namespace && other.name !== resource.name)
    .filter((other) => hostsOfIngress(other).some((host) => hosts.includes(host)));
  return declared(others);
}

function hostsOfIngress({ object }: Resource): readonly string[] {
  return arrayAt(object, "spec", "rules").map((rule) => textAt(rule, "host") ?? "");
}
