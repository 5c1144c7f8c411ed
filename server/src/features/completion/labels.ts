import * as l10n from "@vscode/l10n";
import { isObject, objectAt, textMapAt } from "../../base/json.ts";
import type { JsonPath } from "../../base/json.ts";
import { kindKey, workloadsKey } from "../../index/keys.ts";
import { byNamespace } from "../../index/queries.ts";
import type { Environment, Resource } from "../../index/types.ts";
import { podTemplatePath } from "../../kubernetes/pod-template.ts";
import { isLabelQuery, namesOf } from "../../kubernetes/relations/names.ts";
import { mentionsIn } from "../../kubernetes/relations/relations.ts";
import type { Mention } from "../../kubernetes/relations/relations.ts";
import { matchesRequirement } from "../../kubernetes/selector.ts";
import type { Labels } from "../../kubernetes/selector.ts";
import { queryOf } from "../../resolve/relations/labels.ts";
import { namespaceTest, ownLabels } from "../../resolve/relations/namespaces.ts";
import { workloadsSelectedBy } from "../../resolve/selected-by.ts";
import { workloadOf } from "../../resolve/workloads.ts";
import { listText, named, podsText } from "../describe.ts";
import type { Choice } from "./choice.ts";

/** An object (or the pods of one) with labels that a query could ask for. */
interface Labelled {
  readonly resource: Resource;
  readonly labels: Labels;
  readonly replicas: number | undefined;
  readonly isPods: boolean;
}

/** Labels that a query can ask for: keys with a value, or the values of one key. What fits the rest of the query comes first. */
export function queryChoices(
  environment: Environment,
  resource: Resource,
  mention: Mention,
  key: string | undefined,
): readonly Choice[] {
  const others = queryOf(mention).requirements.filter((each) => each.key !== key);
  const groups = new Map<string, { label: readonly [string, string]; fitting: Labelled[]; all: Labelled[] }>();
  for (const labelled of labelledFor(environment, resource, mention)) {
    const fits = others.every((requirement) => matchesRequirement(requirement, labelled.labels));
    for (const [name, value] of Object.entries(labelled.labels)) {
      if (key !== undefined ? name !== key : others.some((each) => each.key === name)) continue;
      const group = groups.get(`${name}=${value}`) ?? { label: [name, value], fitting: [], all: [] };
      groups.set(`${name}=${value}`, group);
      group.all.push(labelled);
      if (fits) group.fitting.push(labelled);
    }
  }
  return [...groups.values()].map(({ label: [name, value], fitting, all }) => ({
    text: key === undefined ? name : value,
    ...(key === undefined ? { value } : {}),
    detail: describeLabelled(fitting.length > 0 ? fitting : all),
    documentation: fitting.length > 0 ? undefined : l10n.t("Nothing has this and the other labels of the query."),
    rank: fitting.length > 0 ? 0 : 1,
  }));
}

/** `3 pods of Deployment web`, `Service web`. */
function describeLabelled(all: readonly Labelled[]): string {
  const owners = listText(all.map(({ resource }) => named(resource)));
  if (all[0]?.isPods !== true) return owners;
  const counts = all.map(({ replicas }) => replicas);
  const total = counts.includes(undefined) ? undefined : counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  return total === undefined ? l10n.t("pods of {0}", owners) : l10n.t("{0} of {1}", podsText(total), owners);
}

function labelledFor(environment: Environment, resource: Resource, mention: Mention): readonly Labelled[] {
  const { to, within } = mention.relation.row;
  if (within === true) {
    return mention.relation.target.paths
      .flatMap((pattern) => mention.beside(resource.object, pattern))
      .map(({ value }) => ({
        resource,
        labels: isObject(value) ? textMapAt(value) : {},
        replicas: undefined,
        isPods: true,
      }));
  }
  const isInside = namespaceTest(environment, resource, mention, undefined);
  if (to.site !== undefined) {
    return [...byNamespace(environment, workloadsKey)]
      .filter(([namespace]) => isInside(namespace))
      .flatMap(([, workloads]) => workloads)
      .map((each) => {
        const { podLabels, replicas } = workloadOf(each);
        return { resource: each, labels: podLabels, replicas, isPods: true };
      });
  }
  if (to.group === undefined || to.kind === undefined || to.kind === "*") return [];
  return environment
    .posting(kindKey(to.group, to.kind))
    .filter(({ namespace }) => isInside(namespace))
    .map((each) => ({ resource: each, labels: ownLabels(each), replicas: undefined, isPods: false }));
}

/** Kinds whose selectors want pods of their own namespace. */
const selectingKinds = [
  kindKey("", "Service"),
  kindKey("policy", "PodDisruptionBudget"),
  kindKey("networking.k8s.io", "NetworkPolicy"),
];

/** Labels that a pod template could have: those that the selectors of its namespace, or its own, ask for. Those that nobody answers yet come first. */
export function templateChoices(
  environment: Environment,
  resource: Resource,
  path: JsonPath,
  key: string | undefined,
): readonly Choice[] {
  const present = objectAt(resource.object, ...path) ?? {};
  const choices = new Map<string, Choice>();
  const add = (label: readonly [string, string], detail: string, rank: number): void => {
    const [name, value] = label;
    if (key === undefined ? Object.hasOwn(present, name) : name !== key) return;
    const known = choices.get(`${name}=${value}`);
    if (known !== undefined && known.rank <= rank) return;
    choices.set(`${name}=${value}`, {
      text: key === undefined ? name : value,
      ...(key === undefined ? { value } : {}),
      detail,
      documentation: undefined,
      rank,
    });
  };
  for (const label of ownSelectorLabels(resource)) add(label, l10n.t("asked for by its own selector"), 0);
  for (const selecting of selectingKinds.flatMap(
    (kind) => byNamespace(environment, kind).get(resource.namespace ?? "") ?? [],
  )) {
    const isAnswered = workloadsSelectedBy(environment, selecting).length > 0;
    for (const label of labelsAskedBy(selecting))
      add(label, l10n.t("asked for by {0}", named(selecting)), isAnswered ? 1 : 0);
  }
  return [...choices.values()];
}

function labelsAskedBy({ object }: Resource): readonly (readonly [string, string])[] {
  return [...mentionsIn(object, ({ row }) => row.to.site === "{podSpec}" && row.namespace === "same")]
    .filter(isLabelQuery)
    .flatMap(namesOf)
    .flatMap(({ label }) => (label?.value === undefined ? [] : [[label.key, label.value] as const]));
}

function ownSelectorLabels({ object }: Resource): readonly (readonly [string, string])[] {
  return [...mentionsIn(object, ({ row }) => row.within === true && row.id.startsWith("selector."))]
    .flatMap(namesOf)
    .flatMap(({ label }) => (label?.value === undefined ? [] : [[label.key, label.value] as const]));
}

/** The path of the labels of the pods that an object makes; `undefined` for all other kinds. */
export function templateLabelsPath({ group, kind }: Resource): JsonPath | undefined {
  const template = podTemplatePath(group, kind);
  return template === undefined ? undefined : [...template, "metadata", "labels"];
}
