import type { JsonObject } from "../base/json.ts";
import { textAt, textMapAt } from "../base/json.ts";
import { groupOf, ordinalLabels, podLabelsOf } from "../kubernetes/pod-template.ts";
import { namesOf } from "../kubernetes/relations/names.ts";
import type { LabelName } from "../kubernetes/relations/names.ts";
import { mentionsIn } from "../kubernetes/relations/relations.ts";
import type { Relation } from "../kubernetes/relations/relations.ts";
import type { ResourceFacts } from "../model/facts.ts";
import type { QueryKey, Resource } from "./types.ts";

/** Objects of one kind and name, in any namespace and version. */
export function nameKey(group: string, kind: string, name: string): QueryKey {
  return `name ${group}/${kind} ${name}`;
}

/** Objects of one kind. */
export function kindKey(group: string, kind: string): QueryKey {
  return `kind ${group}/${kind}`;
}

/** All objects. */
export const objectsKey: QueryKey = "objects";

/** Everything that makes pods. */
export const workloadsKey: QueryKey = "workloads";

/** Whatever makes pods with this label. */
export function podLabelKey(key: string, value: string): QueryKey {
  return `pod ${key}=${value}`;
}

/** Objects that select pods by this label and maybe others: each stands under one label of its selector only. */
export function selectorKey(key: string, value: string): QueryKey {
  return `selects ${key}=${value}`;
}

/** Objects that select pods without naming any label and value: empty selectors and those of `matchExpressions` alone. */
export const looseSelectorsKey: QueryKey = "selects";

/** EndpointSlices written for a Service of this name. */
export function sliceKey(service: string): QueryKey {
  return `slice ${service}`;
}

const mentionPrefix = "mention ";

/** Objects that name something else by this text. */
export function mentionKey(text: string): QueryKey {
  return mentionPrefix + text;
}

/** Whether a key is one of what objects name. */
export function isMentionKey(key: QueryKey): boolean {
  return key.startsWith(mentionPrefix);
}

/** Objects that ask for this label; those that ask for its key alone where there is no value. */
export function labelMentionKey({ key, value }: LabelName): QueryKey {
  return mentionKey(value === undefined ? `label ${key}` : `label ${key}=${value}`);
}

type Keyed = Pick<Resource, "group" | "kind" | "name" | "object">;

/** All keys under which an object is found. */
export function keysOf(resource: Keyed): readonly QueryKey[] {
  return [...ownKeysOf(resource), ...mentionKeysOf(resource)];
}

/** The keys of what an object is. */
export function ownKeysOf({ group, kind, name, object }: Keyed): readonly QueryKey[] {
  const keys = [objectsKey, nameKey(group, kind, name), kindKey(group, kind), ...podKeys(object)];
  const selector = selectorKeyOf(group, kind, object);
  if (selector !== undefined) keys.push(selector);
  const service =
    group === "discovery.k8s.io" ? textAt(object, "metadata", "labels", "kubernetes.io/service-name") : undefined;
  if (service !== undefined) keys.push(sliceKey(service));
  return keys;
}

/** All keys under which an object is found that stands in a file. */
export function keysOfFacts(facts: ResourceFacts): readonly QueryKey[] {
  return keysOf(keyedFacts(facts));
}

/** The keys of what such an object is. */
export function ownKeysOfFacts(facts: ResourceFacts): readonly QueryKey[] {
  return ownKeysOf(keyedFacts(facts));
}

function keyedFacts({ apiVersion, kind, name, object }: ResourceFacts): Keyed {
  return { group: groupOf(apiVersion), kind, name, object };
}

/** The keys of what an object names: one for each thing of another object. It takes several times as long to find these as the others. */
export function mentionKeysOf({ object }: Pick<Keyed, "object">): readonly QueryKey[] {
  const keys = new Set<QueryKey>();
  for (const mention of mentionsIn(object, leadsElsewhere)) {
    for (const { text, label } of namesOf(mention))
      keys.add(label === undefined ? mentionKey(text) : labelMentionKey(label));
  }
  return [...keys];
}

/** How relations name what is no object of an environment, or is found without a list. */
const unlisted: ReadonlySet<string> = new Set(["image", "image-volume", "path", "taint-key", "resource", "same-host"]);

function leadsElsewhere({ row }: Relation): boolean {
  return row.within !== true && !unlisted.has(row.by) && row.to.external === undefined;
}

/** Where an object keeps the map of labels that the pods which it looks for must have, by group and kind. */
const selectorPaths: Readonly<Record<string, readonly string[]>> = {
  "/Service": ["spec", "selector"],
  "/ReplicationController": ["spec", "selector"],
  "policy/PodDisruptionBudget": ["spec", "selector", "matchLabels"],
  "networking.k8s.io/NetworkPolicy": ["spec", "podSelector", "matchLabels"],
};

function podKeys(object: JsonObject): readonly QueryKey[] {
  const labels = podLabelsOf(object);
  if (labels === undefined) return [];
  return [workloadsKey, ...Object.entries(labels).map(([key, value]) => podLabelKey(key, value))];
}

function selectorKeyOf(group: string, kind: string, object: JsonObject): QueryKey | undefined {
  const place = `${group}/${kind}`;
  const path = Object.hasOwn(selectorPaths, place) ? selectorPaths[place] : undefined;
  if (path === undefined) return undefined;
  const anchor = anchorOf(textMapAt(object, ...path));
  return anchor === undefined ? looseSelectorsKey : selectorKey(...anchor);
}

/** The label that stands for the whole selector: any would do, so the first one by name that all pods of a workload share. */
function anchorOf(labels: Readonly<Record<string, string>>): readonly [string, string] | undefined {
  return Object.entries(labels)
    .filter(([key]) => !ordinalLabels.has(key))
    .sort(([a], [b]) => (a < b ? -1 : 1))[0];
}
