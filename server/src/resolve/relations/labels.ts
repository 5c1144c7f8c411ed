import { isObject, textMapAt } from "../../base/json.ts";
import type { JsonPath } from "../../base/json.ts";
import { kindKey } from "../../index/keys.ts";
import type { Environment, Resource } from "../../index/types.ts";
import { parseSelector } from "../../kubernetes/parse-selector.ts";
import { podTemplatePath } from "../../kubernetes/pod-template.ts";
import type { Name } from "../../kubernetes/relations/names.ts";
import type { Mention } from "../../kubernetes/relations/relations.ts";
import { matchesSelector, nothing, selectorFromSet, selectorOf } from "../../kubernetes/selector.ts";
import type { Labels, Selector } from "../../kubernetes/selector.ts";
import { matchWorkloads } from "../workloads.ts";
import { namespaceTest, ownLabels } from "./namespaces.ts";
import type { NamespaceTest } from "./namespaces.ts";
import type { Target } from "./types.ts";

/** An object that has (or whose pods have) the labels that a query asks for. */
export interface Carrier {
  readonly resource: Resource;
  readonly labels: Labels;
  /** Where its map of labels stands. */
  readonly path: JsonPath;
}

/** The label that a query names, in every object that the query picks out. */
export function labelTargets(environment: Environment, resource: Resource, name: Name): readonly Target[] {
  const { label, mention } = name;
  if (label === undefined) return [];
  return carriersOf(environment, resource, mention, withoutDenials(queryOf(mention), label.key))
    .filter(({ labels }) => Object.hasOwn(labels, label.key))
    .filter(({ labels }) => label.value === undefined || labels[label.key] === label.value)
    .map((carrier) => ({ resource: carrier.resource, path: [...carrier.path, label.key], part: "entry" }));
}

/** The objects that a label query picks out. */
export function carriersOf(
  environment: Environment,
  resource: Resource,
  mention: Mention,
  query = queryOf(mention),
): readonly Carrier[] {
  const { to } = mention.relation.row;
  const own = mention.relation.target.paths.flatMap((pattern) => mention.beside(resource.object, pattern));
  if (own.length > 0) {
    return own.map(({ path, value }) => ({ resource, path, labels: isObject(value) ? textMapAt(value) : {} }));
  }
  const isInside = namespaceTest(environment, resource, mention, undefined);
  if (to.site?.startsWith("{podSpec}") === true) return podCarriers(environment, query, isInside);
  return to.group === undefined || to.kind === undefined || to.kind === "*"
    ? []
    : objectCarriers(environment, to.group, to.kind, query).filter((carrier) => isInside(carrier.resource.namespace));
}

/** The query of a mention; one that names a key alone asks for all that have it. */
export function queryOf({ relation: { row }, value }: Mention): Selector {
  if (typeof value === "string") {
    return row.format === "selector text"
      ? (parseSelector(value).value ?? nothing)
      : { nothing: false, requirements: [{ key: value, operator: "exists", values: [] }] };
  }
  if (!isObject(value)) return nothing;
  if (row.by === "labels" || row.by === "node-label") return selectorFromSet(textMapAt(value));
  return selectorOf(value).value ?? nothing;
}

/** A query that excludes a label still speaks of it: without what it denies of the key, it finds those that it speaks of. */
function withoutDenials(query: Selector, key: string): Selector {
  const isDenial = (operator: string): boolean => operator === "notin" || operator === "!=" || operator === "!";
  const requirements = query.requirements.filter((each) => each.key !== key || !isDenial(each.operator));
  return requirements.length === query.requirements.length ? query : { ...query, requirements };
}

function podCarriers(environment: Environment, query: Selector, isInside: NamespaceTest): readonly Carrier[] {
  return [...matchWorkloads(environment, query)]
    .filter(([namespace]) => isInside(namespace))
    .flatMap(([, workloads]) => workloads)
    .map(({ resource, podLabels }) => ({
      resource,
      labels: podLabels,
      path: [...(podTemplatePath(resource.group, resource.kind) ?? []), "metadata", "labels"],
    }));
}

function objectCarriers(environment: Environment, group: string, kind: string, query: Selector): readonly Carrier[] {
  return environment.shared(`labelled ${group}/${kind} ${JSON.stringify(query)}`, (base) =>
    base
      .posting(kindKey(group, kind))
      .map((resource) => ({ resource, labels: ownLabels(resource), path: ["metadata", "labels"] }))
      .filter(({ labels }) => matchesSelector(query, labels)),
  );
}
