import { distance } from "fastest-levenshtein";
import { groupBy } from "../base/group.ts";
import { textMapAt } from "../base/json.ts";
import { lowerBound } from "../base/sorted.ts";
import { workloadsOf } from "../index/queries.ts";
import type { Environment, Resource } from "../index/types.ts";
import { matchesSelector, selectorFromSet } from "../kubernetes/selector.ts";
import type { Labels } from "../kubernetes/selector.ts";
import type { NearMiss, NearMissKind, Workload } from "./types.ts";
import { matchWorkloads, workloadOf } from "./workloads.ts";

/** How many near misses are told. */
const maxNearMisses = 5;

/** How many workloads that lack one label are compared. */
const maxCandidates = 100;

const likeliest: readonly NearMissKind[] = ["typing-error", "not-on-template", "namespace", "other-key", "one-value"];

/** Workloads that a Service without any match probably means, the likeliest first. */
export function nearMissesOf(environment: Environment, service: Resource, selector: Labels): readonly NearMiss[] {
  const entries = Object.entries(selector);
  const namespace = service.namespace ?? "";
  const labels = labelIndex(environment, namespace);
  const found = [
    ...entries.flatMap(([key, wanted]) => oneLabelOff(environment, labels, service, selector, key, wanted)),
    ...notOnTemplate(labels, selector),
    ...otherNamespace(environment, namespace, selector),
  ];
  const unique = new Map<Resource, NearMiss>();
  for (const miss of found.sort(compareMisses)) {
    if (!unique.has(miss.workload.resource)) unique.set(miss.workload.resource, miss);
  }
  return [...unique.values()].slice(0, maxNearMisses);
}

function compareMisses(a: NearMiss, b: NearMiss): number {
  return likeliest.indexOf(a.kind) - likeliest.indexOf(b.kind) || closeness(a) - closeness(b);
}

/** How far the differing values are apart. */
function closeness({ differences }: NearMiss): number {
  return differences.reduce(
    (sum, { wanted, found }) => sum + (found === undefined ? wanted.length : distance(wanted, found)),
    0,
  );
}

/** Workloads that have all labels but this one. */
function oneLabelOff(
  environment: Environment,
  labels: LabelIndex,
  service: Resource,
  selector: Labels,
  key: string,
  wanted: string,
): readonly NearMiss[] {
  const others = Object.fromEntries(Object.entries(selector).filter(([other]) => other !== key));
  if (Object.keys(others).length === 0)
    return similarWorkloads(labels, key, wanted).flatMap((workload) => describe(workload, key, wanted));
  const candidates = matchWorkloads(environment, selectorFromSet(others)).get(service.namespace ?? "") ?? [];
  return candidates.slice(0, maxCandidates).flatMap((workload) => describe(workload, key, wanted));
}

function describe(workload: Workload, key: string, wanted: string): readonly NearMiss[] {
  const found = Object.hasOwn(workload.podLabels, key) ? workload.podLabels[key] : undefined;
  if (found === wanted) return [];
  const otherKey = Object.entries(workload.podLabels).find(([other, value]) => other !== key && value === wanted)?.[0];
  if (found !== undefined && isTypingError(wanted, found))
    return [{ workload, kind: "typing-error", differences: [{ key, wanted, found }] }];
  if (otherKey !== undefined)
    return [{ workload, kind: "other-key", differences: [{ key, wanted, found, foundKey: otherKey }] }];
  return [{ workload, kind: "one-value", differences: [{ key, wanted, found }] }];
}

/**
 * Whether two label values differ by a slip of the finger: one letter or two swapped ones, two letters in longer words. Different numbers are different things (`web-1`, `web-2`).
 */
function isTypingError(wanted: string, found: string): boolean {
  const shorter = Math.min(wanted.length, found.length);
  if (wanted === found || shorter < 3) return false;
  if (wanted.replace(/\d+/g, "") === found.replace(/\d+/g, "")) return false;
  return distance(wanted, found) <= (shorter < 6 ? 1 : 2) || isSwapped(wanted, found);
}

/** Whether two neighbouring letters have changed places. */
function isSwapped(wanted: string, found: string): boolean {
  const at = Array.from(wanted).findIndex((letter, index) => letter !== found[index]);
  return wanted.slice(0, at) + (wanted[at + 1] ?? "") + (wanted[at] ?? "") + wanted.slice(at + 2) === found;
}

function notOnTemplate(labels: LabelIndex, selector: Labels): readonly NearMiss[] {
  const entries = Object.entries(selector);
  const query = selectorFromSet(selector);
  const [first] = entries
    .map(([key, value]) => labels.byOwnLabel.get(`${key}=${value}`) ?? [])
    .sort((a, b) => a.length - b.length);
  return (first ?? [])
    .filter(
      ({ resource, podLabels }) =>
        matchesSelector(query, textMapAt(resource.object, "metadata", "labels")) && !matchesSelector(query, podLabels),
    )
    .map((workload) => ({
      workload,
      kind: "not-on-template",
      differences: entries
        .filter(([key, wanted]) => workload.podLabels[key] !== wanted)
        .map(([key, wanted]) => ({ key, wanted, found: workload.podLabels[key] })),
    }));
}

function otherNamespace(environment: Environment, namespace: string, selector: Labels): readonly NearMiss[] {
  const matches = [...matchWorkloads(environment, selectorFromSet(selector))].filter(([other]) => other !== namespace);
  return matches.flatMap(([, workloads]) =>
    workloads.map((workload) => ({ workload, kind: "namespace", differences: [] })),
  );
}

/** The labels of the workloads of one namespace, for finding what is similar without comparing everything with everything. */
interface LabelIndex {
  /** Label values of pods, sorted, by key. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** Values by key and each text that leaves out one of their letters. */
  readonly shortened: ReadonlyMap<string, readonly string[]>;
  /** Workloads by `key=value` of their pods. */
  readonly byLabel: ReadonlyMap<string, readonly Workload[]>;
  /** Workloads by a label value of their pods, whatever its key. */
  readonly byValue: ReadonlyMap<string, readonly Workload[]>;
  /** Workloads by `key=value` on the object itself. */
  readonly byOwnLabel: ReadonlyMap<string, readonly Workload[]>;
}

function labelIndex(environment: Environment, namespace: string): LabelIndex {
  return environment.shared("label indexes", indexLabels).get(namespace) ?? emptyIndex;
}

const emptyIndex: LabelIndex = {
  values: new Map(),
  shortened: new Map(),
  byLabel: new Map(),
  byValue: new Map(),
  byOwnLabel: new Map(),
};

function indexLabels(environment: Environment): ReadonlyMap<string, LabelIndex> {
  const byNamespace = groupBy(workloadsOf(environment).map(workloadOf), ({ resource }) => resource.namespace ?? "");
  return new Map([...byNamespace].map(([namespace, workloads]) => [namespace, indexNamespace(workloads)]));
}

function indexNamespace(workloads: readonly Workload[]): LabelIndex {
  const values = new Map<string, string[]>();
  const shortened = new Map<string, string[]>();
  const byLabel = new Map<string, Workload[]>();
  const byValue = new Map<string, Workload[]>();
  const byOwnLabel = new Map<string, Workload[]>();
  for (const workload of workloads) {
    for (const [key, value] of Object.entries(workload.podLabels)) {
      const label = `${key}=${value}`;
      if (!byLabel.has(label)) {
        add(values, key, value);
        for (const variant of variants(value)) add(shortened, `${key}=${variant}`, value);
      }
      add(byLabel, label, workload);
      add(byValue, value, workload);
    }
    for (const [key, value] of Object.entries(textMapAt(workload.resource.object, "metadata", "labels")))
      add(byOwnLabel, `${key}=${value}`, workload);
  }
  for (const list of values.values()) list.sort();
  return { values, shortened, byLabel, byValue, byOwnLabel };
}

/** The workloads that may be meant by one label: a similar value, a value that begins alike, the value under another key. */
function similarWorkloads(labels: LabelIndex, key: string, wanted: string): readonly Workload[] {
  const values = labels.values.get(key) ?? [];
  const similar = new Set(variants(wanted).flatMap((variant) => labels.shortened.get(`${key}=${variant}`) ?? []));
  for (
    let index = lowerBound(values.length, (at) => values[at]! < wanted);
    values[index]?.startsWith(wanted) === true && similar.size < maxCandidates;
    index++
  )
    similar.add(values[index]!);
  for (let length = 3; length < wanted.length; length++) {
    if (labels.byLabel.has(`${key}=${wanted.slice(0, length)}`)) similar.add(wanted.slice(0, length));
  }
  const near = [...similar].filter(
    (value) => isTypingError(wanted, value) || wanted.startsWith(value) || value.startsWith(wanted),
  );
  return [
    ...near.flatMap((value) => labels.byLabel.get(`${key}=${value}`) ?? []),
    ...(labels.byValue.get(wanted) ?? []),
  ].slice(0, maxCandidates);
}

/** The text itself and all texts that leave out one of its letters. */
function variants(text: string): readonly string[] {
  return [text, ...Array.from(text, (_, index) => text.slice(0, index) + text.slice(index + 1))];
}

function add<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
